/** The population of a comune on two days, and what happened in between, counted from the facts one by one. */
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';

interface Spell {
  readonly from: string;
  readonly to: string;
}

interface Counted {
  readonly comune: string;
  readonly registration: Spell;
  readonly sexes: readonly (Spell & { readonly value: string })[];
  readonly citizenships: readonly (Spell & { readonly value: string })[];
}

async function counted(db: Database): Promise<Counted[]> {
  const spells = (table: string, value: string): string =>
    `coalesce((select json_agg(json_build_object('from', valid_from, 'to', valid_to, 'value', ${value}) order by valid_from)
       from ${table} f where f.entry_id = r.entry_id), '[]')`;
  const { rows } = await db.query<Counted>(
    `select r.comune, json_build_object('from', r.valid_from, 'to', r.valid_to) as registration,
            ${spells('identities', 'sesso')} as sexes, ${spells('citizenships', 'stato')} as citizenships
       from registrations r`,
  );
  return rows;
}

/** What holds on a day, else what begins first after it: an entry says nothing of the days before. */
const on = (spells: Counted['sexes'], d: string): string | undefined =>
  (spells.find((s) => s.from <= d && d < s.to) ?? spells.find((s) => s.from < s.to))?.value;

/** Lines of a count. */
type Count = Record<'maschi' | 'femmine' | 'stranieri', number>;

const LINES = ['maschi', 'femmine', 'stranieri'] as const;

function add(count: Count, one: Counted, d: string, times: number): void {
  count[on(one.sexes, d) === 'M' ? 'maschi' : 'femmine'] += times;
  if (on(one.citizenships, d) !== '100') count.stranieri += times;
}

/** Who came, who went, and who passed from one line to another, on the days after `from` up to `to`. */
function happened(all: readonly Counted[], comune: string, from: Day, to: Day): Count {
  const count: Count = { maschi: 0, femmine: 0, stranieri: 0 };
  for (const one of all.filter((c) => c.comune === comune)) {
    const { registration: spell } = one;
    if (spell.from > from && spell.from <= to) add(count, one, spell.from, 1);
    if (spell.to > from && spell.to <= to)
      add(count, one, spell.to === spell.from ? spell.from : addDays(day(spell.to), -1), -1);
    // A change of line counts on its day, of those resident before and after.
    for (const changed of new Set([...one.sexes, ...one.citizenships].map((s) => s.from))) {
      if (changed <= from || changed > to || changed <= spell.from || changed >= spell.to) continue;
      add(count, one, addDays(day(changed), -1), -1);
      add(count, one, changed, 1);
    }
  }
  return count;
}

/** Lines of a comune's balance that do not close between two of the days. */
export async function unbalanced(
  db: Database,
  comuni: readonly string[],
  days: readonly Day[],
): Promise<string[]> {
  const all = await counted(db);
  const found: string[] = [];
  for (const comune of comuni) {
    const stocks = [];
    for (const d of days) stocks.push((await askPopulation(db, comune, d, null)).residenti);
    for (let i = 1; i < days.length; i++) {
      const between = happened(all, comune, days[i - 1]!, days[i]!);
      for (const line of LINES)
        if (stocks[i]![line] !== stocks[i - 1]![line] + between[line])
          found.push(
            `${comune} ${line}: ${stocks[i - 1]![line]} on ${days[i - 1]} + ${between[line]} is not ${stocks[i]![line]} on ${days[i]}`,
          );
    }
  }
  return found;
}
