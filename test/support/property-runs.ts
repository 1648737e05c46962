/** How many random cases the property tests try, and from which seed; more of them, and others, by the environment. */
const RUNS = 2;
const SEED = 20250101;

const given = (name: string, otherwise: number): number => {
  const value = Number(process.env[name] ?? '');
  return Number.isSafeInteger(value) && value > 0 ? value : otherwise;
};

/** SIPOP_PROPERTY_RUNS, SIPOP_PROPERTY_SEED: for a night of them, or to see a failure again. */
export const propertyRuns = {
  numRuns: given('SIPOP_PROPERTY_RUNS', RUNS),
  seed: given('SIPOP_PROPERTY_SEED', SEED),
  includeErrorInReport: true,
  // A failure of an ordinary run is told at once; it is shrunk where more runs are asked for.
  endOnFailure: process.env['SIPOP_PROPERTY_RUNS'] === undefined,
} as const;

/** A run takes seconds, on a busy machine ten times as many; shrinking a failure takes some dozens of runs. */
export const PROPERTY_TIMEOUT_MS = Math.max(600_000, propertyRuns.numRuns * 60_000);
