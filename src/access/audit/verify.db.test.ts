/** What a superuser does by hand to the audit is caught and located (security.md, controls 27 and 28). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendMany, entry, type TestAudit, testAudit } from '../../../test/support/audit.ts';
import type { Fault } from './check.ts';
import { openCheckpoint } from './checkpoint.ts';
import { keptNotes, makeCheckpoint, openNotes } from './checkpoint-log.ts';
import { exportAudit, verifyExport } from './export.ts';
import { verifyStored, withStoredAudit } from './verify.service.ts';

const SIGNED = 700;
const LEAVES = 1000;
let original: TestAudit;
let note: string;

beforeAll(async () => {
  original = await testAudit();
  await appendMany(original.log, SIGNED);
  note = await makeCheckpoint(
    { db: original.db, keys: original.keys, folder: join(original.folder, 'notes') },
    new Date(),
  );
  await appendMany(original.log, LEAVES - SIGNED, SIGNED);
});
afterAll(() => original.remove());

const HASH_OF = "sha256('\\x00'::bytea || convert_to(body::text, 'utf8'))";

/** Spoils a copy of the audit, and tells what the check finds. */
async function faultsAfter(statements: readonly string[], sealed = true): Promise<readonly Fault[]> {
  const spoiled = await testAudit(original);
  try {
    for (const statement of statements) await spoiled.owner.query(statement);
    const opened = openCheckpoint(note, spoiled.keys.verifiers);
    if (opened.kind !== 'signed') throw new Error(opened.kind);
    const sealers = sealed ? spoiled.keys.sealers : null;
    const report = await verifyStored(spoiled.db, sealers, [opened.checkpoint]);
    // With a thread for the seals, as a large audit is checked, the same comes out.
    expect(await verifyStored(spoiled.db, sealers, [opened.checkpoint], 0)).toEqual(report);
    return report.faults;
  } finally {
    await spoiled.remove();
  }
}

describe('the audit as it was written', () => {
  it('has no fault, and says how much of it a signed checkpoint covers', async () => {
    const notes = openNotes(
      await keptNotes({ db: original.db, folder: join(original.folder, 'notes') }),
      original.keys.verifiers,
      original.keys.origin,
    );
    expect(notes.unusable).toEqual([]);
    expect(notes.checkpoints.length).toBeGreaterThan(0);
    const report = await verifyStored(original.db, original.keys.sealers, notes.checkpoints);
    expect(report).toMatchObject({ leaves: LEAVES, signed: SIGNED, sealed: true, faults: [] });
  });
});

describe('what a superuser does by hand is caught, and its first place told', () => {
  it.each<[string, string[], Fault]>([
    [
      'a leaf edited',
      [`update audit.leaves set body = '{"user":"U9"}' where leaf_index = 300`],
      { kind: 'edited', from: 300, to: 301 },
    ],
    [
      'a leaf edited and its hash made anew',
      [
        `update audit.leaves set body = '{"user":"U9"}' where leaf_index = 300`,
        `update audit.leaves set leaf_hash = ${HASH_OF} where leaf_index = 300`,
      ],
      { kind: 'foreign', from: 300, to: 301 },
    ],
    [
      'a leaf deleted',
      ['delete from audit.leaves where leaf_index = 300'],
      { kind: 'missing', from: 300, to: 301 },
    ],
    [
      'a leaf deleted and the others moved up',
      [
        'delete from audit.leaves where leaf_index = 300',
        'update audit.leaves set leaf_index = -leaf_index where false',
        'alter table audit.leaves drop constraint leaves_leaf_index_check',
        'update audit.leaves set leaf_index = -leaf_index where leaf_index > 300',
        'update audit.leaves set leaf_index = -leaf_index - 1 where leaf_index < 0',
      ],
      { kind: 'foreign', from: 300, to: 301 },
    ],
    [
      'two leaves changed over',
      [
        'update audit.leaves set leaf_index = 100000 where leaf_index = 300',
        'update audit.leaves set leaf_index = 300 where leaf_index = 400',
        'update audit.leaves set leaf_index = 400 where leaf_index = 100000',
      ],
      { kind: 'foreign', from: 300, to: 301 },
    ],
    [
      'the last leaves cut, nodes and all',
      [
        'delete from audit.leaves where leaf_index >= 600',
        'delete from audit.nodes where (node_index + 1) * 256 > 600',
      ],
      { kind: 'cut', from: 600, to: SIGNED },
    ],
    [
      'the last leaves cut after the last checkpoint, the nodes left',
      ['delete from audit.leaves where leaf_index >= 750'],
      { kind: 'cut', from: 750, to: 768 },
    ],
    [
      'everything deleted',
      ['truncate audit.leaves, audit.nodes, audit.checkpoints'],
      { kind: 'cut', from: 0, to: SIGNED },
    ],
    [
      'a leaf added at the end, well formed',
      [
        `insert into audit.leaves (leaf_index, leaf_hash, seal, body) select ${LEAVES}, leaf_hash, seal, body from audit.leaves where leaf_index = 5`,
      ],
      { kind: 'foreign', from: LEAVES, to: LEAVES + 1 },
    ],
    [
      'a leaf put in between, the others moved down',
      [
        'alter table audit.leaves drop constraint leaves_leaf_index_check',
        'update audit.leaves set leaf_index = -leaf_index where leaf_index >= 300',
        'update audit.leaves set leaf_index = -leaf_index + 1 where leaf_index < 0',
        'insert into audit.leaves (leaf_index, leaf_hash, seal, body) select 300, leaf_hash, seal, body from audit.leaves where leaf_index = 5',
      ],
      { kind: 'foreign', from: 300, to: 301 },
    ],
    [
      'a node changed',
      ["update audit.nodes set hash = sha256('x') where level = 8 and node_index = 1"],
      { kind: 'node', from: 256, to: 512 },
    ],
    [
      'a node deleted',
      ['delete from audit.nodes where node_index = 2'],
      { kind: 'node', from: 512, to: 768 },
    ],
  ])('%s', async (_, statements, expected) => {
    const faults = await faultsAfter(statements);
    expect(faults[0]).toEqual(expected);
  });

  it('also who lacks the secret sees it, by the nodes or by the checkpoint, a little less closely', async () => {
    const edit = [
      `update audit.leaves set body = '{"user":"U9"}' where leaf_index = 300`,
      `update audit.leaves set leaf_hash = ${HASH_OF} where leaf_index = 300`,
    ];
    expect(await faultsAfter(edit, false)).toEqual([
      { kind: 'node', from: 256, to: 512 },
      { kind: 'checkpoint', from: 0, to: SIGNED },
    ]);
  });

  it('is not signed again: a tree that no longer begins with the signed one gets no checkpoint', async () => {
    const spoiled = await testAudit(original);
    const place = { db: spoiled.db, keys: spoiled.keys, folder: join(spoiled.folder, 'notes') };
    await spoiled.owner.query("update audit.leaves set leaf_hash = sha256('x') where leaf_index = 699");
    await expect(makeCheckpoint(place, new Date())).rejects.toMatchObject({ code: 'audit-damaged' });
    await spoiled.remove();
  });

  it('a process that had written more notices that the tree was cut, and answers nobody', async () => {
    const spoiled = await testAudit(original);
    await appendMany(spoiled.log, 1);
    await spoiled.owner.query('delete from audit.leaves where leaf_index >= 500');
    await spoiled.owner.query('delete from audit.nodes where node_index >= 1');
    // It reads the tree again only when a write fails.
    await spoiled.owner.query('revoke insert on audit.leaves from sipop_app');
    await expect(spoiled.log.append(entry(1))).rejects.toMatchObject({ code: 'audit-unavailable' });
    await spoiled.owner.query('grant insert on audit.leaves to sipop_app');
    await expect(spoiled.log.append(entry(1))).rejects.toMatchObject({
      code: 'audit-unavailable',
      cause: expect.objectContaining({ code: 'audit-damaged' }),
    });
    await spoiled.remove();
  });
});

describe('an export is checked without the database (control 28)', () => {
  async function exported(name: string): Promise<string> {
    const folder = join(original.folder, name);
    const place = { db: original.db, keys: original.keys, folder: join(original.folder, `${name}-notes`) };
    await makeCheckpoint(place, new Date());
    const notes = await keptNotes(place);
    const prepared = await withStoredAudit(original.db, (audit) =>
      exportAudit(audit, notes, original.keys.verifiers, folder),
    );
    prepared.publish();
    return folder;
  }
  const check = (folder: string, sealed = false) =>
    verifyExport({
      folder,
      origin: original.keys.origin,
      verifiers: original.keys.verifiers,
      sealers: sealed ? original.keys.sealers : null,
      witnessed: [{ from: 'witness', note }],
    });

  it('untouched, it has no fault, with and without the secret', async () => {
    const folder = await exported('whole');
    expect(await check(folder)).toMatchObject({ leaves: LEAVES, signed: LEAVES, faults: [], malformed: [] });
    expect(await check(folder, true)).toMatchObject({ sealed: true, faults: [] });
  });

  it.each<[string, (lines: string[]) => string[], Fault['kind'], number]>([
    ['a line edited', (l) => l.with(300, l[300]!.replace('"U', '"V')), 'edited', 300],
    ['a line left out', (l) => l.toSpliced(300, 1), 'node', 256],
    ['a line put in', (l) => l.toSpliced(300, 0, l[5]!), 'node', 256],
    ['two lines changed over', (l) => l.with(300, l[301]!).with(301, l[300]!), 'node', 256],
    ['the last lines cut', (l) => l.slice(0, 600), 'cut', 600],
    ['a line added', (l) => [...l, l[5]!], 'added', LEAVES],
  ])('%s: caught without the secret', async (name, spoil, kind, from) => {
    const folder = await exported(name.replaceAll(' ', '-'));
    const path = join(folder, 'foglie.txt');
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
    writeFileSync(path, `${spoil(lines).join('\n')}\n`);
    const { faults } = await check(folder);
    expect(faults).toContainEqual(expect.objectContaining({ kind, from }));
    expect(faults.every((f) => f.from >= 0)).toBe(true);
    const sealed = await check(folder, true);
    expect(sealed.faults.some((f) => f.from === Math.max(from, kind === 'node' ? 300 : from))).toBe(true);
  });

  it('made again from a changed audit, it is caught by the note that a comune kept', async () => {
    const other = await testAudit();
    await appendMany(other.log, LEAVES);
    const place = { db: other.db, keys: original.keys, folder: join(other.folder, 'notes') };
    await makeCheckpoint(place, new Date());
    const folder = join(other.folder, 'export');
    const notes = await keptNotes(place);
    const prepared = await withStoredAudit(other.db, (audit) =>
      exportAudit(audit, notes, original.keys.verifiers, folder),
    );
    prepared.publish();
    const { faults } = await check(folder);
    expect(faults).toContainEqual({ kind: 'checkpoint', from: 0, to: SIGNED });
    await other.remove();
  });

  it('a note that nobody known has signed, or that was changed, counts for nothing and is told', async () => {
    const folder = await exported('unusable');
    const report = await verifyExport({
      folder,
      origin: original.keys.origin,
      verifiers: original.keys.verifiers,
      sealers: null,
      witnessed: [
        { from: 'changed', note: note.replace('\n700\n', '\n701\n') },
        { from: 'nonsense', note: 'x' },
      ],
    });
    expect(report.notes.unusable).toEqual([
      { from: 'changed', kind: 'forged' },
      { from: 'nonsense', kind: 'malformed' },
    ]);
    expect(report.faults).toEqual([]);
  });
});
