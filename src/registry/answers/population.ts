/**
 * The population of a comune or of the province (registry.md, Counting rules): "each comune's population counts its own
 * open registrations; the province counts people; the difference is a line of its own in every table".
 */
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { getKnownAt } from './known-at.sql.ts';
import type { KnownAt } from './known-at.ts';
import { countHouseholds, countPopulation, type PopulationCell } from './population.sql.ts';

/** Men and women. */
export interface BySex {
  readonly maschi: number;
  readonly femmine: number;
  readonly totale: number;
}

export interface AgeLine extends BySex {
  /** Completed years, by the first day of a partial birth date. */
  readonly eta: number;
  readonly stranieri: number;
}

export interface ComuneLine extends BySex {
  readonly comune: string;
  /** Principal citizenship other than Italian, stateless or not known. */
  readonly stranieri: number;
  readonly famiglie: number;
  readonly convivenze: number;
}

export interface PopulationState {
  /** null: the province. */
  readonly comune: string | null;
  readonly al: Day;
  readonly noto_al: KnownAt;
  /** Of a comune its open registrations; of the province, people. */
  readonly residenti: BySex & { readonly stranieri: number };
  /** Of the province: the open registrations of all comuni less the people, registered twice. */
  readonly iscrizioni_doppie: number;
  readonly famiglie: number;
  readonly convivenze: number;
  readonly per_eta: readonly AgeLine[];
  /** Each comune counts its own open registrations. */
  readonly per_comune: readonly ComuneLine[];
}

type Weight = (cell: PopulationCell) => number;

/** Men, women and foreigners among the cells, each cell weighed. */
export function bySex(
  cells: readonly PopulationCell[],
  weight: Weight,
): BySex & { readonly stranieri: number } {
  let maschi = 0;
  let femmine = 0;
  let stranieri = 0;
  for (const cell of cells) {
    if (cell.sesso === 'M') maschi += weight(cell);
    else femmine += weight(cell);
    if (cell.straniero) stranieri += weight(cell);
  }
  return { maschi, femmine, totale: maschi + femmine, stranieri };
}

function groups<K>(
  cells: readonly PopulationCell[],
  key: (cell: PopulationCell) => K,
): Map<K, PopulationCell[]> {
  const found = new Map<K, PopulationCell[]>();
  for (const cell of cells) {
    const list = found.get(key(cell));
    if (list === undefined) found.set(key(cell), [cell]);
    else list.push(cell);
  }
  return found;
}

/** @param comune ISTAT code; null for the province */
export async function askPopulation(
  db: Client,
  comune: string | null,
  al: Day,
  notoAl: KnownAt | null,
): Promise<PopulationState> {
  const knownAt = await getKnownAt(db, notoAl);
  const cells = await countPopulation(db, comune, al, knownAt);
  const households = await countHouseholds(db, comune, al, knownAt);
  const registrations: Weight = (cell) => cell.iscrizioni;
  const people: Weight = (cell) => cell.persone;
  const weight = comune === null ? people : registrations;
  const number = (of: string | null, kind: string): number =>
    households
      .filter((h) => h.kind === kind && (of === null || h.comune === of))
      .reduce((sum, h) => sum + h.numero, 0);
  const residenti = bySex(cells, weight);
  return {
    comune,
    al,
    noto_al: knownAt,
    residenti,
    iscrizioni_doppie: comune === null ? bySex(cells, registrations).totale - residenti.totale : 0,
    famiglie: number(null, 'famiglia'),
    convivenze: number(null, 'convivenza'),
    per_eta: [...groups(cells, (c) => c.eta)]
      .sort((a, b) => a[0] - b[0])
      .map(([eta, of]) => ({ eta, ...bySex(of, weight) })),
    per_comune: [...groups(cells, (c) => c.comune)].map(([code, of]) => ({
      comune: code,
      ...bySex(of, registrations),
      famiglie: number(code, 'famiglia'),
      convivenze: number(code, 'convivenza'),
    })),
  };
}
