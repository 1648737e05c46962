/** The people, answers and rows that the stories of operators' decisions are told with. */
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { allAnswers, withoutInstant } from './all-answers.ts';
import { type Line, line } from './story.ts';

export const code = (nome: string, sesso: 'M' | 'F', nascita = '1980-01-01'): string =>
  computeCodiceFiscale({ cognome: 'NERI', nome, sesso, data_nascita: day(nascita), luogo: 'F257' });
export const ADA = code('ADA', 'F');
export const BEA = code('BEA', 'F');
export const NOW = { al: day('2025-12-31'), notoAl: null };

export const table = (...rows: readonly string[]): string =>
  ['id  nome  sesso  nascita  famiglia  stato  cf', ...rows].join('\n');
/** Somebody with a family of their own in each register. */
export const person = (id: string, nome: string, cf = '-', nascita = '1980-01-01', family = 'F1/1'): string =>
  [id, nome, 'F', nascita, family, '1', cf].join('  ');
export const identity = (id: string, on: string, change: Line, id_soggetto = 'S1'): Line =>
  line(id, 'GENERALITA', on, { id_soggetto, motivo: 'RETTIFICA', ...change });

export const answersOf = async (db: Database): Promise<unknown> => withoutInstant(await allAnswers(db, NOW));
export const linksOf = async (db: Database): Promise<unknown> =>
  (await db.query('select entry_id, person_id, basis, recorded_from from person_entries order by 1')).rows;
/** Every row that a decision may write. */
export const decisionRowsOf = async (db: Database): Promise<unknown> => {
  const tables = [
    'person_entries',
    'person_entries_past',
    'linkage_decisions',
    'reconciliation_findings',
    'register_clock',
  ];
  return Promise.all(
    tables.map(async (t) => (await db.query(`select to_jsonb(t) as row from ${t} t order by t::text`)).rows),
  );
};
