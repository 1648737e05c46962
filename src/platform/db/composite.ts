/**
 * Reads a row that PostgreSQL wrote as text (`f::text`; its manual, "Composite Types", "Input and Output Syntax"): a third of the processor of
 * `row_to_json`, which looks every column's type up again for every row, on both sides.
 */

const QUOTE = 34;
const COMMA = 44;
const CLOSE = 41;

/** The fields of "(1,,\"a \"\"b\"\"\")" in their order: null for NULL, text as PostgreSQL writes it for all else. */
export function readComposite(text: string): (string | null)[] {
  const fields: (string | null)[] = [];
  const last = text.length - 1;
  let at = 1;
  for (;;) {
    const first = text.charCodeAt(at);
    if (first === COMMA || (first === CLOSE && at === last)) fields.push(null);
    else if (first === QUOTE) {
      const end = endOfQuoted(text, at + 1);
      fields.push(unquoted(text.slice(at + 1, end)));
      at = end + 1;
    } else {
      const comma = text.indexOf(',', at);
      const end = comma < 0 ? last : comma;
      fields.push(text.slice(at, end));
      at = end;
    }
    if (at >= last) return fields;
    at++;
  }
}

/** The place of the quote that ends a field: one that is not doubled. */
function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  throw new RangeError('a row as text that is cut');
}

/** Within quotes, quotes and backslashes are doubled. */
const unquoted = (text: string): string =>
  text.includes('"') || text.includes('\\') ? text.replace(/""|\\\\/g, (pair) => pair.charAt(0)) : text;
