/**
 * The OpenAPI 3.1 document, made from the operations that the server runs: nothing is described twice. It keeps to the national API
 * guidelines: contact, x-summary, semver, https, problem+json on every operation, rate-limit headers, bounded strings and arrays.
 */
import { z } from 'zod';
import type { AppErrorCode } from '../../kernel/app-error.ts';
import type { Operation } from './operation.ts';
import { PROBLEM_TYPE, PROBLEMS } from './problem.ts';

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  readonly description: string;
  readonly contact: { readonly name: string; readonly url: string; readonly email: string };
  readonly servers: readonly string[];
}

/** Refusals that every operation may answer with; the last two only where a key is needed. */
const COMMON: readonly AppErrorCode[] = [
  'invalid-request',
  'wrong-method',
  'too-many-requests',
  'unavailable',
];
const WITH_BODY: readonly AppErrorCode[] = ['too-large', 'wrong-media-type'];
const WITH_KEY: readonly AppErrorCode[] = ['unauthenticated', 'forbidden'];

const bounded = (maxLength: number) => ({ type: 'string', maxLength });

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'Rifiuto, secondo RFC 9457. / A refusal, after RFC 9457.',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlation_id'],
  properties: {
    type: { ...bounded(200), format: 'uri' },
    title: bounded(200),
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
    detail: bounded(2000),
    code: { ...bounded(60), pattern: '^[a-z-]+$' },
    correlation_id: { ...bounded(36), format: 'uuid' },
    errors: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: bounded(500), detail: bounded(200) },
      },
    },
  },
};

const count = (description: string) => ({
  description,
  schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 1_000_000 },
});

const HEADERS = {
  'X-RateLimit-Limit': count('Richieste ammesse al minuto / requests allowed a minute'),
  'X-RateLimit-Remaining': count('Richieste che restano / requests left'),
  'X-RateLimit-Reset': count('Secondi al prossimo conto / seconds to the next count'),
  'X-Correlation-Id': {
    description: 'Il numero da citare nelle segnalazioni / the number to quote in a report',
    schema: { ...bounded(36), format: 'uuid' },
  },
  'Retry-After': count('Secondi da attendere (429, 503) / seconds to wait (429, 503)'),
};

const HEADER_NAMES = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset', 'X-Correlation-Id'];
const headerRefs = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** @returns the document, ready for JSON: the same operations always give the same document */
export function openApiDocument(
  info: ApiInfo,
  operations: readonly Operation[],
): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas: Record<string, unknown> = { Problem: PROBLEM_SCHEMA };
  const examples: Record<string, unknown> = {};
  for (const operation of operations) {
    const name = operation.id[0]?.toUpperCase() + operation.id.slice(1);
    schemas[`${name}Answer`] = jsonSchema(operation.answer, 'output');
    if (operation.body !== undefined && operation.bytes === undefined)
      schemas[`${name}Request`] = jsonSchema(operation.body, 'input');
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: describe(operation, name),
    });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      summary: info.summary,
      description: info.description,
      'x-summary': info.summary,
      'x-api-id': 'sipop',
      contact: info.contact,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      termsOfService: info.contact.url,
    },
    servers: info.servers.map((url) => ({ url })),
    tags: [...new Set(operations.map(({ tag }) => tag))].sort().map((tag) => ({ name: tag })),
    paths,
    components: {
      schemas,
      headers: HEADERS,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sipop' },
        voucher: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      ...examples,
    },
  };
}

function describe(operation: Operation, name: string): Readonly<Record<string, unknown>> {
  const { summary, description, example } = operation;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: `${summary.it} / ${summary.en}`,
    description: `${description.it}\n\n${description.en}`,
    security: operation.key === 'none' ? [] : [{ session: [] }, { voucher: [] }],
    ...sent(operation, name),
    responses: {
      '200': {
        description: summary.it,
        headers: headerRefs(HEADER_NAMES),
        content: Object.fromEntries(
          (operation.download ?? [operation.media ?? 'application/json']).map((type) => [
            type,
            { schema: { $ref: `#/components/schemas/${name}Answer` }, example: example.answer },
          ]),
        ),
      },
      ...refusals(operation),
      default: problemResponse('Errore / Error', HEADER_NAMES),
    },
  };
}

/** The request: JSON, or bytes with headers beside them. */
function sent(operation: Operation, name: string): Readonly<Record<string, unknown>> {
  const { body, bytes, example } = operation;
  if (body === undefined) return {};
  if (bytes === undefined)
    return {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: { $ref: `#/components/schemas/${name}Request` },
            ...(example.body === undefined ? {} : { example: example.body }),
          },
        },
      },
    };
  const { properties = {}, required = [] } = jsonSchema(body, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return {
    parameters: Object.entries(properties).map(([header, schema]) => ({
      name: header,
      in: 'header',
      required: required.includes(header),
      description: schema.description ?? header,
      schema,
    })),
    requestBody: {
      required: true,
      content: { [bytes.mediaType]: { schema: { type: 'string', format: 'binary', maxLength: bytes.most } } },
    },
  };
}

function refusals(operation: Operation): Readonly<Record<string, unknown>> {
  const codes = [
    ...COMMON,
    ...(operation.body === undefined ? [] : WITH_BODY),
    ...(operation.key === 'none' ? [] : WITH_KEY),
    ...operation.refusals,
  ];
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const { status, title } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${title.it} / ${title.en} (${code})`]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, texts]) => [
      String(status),
      problemResponse(
        texts.join('; '),
        status === 429 || status === 503 ? [...HEADER_NAMES, 'Retry-After'] : HEADER_NAMES,
      ),
    ]),
  );
}

const problemResponse = (description: string, headers: readonly string[]) => ({
  description,
  headers: headerRefs(headers),
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** A schema in the dialect of OpenAPI 3.1 (JSON Schema 2020-12), without the line that names the dialect. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest;
}
