/** Places of the columns of each file, so that a cell is read by number and written by name. */
import type { FileSpec } from './file-specs.ts';

/** @throws RangeError for a column that the page does not have. */
export function column(spec: FileSpec, name: string): number {
  const at = spec.columns.findIndex((c) => c.name === name);
  if (at < 0) throw new RangeError(`${spec.name} has no column ${name}`);
  return at;
}

/** All columns of a file by name. */
export function columnsOf<const N extends string>(
  spec: FileSpec,
  names: readonly N[],
): Readonly<Record<N, number>> {
  const entries = names.map((name) => [name, column(spec, name)] as const);
  return Object.fromEntries(entries) as Record<N, number>;
}
