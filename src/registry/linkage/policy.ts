/** How the register is linked: the blocking rules of the policy file, the fields, and what is assumed before anything is estimated. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BlockingRule, blockingRule, checkRules } from './blocking.ts';
import { ENTRY_FIELDS, entryFrequencies } from './entry-fields.ts';
import { ENTRY_KEYS, type EntryRecord } from './entry-record.ts';
import type { Linkage } from './link.ts';

const RULES = join(import.meta.dirname, 'blocking-rules.json');
/** Rules beyond it would share numbers in the keys of blocks (block-keys.ts). */
export const MOST_RULES = 1000;

/**
 * The rules of a policy file.
 * @throws Error for a file that is no list of rules, or names a key that entries do not have
 */
export function readRules(path = RULES): readonly BlockingRule[] {
  const rules = z
    .array(blockingRule)
    .min(1)
    .max(MOST_RULES)
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  checkRules(rules, ENTRY_KEYS);
  return rules;
}

/** Hardly ten of any register are registered twice, as long as nothing is known. */
const EXPECTED = 10;
const REACH = 4;
/** A candidate is more likely one person than two. */
const THRESHOLD = 0.5;

export const entryLinkage = (rules: readonly BlockingRule[] = readRules()): Linkage<EntryRecord> => ({
  fields: ENTRY_FIELDS,
  keys: ENTRY_KEYS,
  rules,
  expectedMatches: EXPECTED,
  reach: REACH,
  threshold: THRESHOLD,
  excludes: (a, b) => a.entryId === b.entryId || a.personId === b.personId,
  frequencies: entryFrequencies,
});

/** What a job behind the loads does about what is not linked yet. */
export type Way = 'nothing' | 'share' | 'whole';

/** A register that has grown by so much since it was linked as a whole has other names, and other twins: the model is estimated anew. */
const GROWN = 1.25;
/** More of it than this is compared with all the rest as quickly as everything with everything, and in bounded memory only so. */
const LARGE_SHARE = 0.25;

/**
 * @param whole entries when the register was last linked as a whole; null: never, or nobody knows
 * @param entries of the register now
 * @param touched entries that are not linked as they are now
 */
export function wayOf(whole: number | null, entries: number, touched: number): Way {
  if (entries === 0) return 'nothing';
  if (whole === null) return 'whole';
  if (touched === 0) return 'nothing';
  return entries > GROWN * whole || touched > LARGE_SHARE * entries ? 'whole' : 'share';
}
