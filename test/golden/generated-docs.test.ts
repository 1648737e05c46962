/** docs/generated tells the truth on every commit (house.md, "Adding a feature"): `npm run docs` makes it anew. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anprSubentroPage } from '../../tools/docs/anpr-page.ts';
import { contractPage, operationNamesPage } from '../../tools/docs/contract.ts';
import { mappingPage } from '../../tools/docs/mapping-page.ts';
import { operationsPage } from '../../tools/docs/operations-page.ts';
import { accessPage, commandsPage, errorsPage, MADE, openApiPage } from '../../tools/docs/pages.ts';
import { schemaPage } from '../../tools/docs/schema.sql.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const generated = (name: string): string =>
  readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/generated', name), 'utf8');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

it('errors.md lists every finding with its sentences as they are', () => {
  expect(generated('errors.md')).toBe(errorsPage());
});

it('commands.md lists every command as --help tells it', () => {
  expect(generated('commands.md')).toBe(commandsPage());
});

it('access.md shows every operation, field and purpose of every first profile', () => {
  expect(generated('access.md')).toBe(accessPage());
});

it('anpr-operations.md shows where each part of a national request goes, as the code has it', () => {
  expect(generated('anpr-operations.md')).toBe(operationsPage());
});

it('anpr-subentro.md gives the element of every column as the door reads it', () => {
  expect(generated('anpr-subentro.md')).toBe(anprSubentroPage(MADE));
});

it('mappature.md gives every key of the mapping language as the schema describes it', () => {
  expect(generated('mappature.md')).toBe(mappingPage(MADE));
});

it('openapi.json describes the operations that the server runs', () => {
  expect(generated('openapi.json')).toBe(openApiPage());
});

it('web/api/contract.ts has the types of the operations that the server runs', async () => {
  const held = readFileSync(join(resolve(import.meta.dirname, '../..'), 'web/api/contract.ts'), 'utf8');
  expect(held).toBe(await contractPage(JSON.parse(openApiPage())));
});

it('schema.sql is the schema after every migration', async () => {
  expect(generated('schema.sql')).toBe(await schemaPage(database.db));
});

it('web/api/operation-names.ts has the words of the operations that the server runs', () => {
  const held = readFileSync(join(resolve(import.meta.dirname, '../..'), 'web/api/operation-names.ts'), 'utf8');
  expect(held).toBe(operationNamesPage(JSON.parse(openApiPage())));
});
