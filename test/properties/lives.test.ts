/**
 * Random lives of random families in random comuni, cut into supplies and delivered in any order that the progressivi allow
 * (issue 3, "Shown by"; registry.md). More of them: SIPOP_PROPERTY_RUNS.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, day } from '../../src/kernel/day.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { unbalanced } from '../support/balance.ts';
import { type Answers, askEverything, type Subjects, subjectsOf, worldly } from '../support/everything.ts';
import { brokenInvariants, factsOf, heldFacts } from '../support/held-facts.ts';
import { beginLife, type Lived, reference } from '../support/lived.ts';
import { CUTS, type Life, type Line, lives, type Register, START } from '../support/lives.ts';
import { tell } from '../support/lives-acts.ts';
import { changes, interleave, suppliesOf } from '../support/lives-supplies.ts';
import { PROPERTY_TIMEOUT_MS, tryProperty } from '../support/property-runs.ts';
import { replayOf, unequal } from '../support/replay.ts';
import { annulAll, annulledFacts, correctOne, fallenIds } from '../support/second-thoughts.ts';

/** From each seed: a life of several registers takes seconds to load, ask, and load again. */
const RUNS = 1;

const DAYS: readonly Day[] = [day('2024-12-15'), day('2025-02-10'), CUTS[2]!];

async function during<T>(work: (life: Lived) => Promise<T>): Promise<T> {
  const lived = await beginLife();
  try {
    return await work(lived);
  } finally {
    await lived.end();
  }
}

const deliveries = (registers: readonly Register[], order: readonly number[]) =>
  interleave(registers.map(suppliesOf), order);

/** What was answered once, as known then, and may never be answered otherwise. */
interface Asked {
  readonly subjects: Subjects;
  readonly knownAt: KnownAt;
  readonly answers: Answers;
}

describe('random lives', () => {
  it(
    'replay equals state; populations balance; a fixed noto_al never changes its answer; the invariants hold after each supply',
    () =>
      tryProperty(
        fc.asyncProperty(lives, (life) =>
          during(async (lived) => {
            const { db } = lived.test;
            const watching: Promise<Asked>[] = [];
            const broken: string[] = [];
            const watch = async (): Promise<Asked> => {
              broken.push(...(await brokenInvariants(db)));
              const [subjects, knownAt] = [await subjectsOf(db, 4), await lived.knownAt()];
              const answers = await askEverything(db, subjects, [START, CUTS[1]!], knownAt);
              return { subjects, knownAt, answers };
            };
            // Asked while the supplies after it load.
            const registers = tell(life);
            let loaded = 0;
            await lived.deliver(deliveries(registers, life.orders[0]), () => {
              if (loaded++ % 3 !== 0) return;
              const asked = watch();
              // Told when all are awaited, below.
              asked.catch(() => undefined);
              watching.push(asked);
            });
            for (const { subjects, knownAt, answers } of await Promise.all(watching))
              expect(await askEverything(db, subjects, [START, CUTS[1]!], knownAt)).toEqual(answers);
            expect(broken).toEqual([]);
            const comuni = registers.map((r) => r.comune);
            expect(await unbalanced(db, comuni, DAYS)).toEqual([]);
            expect(unequal(await replayOf(lived.test, reference, { threads: 1 }))).toEqual([]);
          }),
        ),
        RUNS,
      ),
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'the order of the comuni does not change the answers; a correction and its reverse restore them; annulling all leaves the record alone',
    () =>
      tryProperty(
        fc.asyncProperty(lives, fc.nat(), (life, n) =>
          during(async (lived) => {
            const { db } = lived.test;
            const registers = tell(life);
            await lived.deliver(deliveries(registers, life.orders[0]));
            const subjects = await subjectsOf(db);
            const ask = async () => worldly(await askEverything(db, subjects, DAYS, null));
            const [answers, facts] = [await ask(), await heldFacts(db)];

            expect(await otherOrder(life, registers, subjects)).toEqual({ answers, facts });

            const supplies = new Map(registers.map((r) => [r.comune, suppliesOf(r).length]));
            const next = (comune: string): number => {
              supplies.set(comune, supplies.get(comune)! + 1);
              return supplies.get(comune)!;
            };
            const second = await correctOne(db, registers, n);
            if (second !== null) {
              const { comune } = second;
              const last = '2026-01-20';
              // Days of waiting go by with situazione_al, whatever is told (registry.md, Transfers).
              await lived.deliver([changes(comune, next(comune), [], last)]);
              const held = { answers: await ask(), facts };
              expect(await heldFacts(db)).toEqual(facts);
              await lived.deliver([changes(comune, next(comune), [second.correction], last)]);
              await lived.deliver([changes(comune, next(comune), [second.reverse], last)]);
              expect({ answers: await ask(), facts: await heldFacts(db) }).toEqual(held);
            }

            const before = await db.query('select from events');
            let annulled = 0;
            for (const { comune } of registers) {
              const lines = await annulAll(db, comune);
              await lived.deliver([changes(comune, next(comune), lines, '2026-01-31')]);
              // What fell with another annulment is no event any more (SIP-205).
              const fallen = await fallenIds(db, comune);
              annulled += lines.filter((line) => !fallen.has(line['riferimento'])).length;
            }
            expect((await factsOf(db)).ofChanges).toBe(0);
            // A later full supply recorded the differences from a state that no longer is (docs/adr/0009): of a child born by an event it told
            // unchanged it recorded nothing, and with the birth annulled nothing is left. So it is not what the full supplies alone would give.
            if (life.wholes.length === 0) {
              const never = new Map<string, Line[]>();
              for (const { comune } of registers) never.set(comune, await annulledFacts(db, comune));
              expect(await heldFacts(db)).toEqual(await onlyFirst(registers, never));
            }
            expect((await db.query('select from events')).rowCount).toBe(before.rowCount + annulled);
          }),
        ),
        RUNS,
      ),
    PROPERTY_TIMEOUT_MS,
  );
});

/** The answers where the very same supplies came in the other order. */
async function otherOrder(life: Life, registers: readonly Register[], subjects: Subjects) {
  return during(async ({ test, deliver }) => {
    await deliver(deliveries(registers, life.orders[1]));
    return {
      answers: worldly(await askEverything(test.db, subjects, DAYS, null)),
      facts: await heldFacts(test.db),
    };
  });
}

/** The facts held where nothing came but the full supplies, and the annulments of their facts. */
async function onlyFirst(
  registers: readonly Register[],
  never: ReadonlyMap<string, readonly Line[]>,
): Promise<string[]> {
  return during(async ({ test, deliver }) => {
    await deliver(registers.map((register) => suppliesOf(register)[0]!));
    await deliver([...never].map(([comune, lines]) => changes(comune, 2, lines, '2026-01-31')));
    return heldFacts(test.db);
  });
}
