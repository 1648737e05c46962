/** `audit`: what a durable leaf costs, how fast the whole is checked, how soon one leaf of many is proved (control 26 to 28). */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { getSize } from '../../src/access/audit/audit.sql.ts';
import { type AuditKeys, makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { proveInclusion, rootAt } from '../../src/access/audit/kept-tree.ts';
import { leafText } from '../../src/access/audit/leaf.ts';
import { type Hash, verifyInclusion } from '../../src/access/audit/merkle.ts';
import { verifyStored } from '../../src/access/audit/verify.service.ts';
import { withAudit } from '../../src/access/audit/with-audit.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { fillAudit, insertBare, makeBare } from './audit.sql.ts';
import { openBenchDatabase } from './bench-database.ts';
import { ownSeconds, spreadOf, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report, spreadFigures } from './report.ts';

const CLIENTS = 8;
const SECONDS = 5;
const PERSONS = 710_000;
const PROOFS = 500;

/** Clients that ask one question after another, for some seconds. */
async function clients(one: (n: number) => Promise<unknown>) {
  const until = performance.now() + SECONDS * 1000;
  const durations: number[] = [];
  const began = { at: performance.now(), own: ownSeconds() };
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = client; performance.now() < until; n += CLIENTS) {
        const from = performance.now();
        await one(n);
        durations.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - began.at) / 1000;
  return {
    rate: durations.length / seconds,
    spread: spreadOf(durations),
    own: (1e6 * (ownSeconds() - began.own)) / durations.length,
  };
}

async function benchAppend(options: BenchOptions): Promise<{ figures: Figure[]; version: string }> {
  const bench = await openBenchDatabase(join(options.folder, 'audit-append'), true);
  const keyFile = join(options.folder, 'audit-append', 'audit-keys.json');
  const durable = await openDatabase({
    url: bench.server.url('sipop_app'),
    applicationName: 'sipop bench audit',
    poolSize: 1,
    settings: { synchronous_commit: 'on' },
  });
  try {
    await makeBare(bench.owner);
    const audit = new AuditLog(durable, makeAuditKeys(keyFile));
    const random = randomFrom(options.seed);
    const act = (n: number) => ({
      caller: { user: `U${n % 800}`, client: null, body: 'B1', from: '10.1.2.3' },
      operation: 'person.read',
      kind: 'consulted' as const,
      purpose: 'certificazione',
      file: `2026/${n}`,
    });
    const fields = ['codice_fiscale', 'cognome', 'nome', 'nascita', 'residenza'];
    const look = (n: number) =>
      withAudit({ audit, now: () => new Date() }, { ...act(n), sought: [] }, async () => ({
        answer: n,
        subjects: [`P${Math.floor(random() * PERSONS)}`],
        fields,
        count: 1,
      }));
    const bare = (n: number) =>
      insertBare(
        bench.db,
        leafText({
          ...act(n),
          at: new Date().toISOString(),
          subjects: ['a'.repeat(22)],
          fields,
          count: 1,
          outcome: 'answered',
          reason: null,
        }),
      );
    await clients(look);
    const audited = await clients(look);
    const inserted = await clients(bare);
    return {
      version: bench.version,
      figures: [
        { name: `leaves appended, ${CLIENTS} clients`, value: audited.rate, unit: 'leaves/s' },
        ...spreadFigures('one look with its leaf', audited.spread),
        { name: 'Node a leaf: processor', value: audited.own, unit: 'µs' },
        { name: `bare insert, a commit each, ${CLIENTS} clients`, value: inserted.rate, unit: 'rows/s' },
        ...spreadFigures('one bare insert', inserted.spread),
      ],
    };
  } finally {
    await durable.close();
    await bench.close();
  }
}

async function benchTree(options: BenchOptions): Promise<Figure[]> {
  const folder = join(options.folder, `audit-${options.leaves}`);
  const keyFile = join(options.folder, `audit-${options.leaves}.keys.json`);
  let bench = await openBenchDatabase(folder, false);
  const figures: Figure[] = [];
  const held = await getSize(bench.db);
  let keys: AuditKeys;
  if (held === options.leaves) keys = makeAuditKeys(keyFile);
  else {
    if (held > 0) {
      await bench.close();
      bench = await openBenchDatabase(folder, true);
    }
    rmSync(keyFile, { force: true });
    keys = makeAuditKeys(keyFile);
    const filled = await timed(bench.server.pid, () =>
      fillAudit(bench.owner, keys, options.leaves, options.seed),
    );
    figures.push({ name: 'made by COPY', value: options.leaves / filled.seconds, unit: 'leaves/s' });
  }
  try {
    const size = options.leaves;
    const root = await rootAt(bench.db, size);
    const checked = await timed(bench.server.pid, () =>
      verifyStored(bench.db, keys.sealers, [{ origin: keys.origin, size, root, at: '2026-01-01T00:00:00Z' }]),
    );
    if (checked.value.faults.length > 0 || checked.value.leaves !== size)
      throw new Error(
        `the audit made for the benchmark is not whole: ${JSON.stringify(checked.value.faults[0])}`,
      );
    figures.push(
      { name: 'verification', value: size / checked.seconds, unit: 'leaves/s', target: ['>=', 200_000] },
      { name: 'verification', value: checked.seconds, unit: 's' },
      { name: 'verification: processor, Node', value: checked.nodeSeconds, unit: 's' },
    );
    if (checked.serverSeconds !== null)
      figures.push({ name: 'verification: processor, PostgreSQL', value: checked.serverSeconds, unit: 's' });
    const proven = await timed(bench.server.pid, () => proofs(bench.db, size, root, options.seed));
    figures.push(
      ...spreadFigures('proof of one leaf', proven.value, 10),
      { name: 'proof of one leaf: processor, Node', value: (1000 * proven.nodeSeconds) / PROOFS, unit: 'ms' },
      ...(proven.serverSeconds === null
        ? []
        : [
            {
              name: 'proof of one leaf: processor, PostgreSQL',
              value: (1000 * proven.serverSeconds) / PROOFS,
              unit: 'ms',
            },
          ]),
    );
    return figures;
  } finally {
    await bench.close();
  }
}

/** A leaf at random with its proof, checked against the root of a checkpoint. */
async function proofs(db: Database, size: number, root: Hash, seed: number) {
  const random = randomFrom(seed);
  const durations: number[] = [];
  for (let n = 0; n < PROOFS; n++) {
    const index = Math.floor(random() * size);
    const from = performance.now();
    const proven = await proveInclusion(db, index, size);
    const holds =
      proven !== null && verifyInclusion({ index, size, leaf: proven.leaf.hash, proof: proven.proof, root });
    durations.push(performance.now() - from);
    if (!holds) throw new Error(`the proof of leaf ${index} does not hold`);
  }
  return spreadOf(durations);
}

export async function benchAudit(options: BenchOptions): Promise<Report> {
  const { figures, version } = await benchAppend(options);
  const made = report('audit', options.leaves, version, [...figures, ...(await benchTree(options))]);
  return { ...made, of: 'leaves' };
}
