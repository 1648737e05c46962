/** The comuni that come with the program: read as their npm package reads them, complete for Modena, never wrong elsewhere. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { day, type PartialDate, parsePartialDate } from '../kernel/day.ts';
import { type ComuneSpell, createComuni } from './comuni.ts';
import {
  belfiorePlaces,
  embeddedComuni,
  embeddedGaps,
  embeddedPostcodes,
  properNames,
} from './embedded-comuni.ts';
import { COMUNI_FILE, readComuni } from './official-files.ts';

const ARCHIVE = join('../shared/reference', COMUNI_FILE);
const present = existsSync(ARCHIVE);
if (!present) console.log(`skipped: ${ARCHIVE} is not here`);

const comuni = createComuni(embeddedComuni(), embeddedGaps());
const date = (text: string): PartialDate => parsePartialDate(text)!;

interface PackagePlace {
  readonly belfioreCode: string;
  readonly name: string;
  readonly creationDate: Date;
  readonly expirationDate: Date;
}

/** The package gives instants of the local zone. */
const localDay = (d: Date): string =>
  [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, '0')).join('-');

describe('the packed form of the npm package', () => {
  it('is read as the package itself reads it: codes, names, first and last days', async () => {
    const { belfioreConnector } = createRequire(import.meta.url)('@marketto/belfiore-connector-embedded') as {
      belfioreConnector: { toArray(): Promise<PackagePlace[]> };
    };
    const theirs = (await belfioreConnector.toArray()).map((p) => {
      const last = localDay(p.expirationDate);
      return [p.belfioreCode, p.name, localDay(p.creationDate), last === '9999-12-31' ? '' : last].join('|');
    });
    const ours = belfiorePlaces().map((p) => {
      const last = p.validTo === null ? '' : new Date(Date.parse(p.validTo) - 86_400_000).toISOString();
      return [p.cadastral, p.name, p.validFrom, last.slice(0, 10)].join('|');
    });
    expect(ours.length).toBeGreaterThan(10_000);
    expect(ours.toSorted()).toEqual(theirs.toSorted());
  });
});

describe('the province of Modena', () => {
  it('is complete: 47 comuni, each with a cadastral code and a postcode', () => {
    const ours = comuni.provinceComuni('MO');
    expect(ours.map((c) => c.istat)).toEqual(
      Array.from({ length: 47 }, (_, i) => `036${String(i + 1).padStart(3, '0')}`),
    );
    const postcodes = embeddedPostcodes();
    for (const { istat, cadastral } of ours) {
      expect(cadastral).toMatch(/^[A-Z]\d{3}$/);
      expect(postcodes.get(istat!)?.length).toBeGreaterThan(0);
    }
    expect(comuni.provinceComuni('036')).toEqual(ours);
  });
  it.skipIf(!present)(
    'has every code and name of the official archive, and no other (skipped without it)',
    () => {
      const inModena = new Set(comuni.provinceComuni('MO').map((c) => c.cadastral));
      const shown = (spells: readonly ComuneSpell[]): string[] =>
        spells
          .filter((s) => inModena.has(s.cadastral))
          .map((s) => [s.istat, s.cadastral, s.name.toUpperCase(), s.validFrom, s.validTo ?? ''].join('|'))
          .sort();
      expect(shown(embeddedComuni())).toEqual(shown(readComuni(ARCHIVE, new Map()).rows));
    },
  );
  it('knows the comune that changed province and name, and the one founded later', () => {
    expect(comuni.comuneOn('037803', day('1920-01-01'))?.name).toBe("Castelfranco dell'Emilia");
    expect(comuni.comuneOn('037803', day('1929-02-24'))).toBeNull();
    expect(comuni.comuneOn('036006', day('1929-02-24'))?.name).toBe("Castelfranco dell'Emilia");
    expect(comuni.comuneName('036006')).toBe('Castelfranco Emilia');
    expect(comuni.comuneOn('036029', day('1958-01-24'))).toBeNull();
    expect(comuni.comuneOn('036029', day('1958-01-25'))?.name).toBe('Palagano');
  });
});

describe('judgeComune (EC007): a rule about dates is broken only where every reading of them breaks it', () => {
  it.each([
    ['036029', '1958-01-24', 'not-valid-then'],
    ['036029', '1958-01-25', 'valid'],
    ['036029', '1958-01', 'valid'],
    ['036029', '1958', 'valid'],
    ['036029', '1957', 'not-valid-then'],
    ['036029', '1957-12', 'not-valid-then'],
    ['037803', '1929', 'valid'],
    ['037803', '1930', 'not-valid-then'],
    ['108033', '1980-05-05', 'not-valid-then'],
    ['108033', '2009-06-30', 'valid'],
  ])('%s on %s: %s', (istat, on, verdict) => expect(comuni.judgeComune(istat, date(on))).toBe(verdict));
  it.each([
    ['a code in use once, of a comune that these data do not hold', '006842', '1920'],
    ['a code that was another comune’s before the province was numbered anew', '092048', '1960-01-01'],
    ['a date before the first row of the archive', '036023', '1855-01-01'],
  ])('cannot tell of %s', (_what, istat, on) => expect(comuni.judgeComune(istat, date(on))).toBe('unknown'));
  it.each(['999999', '036999', '000000', '112001'])('%s has never been a comune', (istat) =>
    expect(comuni.judgeComune(istat, date('1980'))).toBe('not-valid-then'),
  );
});

describe('cadastral codes of the place of birth (SIP-121)', () => {
  it.each([
    ['the comune of that day, where the code was given again', '001039', '1940-01-01', ['B225', 'B226']],
    ['the comune before it was renamed', '017092', '1980-01-01', ['E667', 'M312']],
    ['of today', '017092', '2010-01-01', ['M312']],
    ['none where it may be another comune’s', '092048', '1960-01-01', []],
    ['none where the comune is not held', '006842', '1920-01-01', []],
    ['a comune that is no more', '037803', '1920', ['C107']],
  ])('%s', (_what, istat, on, codes) =>
    expect(comuni.cadastralCodesOf(istat, date(on)).toSorted()).toEqual(codes),
  );
});

describe('names', () => {
  it.each([
    ['MODENA', '036023'],
    ['forlì', '040012'],
    ['San Cesario sul Panaro', '036036'],
    ["castelfranco dell'emilia", '036006'],
  ])('%s is found whatever its case and accents', (name, istat) =>
    expect(comuni.findComuniByName(name).map((c) => c.istat)).toContain(istat),
  );
  it('a name of the past is found on its days only', () => {
    expect(comuni.findComuniByName("Castelfranco dell'Emilia", day('1935-01-01'))).toHaveLength(1);
    expect(comuni.findComuniByName("Castelfranco dell'Emilia", day('1950-01-01'))).toHaveLength(0);
  });
});

describe.skipIf(!present)('beside the official archive (../shared/reference)', () => {
  const archive = readComuni(ARCHIVE, properNames()).rows;
  const whole = createComuni(archive, null);

  it('what these data call out of time is out of time', () => {
    // The packages tell of a comune that ended in 2023, which the archive has still open.
    const wrong = archive.filter((s) =>
      [s.validFrom, s.validTo === null ? day('2022-12-31') : s.validFrom].some(
        (on) => comuni.judgeComune(s.istat!, on) === 'not-valid-then',
      ),
    );
    expect(wrong).toEqual([]);
  });
  it('a codice fiscale that names the comune of that day is never called wrong', () => {
    const wrong = archive.filter((s) => {
      const codes = comuni.cadastralCodesOf(s.istat!, s.validFrom);
      return s.cadastral !== '' && codes.length > 0 && !codes.includes(s.cadastral);
    });
    expect(wrong).toEqual([]);
  });
  it('a code that was given again means the comune of the day', () => {
    expect(whole.comuneOn('092048', day('1960-01-01'))?.name).toBe('Gonnesa');
    expect(whole.comuneOn('092048', day('1980-01-01'))?.name).toBe('Pimentel');
    expect(whole.cadastralCodesOf('092048', day('1960-01-01'))).toEqual(['E086']);
    expect(whole.cadastralCodesOf('092048')).toEqual(['E086', 'G669']);
    expect(whole.judgeComune('092048', date('1942'))).toBe('not-valid-then');
  });
  it('knows the comuni that are no more, and that a code it does not hold never was', () => {
    expect(whole.judgeComune('006842', date('1920'))).toBe('valid');
    expect(whole.judgeComune('006842', date('1980'))).toBe('not-valid-then');
    expect(whole.judgeComune('999999', date('1980'))).toBe('not-valid-then');
    expect(whole.referenceIsComplete()).toBe(true);
    expect(comuni.referenceIsComplete()).toBe(false);
  });
});
