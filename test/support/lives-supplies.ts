/** The archives of what comuni have to tell (lives.ts), and the orders in which they may be delivered. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cells, CUTS, type Line, type Register, type Rows, START } from './lives.ts';
import { type SupplyParts, supplyName, supplyZip } from './supply-zip.ts';

const MANDATORY = {
  'soggetti.csv': [
    'id_soggetto',
    'cognome',
    'nome',
    'sesso',
    'data_nascita',
    'stato_civile',
    'cittadinanza',
    'posizione',
    'iscritto_dal',
    'motivo_iscrizione',
    'data_aggiornamento',
  ],
  'famiglie.csv': ['id_famiglia', 'dal', 'al'],
  'convivenze.csv': ['id_convivenza', 'dal', 'al'],
  'legami.csv': ['id_soggetto', 'id_famiglia', 'id_convivenza', 'relazione', 'dal', 'al'],
} as const;

function csv(name: keyof typeof MANDATORY, rows: readonly Cells[]): Buffer {
  const columns = [...new Set([...MANDATORY[name], ...rows.flatMap((row) => Object.keys(row))])];
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(';'));
  return Buffer.from([columns.join(';'), ...lines, ''].join('\n'));
}

const jsonl = (lines: readonly Line[]): Buffer =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** A supply of changes with these lines. */
export function changes(
  comune: string,
  progressivo: number,
  lines: readonly Line[],
  situazione_al: string,
): SupplyParts {
  const files = new Map([['eventi.jsonl', jsonl(lines)]]);
  return { tipo: 'VARIAZIONI', comune, progressivo, situazione_al, files };
}

function complete(
  comune: string,
  progressivo: number,
  { soggetti, famiglie, convivenze, legami }: Rows,
  situazione_al: string,
  assenti: 'segnala' | 'cancella' = 'segnala',
): SupplyParts {
  const files = new Map([
    ['soggetti.csv', csv('soggetti.csv', soggetti)],
    ['famiglie.csv', csv('famiglie.csv', famiglie)],
    ...(convivenze.length === 0
      ? []
      : [['convivenze.csv', csv('convivenze.csv', convivenze)] as [string, Buffer]]),
    ['legami.csv', csv('legami.csv', legami)],
  ]);
  return { tipo: 'COMPLETA', comune, progressivo, situazione_al, files, manifest: { assenti } };
}

/**
 * The supplies of a comune in the order of their progressivi: all of the register, then the changes up to each cut, now and
 * then followed by the whole again.
 */
export function suppliesOf(register: Register): SupplyParts[] {
  const { comune, lines, wholes } = register;
  const supplies = [complete(comune, 1, register, START)];
  for (const [i, cut] of CUTS.entries()) {
    const after = i === 0 ? '' : CUTS[i - 1]!;
    const due = lines.filter((line) => after < line.registrazione && line.registrazione <= cut);
    supplies.push(changes(comune, supplies.length + 1, due, cut));
    for (const { rows, cancels } of wholes.filter((w) => w.cut === i))
      supplies.push(complete(comune, supplies.length + 1, rows, cut, cancels ? 'cancella' : 'segnala'));
  }
  return supplies;
}

/** Writes the archive into a folder. @returns its path */
export function archive(folder: string, supply: SupplyParts): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, supplyName(supply));
  writeFileSync(path, supplyZip(supply));
  return path;
}

/** One list out of several, each of which keeps its own order; `order` says from which comes the next. */
export function interleave<T>(lists: readonly (readonly T[])[], order: readonly number[]): T[] {
  const left = lists.map((list) => [...list]);
  const merged: T[] = [];
  for (let n = 0; ; n++) {
    const open = left.filter((list) => list.length > 0);
    if (open.length === 0) return merged;
    merged.push(open[(order[n] ?? 0) % open.length]!.shift()!);
  }
}
