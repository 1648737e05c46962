/** Persons in the audit are found by who has their key and the secret, and by nobody else (security.md, control 25). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type TestAudit, testAudit } from '../../../test/support/audit.ts';
import { AuditLog } from './append.service.ts';
import { deleteSubjectKeys } from './audit.sql.ts';
import { rotateAuditKeys } from './audit-keys.ts';
import { searchLeaves } from './search.ts';
import { verifyStored } from './verify.service.ts';

const MONTHS = ['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z', '2026-12-15T08:00:00.000Z'];
const NOW = new Date('2027-01-10T00:00:00Z');
const everything = {
  from: null,
  to: null,
  user: null,
  body: null,
  operation: null,
  outcome: null,
  limit: 100,
} as const;

let a: TestAudit;
beforeAll(async () => {
  a = await testAudit();
  for (const at of MONTHS) {
    await a.log.append(entry(1, { at, subjects: ['P1'] }));
    await a.log.append(entry(2, { at, subjects: ['P2', 'P3'] }));
  }
});
afterAll(() => a.remove());

const found = (subjects: readonly string[] | null, given = {}) =>
  searchLeaves(a.db, a.keys, { ...everything, ...given, subjects }, NOW).then((l) => l.map((x) => x.index));

it('finds all leaves of a person over the months, the newest first, and of each person in a leaf of several', async () => {
  expect(await found(['P1'])).toEqual([4, 2, 0]);
  expect(await found(['P3'])).toEqual([5, 3, 1]);
  expect(await found(['P1', 'P3'])).toEqual([5, 4, 3, 2, 1, 0]);
  expect(await found(['P1'], { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' })).toEqual([
    2,
  ]);
  expect(await found(['P9'])).toEqual([]);
});

it('the leaves alone name nobody, and tie no month of a person to the next', async () => {
  const { rows } = await a.db.query<{ text: string; subjects: string[] }>(
    "select body::text as text, body -> 'subjects' as subjects from audit.leaves",
  );
  const seen = rows.flatMap((row) => row.subjects);
  expect(new Set(seen).size).toBe(seen.length);
  for (const { text } of rows) expect(text).not.toMatch(/"P\d"/);
});

it('the keys in the database are not enough without the secret', async () => {
  const other = { ...a.keys, subjectSecrets: [Buffer.alloc(32, 1)] };
  expect(await searchLeaves(a.db, other, { ...everything, subjects: ['P1'] }, NOW)).toEqual([]);
});

it('after the secrets are changed, old and new leaves are found and the whole is still in order', async () => {
  const keys = rotateAuditKeys(`${a.folder}/audit-keys.json`);
  const log = new AuditLog(a.db, keys);
  await log.append(entry(3, { at: MONTHS[2]!, subjects: ['P1'] }));
  const leaves = await searchLeaves(a.db, keys, { ...everything, subjects: ['P1'] }, NOW);
  expect(leaves.map((l) => l.index)).toEqual([6, 4, 2, 0]);
  expect((await verifyStored(a.db, keys.sealers, [])).faults).toEqual([]);
});

it('a person whose key is deleted is found no more, and the tree is still whole', async () => {
  expect(await deleteSubjectKeys(a.db, ['P1'])).toBe(1);
  expect(await found(['P1'])).toEqual([]);
  expect(await found(['P3'])).toEqual([5, 3, 1]);
  const keys = rotateAuditKeys(`${a.folder}/audit-keys.json`);
  expect((await verifyStored(a.db, keys.sealers, [])).faults).toEqual([]);
});

it('searches by user, body, operation, outcome and time', async () => {
  expect(await found(null, { user: 'U2', limit: 2 })).toEqual([5, 3]);
  expect(await found(null, { body: 'B2' })).toEqual([]);
  expect(await found(null, { operation: 'person.read', outcome: 'answered', limit: 1 })).toEqual([6]);
  expect(await found(null, { to: '2026-11-01T00:00:00.000Z' })).toEqual([1, 0]);
});
