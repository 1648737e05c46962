/** services.md, Lookup: what a clerk types is read as one of the closed searches, the reading is told, and what is too vague is answered with what to add. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../kernel/text-keys.ts';
import type { NamePattern, Question } from './question.ts';
import { readTyped, typedDate } from './typed.ts';

const COMUNI: Readonly<Record<string, string>> = {
  CARPI: '036005',
  ZOCCA: '036047',
  MODENA: '036023',
  SANFELICESULPANARO: '036037',
  REGGIONELLEMILIA: '035033',
};
const comune = (name: string): string | null => COMUNI[nameKey(name)] ?? null;

const pattern = (value: unknown): string => {
  const { key, prefix } = value as NamePattern;
  return `${key}${prefix ? '*' : ''}`;
};
function told(question: Question): string {
  const { per, ...rest } = question;
  const values = Object.values(rest).map((value) => (typeof value === 'string' ? value : pattern(value)));
  return [per, ...values].join(' | ');
}
function reading(typed: string): string {
  const read = readTyped(typed, comune);
  return 'missing' in read ? `? ${read.missing.it}` : told(read.readings[0]!.question);
}

describe('read as one of the closed searches', () => {
  it.each([
    ['RSSMRA74A01F257X', 'codice_fiscale | RSSMRA74A01F257X'],
    ['  rssmra74a01f257x ', 'codice_fiscale | RSSMRA74A01F257X'],
    ['RSSMRATQALMF257X', 'codice_fiscale | RSSMRATQALMF257X'],
    ['12345678901', 'codice_fiscale | 12345678901'],
    ['p123', 'identificativo | P123'],
    ['CA12345BC', 'documento | CA12345BC'],
    ['ax1234567', 'documento | AX1234567'],
    ['rossi mario 1974', 'cognome_nome_anno | ROSSI | MARIO | 1974'],
    ['Rossi Mario 3/4/1974', 'cognome_nome_anno | ROSSI | MARIO | 1974-04-03'],
    ['rossi 03-04-1974', 'cognome_nascita | ROSSI | 1974-04-03'],
    ['de luca maria rosa 1974', 'cognome_nome_anno | DELUCA | MARIAROSA | 1974'],
    ["d' angelo nicolò 1950", 'cognome_nome_anno | DANGELO | NICOLO | 1950'],
    ['ros* mario 1974', 'cognome_nome_anno | ROS* | MARIO | 1974'],
    ['rossi mario carpi', 'cognome_nome_comune | ROSSI | MARIO | 036005'],
    ['rossi mario san felice sul panaro', 'cognome_nome_comune | ROSSI | MARIO | 036037'],
    ['via emilia 12 carpi', 'indirizzo | 036005 | via emilia | 12'],
    ['via emilia est 12/a carpi', 'indirizzo | 036005 | via emilia est | 12/a'],
    ['v.le emilia 12 a, carpi', 'indirizzo | 036005 | v.le emilia | 12/A'],
    ['p.zza 4 novembre 7 modena', 'indirizzo | 036023 | p.zza 4 novembre | 7'],
    ["via roma 1 reggio nell'emilia", 'indirizzo | 035033 | via roma | 1'],
    ['famiglia F12 zocca', 'famiglia | 036047 | famiglia | F12'],
  ])('%s', (typed, expected) => {
    expect(reading(typed)).toBe(expected);
  });
});

describe('too vague: what to add', () => {
  it.each([
    ['', 'scrivere un codice fiscale'],
    ['rossi', 'il solo cognome non basta'],
    ['rossi mario', 'aggiungere l’anno di nascita o il comune'],
    ['rossi 1974', 'con il solo anno serve anche il nome'],
    ['rossi carpi', 'aggiungere il nome'],
    ['via emilia carpi', 'aggiungere il civico'],
    ['via emilia 12', 'aggiungere il comune'],
    ['famiglia bianchi zocca', 'una famiglia si cerca con il suo identificativo'],
    ['ro* mario 1974', 'servono tre lettere'],
    ['*', 'il solo cognome non basta'],
    ['RSSMRA74A01F257', 'non è un codice fiscale'],
    ['a b c d e f g h i l m n o', 'troppe parole'],
  ])('%s', (typed, expected) => {
    expect(reading(typed)).toContain(expected);
  });
});

it('a name and surname the other way round is tried too', () => {
  const read = readTyped('Mario Rossi 1974', comune);
  const all = 'readings' in read ? read.readings : [];
  expect(all.map(({ question, told: words }) => [told(question), words.it])).toContainEqual([
    'cognome_nome_anno | ROSSI | MARIO | 1974',
    'cognome Rossi, nome Mario, nascita 1974',
  ]);
});

it('dates as Italians type them', () => {
  expect(
    ['3/4/1974', '03.04.1974', '4/1974', '1974', '1974-04-03', '31/2/1974', '12', '3/4/74'].map(typedDate),
  ).toEqual(['1974-04-03', '1974-04-03', '1974-04', '1974', '1974-04-03', null, null, null]);
});

it('whatever is typed gives a reading or says what is missing, and never fails', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (typed) => {
      const read = readTyped(typed, comune);
      expect('missing' in read || read.readings.length > 0).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
