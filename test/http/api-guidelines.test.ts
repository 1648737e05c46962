/** The national API guidelines (security.md 41; issue-wide: kebab-case, bounded, contact, x-summary, semver, https), checked on the document that the server gives. */
import { type IFunction, Ruleset, type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import { enumeration, pattern, truthy } from '@stoplight/spectral-functions';
import { expect, it } from 'vitest';
import { openApiPage } from '../../tools/docs/pages.ts';

/** A schema of a string, number or array must say how large it may be. */
const bounded: IFunction = (schema) => {
  if (typeof schema !== 'object' || schema === null || !('type' in schema)) return [];
  const has = (...names: string[]) => names.some((name) => name in schema);
  const kinds = [schema.type].flat();
  if (kinds.includes('string') && !has('maxLength', 'enum', 'const', 'format'))
    return [{ message: 'a string without maxLength' }];
  if (kinds.includes('array') && !has('maxItems')) return [{ message: 'an array without maxItems' }];
  if (
    (kinds.includes('integer') || kinds.includes('number')) &&
    !(has('minimum', 'exclusiveMinimum') && has('maximum', 'exclusiveMaximum'))
  )
    return [{ message: 'a number without minimum and maximum' }];
  return [];
};

const noBareArray: IFunction = (schema) =>
  typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'array'
    ? [{ message: 'an answer that is a bare array' }]
    : [];

const rule = (given: string, message: string, then: object) => ({
  given,
  message: `${message}: {{path}}`,
  severity: 0,
  then,
});
const RULES = {
  rules: {
    'openapi-3.1': rule('$', 'OpenAPI 3.1', {
      field: 'openapi',
      function: pattern,
      functionOptions: { match: '^3\\.1\\.' },
    }),
    semver: rule('$.info', 'semantic version', {
      field: 'version',
      function: pattern,
      functionOptions: { match: '^\\d+\\.\\d+\\.\\d+$' },
    }),
    contact: rule(
      '$.info.contact',
      'contact with name, url, email',
      ['name', 'url', 'email'].map((field) => ({ field, function: truthy })),
    ),
    summary: rule(
      '$.info',
      'x-summary and x-api-id',
      ['x-summary', 'x-api-id', 'termsOfService'].map((field) => ({ field, function: truthy })),
    ),
    https: rule('$.servers[*]', 'https servers', {
      field: 'url',
      function: pattern,
      functionOptions: { match: '^https://' },
    }),
    'kebab-case': rule('$.paths[*]~', 'kebab-case paths', {
      function: pattern,
      functionOptions: { match: '^(/[a-z0-9]+(-[a-z0-9]+)*|/\\{[a-z_]+\\})+$' },
    }),
    methods: rule('$.paths[*]~', 'no personal data in addresses', {
      function: pattern,
      functionOptions: { notMatch: '\\{' },
    }),
    described: rule(
      '$.paths[*][*]',
      'summary, description, operationId, tags',
      ['summary', 'description', 'operationId', 'tags'].map((field) => ({ field, function: truthy })),
    ),
    problem: rule(
      '$.paths[*][*].responses[?(@property >= "400" || @property == "default")].content',
      'problem+json',
      { function: enumeration, field: '@key', functionOptions: { values: ['application/problem+json'] } },
    ),
    'rate-limits': rule(
      '$.paths[*][*].responses[*].headers',
      'X-RateLimit headers',
      ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'].map((field) => ({
        field,
        function: truthy,
      })),
    ),
    'retry-after': rule(
      '$.paths[*][*].responses[?(@property == "429" || @property == "503")].headers',
      'Retry-After',
      { field: 'Retry-After', function: truthy },
    ),
    bounded: rule('$.components.schemas..[?(@ && @.type)]', 'bounded', { function: bounded }),
    'no-bare-arrays': rule('$.components.schemas[*]', 'no bare arrays', { function: noBareArray }),
    examples: rule('$.paths[*][*].responses["200"].content[*]', 'an example', {
      field: 'example',
      function: truthy,
    }),
  },
};

async function faults(document: Record<string, unknown>): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset(new Ruleset(RULES as unknown as RulesetDefinition));
  const found = await spectral.run(document);
  return found.map(({ code, path }) => `${String(code)} ${path.join('.')}`);
}

it('the document of the API keeps every rule', async () => {
  expect(await faults(JSON.parse(openApiPage()))).toEqual([]);
});

it('control 41: what is asked of a service on the network is there without a key: /status, health and readiness', () => {
  const { paths } = JSON.parse(openApiPage()) as {
    paths: Record<string, { get?: { security?: unknown[] } }>;
  };
  for (const path of ['/status', '/health', '/ready']) expect(paths[path]?.get?.security ?? []).toEqual([]);
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/status', '/health', '/ready']));
});

it('each rule finds the document that breaks it', async () => {
  const broken = {
    openapi: '3.0.3',
    info: { version: '1', contact: { name: 'x' } },
    servers: [{ url: 'http://sipop.example' }],
    paths: {
      '/v1/Persons/{codiceFiscale}': {
        get: {
          responses: {
            '200': { headers: {}, content: { 'application/json': { schema: {} } } },
            '429': { headers: {}, content: { 'application/json': {} } },
          },
        },
      },
    },
    components: {
      schemas: { Persons: { type: 'array', items: { type: 'string' } }, Age: { type: 'integer' } },
    },
  };
  const codes = new Set((await faults(broken)).map((fault) => fault.split(' ')[0]));
  expect([...codes].sort()).toEqual(Object.keys(RULES.rules).sort());
});
