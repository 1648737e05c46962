/** A person is untied from the audit for ever, with a leaf of who did it, and the tree stays whole (security.md, 25 and 28). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entry, type TestAudit, testAudit } from '../../../test/support/audit.ts';
import { eraseSubjects } from './erase.service.ts';
import { verifyStored } from './verify.service.ts';

let a: TestAudit;
beforeAll(async () => {
  a = await testAudit();
  await a.log.append(entry(1, { subjects: ['P1', 'P2'] }));
});
afterAll(() => a.remove());
const keys = async () =>
  (await a.db.query<{ subject: string }>('select subject from audit.subject_keys order by 1')).rows.map(
    (row) => row.subject,
  );

it('without its leaf no key is deleted', async () => {
  await expect(eraseSubjects(a.db, ['P1'], () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(await keys()).toEqual(['P1', 'P2']);
});

it('the key goes, that of others stays, the leaf gives none anew, and the tree is whole', async () => {
  const record = async (about: object) => {
    await a.log.append(entry(9, { operation: 'auditErase', ...about }));
  };
  expect(await eraseSubjects(a.db, ['P1', 'P7'], record)).toBe(1);
  expect(await keys()).toEqual(['P2']);
  expect((await verifyStored(a.db, a.keys.sealers, [])).faults).toEqual([]);
});
