/** Values that break programs, and values that are nearly right: what mutated cells are filled with. */
import type { Random } from './random.ts';

const DATES = [
  '2024-02-30',
  '2023-02-29',
  '1900-02-29',
  '2024-13-01',
  '2024',
  '2024-02',
  '0001-01-01',
  '9999-12-31',
  '0000-00-00',
  '2025-01-31',
  '2024-12-31',
  '1850-06',
  '31/12/2024',
  '2024-1-1',
  '-2024-01-01',
];
const CODES = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '6',
  '7',
  '8',
  '9',
  '12',
  '28',
  '99',
  '100',
  '101',
  '999',
  'A',
  'X',
  '~1',
  '036023',
  '036042',
  '999999',
];
const TEXTS = [
  '',
  ' ',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e9',
  '=1+1',
  '@SUM(A1)',
  "'; DROP TABLE entries; --",
  '"',
  '""',
  ';',
  '\n',
  '\r\n',
  '\t',
  '\\',
  '\\N',
  '\u202e',
  '\ufeff',
  '\u00a0',
  'à',
  '😀',
  'é'.repeat(50),
  'RESIDENTE',
  'CANCELLATO',
  'DECEDUTO',
  'M',
  'F',
  'RSSMRA80A01F257G',
  '12345678901',
  'SESSO',
];

/** A value for any cell. `seen` are values of the same supply: identifiers that exist, in the wrong place. */
export function anyValue(random: Random, seen: readonly string[]): string {
  const kind = random.below(10);
  if (kind < 3 && seen.length > 0) return random.pick(seen);
  if (kind < 5) return random.pick(DATES);
  if (kind < 7) return random.pick(CODES);
  if (kind === 7 && random.chance(0.02)) return 'x'.repeat(random.pick([21, 81, 256, 4096, 65_536, 65_537]));
  if (kind === 8) return scramble(random, random.pick(seen.length > 0 ? seen : TEXTS));
  return random.pick(TEXTS);
}

/** A text with one character changed, taken away, doubled or put in. */
export function scramble(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const char = String.fromCharCode(
    random.pick([32, 48, 49, 57, 65, 77, 90, 97, 45, 46, 59, 34, 10, 0xe8, 0x20ac]),
  );
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + char + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(Math.max(0, at - 1));
    default:
      return text.slice(0, at) + char + text.slice(at);
  }
}
