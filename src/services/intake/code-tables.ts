/** The codes that rows may hold, by table (tracciato.md 1, "Codes"). */

const codes = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export const T1 = codes('1 2 3 4 6 7 8 9');
export const T5 = codes('1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 28 80 81 99');
export const T6 = codes('1 2 3 9');
export const T7 = codes('1 2 3 4 5 6 7 8 9 10');
export const T8 = codes('1 2 3 4 5 6 7 8 9');
export const T9 = codes('0 1 2 3 4 5 6 7 9 A B');
export const T10 = codes('0 1 2 3 4 5 6');
export const T11 = codes('0 1 2 3 4 5 6 7 8 9 A B C D E F G H Z');
export const T15 = codes('1 2 3 4 5 6 7 8 9 10 11 12 13');
export const T26 = codes('1 2 3 4 5 6 9');
export const T27 = codes('1 2 3 4 5 6');
