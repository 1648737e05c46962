/**
 * How PostgreSQL's values come into the program: days and instants as text (a Date would lose microseconds,
 * 'infinity' and the calendar day), 64-bit integers as numbers, decimals as text.
 */
import pg from 'pg';

const OID = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
  int8Array: 1016,
  timestampArray: 1115,
  dateArray: 1182,
  timestamptzArray: 1185,
  numericArray: 1231,
} as const;

const asIs = (text: string): string => text;

/** Identifiers stay below 2^53 (sequences); a sum that does not is refused rather than rounded. */
function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer beyond 2^53: ${text}`);
  return value;
}

/** "2026-03-01 10:00:00.123456+00" → "2026-03-01T10:00:00.123456Z"; sessions are in UTC. 'infinity' stays. */
function instant(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, -3).replace(' ', 'T')}Z` : text.replace(' ', 'T');
}

const TEXT_ARRAY: number = 1009;
const splitArray: (text: string) => (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY, 'text');
const each =
  <T>(parse: (text: string) => T) =>
  (text: string): (T | null)[] =>
    splitArray(text).map((item) => (item === null ? null : parse(item)));

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.int8]: integer,
  [OID.date]: asIs,
  [OID.timestamp]: (text) => text.replace(' ', 'T'),
  [OID.timestamptz]: instant,
  [OID.numeric]: asIs,
  [OID.int8Array]: each(integer),
  [OID.timestampArray]: each((text) => text.replace(' ', 'T')),
  [OID.dateArray]: splitArray,
  [OID.timestamptzArray]: each(instant),
  [OID.numericArray]: splitArray,
};

/** The parsers of a connection, in the form that pg asks for. */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : PARSERS[oid];
    return own ?? pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
  },
};
