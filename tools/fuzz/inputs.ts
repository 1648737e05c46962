/** The inputs of the fuzz run: input number `n` of a seed is always the same. */
import { manifestOf, type SupplyParts, supplyName, supplyZip } from '../../test/support/supply-zip.ts';
import { CORPUS, type Corpus } from './corpus.ts';
import { mutateBytes, mutateJson, mutateLines, mutateTable, tableBytes } from './mutations.ts';
import { Random } from './random.ts';
import { scramble } from './values.ts';

/** What was damaged: the archive, the manifest, or, past the checksums, the tables or the events. */
export const KINDS = ['archive', 'manifest', 'tables', 'events'] as const;
export type InputKind = (typeof KINDS)[number];

export interface FuzzInput {
  /** `subentro`: damaged in whatever way, by the ANPR door (subentro-inputs.ts). */
  readonly kind: InputKind | 'subentro';
  /** Of a subentro, the comune that is said beside it. */
  readonly comune?: string;
  readonly fileName: string;
  readonly archive: Buffer;
  readonly tipo: 'COMPLETA' | 'VARIAZIONI';
}

/** A corpus laid out as supplies, with every value that stands in it. */
interface Sound {
  readonly completa: SupplyParts;
  readonly variazioni: SupplyParts;
  readonly seen: readonly string[];
}

function layOut(corpus: Corpus): Sound {
  const common = { comune: corpus.comune };
  const seen = new Set<string>();
  const files = new Map<string, Buffer>();
  for (const [name, table] of corpus.tables) {
    for (const row of table) for (const cell of row) seen.add(cell);
    files.set(name, Buffer.from(table.map((row) => `${row.map(quoteCell).join(';')}\n`).join('')));
  }
  const lines = corpus.events.map((event) => `${JSON.stringify(event)}\n`).join('');
  for (const text of lines.match(/(?<=")[^":,{}[\]]+(?=")/g) ?? []) seen.add(text);
  return {
    completa: { ...common, tipo: 'COMPLETA', progressivo: 1, situazione_al: '2024-12-31', files },
    variazioni: {
      ...common,
      tipo: 'VARIAZIONI',
      progressivo: 2,
      situazione_al: '2025-01-31',
      files: new Map([['eventi.jsonl', Buffer.from(lines)]]),
    },
    seen: [...seen],
  };
}

const quoteCell = (cell: string): string =>
  /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const sound = layOut(CORPUS);

/** The undamaged supplies, to be sure that the damage is what is being tested. */
export function soundInput(tipo: 'COMPLETA' | 'VARIAZIONI'): FuzzInput {
  const parts = tipo === 'COMPLETA' ? sound.completa : sound.variazioni;
  return { kind: 'archive', fileName: supplyName(parts), archive: supplyZip(parts), tipo };
}

/** Input `n` of `seed`. Half of them are past the checksums: tables and events, in a supply that agrees with itself. */
export function fuzzInput(seed: number, n: number): FuzzInput {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
  const kind = KINDS[n % KINDS.length]!;
  if (kind === 'tables') return mutatedTables(random);
  if (kind === 'events') return mutatedEvents(random);
  const parts = random.chance(0.6) ? sound.completa : sound.variazioni;
  const fileName = supplyName(parts);
  if (kind === 'archive')
    return { kind, fileName, archive: mutateBytes(random, supplyZip(parts)), tipo: parts.tipo };
  const truth = manifestOf(parts);
  const manifestText = random.chance(0.2)
    ? scramble(random, JSON.stringify(truth))
    : JSON.stringify(mutateJson(random, truth, sound.seen));
  return {
    kind,
    fileName: random.chance(0.05) ? scramble(random, fileName) : fileName,
    archive: supplyZip({ ...parts, manifestText }),
    tipo: parts.tipo,
  };
}

function mutatedTables(random: Random): FuzzInput {
  const files = new Map(sound.completa.files);
  const names = [...CORPUS.tables.keys()];
  // soggetti and legami are named more often: most rules are about them.
  for (let n = 1 + random.below(3); n > 0; n--) {
    const name = random.pick([...names, 'soggetti.csv', 'soggetti.csv', 'legami.csv']);
    const table = mutateTable(random, CORPUS.tables.get(name)!, sound.seen);
    if (random.chance(0.02)) files.delete(name);
    else files.set(name, tableBytes(random, table));
  }
  const parts = { ...sound.completa, files };
  return { kind: 'tables', fileName: supplyName(parts), archive: supplyZip(parts), tipo: 'COMPLETA' };
}

function mutatedEvents(random: Random): FuzzInput {
  const files = new Map([['eventi.jsonl', mutateLines(random, CORPUS.events, sound.seen)]]);
  const parts = { ...sound.variazioni, files };
  return { kind: 'events', fileName: supplyName(parts), archive: supplyZip(parts), tipo: 'VARIAZIONI' };
}
