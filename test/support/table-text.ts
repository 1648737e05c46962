/** Tables of a test as they are written: a row a line, columns two spaces or more apart. */
export function cells(line: string): string[] {
  return line
    .trim()
    .split(/\s{2,}/)
    .filter((cell) => cell !== '');
}

/** The rows of a table by its header; a row may stop short of the last columns. */
export function rowsOfTable(text: string): { readonly header: string[]; readonly rows: string[][] } {
  const [header = [], ...rows] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(cells);
  return { header, rows };
}
