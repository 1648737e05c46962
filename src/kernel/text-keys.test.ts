import { describe, expect, it } from 'vitest';
import { civicoKey, nameKey, streetKey } from './text-keys.ts';

describe('accents, apostrophes, case and spacing never matter (services.md, Lookup)', () => {
  it.each([
    ["D'Angelo", 'DANGELO'],
    ['d’ angelo', 'DANGELO'],
    ["NICOLO'", 'NICOLO'],
    ['Nicolò', 'NICOLO'],
    ['Łukasz', 'LUKASZ'],
    ['Weiß', 'WEISS'],
    ['De  La-Cruz', 'DELACRUZ'],
  ])('%s → %s', (name, key) => expect(nameKey(name)).toBe(key));

  it.each([
    ["V.le dell' Autodromo", 'VIALE DELLAUTODROMO'],
    ['VIALE DELL’AUTODROMO', 'VIALE DELLAUTODROMO'],
    ['P.zza Libertà', 'PIAZZA LIBERTA'],
    ['v. Emilia', 'VIA EMILIA'],
    ['Via  Emilia', 'VIA EMILIA'],
    ['Via Emilia Est', 'VIA EMILIA EST'],
  ])('%s → %s', (street, key) => expect(streetKey(street)).toBe(key));

  it.each([
    ['12/A', '12/A'],
    ['12a', '12/A'],
    ['0012 A', '12/A'],
    ['SNC', ''],
    ['s.n.c.', ''],
    ['7', '7'],
  ])('number %s → %s', (civico, key) => expect(civicoKey(civico)).toBe(key));
});
