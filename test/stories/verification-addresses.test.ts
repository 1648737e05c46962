/** Addresses as people write them (services.md, Verification, residenza): abbreviations, letters, interiors, and near misses that are another door. */
import { afterAll, beforeAll } from 'vitest';
import { A, at, codeOf, Declared, lives, type Row, tables } from '../support/declarations.ts';
import { type Line, line } from '../support/story.ts';

const TESI = codeOf('TESI', 'GINO', 'M', '1971-01-01');
const VALLI = codeOf('VALLI', 'UMA', 'F', '1972-01-02');
const OTTO = codeOf('SERRA', 'OTTO', 'M', '1973-01-03');
const LEA = codeOf('ZINI', 'LEA', 'F', '1974-01-04');
const NINO = codeOf('FOGLI', 'NINO', 'M', '1975-01-05');
const DAY = '2025-04-01';

let declared: Declared;
beforeAll(async () => {
  declared = await Declared.open();
  await declared.story.begin(`
    id  nome        sesso  nascita     famiglia  stato  cf
    S1  TESI GINO   M      1971-01-01  F1/1      1      ${TESI}
    S2  VALLI UMA   F      1972-01-02  F2/1      1      ${VALLI}
    S3  SERRA OTTO  M      1973-01-03  F3/1      1      ${OTTO}
    S4  ZINI LEA    F      1974-01-04  F4/1      1      ${LEA}
    S5  FOGLI NINO  M      1975-01-05  F5/1      1      ${NINO}
  `);
  const to = (n: number, famiglia: Line) =>
    line(String(n), 'CAMBIO_ABITAZIONE', '2025-03-20', {
      id_famiglia: `F${n}`,
      famiglia: { id_famiglia: `F${n}`, ...famiglia },
    });
  await declared.story.supply(
    to(1, { specie: 'PIAZZA', toponimo: 'ROMA', civico: '5', scala: 'B', piano: '2', interno: '7' }),
    to(2, { specie: 'CORSO', toponimo: 'CANALGRANDE', civico: '22', esponente: 'BIS' }),
    to(3, { specie: 'STRADA', toponimo: "SANT'ANNA", civico: '100' }),
    to(4, { specie: 'VIALE', toponimo: 'DELLE RIMEMBRANZE', civico: '7', esponente: 'A', interno: '12' }),
    to(5, { specie: 'VIA', toponimo: 'XXV APRILE', civico: '1' }),
  );
});
afterAll(() => declared.test.drop());

const there = (
  code: string,
  via: string,
  civico: string | undefined,
  verdict: string,
  more: Line = {},
): Row => [DAY, code, lives(A, { indirizzo: at(via, civico, more) }), verdict];
const OTHER = 'N indirizzo:diverso';
const UNSAID = 'A indirizzo:dato_assente';

tables(() => declared, {
  'a square: its abbreviations are the square, and no other kind of street is': [
    there(TESI, 'piazza Roma', '5', 'S'),
    there(TESI, 'PIAZZA ROMA', '5', 'S'),
    there(TESI, 'P.zza Roma', '5', 'S'),
    there(TESI, 'p.za roma', '5', 'S'),
    there(TESI, 'P.ZZA ROMA', undefined, 'S'),
    there(TESI, 'Roma', '5', 'S'),
    there(TESI, '  piazza   Roma ', ' 5 ', 'S'),
    there(TESI, 'via Roma', '5', OTHER),
    there(TESI, 'piazzale Roma', '5', OTHER),
    there(TESI, 'P.le Roma', '5', OTHER),
    there(TESI, 'piazza Romana', '5', OTHER),
    there(TESI, 'piazza Roma Antica', '5', OTHER),
    there(TESI, 'piazza', '5', OTHER),
  ],
  'numbers: the number alone, its letter, and those beside it': [
    there(TESI, 'piazza Roma', '05', 'S'),
    there(TESI, 'piazza Roma', '6', OTHER),
    there(TESI, 'piazza Roma', '55', OTHER),
    there(TESI, 'piazza Roma', '5/A', OTHER),
    there(TESI, 'piazza Roma', '5A', OTHER),
    there(TESI, 'piazza Roma', '5 bis', OTHER),
    there(VALLI, 'corso Canalgrande', '22/bis', 'S'),
    there(VALLI, 'c.so Canalgrande', '22 BIS', 'S'),
    there(VALLI, 'C.so Canal Grande', '22bis', 'S'),
    there(VALLI, 'corso Canalgrande', '22', OTHER),
    there(VALLI, 'corso Canalgrande', '22/A', OTHER),
    there(VALLI, 'corso Canalgrande', '22/ter', OTHER),
    there(VALLI, 'corso Canalgrande', undefined, 'S'),
    there(VALLI, 'corso Canalchiaro', '22/bis', OTHER),
    there(VALLI, 'via Canalgrande', '22/bis', OTHER),
  ],
  'the stair, the floor, the flat: as far as they were said': [
    there(TESI, 'piazza Roma', '5 int. 7', 'S'),
    there(TESI, 'piazza Roma', '5 interno 7', 'S'),
    there(TESI, 'piazza Roma', '5, int 7', 'S'),
    there(TESI, 'piazza Roma', '5 int. 8', OTHER),
    there(TESI, 'piazza Roma', '5', 'S', { interno: '7' }),
    there(TESI, 'piazza Roma', '5', 'S', { interno: '07' }),
    there(TESI, 'piazza Roma', '5', OTHER, { interno: '17' }),
    there(TESI, 'piazza Roma', '5', 'S', { scala: 'B' }),
    there(TESI, 'piazza Roma', '5', 'S', { scala: 'b' }),
    there(TESI, 'piazza Roma', '5', OTHER, { scala: 'C' }),
    there(TESI, 'piazza Roma', '5', 'S', { piano: '2' }),
    there(TESI, 'piazza Roma', '5', OTHER, { piano: '3' }),
    there(TESI, 'piazza Roma', '5', 'S', { scala: 'B', piano: '2', interno: '7' }),
    there(TESI, 'piazza Roma', '5', OTHER, { scala: 'B', piano: '2', interno: '8' }),
    there(TESI, 'piazza Roma', '6', OTHER, { interno: '7' }),
    there(LEA, 'viale delle Rimembranze', '7/A', 'S', { interno: '12' }),
    there(LEA, 'viale delle Rimembranze', '7/A', UNSAID, { scala: '1' }),
    there(LEA, 'viale delle Rimembranze', '7/A', UNSAID, { piano: '1' }),
    there(LEA, 'viale delle Rimembranze', '7/A', OTHER, { piano: '1', interno: '13' }),
    there(VALLI, 'corso Canalgrande', '22/bis', UNSAID, { interno: '1' }),
  ],
  'names of streets: accents, apostrophes, saints, articles, figures': [
    there(OTTO, "strada Sant'Anna", '100', 'S'),
    there(OTTO, 'strada Sant’Anna', '100', 'S'),
    there(OTTO, 'STRADA SANTANNA', '100', 'S'),
    there(OTTO, 'str. Sant’Anna', '100', 'S'),
    there(OTTO, "Sant'Anna", '100', 'S'),
    there(OTTO, 'strada San Donato', '100', OTHER),
    there(OTTO, 'strada Anna', '100', OTHER),
    there(LEA, 'viale delle Rimembranze', '7/A', 'S'),
    there(LEA, 'V.le delle Rimembranze', '7/a', 'S'),
    there(LEA, 'v.le DELLE RIMEMBRANZE', '7 A', 'S'),
    there(LEA, 'viale della Rimembranza', '7/A', OTHER),
    there(LEA, 'via delle Rimembranze', '7/A', OTHER),
    there(LEA, 'viale delle Rimembranze', '7', OTHER),
    there(NINO, 'via XXV Aprile', '1', 'S'),
    there(NINO, 'v. xxv aprile', '1', 'S'),
    there(NINO, 'via XXIV Aprile', '1', OTHER),
    there(NINO, 'via IV Novembre', '1', OTHER),
  ],
  'a slip of the pen in the name is no other street; a figure, another number or more letters are': [
    there(LEA, 'viale delle Rimembranza', '7/A', 'A indirizzo:simile'),
    there(LEA, 'viale dele Rimembranze', '7/A', 'A indirizzo:simile'),
    there(LEA, 'viale delle Rimenbranze', '7/A', 'A indirizzo:simile'),
    there(LEA, 'viale delle Rimenbranze', '8/A', OTHER),
    there(LEA, 'viale Rimembranze', '7/A', OTHER),
    there(VALLI, 'corso Canalgande', '22/bis', 'A indirizzo:simile'),
    there(VALLI, 'corso Canalgande', '22', OTHER),
    there(OTTO, "strada Sant'Ana", '100', 'A indirizzo:simile'),
    there(OTTO, 'strada Santa Anna', '100', 'A indirizzo:simile'),
    there(NINO, 'via XXVI Aprile', '1', OTHER),
    there(NINO, 'via XXV Aprille', '1', 'A indirizzo:simile'),
    there(TESI, 'piazza Rome', '5', 'A indirizzo:simile'),
  ],
  'not there: the other way round, and what cannot be told stays open': [
    [DAY, TESI, lives(A, { non: true, indirizzo: at('piazza Roma', '5') }), 'N indirizzo:residente_li'],
    [DAY, TESI, lives(A, { non: true, indirizzo: at('P.zza Roma') }), 'N indirizzo:residente_li'],
    [DAY, TESI, lives(A, { non: true, indirizzo: at('piazza Roma', '6') }), 'S'],
    [DAY, TESI, lives(A, { non: true, indirizzo: at('via Roma', '5') }), 'S'],
    [
      DAY,
      LEA,
      lives(A, { non: true, indirizzo: at('viale delle Rimembranze', '7/A', { scala: '1' }) }),
      UNSAID,
    ],
    [
      DAY,
      LEA,
      lives(A, { non: true, indirizzo: at('viale delle Rimembranze', '7/A', { interno: '13' }) }),
      'S',
    ],
  ],
  'the very day of the move: the new door from it, the old one until the day before': [
    ['2025-03-19', TESI, lives(A, { indirizzo: at('piazza Roma', '5') }), OTHER],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5') }), 'S'],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5'), dal: '2025-03-20' }), 'S'],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5'), dal: '2025-03' }), 'S'],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5'), dal: '2025-03-21' }), 'N dal:diverso'],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5'), dal: '2025-03-19' }), 'N dal:diverso'],
    ['2025-03-20', TESI, lives(A, { indirizzo: at('piazza Roma', '5'), dal: '2010' }), 'S'],
    ['2025-03-19', TESI, lives(A, { non: true, indirizzo: at('piazza Roma', '5') }), 'S'],
  ],
});
