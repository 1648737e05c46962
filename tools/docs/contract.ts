/**
 * The contract that the screens are written against: the types of every operation, made from the same document that outsiders read
 * (docs/generated/openapi.json). The web knows this file and nothing else of the server (house.md, "Rooms").
 */
import { compile, type JSONSchema } from 'json-schema-to-typescript';

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly summary: string;
            readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, object>> }>
            >;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, JSONSchema>> };
}

const HEAD =
  '/** Made by `npm run docs` from the operations of the server; not to be edited. */\n' +
  '/** Every operation with what is sent and what comes back; `path` is where, `method` how. */\n';

/** Bounds and patterns say nothing to a type; without them arrays stay arrays and not tuples of every length. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { minItems: _min, maxItems: _max, $schema: _schema, ...rest } = value as Record<string, unknown>;
  // A pair is told as a list of its members: bounds say nothing to a type.
  const { prefixItems, ...whole } = rest;
  if (Array.isArray(prefixItems)) whole['items'] = prefixItems[0];
  return Object.fromEntries(Object.entries(whole).map(([name, inner]) => [name, plain(inner)]));
}

/**
 * What each operation does, in words, for the pages that show what was asked (the audit, the profiles).
 * @returns web/api/operation-names.ts; apart from the contract, which the first page loads
 */
export function operationNamesPage(document: unknown): string {
  const names = Object.values((document as Document).paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ operationId, summary }) => {
      const [it = operationId, en = it] = summary.split(' / ');
      return `  ${operationId}: ${JSON.stringify({ it, en })},\n`;
    });
  return [
    '/** Made by `npm run docs` from the operations of the server; not to be edited. */\n',
    'export const OPERATION_NAMES: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {\n',
    ...names,
    '};\n',
  ].join('');
}

/** @returns web/api/contract.ts; the same document always gives the same text */
export async function contractPage(document: unknown): Promise<string> {
  const { paths, components } = document as Document;
  const schema = {
    title: 'Schemas',
    type: 'object',
    additionalProperties: false,
    required: Object.keys(components.schemas),
    properties: Object.fromEntries(
      Object.entries(components.schemas).map(([name, inner]) => [name, plain(inner)]),
    ),
  } as JSONSchema;
  const types = await compile(schema, 'Schemas', {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    unreachableDefinitions: false,
  });
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      id: operationId,
      path,
      method: method.toUpperCase(),
      /** A file leaves as it is; everything else is JSON. */
      file: Object.keys(responses['200']?.content ?? {}).some((type) => !type.endsWith('json')),
    })),
  );
  const capital = (id: string): string => id[0]!.toUpperCase() + id.slice(1);
  const request = (id: string): string =>
    `${capital(id)}Request` in components.schemas ? `Schemas['${capital(id)}Request']` : 'undefined';
  const answer = (id: string, file: boolean): string => (file ? 'Blob' : `Schemas['${capital(id)}Answer']`);
  return [
    HEAD,
    types,
    '\nexport interface Operations {\n',
    ...operations.map(
      ({ id, file }) =>
        `  readonly ${id}: { readonly request: ${request(id)}; readonly answer: ${answer(id, file)} };\n`,
    ),
    '}\n\nexport const OPERATIONS = {\n',
    ...operations.map(({ id, path, method }) => `  ${id}: { method: '${method}', path: '${path}' },\n`),
    '} as const satisfies Readonly<Record<keyof Operations, { readonly method: string; readonly path: string }>>;\n',
  ].join('');
}
