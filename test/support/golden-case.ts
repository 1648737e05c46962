/**
 * A golden folder of the intake: the small files of one supply and what must come of it.
 *
 * Files that a folder leaves out are those of `_base`, a sound little register; `case.json` says what else is odd
 * (see GoldenCase); `expected.json` is the outcome. Manifest, checksums and totals are made to agree with the files before
 * `manifest` is laid over them.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../src/kernel/day.ts';
import { loadReference, type Reference } from '../../src/reference/load-reference.ts';
import type { RegisterPosition } from '../../src/registry/supplies/supply-record.ts';
import { LIMITS, type Limits } from '../../src/services/intake/archive/archive.ts';
import { type Json, type SupplyParts, supplyName, supplyZip } from './supply-zip.ts';
import type { ZipEntry, ZipShape } from './zip-writer.ts';

/** The content of case.json; every key may be missing. */
export interface GoldenCase {
  /** The rule that the folder protects, with its place on the page. */
  readonly rule: string;
  readonly tipo?: 'COMPLETA' | 'VARIAZIONI';
  readonly comune?: string;
  readonly progressivo?: number;
  readonly situazione_al?: string;
  readonly fileName?: string;
  readonly today?: string;
  readonly position?: RegisterPosition;
  readonly allowedComuni?: readonly string[];
  readonly confirmTooMuch?: boolean;
  readonly limits?: Partial<Limits>;
  /** Files of `_base` that are not in the archive. */
  readonly omit?: readonly string[];
  /** Files whose bytes are written here, in Latin-1, because no text file can hold them. */
  readonly bytes?: Readonly<Record<string, string>>;
  readonly manifest?: Json;
  readonly manifestText?: string | null;
  readonly zip?: ZipShape;
  readonly entries?: Readonly<
    Record<string, Partial<Omit<ZipEntry, 'data' | 'trailing'>> & { trailing?: string }>
  >;
  readonly more?: readonly (Omit<ZipEntry, 'data' | 'trailing' | 'name'> & {
    name: string;
    text?: string;
    zeros?: number;
    repeat?: number;
  })[];
  /** The archive itself, in place of all the above. */
  readonly raw?: string;
}

export interface GoldenSupply {
  readonly fileName: string;
  readonly archive: Buffer;
  readonly position: RegisterPosition | null;
  readonly allowedComuni: ReadonlySet<string> | null;
  readonly today: Day;
  readonly reference: Reference;
  readonly confirmTooMuch: boolean;
  readonly limits: Limits;
}

/** What comes with the program. */
const REFERENCE = loadReference();
const TABLES = ['soggetti.csv', 'famiglie.csv', 'legami.csv'];
const OWN = ['case.json', 'expected.json', 'changed.json', 'fornitura.json'];

export function readCase(folder: string): GoldenCase {
  return JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as GoldenCase;
}

/** Builds the supply that a golden folder describes. */
export function goldenSupply(folder: string, base: string): GoldenSupply {
  const golden = readCase(folder);
  const tipo = golden.tipo ?? 'COMPLETA';
  const files = new Map<string, Buffer>();
  for (const name of tipo === 'COMPLETA' ? TABLES : ['eventi.jsonl'])
    if (golden.omit?.includes(name) !== true) files.set(name, readFileSync(join(base, name)));
  for (const name of readdirSync(folder))
    if (!OWN.includes(name)) files.set(name, readFileSync(join(folder, name)));
  for (const [name, text] of Object.entries(golden.bytes ?? {})) files.set(name, Buffer.from(text, 'latin1'));
  const entries = Object.entries(golden.entries ?? {}).map(([name, { trailing, ...entry }]) => [
    name,
    trailing === undefined ? entry : { ...entry, trailing: Buffer.from(trailing) },
  ]);
  const parts: SupplyParts = {
    tipo,
    comune: golden.comune ?? '036042',
    progressivo: golden.progressivo ?? (tipo === 'COMPLETA' ? 1 : 2),
    situazione_al: golden.situazione_al ?? (tipo === 'COMPLETA' ? '2024-12-31' : '2025-01-31'),
    files,
    entries: Object.fromEntries(entries),
    more: (golden.more ?? []).flatMap(({ text, zeros, repeat, ...entry }) =>
      Array.from({ length: repeat ?? 1 }, (_, i) => ({
        ...entry,
        name: repeat === undefined ? entry.name : `${i}-${entry.name}`,
        data: zeros === undefined ? Buffer.from(text ?? '') : Buffer.alloc(zeros),
      })),
    ),
    ...(golden.manifest === undefined ? {} : { manifest: golden.manifest }),
    ...(golden.manifestText === undefined ? {} : { manifestText: golden.manifestText }),
    ...(golden.zip === undefined ? {} : { shape: golden.zip }),
  };
  const before: RegisterPosition = {
    lastProgressivo: 1,
    situazioneAl: '2024-12-31' as Day,
    softwareNome: 'PROVA',
  };
  return {
    fileName: golden.fileName ?? supplyName(parts),
    archive: golden.raw === undefined ? supplyZip(parts) : Buffer.from(golden.raw, 'latin1'),
    position: golden.position ?? (tipo === 'COMPLETA' ? null : before),
    allowedComuni: golden.allowedComuni === undefined ? null : new Set(golden.allowedComuni),
    today: (golden.today ?? '2025-02-10') as Day,
    reference: REFERENCE,
    confirmTooMuch: golden.confirmTooMuch ?? false,
    limits: { ...LIMITS, ...golden.limits },
  };
}

/** The expected outcome, and where a changed one is written for whoever compares the two. */
export function expectedOf(folder: string): unknown {
  const path = join(folder, 'expected.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

export function writeChanged(folder: string, outcome: unknown): void {
  writeFileSync(join(folder, 'changed.json'), `${JSON.stringify(outcome, null, 1)}\n`);
}
