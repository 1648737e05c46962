/** One number for "row n of file f" of a supply, so that a fact can name the very row that asserted it. */

const FILES = [
  'soggetti.csv',
  'famiglie.csv',
  'convivenze.csv',
  'legami.csv',
  'residenze.csv',
  'iscrizioni.csv',
  'stati_civili.csv',
  'cittadinanze.csv',
  'generalita.csv',
  'eventi.jsonl',
] as const;

/** Files whose rows assert facts, in the order of the tracciato. */
export const SOURCE_FILES: readonly string[] = FILES;

export type SupplyFile = (typeof FILES)[number];

/** Row × 16 + file: fits an integer up to 134 million rows. */
export function sourceRow(file: SupplyFile, riga: number): number {
  return riga * 16 + FILES.indexOf(file);
}

/** Of files of one row a subject or a household: the present, which what the histories tell comes before. */
const PRESENT: readonly SupplyFile[] = ['soggetti.csv', 'famiglie.csv', 'convivenze.csv'];
const PRESENT_FILES: ReadonlySet<number> = new Set(PRESENT.map((file) => FILES.indexOf(file)));

/** Is it a row that tells the present? */
export const tellsPresent = (n: number): boolean => PRESENT_FILES.has(n % 16);

/** The inverse. @throws RangeError on a number that names no file */
export function fromSourceRow(n: number): { readonly file: SupplyFile; readonly riga: number } {
  const file = FILES[n % 16];
  if (file === undefined) throw new RangeError(`not a source row: ${n}`);
  return { file, riga: Math.floor(n / 16) };
}
