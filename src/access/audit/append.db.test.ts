import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendMany, entry, type TestAudit, testAudit } from '../../../test/support/audit.ts';
import { AppError } from '../../kernel/app-error.ts';
import { openDatabase } from '../../platform/db/pool.ts';
import { NotAllowed } from '../rights/authorise.ts';
import { AuditLog } from './append.service.ts';
import { getSize } from './audit.sql.ts';
import { proveConsistency, proveInclusion, rootAt } from './kept-tree.ts';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle.ts';
import { verifyStored } from './verify.service.ts';
import { withAudit } from './with-audit.ts';

let a: TestAudit;
beforeAll(async () => {
  a = await testAudit();
});
afterAll(() => a.remove());

const leafAt = async (index: number) => (await proveInclusion(a.db, index, await getSize(a.db)))?.leaf;

describe('leaves are appended durably, in one tree (security.md, controls 25 to 27)', () => {
  it('gives each leaf its place when it is in the database, and many at once go into few commits', async () => {
    const before = await commits();
    const placed = await Promise.all(Array.from({ length: 300 }, (_, i) => a.log.append(entry(i))));
    expect(placed.map((p) => p.index)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(await getSize(a.db)).toBe(300);
    expect((await commits()) - before).toBeLessThan(30);
    const leaf = await leafAt(7);
    expect(leaf?.hash).toEqual(placed[7]?.hash);
    expect(JSON.parse(leaf!.body)).toMatchObject({
      user: 'U1',
      body: 'B1',
      client: null,
      from: '10.0.0.1',
      operation: 'person.read',
      kind: 'consulted',
      purpose: 'anagrafe',
      file: '2026/7',
      fields: ['cognome', 'nome'],
      count: 1,
      outcome: 'answered',
    });
    expect(leaf?.body).not.toContain('P2');
  });

  it('keeps one tree when several processes append at once', async () => {
    const size = await getSize(a.db);
    const dbs = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ url: a.t.url, applicationName: 'test', poolSize: 1 })),
    );
    const logs = dbs.map((db) => new AuditLog(db, a.keys));
    await Promise.all(
      logs.map(async (log, i) => {
        for (let n = 0; n < 40; n++)
          await log.append(entry(n, { subjects: [`P${n}`], caller: { ...entry(n).caller, user: `L${i}` } }));
      }),
    );
    expect(await getSize(a.db)).toBe(size + 120);
    const report = await verifyStored(a.db, a.keys.sealers, []);
    expect(report).toMatchObject({ leaves: size + 120, faults: [] });
    await Promise.all(dbs.map((db) => db.close()));
  });

  it('proves any leaf in any later tree, and that a tree begins with any earlier one', async () => {
    await appendMany(a.log, 400);
    const size = await getSize(a.db);
    const root = await rootAt(a.db, size);
    for (const index of [0, 1, 255, 256, 511, size - 2, size - 1]) {
      const proven = (await proveInclusion(a.db, index, size))!;
      expect([proven.leaf.index, proven.root]).toEqual([index, root]);
      expect(leafHash(proven.leaf.body)).toEqual(proven.leaf.hash);
      expect(
        verifyInclusion({ index, size, leaf: proven.leaf.hash, proof: proven.proof, root: proven.root }),
      ).toBe(true);
      const first = index + 1;
      const firstRoot = await rootAt(a.db, first);
      const path = await proveConsistency(a.db, first, size);
      expect(verifyConsistency({ first, second: size, firstRoot, secondRoot: root, proof: path })).toBe(true);
    }
  });

  it('takes what callers write as it can be kept, so that nobody’s text stops the others', async () => {
    const nasty = 'a\u0000b\ud800\n'.padEnd(1000, 'x');
    const placed = await a.log.append(entry(1, { file: nasty, caller: { ...entry(1).caller, from: nasty } }));
    const body = JSON.parse((await leafAt(placed.index))!.body);
    expect(body.file).toMatch(/^a b\ufffd x+$/);
    expect(body.file).toHaveLength(200);
    await expect(
      a.log.append(entry(1, { subjects: Array.from({ length: 1001 }, (_, i) => `P${i}`) })),
    ).rejects.toThrow(RangeError);
    await expect(a.log.append(entry(2))).resolves.toMatchObject({ index: placed.index + 1 });
  });
});

describe('the application may add leaves and nothing else (security.md, control 29)', () => {
  it.each([
    ['update audit.leaves set seal = seal'],
    ['delete from audit.leaves'],
    ['truncate audit.leaves'],
    ['update audit.nodes set hash = hash'],
    ['delete from audit.nodes'],
    ['truncate audit.nodes'],
    ['update audit.checkpoints set size = 0'],
    ['delete from audit.checkpoints'],
    ['alter table audit.leaves drop column seal'],
    ['drop table audit.leaves'],
    ['create table audit.other (n int)'],
    ['update audit.subject_keys set key = key'],
    ['set role sipop_migrator'],
    ['alter role sipop_app superuser'],
  ])('is refused: %s', async (statement) => {
    await expect(a.db.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('the auditor’s role reads the leaves, not the keys of subjects, and adds nothing', async () => {
    const asAuditor = (statement: string): Promise<unknown> =>
      a.owner.transaction(async (client) => {
        await client.query('set local role sipop_auditor');
        return client.query(statement);
      });
    await expect(asAuditor('select count(*) from audit.leaves')).resolves.toBeDefined();
    for (const statement of [
      'select * from audit.subject_keys',
      "insert into audit.leaves values (99999999, sha256('x'), '\\x00', '{}')",
      'delete from audit.leaves',
    ])
      await expect(asAuditor(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('the role of statistics reads no leaf', async () => {
    await expect(
      a.owner.transaction(async (client) => {
        await client.query('set local role sipop_stats');
        return client.query('select * from audit.leaves');
      }),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('no answer without a durable leaf (security.md, control 26)', () => {
  const act = {
    caller: entry(1).caller,
    operation: 'person.read',
    kind: 'consulted',
    purpose: 'anagrafe',
    file: '1',
    sought: ['P1'],
  } as const;
  const look = async () => ({ answer: 'Rossi', subjects: ['P1'], fields: ['cognome'], count: 1 });

  it('answers once the leaf is there, and names it', async () => {
    const released = await withAudit({ audit: a.log, now: () => new Date() }, act, look);
    expect(released.answer).toBe('Rossi');
    expect((await leafAt(released.leaf.index))?.hash).toEqual(released.leaf.hash);
  });

  it('answers nothing while the leaf is not yet written', async () => {
    let write: () => void = () => undefined;
    const slow = {
      append: (e: Parameters<AuditLog['append']>[0]) =>
        new Promise<void>((done) => {
          write = done;
        }).then(() => a.log.append(e)),
    };
    let answered = false;
    const asked = withAudit({ audit: slow, now: () => new Date() }, act, look).then(() => {
      answered = true;
    });
    await new Promise((done) => setTimeout(done, 50));
    expect(answered).toBe(false);
    write();
    await asked;
    expect(answered).toBe(true);
  });

  it('answers nothing where the leaf cannot be written, and everything again once it can', async () => {
    await a.owner.query('revoke insert on audit.leaves from sipop_app');
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, look)).rejects.toMatchObject({
      code: 'audit-unavailable',
    });
    await a.owner.query('grant insert on audit.leaves to sipop_app');
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, look)).resolves.toMatchObject({
      answer: 'Rossi',
    });
  });

  it('answers nothing where the connection is lost amid the write, and everything again on a new one', async () => {
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, look)).resolves.toBeDefined();
    // A lock that the write waits for, so that its connection is ended while it writes.
    const locked = a.owner.transaction(async (client) => {
      await client.query('lock table audit.leaves in access exclusive mode');
      const asked = withAudit({ audit: a.log, now: () => new Date() }, act, look);
      asked.catch(() => undefined);
      for (let n = 0; n === 0; ) {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        n = rowCount;
      }
      return asked;
    });
    await expect(locked).rejects.toMatchObject({ code: 'audit-unavailable' });
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, look)).resolves.toMatchObject({
      answer: 'Rossi',
    });
    expect((await verifyStored(a.db, a.keys.sealers, [])).faults).toEqual([]);
  });

  it('records refusals and failures with whom they were about, and throws them on', async () => {
    const refusal = new AppError('not-found', 'nessuno', 'nobody');
    const refuse = () => Promise.reject(refusal);
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, refuse)).rejects.toBe(refusal);
    const last = async () => JSON.parse((await leafAt((await getSize(a.db)) - 1))!.body);
    expect(await last()).toMatchObject({ outcome: 'refused', reason: 'not-found', count: 0 });
    expect((await last()).subjects).toHaveLength(1);
    const rights = () => Promise.reject(new NotAllowed('territory'));
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, rights)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.not.stringContaining('territory'),
    });
    expect(await last()).toMatchObject({ outcome: 'refused', reason: 'forbidden: territory' });
    const bug = () => Promise.reject(new TypeError('bug'));
    await expect(withAudit({ audit: a.log, now: () => new Date() }, act, bug)).rejects.toThrow('bug');
    expect(await last()).toMatchObject({ outcome: 'failed', reason: 'unexpected' });
  });
});

/** How many transactions wrote the leaves. */
async function commits(): Promise<number> {
  const { rows } = await a.owner.query<{ n: number }>(
    'select count(distinct xmin::text)::int as n from audit.leaves',
  );
  return rows[0]!.n;
}
