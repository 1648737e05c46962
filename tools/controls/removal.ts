/** A control of security.md taken out of the code by one edit, and the test that must then fail. */
export interface Removal {
  /** Of security.md, 1 to 42; 'input' for its last paragraph. */
  readonly control: number | 'input';
  /** What is taken away. */
  readonly what: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** The file of the test, and what its full name (titles of describe and it) holds. */
  readonly test: string;
  readonly title: string;
}

/** One removal, in the order in which the lists are read. */
export const removal = (
  control: Removal['control'],
  what: string,
  [file, text, replacement]: readonly [file: string, text: string, replacement: string],
  [test, title]: readonly [test: string, title: string],
): Removal => ({ control, what, file, text, replacement, test, title });
