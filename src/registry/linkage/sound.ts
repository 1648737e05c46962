/**
 * How a name sounds to an Italian ear, as a key: names that a clerk writes down in different ways from the same sound share it.
 * Soundex and Metaphone were made for English; these are the spellings of Italian that differ and sound alike (Z and S in Emilia
 * too), and the foreign ones that are written down as heard. Pure.
 */

/** Spelling → sound, in this order. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/SCH(?=[EI])/g, 'SK'],
  [/CH(?=[EIY])/g, 'K'],
  [/GH(?=[EIY])/g, 'G'],
  [/SH/g, 'SC'],
  [/PH/g, 'F'],
  [/OU/g, 'U'],
  [/OO/g, 'U'],
  [/EE/g, 'I'],
  [/DJ/g, 'G'],
  [/H/g, ''],
  [/[YJ]/g, 'I'],
  [/W/g, 'V'],
  [/X/g, 'S'],
  [/Z/g, 'S'],
  [/(?:CQ|Q|K)U/g, 'KU'],
  [/C(?![EI])/g, 'K'],
  [/Q/g, 'K'],
  [/GN/g, 'N'],
  [/GL(?=I)/g, 'L'],
  // "Lucia", "Luccia", "Luca": the I of CIA, GIO, SCIU is not heard.
  [/([CG])I(?=[AOU])/g, '$1'],
  [/N(?=[PB])/g, 'M'],
  [/E/g, 'I'],
  [/O/g, 'U'],
  [/(.)\1+/g, '$1'],
];

/** @param key of a name (kernel/text-keys.ts, nameKey) @returns '' for none; the last vowel is left out: Rossi, Rosso, Rossa */
export function soundOf(key: string): string {
  let sound = key;
  for (const [spelling, heard] of SPELLINGS) sound = sound.replace(spelling, heard);
  return sound.length > 3 ? sound.replace(/[AIU]$/, '') : sound;
}
