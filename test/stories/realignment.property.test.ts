/**
 * COMPLETA(A), random events, then COMPLETA(B) answer every question about the day of B as COMPLETA(B) alone, and what was
 * asked as known before has the same answer for ever; COMPLETA twice moves no row (tracciato.md 1; registry.md). A is a
 * register of the generator, B is A after other random lives and random mistakes.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { askPerson, type PersonAnswer } from '../../src/registry/answers/ask-person.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { askPopulation } from '../../src/registry/answers/population.ts';
import { FACT_TABLES } from '../../src/registry/tables/tables.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { generateProvince } from '../../tools/generator/province.ts';
import { archiveOf, type CsvRegister, readRegister } from '../support/csv-register.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { PROPERTY_TIMEOUT_MS, tryProperty } from '../support/property-runs.ts';
import {
  between,
  type Change,
  changed,
  changes,
  events,
  mistakes,
  type RandomEvent,
  rowsOf,
} from '../support/random-changes.ts';
import { replayOf, unequal } from '../support/replay.ts';

const FIRST = '2024-12-31';
/** From each seed; each takes some seconds. */
const RUNS = 4;
const THEN = '2025-03-31';
const scratch = mkdtempSync(join(tmpdir(), 'sipop-realign-'));
const reference = loadReference();
let comune: string;
let base: CsvRegister;

/** The comune of a small province that is nearest to 25 residents. */
beforeAll(async () => {
  const sizes = new Map<string, number>();
  const out = join(scratch, 'provincia');
  await generateProvince({ persons: 1500, months: 0, seed: 11, defects: 0, out }, ({ code }, { totals }) => {
    sizes.set(code, totals.residenti);
  });
  const far = (code: string): number => Math.abs(sizes.get(code)! - 25);
  comune = [...sizes.keys()].reduce((best, code) => (far(code) < far(best) ? code : best));
  base = await readRegister(join(out, readdirSync(out).find((f) => f.includes(comune))!));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function load(
  test: TestDatabase,
  archive: Buffer,
  progressivo: number,
  tipo: 'COMPLETA' | 'VARIAZIONI' = 'COMPLETA',
): Promise<void> {
  const name = `SIPOP_${comune}_${String(progressivo).padStart(6, '0')}_${tipo}.zip`;
  const folder = mkdtempSync(join(scratch, 'load-'));
  const path = join(folder, name);
  writeFileSync(path, archive);
  const [result] = await loadSupplies(test.db, [path], {
    workFolder: join(folder, 'work'),
    now: () => new Date('2025-06-10T08:00:00Z'),
    reference,
    threads: 1,
    confirmed: new Set([name]),
  });
  if (result === undefined || 'error' in result) throw result?.error ?? new Error('nothing was loaded');
  expect(result.receipt.esito).not.toBe('RIFIUTATA');
}

const numbersOf = async (test: TestDatabase): Promise<string[]> =>
  (await test.db.query<{ id: string }>('select id_soggetto as id from entries order by 1')).rows.map(
    (r) => r.id,
  );

const ask = (
  test: TestDatabase,
  id: string,
  al: string,
  notoAl: KnownAt | null = null,
): Promise<PersonAnswer> =>
  askPerson(test.db, { kind: 'number', comune, id_soggetto: id }, { al: day(al), notoAl });

/**
 * What is said of somebody today, without what says when and by whom it was recorded. Kinship is compared as it was declared: an intestatario
 * whom the later supply leaves out ("segnala"), or whose row in it is set aside (not absent: tracciato.md 1), stays in the register and heads the
 * family still; alone, the supply leaves the family without one, and it reads 99 (tracciato.md 3). Since when somebody lives at the address is
 * compared where residenze.csv tells it: who has no row there lives where the family does, and the family's addresses held before stay
 * ("history already held stays": tracciato.md 1), while that supply alone knows of one address only.
 */
function present(a: PersonAnswer, homeTold: boolean) {
  const {
    generalita,
    residenza,
    famiglia,
    stato_civile,
    cittadinanza,
    decesso,
    documento,
    soggiorno,
    dichiarati,
  } = a;
  return {
    generalita,
    residenza: residenza && (homeTold ? residenza : { ...residenza, abitazione_dal: null }),
    famiglia: famiglia && declared(famiglia),
    stato_civile: stato_civile && { ...stato_civile, coniuge: null },
    cittadinanza,
    decesso,
    documento,
    soggiorno,
    dichiarati,
    protetto: a.segnali.protetto,
  };
}

/** A family with the kinship that was last declared. */
function declared({ relazione, ultima_dichiarata, ...family }: NonNullable<PersonAnswer['famiglia']>) {
  return { ...family, relazione: ultima_dichiarata ?? relazione };
}

const residentsOf = ({ residenti }: Awaited<ReturnType<typeof askPopulation>>) => ({ residenti });

async function allRows(test: TestDatabase): Promise<string> {
  let text = '';
  for (const table of [
    ...FACT_TABLES,
    ...FACT_TABLES.map((t) => `${t}_past`),
    'person_entries',
    'household_members',
  ])
    text += JSON.stringify((await test.db.query(`select * from ${table} f order by f::text`)).rows);
  return text;
}

/** Random lives before and after, the events told between them, and what becomes of whom the later supply leaves out. */
type Case = readonly [
  wrong: readonly Change[],
  list: readonly Change[],
  happened: readonly RandomEvent[],
  assenti: 'segnala' | 'cancella',
];

async function holds([wrong, list, happened, assenti]: Case): Promise<void> {
  const first = changed(base, wrong);
  const register = changed(base, list);
  const after = await testDatabase({ reused: true });
  const alone = await testDatabase({ reused: true });
  try {
    await load(after, archiveOf(first, comune, 1, FIRST), 1);
    await load(after, between(base, comune, happened), 2, 'VARIAZIONI');
    const { rows } = await after.db.query<{ at: KnownAt }>('select max(recorded_at) as at from supplies');
    const known = rows[0]!.at;
    const people = await numbersOf(after);
    const before = await Promise.all(people.map((id) => ask(after, id, FIRST, known)));
    await load(after, archiveOf(register, comune, 3, THEN, assenti), 3);
    await load(alone, archiveOf(register, comune, 1, THEN, assenti), 1);
    const open = rowsOf(register, 'residenze.csv').filter((row) => row['al'] === '');
    const settled = new Set(open.map((row) => row['id_soggetto']));
    for (const id of await numbersOf(alone)) {
      const [a, b] = await Promise.all([ask(after, id, THEN), ask(alone, id, THEN)]);
      expect(present(a, settled.has(id)), id).toEqual(present(b, settled.has(id)));
    }
    const told = new Set(rowsOf(register, 'soggetti.csv').map((s) => s['id_soggetto']));
    if (assenti === 'cancella')
      for (const id of people.filter((p) => !told.has(p)))
        expect((await ask(after, id, THEN)).residenza, id).toMatchObject({ residente: false });
    const aside = await alone.db.query('select from set_aside');
    if (assenti === 'cancella' && aside.rowCount === 0)
      expect(await askPopulation(after.db, comune, day(THEN), null)).toMatchObject(
        residentsOf(await askPopulation(alone.db, comune, day(THEN), null)),
      );
    for (const [i, id] of people.entries()) expect(await ask(after, id, FIRST, known), id).toEqual(before[i]);
    const again = await allRows(after);
    await load(after, archiveOf(register, comune, 4, THEN, assenti), 4);
    expect((await allRows(after)) === again).toBe(true);
    expect(unequal(await replayOf(after, reference))).toEqual([]);
  } finally {
    await after.drop();
    await alone.drop();
  }
}

describe('a later COMPLETA, over random registers (tracciato.md 1, A later COMPLETA realigns)', () => {
  it('moves no row when a register of the generator is loaded twice', async () => {
    const test = await testDatabase({ reused: true });
    try {
      await load(test, archiveOf(base, comune, 1, FIRST), 1);
      const before = await allRows(test);
      await load(test, archiveOf(base, comune, 2, THEN), 2);
      expect((await allRows(test)) === before).toBe(true);
    } finally {
      await test.drop();
    }
  });

  it.each<[string, Case]>([
    [
      'somebody told to have died of whom an event told a death to come',
      [[], [{ kind: 'die', who: 9989, n: 1827 }], [{ operazione: 'MORTE', who: 2969, n: 9990 }], 'segnala'],
    ],
    [
      'somebody new, without a row of residenze.csv, in a family that moved after he had come',
      [
        [],
        [
          { kind: 'move household', who: 9991, n: 9 },
          { kind: 'arrive', who: 6, n: 9999 },
        ],
        [],
        'segnala',
      ],
    ],
    [
      'somebody mended of whom two events had waited, the second of which applies only once the death of the first is taken back',
      [
        [{ kind: 'lose names', who: 13, n: 9991 }],
        [],
        [
          { operazione: 'MORTE', who: 8619, n: 1946 },
          { operazione: 'STATO_CIVILE', who: 1729, n: 3293 },
        ],
        'cancella',
      ],
    ],
  ])('holds for %s', (_, found) => holds(found), PROPERTY_TIMEOUT_MS);

  it(
    'answers about today as the later supply alone would, as before to who asks what was known, and the same after a replay',
    async () => {
      const cases = fc.tuple(
        mistakes,
        changes,
        events,
        fc.constantFrom('segnala' as const, 'cancella' as const),
      );
      await tryProperty(fc.asyncProperty(cases, holds), RUNS);
    },
    PROPERTY_TIMEOUT_MS,
  );
});
