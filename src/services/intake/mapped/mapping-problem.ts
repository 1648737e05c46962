/** What is wrong with a mapping, by the keys that lead there. */
import type { Words } from '../messages/message-rule.ts';

export type MappingPath = readonly (string | number)[];

/** A fault before it is known on which line it stands. `key`: it is the key that is wrong, not its value. */
export interface Problem {
  readonly path: MappingPath;
  readonly key?: string;
  readonly what: Words;
}
