/** fornitura.json: its form (tracciato.md 1). What it says of other things is checked in manifest-checks.ts. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { type Day, parseDay } from '../../../kernel/day.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';
import { MANIFEST } from '../rows/file-specs.ts';
import { TOTALS, type Totals } from './totals.ts';

export const TRACCIATO = 'SIPOP/1.0';
export type TipoManifest = 'COMPLETA' | 'VARIAZIONI';

export interface ManifestFile {
  readonly righe: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** The manifest of a supply, well formed. Keys of the page, unknown ones left out. */
export interface Manifest {
  readonly tracciato: typeof TRACCIATO;
  readonly tipo: TipoManifest;
  /** ISTAT code as written: known or not. */
  readonly comune: string;
  readonly progressivo: number;
  /** An instant, ISO 8601, as written. */
  readonly generata: string;
  readonly situazione_al: Day;
  readonly software: { readonly nome: string; readonly versione: string };
  readonly assenti: 'segnala' | 'cancella';
  readonly quadratura: Readonly<Partial<Totals>>;
  readonly file: ReadonlyMap<string, ManifestFile>;
}

/** A manifest has a line for each of at most 64 files: more than this is not one. */
const MAX_BYTES = 1024 * 1024;
const MAX_PROGRESSIVO = 999_999;
const MAX_TEXT = 200;
/** ISO 8601 with its offset, seconds and fractions optional. PostgreSQL keeps offsets up to 15:59, which no zone comes near. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-5]):?[0-5]\d)?$/;

export interface ManifestRead {
  readonly manifest: Manifest | null;
  /** SIP-002 for each key that is missing or wrong; SIP-003 alone for another version. */
  readonly refusals: readonly Finding[];
}

const invalid = (perche: Words, campo = '', valore = ''): Finding =>
  finding('SIP-002', { file: MANIFEST, campo, valore, perche });
const refused = (...refusals: Finding[]): ManifestRead => ({ manifest: null, refusals });

/** Reads the manifest at `path`; undefined where the archive held none. */
export async function readManifest(path: string | undefined): Promise<ManifestRead> {
  if (path === undefined) return refused(invalid(["non c'è nell'archivio", 'is not in the archive']));
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MAX_BYTES) return refused(invalid(['supera 1 MB', 'is over 1 MB']));
    return parseManifest(await file.readFile());
  } finally {
    await file.close();
  }
}

/** The manifest written in `bytes`. */
export function parseManifest(bytes: Buffer): ManifestRead {
  if (!isUtf8(bytes) || bytes.includes(0)) return refused(invalid(['non è in UTF-8', 'is not UTF-8']));
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return refused(invalid([`non è JSON valido (${detail})`, `is not valid JSON (${detail})`]));
  }
  if (!isObject(json)) return refused(invalid(['non è un oggetto JSON', 'is not a JSON object']));
  const version = own(json, 'tracciato');
  // Another version may be of another shape: nothing else of it is judged.
  if (typeof version === 'string' && version !== TRACCIATO)
    return refused(finding('SIP-003', { file: MANIFEST, campo: 'tracciato', valore: version }));
  return new Reader().manifest(json);
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The object's own value of a key: a key named like something every object has must not find it. */
const own = (json: Json, key: string): unknown => (Object.hasOwn(json, key) ? json[key] : undefined);

/** Takes values out of the manifest, noting each that is missing or wrong. */
class Reader {
  readonly refusals: Finding[] = [];

  manifest(json: Json): ManifestRead {
    const tipo = this.oneOf(json, 'tipo', ['COMPLETA', 'VARIAZIONI'] as const);
    const software = this.object(json, 'software');
    const quadratura = this.object(json, 'quadratura');
    const file = this.object(json, 'file');
    this.oneOf(json, 'tracciato', [TRACCIATO] as const);
    const manifest: Manifest = {
      tracciato: TRACCIATO,
      tipo,
      comune: this.text(json, 'comune'),
      progressivo: this.count(json, 'progressivo', 'progressivo', 1, MAX_PROGRESSIVO),
      generata: this.instant(json, 'generata'),
      situazione_al: this.day(json, 'situazione_al'),
      software: {
        nome: software === null ? '' : this.text(software, 'nome', 'software.nome'),
        versione: software === null ? '' : this.text(software, 'versione', 'software.versione'),
      },
      assenti:
        own(json, 'assenti') === undefined
          ? 'segnala'
          : this.oneOf(json, 'assenti', ['segnala', 'cancella'] as const),
      quadratura: quadratura === null ? {} : this.totals(quadratura, tipo, file),
      file: file === null ? new Map() : this.files(file),
    };
    return this.refusals.length === 0
      ? { manifest, refusals: [] }
      : { manifest: null, refusals: this.refusals };
  }

  /** Keys that do not apply to this kind of supply, or to the files it has, may be missing (tracciato.md 1). */
  totals(quadratura: Json, tipo: TipoManifest, file: Json | null): Partial<Totals> {
    const totals: Partial<Totals> = {};
    for (const name of TOTALS) {
      const applies =
        name === 'eventi'
          ? tipo === 'VARIAZIONI'
          : tipo === 'COMPLETA' &&
            (name !== 'convivenze' || (file !== null && own(file, 'convivenze.csv') !== undefined));
      if (!applies && own(quadratura, name) === undefined) continue;
      totals[name] = this.count(quadratura, name, `quadratura.${name}`);
    }
    return totals;
  }

  files(file: Json): Map<string, ManifestFile> {
    const files = new Map<string, ManifestFile>();
    for (const name of Object.keys(file)) {
      // It could not be written in a finding, nor be the name of a file in the archive.
      if (!storable(name)) {
        this.wrong('', '', [
          'nomina un file con un carattere illecito',
          'names a file with an illegal character',
        ]);
        continue;
      }
      const entry = this.object(file, name, `file.${name}`);
      if (entry === null) continue;
      const sha256 = this.text(entry, 'sha256', `file.${name}.sha256`).toLowerCase();
      if (sha256 !== '' && !/^[0-9a-f]{64}$/.test(sha256))
        this.wrong(`file.${name}.sha256`, sha256, [
          'ha una impronta sha256 che non è di 64 cifre esadecimali',
          'has a sha256 that is not 64 hexadecimal digits',
        ]);
      files.set(name, { righe: this.count(entry, 'righe', `file.${name}.righe`), sha256 });
    }
    return files;
  }

  object(json: Json, key: string, campo = key): Json | null {
    const value = own(json, key);
    if (isObject(value)) return value;
    this.missingOr(value, campo, [
      'ha una chiave che deve essere un oggetto',
      'has a key that must be an object',
    ]);
    return null;
  }

  text(json: Json, key: string, campo = key): string {
    const value = own(json, key);
    if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT && storable(value))
      return value.trim();
    this.missingOr(value, campo, [
      `ha una chiave che deve essere un testo di 1-${MAX_TEXT} caratteri`,
      `has a key that must be a text of 1-${MAX_TEXT} characters`,
    ]);
    return '';
  }

  count(json: Json, key: string, campo: string, from = 0, to = Number.MAX_SAFE_INTEGER): number {
    const value = own(json, key);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to)
      return value;
    this.missingOr(value, campo, [
      'ha una chiave che deve essere un numero intero ammesso',
      'has a key that must be a whole number in range',
    ]);
    return from;
  }

  oneOf<T extends string>(json: Json, key: string, values: readonly [T, ...T[]]): T {
    const value = own(json, key);
    const found = values.find((known) => known === value);
    if (found !== undefined) return found;
    this.missingOr(value, key, [
      `ha una chiave che deve valere ${values.join(' o ')}`,
      `has a key that must be ${values.join(' or ')}`,
    ]);
    return values[0];
  }

  day(json: Json, key: string): Day {
    const value = own(json, key);
    const parsed = typeof value === 'string' ? parseDay(value) : null;
    if (parsed === null)
      this.missingOr(value, key, [
        'ha una chiave che deve essere un giorno AAAA-MM-GG',
        'has a key that must be a day AAAA-MM-GG',
      ]);
    return parsed ?? ('0001-01-01' as Day);
  }

  instant(json: Json, key: string): string {
    const value = own(json, key);
    const match = typeof value === 'string' ? INSTANT.exec(value) : null;
    if (match !== null && parseDay(match[1]!) !== null) return match[0];
    this.missingOr(value, key, [
      'ha una chiave che deve essere un istante (2025-01-02T08:15:00+01:00)',
      'has a key that must be an instant (2025-01-02T08:15:00+01:00)',
    ]);
    return '';
  }

  missingOr(value: unknown, campo: string, perche: Words): void {
    if (value === undefined)
      this.wrong(campo, '', ['non ha una chiave obbligatoria', 'lacks a mandatory key']);
    else this.wrong(campo, typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), perche);
  }

  wrong(campo: string, valore: string, perche: Words): void {
    this.refusals.push(invalid(perche, campo, storable(valore) ? valore : ''));
  }
}

/** Can PostgreSQL keep it? JSON can spell NUL and half characters that UTF-8 cannot. */
const storable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
