/** `verification`: declarations one by one over loopback HTTP, and a file of 100,000 in the background, rights and durable audit on (issue 6, "Figures to reach"). */
import { join } from 'node:path';
import { openSigningKeys } from '../../src/platform/crypto/signing-keys.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { beginBatch, getBatch, MOST_ROWS } from '../../src/services/verification/batches/batches.service.ts';
import { comuneOf } from '../../src/services/verification/batches/row.ts';
import {
  type BatchContext,
  runBatches,
} from '../../src/services/verification/batches/run-batches.service.ts';
import { samplePersons } from './ask.ts';
import { peakMegabytes, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report } from './report.ts';
import { listSampledPersons, type SampledPerson } from './sample.sql.ts';
import { figuresOf, jobOf, type Served, serveCopy } from './served.ts';

const RATE = 1500;
const FILE_SECONDS = 60;
const AL = '2024-12-31';

/** The matters of a desk: most are residence, life and birth; some a family. */
const declared = ({ comune, birth_text }: SampledPerson, i: number): object =>
  [
    { oggetto: 'residenza', comune },
    { oggetto: 'esistenza_in_vita' },
    { oggetto: 'nascita', data: birth_text },
    { oggetto: 'stato_di_famiglia', componenti: [] },
    { oggetto: 'stato_civile', valore: 'libero' },
  ][i % 5] ?? {};

const rowOf = (person: SampledPerson, i: number): string => {
  const one = declared(person, i) as Readonly<Record<string, unknown>>;
  const cell = (name: string) => String(one[name] ?? '');
  return `${person.codice_fiscale};${cell('oggetto')};${cell('comune')};${cell('data')};${cell('valore')}\n`;
};

async function fileFigures(served: Served, options: BenchOptions, csv: string): Promise<Figure[]> {
  const { bench, audit } = served;
  const context: BatchContext = {
    db: bench.db,
    audit,
    now: () => new Date(),
    keys: await openSigningKeys(join(options.folder, 'http-receipt-keys.json')),
    rightsOf: async () => ({ mayReadProtected: false }),
    comune: comuneOf(loadReference()),
  };
  const owner = {
    user: 'os:bench',
    body: { id: null, name: 'bench' },
    address: 'cli',
    certificate: false,
    secondFactor: false,
    purpose: null,
    file: null,
  };
  const spent = await timed(bench.server.pid, async () => {
    const { batchId } = await beginBatch(bench.db, owner, { csv, al: AL as never, notoAl: null }, new Date());
    await runBatches(context, new AbortController().signal, batchId);
    return getBatch(bench.db, batchId, null);
  });
  const { rows, S, N, A, errori } = spent.value;
  return [
    {
      name: `file of ${rows} rows, from sending to receipt`,
      value: spent.seconds,
      unit: 's',
      target: ['<=', FILE_SECONDS],
    },
    { name: 'file: S', value: S, unit: '' },
    { name: 'file: N', value: N, unit: '' },
    { name: 'file: A', value: A, unit: '' },
    { name: 'file: rows with errors', value: errori, unit: '' },
    { name: 'file: processor, Node', value: spent.nodeSeconds, unit: 's' },
    ...(spent.serverSeconds === null
      ? []
      : [{ name: 'file: processor, PostgreSQL', value: spent.serverSeconds, unit: 's' }]),
  ];
}

export async function benchVerification(options: BenchOptions): Promise<Report> {
  const served = await serveCopy(options, 'healthAuthority');
  const { bench } = served;
  try {
    const sampled = (await samplePersons(bench.db, options.questions, randomFrom(options.seed)))
      .map(({ person }) => person)
      .filter(({ codice_fiscale }) => codice_fiscale !== null);
    const asked = sampled.map((person, i) => ({
      scopo: 'autocertificazioni',
      pratica: '2026/1',
      al: AL,
      persona: { codice_fiscale: person.codice_fiscale },
      dichiarazioni: [declared(person, i)],
    }));
    const job = jobOf(served, '/v1/verifications', asked);
    const figures = await figuresOf('verification', bench.server.pid, job, { rate: RATE });
    // Each row another person, as far as the register has them.
    const entries = await listSampledPersons(
      bench.db,
      Array.from(
        { length: 2 * MOST_ROWS },
        (_, i) => 1 + i * Math.max(1, Math.floor(options.persons / (2 * MOST_ROWS))),
      ),
    );
    const known = entries.filter(({ codice_fiscale }) => codice_fiscale !== null).slice(0, MOST_ROWS);
    const csv = `codice_fiscale;oggetto;comune;data;valore\n${known.map(rowOf).join('')}`;
    figures.push(...(await fileFigures(served, options, csv)));
    figures.push({ name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB' });
    return report('verification', options.persons, bench.version, figures);
  } finally {
    await served.close();
  }
}
