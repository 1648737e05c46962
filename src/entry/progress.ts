/** How a load is shown: bars with rate and time left on a terminal, one line a supply elsewhere. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import type { IntakeEvent, IntakeResult } from '../services/intake/intake.service.ts';
import { thousands } from './table.ts';

const WIDTH = 24;
const REDRAW_MS = 120;

function total(counts: Readonly<Record<string, number>>): number {
  return counts['totale'] ?? Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** One line that says what became of a supply. */
export function resultLine(result: IntakeResult): string {
  if ('error' in result)
    return `${result.file}  NON CARICATA / NOT LOADED: ${result.error.italian} / ${result.error.english}`;
  const { receipt, supply } = result;
  if (supply === null)
    return `${result.file}  già accettata / already accepted: ricevuta ${receipt.ricevuta} ${receipt.esito}`;
  const reported = total(supply.segnalate);
  // A finding may be of the whole supply (a number out of order, another software) and of no row.
  const ofTheWhole = reported === 0 && receipt.esito !== 'ACCETTATA';
  return [
    result.file,
    receipt.esito,
    `ricevuta ${receipt.ricevuta}`,
    ...(receipt.esito === 'RIFIUTATA' ? [] : [`lette ${thousands(total(supply.lette))}`]),
    ...(receipt.esito === 'RIFIUTATA' ? [] : [`scartate ${thousands(total(supply.scartate))}`]),
    ofTheWhole ? 'segnalata la fornitura' : `segnalate ${thousands(reported)}`,
  ].join('  ');
}

function timeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Takes the loader's events and writes to a stream. */
export class IntakeProgress {
  readonly #out: NodeJS.WriteStream;
  readonly #files: number;
  readonly #bytes: ReadonlyMap<string, number>;
  readonly #allBytes: number;
  readonly #quiet: boolean;
  readonly #running = new Map<string, { done: number; total: number; writing: boolean }>();
  readonly #started = performance.now();
  #finished = 0;
  #finishedBytes = 0;
  #finishedRows = 0;
  #drawn = 0;
  #lines = 0;

  /**
   * @param bytes size of each archive, by file name: the measure of what is left
   * @param quiet write nothing of one's own (`--json`)
   */
  constructor(out: NodeJS.WriteStream, bytes: ReadonlyMap<string, number>, quiet: boolean) {
    this.#out = out;
    this.#files = bytes.size;
    this.#bytes = bytes;
    this.#allBytes = [...bytes.values()].reduce((sum, n) => sum + n, 0);
    this.#quiet = quiet;
  }

  readonly take = (event: IntakeEvent): void => {
    if (event.kind === 'checking')
      this.#running.set(event.file, { done: event.done, total: event.total, writing: false });
    else if (event.kind === 'writing') {
      const state = this.#running.get(event.file);
      this.#running.set(event.file, { done: state?.done ?? 0, total: state?.total ?? 0, writing: true });
    } else this.#done(event.result);
    if (this.#quiet || !this.#out.isTTY) return;
    const now = performance.now();
    if (event.kind !== 'done' && now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    this.#draw();
  };

  #done(result: IntakeResult): void {
    this.#running.delete(result.file);
    this.#finished++;
    this.#finishedBytes += this.#bytes.get(result.file) ?? 0;
    if (!('error' in result) && result.supply !== null)
      this.#finishedRows += result.supply.lette['soggetti.csv'] ?? 0;
    if (this.#quiet) return;
    this.#clear();
    this.#out.write(`${resultLine(result)}\n`);
  }

  #clear(): void {
    if (this.#lines > 0) this.#out.write(`\x1b[${this.#lines}A\x1b[0J`);
    this.#lines = 0;
  }

  #draw(): void {
    this.#clear();
    const width = this.#out.columns ?? 100;
    const lines: string[] = [];
    for (const [file, state] of this.#running) {
      const part = state.total === 0 ? 0 : state.done / state.total;
      const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '·');
      const what = state.writing ? 'scrittura / writing' : `${Math.floor(part * 100)}%`;
      lines.push(`  ${bar}  ${file}  ${what}`);
    }
    const seconds = (performance.now() - this.#started) / 1000;
    const part = this.#allBytes === 0 ? 1 : this.#finishedBytes / this.#allBytes;
    const left = part > 0 ? `, ancora / left ${timeLeft((seconds / part) * (1 - part))}` : '';
    const rate = seconds > 0 ? Math.round(this.#finishedRows / seconds) : 0;
    lines.push(
      `  ${this.#finished}/${this.#files} forniture / supplies, ${thousands(rate)} schede/s (records/s)${left}`,
    );
    this.#out.write(`${lines.map((line) => line.slice(0, width - 1)).join('\n')}\n`);
    this.#lines = lines.length;
  }
}

/** Sizes of archives by file name. @throws AppError not-found */
export async function sizesOf(paths: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const path of paths) {
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory() === true)
      throw new AppError(
        'not-found',
        `${path} è una cartella: indicare i file che contiene, per esempio ${join(path, 'SIPOP_*.zip')}`,
        `${path} is a folder: name the files in it, for example ${join(path, 'SIPOP_*.zip')}`,
      );
    if (info === null || !info.isFile())
      throw new AppError(
        'not-found',
        `${path} non è un file leggibile: controllare il nome e i permessi.`,
        `${path} is not a readable file: check the name and the permissions.`,
      );
    found.set(basename(path), info.size);
  }
  return found;
}
