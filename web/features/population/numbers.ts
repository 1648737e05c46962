/** The population in numbers: ages by five years, and the file for one's own program. Pure. */
import type { Answer } from '../../api/client.ts';

export type Population = Answer<'populationCount'>;
type Age = Population['per_eta'][number];

export interface Band extends Omit<Age, 'eta'> {
  /** "0-4", …, "100+". */
  readonly band: string;
}

const LAST = 100;

/** Ages by five years, the last one open; a band without anybody between others stays, so that the scale is even. */
export function bands(ages: readonly Age[]): readonly Band[] {
  const oldest = Math.max(0, ...ages.filter(({ totale }) => totale > 0).map(({ eta }) => eta));
  const top = Math.min(LAST, oldest - (oldest % 5));
  return Array.from({ length: top / 5 + 1 }, (_, place) => {
    const from = place * 5;
    const inside = ages.filter(({ eta }) => eta >= from && (from === LAST || eta < from + 5));
    const sum = (of: 'maschi' | 'femmine' | 'totale' | 'stranieri') =>
      inside.reduce((before, age) => before + age[of], 0);
    return {
      band: from === LAST ? `${LAST}+` : `${from}-${from + 4}`,
      maschi: sum('maschi'),
      femmine: sum('femmine'),
      totale: sum('totale'),
      stranieri: sum('stranieri'),
    };
  });
}

/** A spreadsheet in Italy reads semicolons; a name is quoted, a number is not. */
const row = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? cell : `"${cell.replaceAll('"', '""')}"`)).join(';')}\r\n`;

/** One row for each age, then one for each comune; the first column says which. */
export function csv(population: Population, name: (comune: string) => string): string {
  const head = ['voce', 'valore', 'maschi', 'femmine', 'totale', 'stranieri', 'famiglie', 'convivenze'];
  const where = population.comune === null ? 'provincia' : name(population.comune);
  const { residenti, famiglie, convivenze } = population;
  const people = ({ maschi, femmine, totale, stranieri }: Omit<Age, 'eta'>) => [
    maschi,
    femmine,
    totale,
    stranieri,
  ];
  return [
    row(head),
    row(['residenti', where, ...people(residenti), famiglie, convivenze]),
    ...population.per_eta.map((age) => row(['età', age.eta, ...people(age), '', ''])),
    ...population.per_comune.map((one) =>
      row(['comune', name(one.comune), ...people(one), one.famiglie, one.convivenze]),
    ),
  ].join('');
}
