/**
 * How many random cases the property tests try, and from which seeds; more of them, and others, by the environment. The seeds of an ordinary run
 * are fixed: it would otherwise fail now and then, by chance, on who changed nothing of it. Nights try others: SIPOP_PROPERTY_RUNS, SIPOP_PROPERTY_SEED.
 */
import fc from 'fast-check';

/** Each is a different set of cases; of one seed the first cases of a longer run are those of a shorter. */
const SEEDS = [20250101, 202, 303] as const;
/** What a test that tries no seeds takes as its measure (test/http/hostile.test.ts). */
const RUNS = 2;

const given = (name: string): number | null => {
  const value = Number(process.env[name] ?? '');
  return Number.isSafeInteger(value) && value > 0 ? value : null;
};
const asked = { runs: given('SIPOP_PROPERTY_RUNS'), seed: given('SIPOP_PROPERTY_SEED') };
const seeds: readonly number[] = asked.seed === null ? SEEDS : [asked.seed];

export const propertyRuns = { numRuns: asked.runs ?? RUNS } as const;

/** A run takes seconds, on a busy machine ten times as many; shrinking a failure takes some dozens of runs. */
export const PROPERTY_TIMEOUT_MS = Math.max(600_000, seeds.length * (asked.runs ?? 0) * 60_000);
/** Of the time a test has: what has been found by then is told, rather than lost with the test while it is shrunk. */
const LIMIT_MS = (0.9 * PROPERTY_TIMEOUT_MS) / seeds.length;

/**
 * Tries a property from every seed, and prints how many cases each came to. A failure gives its seed and path, with which it is seen again.
 * @param runs cases from each seed, where the environment asks for no other number: as many as the time of the suite allows
 */
export async function tryProperty<Ts extends [unknown, ...unknown[]]>(
  property: fc.IAsyncProperty<Ts>,
  runs: number,
): Promise<void> {
  for (const seed of seeds) {
    const found = await fc.check(property, {
      seed,
      numRuns: asked.runs ?? runs,
      includeErrorInReport: true,
      // A failure of an ordinary run is told at once; it is shrunk where more runs are asked for.
      endOnFailure: asked.runs === null,
      interruptAfterTimeLimit: LIMIT_MS,
    });
    const stopped = found.interrupted ? ', stopped at the limit of time' : '';
    console.log(`property: ${found.numRuns} cases from seed ${seed}${stopped}`);
    if (found.failed) throw new Error(fc.defaultReportMessage(found), { cause: found.errorInstance });
    // A property of which hardly anything was tried has not been shown.
    if (found.numRuns === 0) throw new Error(`no case from seed ${seed} came to its end in time`);
  }
}
