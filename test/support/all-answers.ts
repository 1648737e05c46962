/** Every question about some entries, answered: to see that something changes nothing, or gives back what was. */
import { AppError } from '../../src/kernel/app-error.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askFamily, askHousehold } from '../../src/registry/answers/ask-family.ts';
import { askHistory } from '../../src/registry/answers/ask-history.ts';
import { askPerson, type When } from '../../src/registry/answers/ask-person.ts';
import { askResidences } from '../../src/registry/answers/ask-residences.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { askFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';

async function answered(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** Of every entry: person, family, history, residences, by its number and by P and its own number; of every household and street; counts; open findings. */
export async function allAnswers(db: Database, when: When): Promise<Record<string, unknown>> {
  const { rows: entries } = await db.query<{ entry_id: number; comune: string; id_soggetto: string }>(
    'select entry_id, comune, id_soggetto from entries order by 1',
  );
  const { rows: households } = await db.query<{ comune: string; kind: 'famiglia'; id: string }>(
    `select comune, kind, id_household as id from household_numbers order by 1, 2, 3`,
  );
  const { rows: streets } = await db.query<{ comune: string; street_key: string }>(
    'select distinct comune, street_key from dwellings order by 1, 2',
  );
  const all: Record<string, unknown> = {};
  for (const { entry_id, comune, id_soggetto } of entries)
    for (const [name, key] of [
      [`${comune}:${id_soggetto}`, { kind: 'number', comune, id_soggetto }],
      [`P${entry_id}`, { kind: 'provincial', entryId: entry_id }],
    ] as const) {
      all[`${name} person`] = await answered(() => askPerson(db, key, when));
      all[`${name} family`] = await answered(() => askFamily(db, key, when));
      all[`${name} history`] = await answered(() => askHistory(db, key, when, true));
      all[`${name} residence`] = await answered(() => askResidences(db, key, null, when));
    }
  for (const { comune, kind, id } of households)
    all[`${comune} ${id}`] = await answered(() => askHousehold(db, { comune, tipo: kind, id }, when));
  for (const { comune, street_key } of streets)
    all[`${comune} ${street_key}`] = await answered(() =>
      askAddress(db, {
        comune,
        street: street_key,
        number: null,
        span: { on: when.al },
        notoAl: when.notoAl,
      }),
    );
  for (const comune of [null, ...new Set(entries.map((e) => e.comune))])
    all[`population ${comune}`] = await askPopulation(db, comune, when.al, when.notoAl);
  const query = { comune: null, side: 'mine', state: 'aperte', kind: null } as const;
  all['findings'] = (await askFindings(db, query, when.notoAl, (code) => code)).segnalazioni;
  return all;
}

// Whose an entry was meanwhile is told with what was corrected.
const INSTANTS = new Set(['noto_al', 'unioni', 'aperta_il', 'aperta_da', 'aperta_da_decisione']);

/** The same without when it was asked, and without when and by what findings were opened. */
export const withoutInstant = (answers: unknown): unknown =>
  JSON.parse(JSON.stringify(answers, (name, value: unknown) => (INSTANTS.has(name) ? undefined : value)));
