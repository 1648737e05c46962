/** Dates, names and addresses of packages come out as the page writes them (tracciato.md 1 and 2). */
import { describe, expect, it } from 'vitest';
import { day } from '../../../kernel/day.ts';
import { dateReader, datesReader } from './dates.ts';
import { decoderOf, ENCODINGS, fittingEncodings } from './encodings.ts';
import { splitName } from './person-names.ts';
import { matchesName } from './source-files.ts';
import { splitAddress } from './street-addresses.ts';

const CENTURY = { pivot: null, notAfter: day('2024-12-31') };

describe('dates', () => {
  it.each([
    ['GG/MM/AAAA', '31/12/1999', '1999-12-31'],
    ['GG/MM/AAAA', '1/2/1999', '1999-02-01'],
    ['GG/MM/AAAA', '00/05/1945', '1945-05'],
    ['GG/MM/AAAA', '00/00/1945', '1945'],
    ['GG/MM/AAAA', '31/02/1999', null],
    ['GG/MM/AAAA', '31/12/99', null],
    ['GG/MM/AAAA', '31-12-1999', null],
    ['GGMMAAAA', '31121999', '1999-12-31'],
    ['GGMMAAAA', '3112199', null],
    ['AAAAMMGG', '19991231', '1999-12-31'],
    ['AAAA', '1945', '1945'],
    ['MM/AAAA', '05/1945', '1945-05'],
    ['AAAA-MM-GG', '1999-12-31T00:00', null],
    ['GGMMAA', '010124', '2024-01-01'],
    // After the day at whose end the supply is true: of the century before.
    ['GGMMAA', '010125', '1925-01-01'],
    ['GGMMAA', '311299', '1999-12-31'],
    ['GG/MM/AAAA', '05/00/1945', null],
    ['GG/MM/AAAA', '00/00/0000', null],
    ['EXCEL', '45657', '2024-12-31'],
    ['EXCEL', '45657.5', '2024-12-31'],
    // Day 60 of spreadsheets never was.
    ['EXCEL', '60', null],
    ['EXCEL', '61', '1900-03-01'],
  ])('%s: %s is %s', (shape, text, expected) => {
    expect(dateReader(shape, CENTURY)(text)).toBe(expected);
  });

  it('of two digits go by the number given, where one is', () => {
    const read = dateReader('GGMMAA', { ...CENTURY, pivot: 10 });
    expect([read('010110'), read('010111')]).toEqual(['2010-01-01', '1911-01-01']);
  });

  it('are read by the first shape that fits', () => {
    const read = datesReader(['GG/MM/AAAA', 'AAAA'], CENTURY);
    expect(['01/02/1950', '1950', '', '1950', 'ieri'].map(read)).toEqual([
      '1950-02-01',
      '1950',
      null,
      '1950',
      null,
    ]);
  });
});

describe('surname and name in one field', () => {
  const by = (
    text: string,
    code = '',
    separator: string | null = null,
    first: 'cognome' | 'nome' = 'cognome',
  ) => Object.values(splitName(text, { separator, first }, code));

  it.each([
    ['ROSSI*MARIO', '*', ['ROSSI', 'MARIO']],
    ['DE LUCA / ANNA MARIA', '/', ['DE LUCA', 'ANNA MARIA']],
    ['ROSSI', '*', ['ROSSI', '']],
  ])('%s, parted by %s', (text, separator, expected) => {
    expect(by(text, '', separator)).toEqual(expected);
  });

  it.each([
    ['ROSSI MARIO', '', ['ROSSI', 'MARIO']],
    ['DE LUCA ANNA MARIA', '', ['DE LUCA', 'ANNA MARIA']],
    ["DALL'OLIO PIA", '', ["DALL'OLIO", 'PIA']],
    // Only the code can tell that there are two surnames.
    ['ROSSI BIANCHI ANNA', 'RSSNNA80A41F257X', ['ROSSI BIANCHI', 'ANNA']],
    ['LI', '', ['LI', '']],
  ])('%s, with the code «%s»', (text, code, expected) => {
    expect(by(String(text), String(code))).toEqual(expected);
  });

  it('the name may come first', () => {
    expect(by('ANNA DE LUCA', '', null, 'nome')).toEqual(['DE LUCA', 'ANNA']);
  });
});

describe('an address in one field', () => {
  it.each([
    ['VIA EMILIA EST 12/B INT 3', 'VIA|EMILIA EST|12|B|||3'],
    ['VIA ROMA 1', 'VIA|ROMA|1||||'],
    ['V.LE MARTIRI N. 7 SC A P 2 INT.4', 'VIALE|MARTIRI|7||A|2|4'],
    ['VIA 25 APRILE', 'VIA|25 APRILE|||||'],
    ['VIA 25 APRILE 8 BIS', 'VIA|25 APRILE|8|BIS|||'],
    ['STRADA STATALE 12', 'STRADA STATALE|12|||||'],
    ['STRADA STATALE 12, 345', 'STRADA STATALE|12|345||||'],
    ["LOC. CA' DI SOLA SNC", "LOCALITÀ|CA' DI SOLA|SNC||||"],
    ['P.ZZA GRANDE 5A', 'PIAZZA|GRANDE|5|A|||'],
    ['EMILIA', '|EMILIA|||||'],
    ['VIA', '|VIA|||||'],
    ['', '||||||'],
    ['Via Giuseppe Verdi 3/ter', 'VIA|Giuseppe Verdi|3|ter|||'],
  ])('%s', (text, expected) => {
    const { specie, toponimo, civico, esponente, scala, piano, interno } = splitAddress(text);
    expect([specie, toponimo, civico, esponente, scala, piano, interno].join('|')).toBe(expected);
  });
});

describe('encodings', () => {
  it.each([
    ['UTF-8', 'c392'],
    ['ISO-8859-1', 'd2'],
    ['ISO-8859-15', 'd2'],
    ['Windows-1252', 'd2'],
    ['CP850', 'e3'],
  ] as const)('%s writes Ò as %s', (encoding, hex) => {
    expect(decoderOf(encoding)(Buffer.from(hex, 'hex'))).toEqual({ text: 'Ò' });
  });

  it('tell the place of a byte that is no character, and never guess', () => {
    expect(decoderOf('UTF-8')(Buffer.from('NICOLÒ È\xd2', 'latin1'))).toEqual({ badByte: 5 });
    expect(
      decoderOf('UTF-8')(Buffer.concat([Buffer.from('Ò'.repeat(100)), Buffer.from([0xd2, 0x41])])),
    ).toEqual({ badByte: 200 });
    expect(decoderOf('ISO-8859-15')(Buffer.from([65, 0x85]))).toEqual({ badByte: 1 });
    expect(decoderOf('Windows-1252')(Buffer.from([65, 0x81]))).toEqual({ badByte: 1 });
  });

  it('that fit some bytes are those that can read them', () => {
    expect(fittingEncodings(Buffer.from('ABC'))).toEqual(ENCODINGS);
    expect(fittingEncodings(Buffer.from([0x85]))).toEqual(['Windows-1252', 'CP850']);
  });
});

it.each([
  ['*.csv', 'PERSONE.CSV', true],
  ['persone*.csv', 'persone_2024.csv', true],
  ['persone*.csv', 'nuclei.csv', false],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['persone.csv', 'persone.csv.txt', false],
])('the pattern %s of a file and the name %s', (pattern, name, expected) => {
  expect(matchesName(pattern, name)).toBe(expected);
});
