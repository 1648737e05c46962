/** What an import changes in a list: pure comparison of the list before and after. */

/** A row as people read it, by what identifies it. */
export type Listing = ReadonlyMap<string, string>;

export interface Changed {
  readonly before: string;
  readonly after: string;
}

/** Counts, and the first few of each. */
export interface ListChanges {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly examples: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly Changed[];
  };
}

const SHOWN = 3;

export function compareListings(before: Listing, after: Listing): ListChanges {
  const added: string[] = [];
  const removed: string[] = [];
  const changed: Changed[] = [];
  for (const [key, text] of after) {
    const old = before.get(key);
    if (old === undefined) added.push(text);
    else if (old !== text) changed.push({ before: old, after: text });
  }
  for (const [key, text] of before) if (!after.has(key)) removed.push(text);
  return {
    added: added.length,
    removed: removed.length,
    changed: changed.length,
    examples: {
      added: added.slice(0, SHOWN),
      removed: removed.slice(0, SHOWN),
      changed: changed.slice(0, SHOWN),
    },
  };
}

export const isUnchanged = (changes: ListChanges): boolean =>
  changes.added + changes.removed + changes.changed === 0;
