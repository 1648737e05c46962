/**
 * Feeds damaged supplies to the intake and checks what must hold of every outcome, whatever came in: no crash, no hang, and
 * an outcome that is well formed. Used by the quick test and by the long run (intake.ts).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import type { CheckRequest } from '../../src/services/intake/check-contract.ts';
import { checkSupply } from '../../src/services/intake/check-supply.ts';
import { EventCollector } from '../../src/services/intake/events/event-collector.ts';
import { MESSAGES } from '../../src/services/intake/messages/messages.ts';
import { KeepingSink, type SupplyOutcome, supplyOutcome } from '../../test/support/supply-outcome.ts';
import { AppliedFuzz } from './applied.ts';
import { type FuzzInput, fuzzInput } from './inputs.ts';

/** An input may take so long, on a machine that does other things too: beyond, it hangs. */
const HANG_MS = 10_000;

export interface FuzzReport {
  readonly runs: number;
  /** By kind of damage and outcome: "tables ACCETTATA". */
  readonly outcomes: Record<string, number>;
  /** By code of finding. */
  readonly findings: Record<string, number>;
  readonly slowestMs: number;
  /** What went wrong, with the number of the input that shows it. */
  readonly failures: string[];
}

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number;
  readonly from?: number;
  /** Input `n` of a seed; those of the first door where absent. */
  readonly inputs?: (seed: number, n: number) => FuzzInput;
  readonly onProgress?: (done: number) => void;
}

const REFERENCE = loadReference();

/** Inputs looked at side by side: each waits for the disk and the inflating thread most of its time. */
const LANES = 6;

/** Runs inputs `from` … `from + runs - 1` of a seed. */
export async function fuzzIntake(options: FuzzOptions): Promise<FuzzReport> {
  const { runs, seed, from = 0, inputs = fuzzInput, onProgress } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'sipop-fuzz-'));
  const report = { runs, outcomes: {}, findings: {}, slowestMs: 0, failures: [] };
  let next = from;
  const lane = async (folder: string): Promise<void> => {
    mkdirSync(folder);
    while (next < from + runs && report.failures.length < 20) {
      const n = next++;
      await oneInput(inputs(seed, n), n, folder, report);
      if ((n - from) % 1000 === 999) onProgress?.(n - from + 1);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, (_, i) => lane(join(scratch, String(i)))));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return report;
}

/**
 * Runs inputs past the checksums all the way into a register: inputs of the kinds tables and events alone, `runs` of them.
 * Nothing of them may be left in the database, and no invariant may be broken on the way.
 */
export async function fuzzApplied(options: FuzzOptions): Promise<FuzzReport> {
  const { runs, seed, from = 0, onProgress } = options;
  const report = { runs, outcomes: {}, findings: {}, slowestMs: 0, failures: [] as string[] };
  const fuzz = await AppliedFuzz.open();
  try {
    for (let i = 0; i < runs && report.failures.length < 20; i++) {
      // Of every four inputs the last two are past the checksums.
      const n = 4 * Math.floor((from + i) / 2) + 2 + ((from + i) % 2);
      const input = fuzzInput(seed, n);
      const started = performance.now();
      try {
        for (const { way, esito, codes, problems } of await fuzz.apply(input)) {
          for (const problem of problems)
            report.failures.push(`input ${n} (${input.kind}, ${way}): ${problem}`);
          count(report.outcomes, `${input.kind} ${way} ${esito}`);
          for (const codice of codes) count(report.findings, codice);
        }
      } catch (error) {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        report.failures.push(`input ${n} (${input.kind}): ${text}`);
      }
      const ms = performance.now() - started;
      report.slowestMs = Math.max(report.slowestMs, ms);
      if (ms > HANG_MS) report.failures.push(`input ${n} (${input.kind}): took ${Math.round(ms)} ms`);
      if (i % 500 === 499) onProgress?.(i + 1);
    }
    report.failures.push(...(await fuzz.leftOver()).map((row) => `left over: ${row}`));
  } finally {
    await fuzz.close();
  }
  return report;
}

type Mutable = { -readonly [K in keyof FuzzReport]: FuzzReport[K] };

async function oneInput(input: FuzzInput, n: number, scratch: string, report: Mutable): Promise<void> {
  const fail = (problem: string): void => {
    report.failures.push(`input ${n} (${input.kind}): ${problem}`);
  };
  const started = performance.now();
  try {
    const sink = new KeepingSink();
    const outcome = await outcomeOf(input, scratch, sink);
    const lines = input.kind === 'events' ? await lineProblems(input, scratch) : [];
    for (const problem of [...problemsOf(outcome), ...lostRows(outcome, sink), ...lines]) fail(problem);
    // The same bytes give the same outcome: looked at now and then, it costs as much again.
    if (n % 50 === 0 && JSON.stringify(await outcomeOf(input, scratch)) !== JSON.stringify(outcome))
      fail('another outcome the second time');
    count(report.outcomes, `${input.kind} ${outcome.esito}`);
    for (const { codice = '' } of outcome.segnalazioni) count(report.findings, codice);
  } catch (error) {
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const ms = performance.now() - started;
  report.slowestMs = Math.max(report.slowestMs, ms);
  if (ms > HANG_MS) fail(`took ${Math.round(ms)} ms`);
}

const count = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** What came of one input. */
export async function outcomeOf(
  input: FuzzInput,
  scratch: string,
  sink: KeepingSink = new KeepingSink(),
): Promise<SupplyOutcome> {
  return inFolder(input, scratch, (request) => supplyOutcome(request, sink));
}

const anprDoor = (comune: string) =>
  ({
    door: 'ANPR',
    declared: { tipo: 'COMPLETA', comune, progressivo: 1, situazioneAl: '2024-12-31' as Day },
  }) as const;

async function inFolder<T>(
  input: FuzzInput,
  scratch: string,
  work: (request: CheckRequest) => Promise<T>,
): Promise<T> {
  const folder = join(scratch, 'unpacked');
  const archive = join(scratch, 'supply.zip');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(archive, input.archive);
  try {
    return await work({
      archive,
      fileName: input.fileName,
      folder,
      position:
        input.tipo === 'COMPLETA'
          ? null
          : { lastProgressivo: 1, situazioneAl: '2024-12-31' as Day, softwareNome: 'PROVA' },
      allowedComuni: null,
      today: '2025-02-10' as Day,
      reference: REFERENCE,
      confirmTooMuch: false,
      ...(input.comune === undefined ? {} : anprDoor(input.comune)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each line of a supply of changes comes out as an event or with findings, and all of them come out. */
async function lineProblems(input: FuzzInput, scratch: string): Promise<string[]> {
  const sink = new EventCollector();
  const { esito, lette } = await inFolder(input, scratch, (request) => checkSupply(request, sink));
  if (esito === 'RIFIUTATA') return [];
  const problems = sink.lines
    .filter((l) => l.event === null && !l.findings.some((f) => f.gravita === 'E'))
    .map((l) => `line ${l.riga} is no event, and nothing says why`);
  const read = lette['eventi.jsonl'] ?? 0;
  return read === sink.lines.length ? problems : [...problems, `${sink.lines.length} lines of ${read}`];
}

/** What is not well formed in an outcome. */
function problemsOf(outcome: SupplyOutcome): string[] {
  const problems: string[] = [];
  const findings = outcome.segnalazioni;
  const refused = findings.some(({ gravita }) => gravita === 'B');
  const esito = refused ? 'RIFIUTATA' : findings.length > 0 ? 'ACCETTATA_CON_SEGNALAZIONI' : 'ACCETTATA';
  if (outcome.esito !== esito) problems.push(`esito ${outcome.esito}, findings say ${esito}`);
  for (const { codice = '', gravita, file, riga } of findings) {
    const rule = Object.hasOwn(MESSAGES, codice) ? MESSAGES[codice as keyof typeof MESSAGES] : undefined;
    if (rule === undefined) problems.push(`unknown code ${codice}`);
    else if (rule.gravita !== gravita) problems.push(`${codice} with gravity ${gravita}`);
    const rows = outcome.lette[file ?? ''];
    if (riga != null && (riga < 1 || (rows !== undefined && !refused && riga > rows)))
      problems.push(`${codice} on row ${riga} of ${rows} in ${file}`);
  }
  for (const [file, count] of Object.entries(outcome.scartate))
    if (count < 0 || count > (outcome.lette[file] ?? 0)) problems.push(`${count} rows set aside in ${file}`);
  return problems;
}

/** Rows that were neither taken nor set aside, or both: nothing of a supply may get lost (only of those taken whole). */
function lostRows(outcome: SupplyOutcome, sink: KeepingSink): string[] {
  if (outcome.esito === 'RIFIUTATA' || outcome.lette['soggetti.csv'] === undefined) return [];
  const left = (file: string): number => (outcome.lette[file] ?? 0) - (outcome.scartate[file] ?? 0);
  const problems: string[] = [];
  if (sink.entries !== left('soggetti.csv'))
    problems.push(`${sink.entries} subjects taken of ${left('soggetti.csv')}`);
  if (sink.households !== left('famiglie.csv') + left('convivenze.csv'))
    problems.push(`${sink.households} households taken`);
  const aside = Object.values(outcome.scartate).reduce((sum, n) => sum + n, 0);
  if (sink.rows.length !== aside) problems.push(`${sink.rows.length} rows kept aside of ${aside}`);
  return problems;
}
