import { describe, expect, it } from 'vitest';
import { FIELDS, type Field } from '../../access/rights/profiles.ts';
import { day, type PartialDate } from '../../kernel/day.ts';
import type { PersonAnswer } from '../../registry/answers/ask-person.ts';
import { cutListed, cutPerson, type SignalsView } from './cut.ts';
import type { ListedPerson } from './match.ts';

const LINE: ListedPerson = {
  persona: 'P1',
  codice_fiscale: 'RSSMRA70A01F257X',
  cognome: 'ROSSI',
  nome: 'MARIO',
  sesso: 'M',
  data_nascita: '1970-01-01' as PartialDate,
  comune: '036001',
  trovato_per: 'attuale',
  somiglianza: null,
  segnali: [],
};

/** What each field alone lets through of a line. */
const OF_LINE: Readonly<Partial<Record<Field, readonly string[]>>> = {
  codiceFiscale: ['codice_fiscale'],
  names: ['cognome', 'nome'],
  sex: ['sesso'],
  birth: ['data_nascita'],
  residence: ['comune'],
};
const ALWAYS = ['persona', 'trovato_per', 'somiglianza', 'segnali'];

describe('control 19: a line of the short list', () => {
  it.each(FIELDS)('by %s alone shows what it reads, and to who reads nothing how it was found', (field) => {
    expect(Object.keys(cutListed(LINE, new Set([field]))).sort()).toEqual(
      [...ALWAYS, ...(OF_LINE[field] ?? [])].sort(),
    );
  });
});

const PERSON = {
  persona: 'P1',
  al: day('2025-03-01'),
  noto_al: '2025-03-01T00:00:00Z',
  generalita: {
    codice_fiscale: 'RSSMRA70A01F257X',
    validita_cf: '1',
    cognome: 'ROSSI',
    nome: 'MARIO',
    sesso: 'M',
    data_nascita: '1970-01-01',
    comune_nascita: '036023',
    stato_nascita: null,
    localita_nascita: null,
    atto_nascita: null,
    eta: 55,
    scheda: { comune: '036001', soggetto: 'S1' },
  },
  residenza: { comune: '036001', indirizzo: 'VIA ROMA 1', certezza_indirizzo: 'certa' },
  stato_civile: { stato_civile: '2', dal: '2012-06-01', certezza: 'certa', coniuge: { persona: 'P2' } },
} as unknown as PersonAnswer;

/** What each field alone lets through of the identity. */
const OF_IDENTITY: Readonly<Partial<Record<Field, readonly string[]>>> = {
  codiceFiscale: ['codice_fiscale', 'validita_cf'],
  names: ['cognome', 'nome', 'scheda'],
  sex: ['sesso'],
  birth: ['data_nascita', 'comune_nascita', 'stato_nascita', 'localita_nascita', 'atto_nascita', 'eta'],
};

describe('control 19: a person', () => {
  const cut = (...fields: readonly Field[]) => cutPerson(PERSON, {} as SignalsView, false, new Set(fields));

  it.each(FIELDS)('by %s alone shows of the identity what it reads', (field) => {
    expect(Object.keys(cut(field).generalita ?? {}).sort()).toEqual([...(OF_IDENTITY[field] ?? [])].sort());
  });

  it('an address is no part of the residence, nor a spouse of the civil status', () => {
    expect(cut('residence').residenza).toEqual({ comune: '036001' });
    expect(cut('residence', 'address').residenza).toEqual(PERSON.residenza);
    expect(cut('civilStatus').stato_civile).not.toHaveProperty('coniuge');
    expect(cut('address')).not.toHaveProperty('residenza');
  });

  it('control 23: the address of who is hidden is for who may read protected ones alone', () => {
    const hidden = (...fields: readonly Field[]) =>
      cutPerson(PERSON, {} as SignalsView, true, new Set(fields)).residenza;
    expect(hidden('residence', 'address')).toEqual({ comune: '036001' });
    expect(hidden('residence', 'address', 'protectedAddress')).toEqual(PERSON.residenza);
  });
});
