/** How the commands about pairs of entries are told which pair: by its number, or by its two entries. */
import type { Client } from '../platform/db/pool.ts';
import { candidatePair } from '../registry/review/ask-queue.ts';
import { resolvePair } from '../registry/review/review.service.ts';
import type { EntryKey } from '../registry/review/review.sql.ts';
import { usageError } from './options.ts';

/** An entry as it is named on the command line; null where the word is none. */
export function entryKey(word: string): EntryKey | null {
  const found = /^(\d{6}):(.{1,20})$/.exec(word);
  return found === null ? null : { comune: found[1]!, id_soggetto: found[2]! };
}

/** A pair by the number of its candidate, or by its two entries. @throws AppError usage, not-found */
export async function pairOption(
  db: Client,
  command: string,
  words: readonly string[],
): Promise<readonly [number, number]> {
  const [first, second] = words;
  const candidate = /^C?(\d{1,15})$/i.exec(first ?? '');
  if (words.length === 1 && candidate !== null) return candidatePair(db, Number(candidate[1]));
  const keys = [first, second].map((word) => (word === undefined ? null : entryKey(word)));
  if (words.length !== 2 || keys[0] == null || keys[1] == null)
    throw usageError(
      command,
      'indicare la coppia: il suo numero (linkage queue lo dà) o le due schede, COMUNE:ID_SOGGETTO COMUNE:ID_SOGGETTO',
      'name the pair: its number (linkage queue gives it) or the two entries, COMUNE:ID_SOGGETTO COMUNE:ID_SOGGETTO',
    );
  return resolvePair(db, [keys[0], keys[1]]);
}
