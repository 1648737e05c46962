/**
 * Whatever operators decide and take back, and whatever supplies come between, the register is what codes and the decisions that
 * stand say, in whatever order those were taken; and what it answered as known at an instant it answers still (docs/adr/0015).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { areTwoForms, computeCodiceFiscale, omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { type DecisionAct, standingOf } from '../../src/registry/review/decisions.ts';
import { listActs } from '../../src/registry/review/review.sql.ts';
import { allAnswers } from '../support/all-answers.ts';
import { testDatabase } from '../support/database.ts';
import { decided, linksAgainstDecisions, undone } from '../support/decisions.ts';
import { brokenInvariants, heldFacts } from '../support/held-facts.ts';
import { PROPERTY_TIMEOUT_MS, tryProperty } from '../support/property-runs.ts';
import { line, Story } from '../support/story.ts';

const COMUNI = ['A', 'B', 'C'] as const;
const PER_COMUNE = 3;
const NAMES = ['ADA', 'BEA', 'EVA'] as const;
/** Who is named Ada may bear one form of her code or another. */
const BORNE = [...NAMES, 'ADA other'] as const;
type Borne = (typeof BORNE)[number];
function codeOf(borne: Borne): string {
  const [nome = '', other] = borne.split(' ');
  const code = computeCodiceFiscale({
    cognome: 'NERI',
    nome,
    sesso: 'F',
    data_nascita: day('1980-01-01'),
    luogo: 'F257',
  });
  return other === undefined ? code : omocodicForms(code)[1]!;
}
const ENTRIES = COMUNI.flatMap((c) => Array.from({ length: PER_COMUNE }, (_, i) => `${c}:S${i + 1}`));

const which = fc.integer({ min: 0, max: ENTRIES.length - 1 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('same', 'same', 'different', 'later'), a: which, b: which }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo'), nth: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('supply'), a: which, name: fc.constantFrom(...NAMES) }),
  },
);
/** The code that each entry bears at the start, few enough for several to share one; null: none. With two forms of one, or without. */
const codesOf = (borne: readonly Borne[]) =>
  fc.array(fc.option(fc.constantFrom(...borne), { freq: 3 }), {
    minLength: ENTRIES.length,
    maxLength: ENTRIES.length,
  });
const codes = fc.oneof(codesOf(NAMES), codesOf(BORNE));

async function begin(db: Database, borne: readonly (Borne | null)[]): Promise<Story> {
  const story = new Story(db);
  for (const [c, comune] of COMUNI.entries()) {
    const rows = Array.from({ length: PER_COMUNE }, (_, i) => {
      const name = borne[c * PER_COMUNE + i] ?? null;
      const cf = name === null ? '-' : codeOf(name);
      return `S${i + 1}  NERI ${(name ?? 'ADA').split(' ')[0]}  F  1980-01-01  F${i + 1}/1  ${cf}`;
    });
    await story.begin(['id  nome  sesso  nascita  famiglia  cf', ...rows].join('\n'), comune);
  }
  return story;
}

/** What must hold of people whatever codes say: by the decisions that stand, without the function that makes the links. */
async function brokenDecisions(db: Database, standing: readonly DecisionAct[]): Promise<string[]> {
  const { rows } = await db.query<{ entry_id: number; person_id: number; comune: string }>(
    'select entry_id, person_id, comune from person_entries join entries using (entry_id) order by 1',
  );
  const personOf = new Map(rows.map((r) => [r.entry_id, r.person_id]));
  const broken = standing
    .filter((d) => d.kind === 'same' || d.kind === 'different')
    .filter((d) => (personOf.get(d.entry_id) === personOf.get(d.other_entry_id)) !== (d.kind === 'same'))
    .map((d) => `D${d.decision_id} ${d.kind}`);
  // Who an operator led to, from an entry, by one decision after another.
  const led = new Map(rows.map((r) => [r.entry_id, r.entry_id]));
  for (let i = 0; i < standing.length; i++)
    for (const d of standing)
      if (d.kind === 'same') {
        const least = Math.min(led.get(d.entry_id)!, led.get(d.other_entry_id)!);
        led.set(d.entry_id, least).set(d.other_entry_id, least);
      }
  for (const a of rows)
    for (const b of rows)
      if (a.entry_id < b.entry_id && a.person_id === b.person_id && a.comune === b.comune)
        if (led.get(a.entry_id) !== led.get(b.entry_id))
          broken.push(`${a.entry_id} and ${b.entry_id} of one register, and no operator joined them`);
  const { rows: bearers } = await db.query<{ person_id: number; code: string }>(
    `select person_id, codice_fiscale as code from identities join person_entries using (entry_id)
      where valid_to = 'infinity' and validita_cf = '1' and codice_fiscale is not null`,
  );
  for (const a of bearers)
    for (const b of bearers)
      if (a.person_id === b.person_id && areTwoForms(a.code, b.code))
        broken.push(`P${a.person_id} bears ${a.code} and ${b.code}`);
  for (const r of rows)
    if (r.person_id > r.entry_id || personOf.get(r.person_id) !== r.person_id)
      broken.push(`P${r.person_id} is not the first of its entries`);
  return broken;
}

/** Persons as they are, by entry: "A:S1 P1". */
async function links(db: Database): Promise<unknown> {
  return (await db.query('select entry_id, person_id, basis from person_entries order by 1')).rows;
}

/** A refusal of what contradicts what stands is an answer too. */
async function refusedOr<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && ['conflict', 'usage', 'not-found'].includes(error.code)) return null;
    throw error;
  }
}

it(
  'any decisions and undoings leave the register as those that stand say, whatever their order',
  async () => {
    let joined = 0;
    await tryProperty(
      fc.asyncProperty(
        codes,
        fc.array(step, { minLength: 8, maxLength: 16 }),
        fc.infiniteStream(fc.nat()),
        async (borne, steps, random) => {
          const test = await testDatabase({ reused: true });
          let events = 0;
          const told: { readonly noto: Awaited<ReturnType<typeof getKnownAt>>; readonly answers: unknown }[] =
            [];
          const when = { al: day('2025-12-31'), notoAl: null };
          try {
            const story = await begin(test.db, borne);
            for (const s of steps) {
              if ('nth' in s) await refusedOr(() => undone(test.db, s.nth));
              else if ('name' in s) {
                // A supply may bring two forms to one person, who stays one; an operator may not join them again.
                if (borne.includes('ADA other')) continue;
                const [comune, id] = ENTRIES[s.a]!.split(':') as [string, string];
                const change = { nome: s.name, codice_fiscale: codeOf(s.name), validita_cf: '1' };
                const dati = { id_soggetto: id, motivo: 'RETTIFICA', ...change };
                await story.supplyOf(comune, line(`e${++events}`, 'GENERALITA', '2025-02-01', dati));
              } else
                await refusedOr(() => decided(test.db, s.kind as 'same', `${ENTRIES[s.a]} ${ENTRIES[s.b]}`));
              if (told.length < 3)
                told.push({
                  noto: await getKnownAt(test.db, null),
                  answers: await allAnswers(test.db, when),
                });
            }
            expect(await linksAgainstDecisions(test.db)).toEqual([]);
            expect(await refreshFindings(test.db)).toEqual({ opened: 0, closed: 0 });
            expect(await brokenInvariants(test.db)).toEqual([]);
            for (const { noto, answers } of told)
              expect(await allAnswers(test.db, { ...when, notoAl: noto })).toEqual(answers);

            // All undone, and those that stood taken again in another order.
            const acts = await listActs(test.db, null);
            const pairs = Map.groupBy(acts, (a) => `${a.entry_id} ${a.other_entry_id}`);
            const standing = [...pairs.values()].flatMap((of) => standingOf(of) ?? []);
            expect(await brokenDecisions(test.db, standing)).toEqual([]);
            const left = await links(test.db);
            const facts = await heldFacts(test.db);
            joined += standing.filter((d) => d.kind === 'same').length;
            const undoneAlready = new Set(acts.flatMap((a) => a.undoes ?? []));
            for (const act of acts.toReversed())
              if (act.kind !== 'undo' && !undoneAlready.has(act.decision_id))
                await undone(test.db, act.decision_id);
            const { rows } = await test.db.query("select from person_entries where basis = 'operator'");
            expect(rows).toEqual([]);
            // Joining and parting move no other fact.
            expect(await heldFacts(test.db)).toEqual(facts);
            const names = await namesOf(test.db);
            const order = standing.map((d) => [random.next().value, d] as const).sort(([a], [b]) => a - b);
            for (const [, d] of order)
              await decided(test.db, d.kind, `${names.get(d.entry_id)} ${names.get(d.other_entry_id)}`);
            expect(await links(test.db)).toEqual(left);
          } finally {
            await test.drop();
          }
        },
      ),
      5,
    );
    // The decisions are many enough for the test to be able to fail.
    expect(joined).toBeGreaterThan(1);
  },
  PROPERTY_TIMEOUT_MS,
);

async function namesOf(db: Database): Promise<Map<number, string>> {
  const { rows } = await db.query<{ entry_id: number; name: string }>(
    "select entry_id, comune || ':' || id_soggetto as name from entries",
  );
  return new Map(rows.map((r) => [r.entry_id, r.name]));
}
