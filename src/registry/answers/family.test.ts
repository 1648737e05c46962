import { describe, expect, it } from 'vitest';
import { day, type PartialDate, parsePartialDate } from '../../kernel/day.ts';
import {
  type EntryFacts,
  emptyEntryFacts,
  type Fact,
  type HouseholdFact,
  type IdentityFact,
  type MembershipFact,
} from './facts.ts';
import { familyState, type HouseholdFacts, staysOf } from './family.ts';
import type { KnownAt } from './known-at.ts';

const K = '2025-01-01T00:00:00Z' as KnownAt;
const fact = (from: string, to: string | null = null): Fact => ({
  from: parsePartialDate(from)!,
  to: to === null ? null : parsePartialDate(to)!,
  eventId: 1,
  sourceRow: 1,
  recordedFrom: K,
  recordedTo: null,
  closedBy: null,
});

function member(
  id: string,
  birth: string,
  stays: [household: number, relazione: string, from: string, to: string | null][],
  progressivo: number | null = null,
): EntryFacts {
  const identity = { ...fact('1900-01-01'), codice_fiscale: `CF${id}`, birth_text: birth as PartialDate };
  return {
    ...emptyEntryFacts(Number(id), '036001', id),
    identities: [identity as IdentityFact],
    memberships: stays.map(
      ([household_id, relazione, from, to]): MembershipFact => ({
        ...fact(from, to),
        household_id,
        relazione,
        progressivo,
      }),
    ),
  };
}

function household(
  members: readonly EntryFacts[],
  kind: 'famiglia' | 'convivenza' = 'famiglia',
): HouseholdFacts {
  const life: HouseholdFact = {
    ...fact('2000-01-01'),
    comune: '036001',
    kind,
    id_household: 'F1',
    motivo: null,
    denominazione: null,
    id_intestatario: null,
  };
  return { householdId: 1, lives: [life], addresses: [], persons: new Map(), members };
}

describe('a family on a day (registry.md)', () => {
  const father = member('1', '1950-01-01', [[1, '1', '2000-01-01', '2020-05-01']]);
  const mother = member('2', '1951', [[1, '2', '2000-01-01', null]]);
  const son = member('3', '1980-02-01', [[1, '3', '2000-01-01', null]]);
  const family = household([son, mother, father]);

  it('lists its members in order, the intestatario first', () => {
    const state = familyState(family, day('2010-01-01'), K)!;
    expect(state.componenti.map((m) => [m.id_soggetto, m.relazione])).toEqual([
      ['1', '1'],
      ['2', '2'],
      ['3', '3'],
    ]);
    expect(state).toMatchObject({ intestatario: 'CF1', id_famiglia: 'F1' });
    expect(state.facente_funzione).toBeUndefined();
  });

  it('has the oldest act for an intestatario who died, every kinship reading 99 beside the last declared (tracciato.md 3)', () => {
    const state = familyState(family, day('2020-05-01'), K)!;
    expect(state).toMatchObject({ intestatario: 'CF2', facente_funzione: true });
    expect(state.componenti.map((m) => [m.id_soggetto, m.relazione, m.ultima_dichiarata])).toEqual([
      ['2', '99', '2'],
      ['3', '99', '3'],
    ]);
  });

  it('takes ties of age by id_soggetto', () => {
    const twins = household([
      member('9', '1990-01-01', [[1, '3', '2000-01-01', null]]),
      member('8', '1990-01-01', [[1, '3', '2000-01-01', null]]),
    ]);
    expect(familyState(twins, day('2010-01-01'), K)!.id_intestatario).toBe('8');
  });

  it('has nobody act in a convivenza: that has a responsabile or none (tracciato.md 2)', () => {
    const home = household([member('1', '1950-01-01', [[1, '2', '2000-01-01', null]])], 'convivenza');
    const state = familyState(home, day('2010-01-01'), K)!;
    expect(state).toMatchObject({ intestatario: null, id_convivenza: 'F1' });
    expect(state.componenti[0]).toMatchObject({ relazione: '2' });
  });

  it('says who may be in it, where only the month of leaving is known', () => {
    const gone = household([member('1', '1950-01-01', [[1, '1', '2000-01-01', '2020-05']])]);
    const state = familyState(gone, day('2020-05-10'), K)!;
    expect(state.componenti[0]).toMatchObject({ certezza: 'possibile' });
  });

  it('tells the family of origin and the next ones, kinships that change in one family being one stay', () => {
    const person = member('3', '1980-02-01', [
      [1, '3', '2000-01-01', '2005-01-01'],
      [2, '1', '2005-01-01', '2008-01-01'],
      [2, '2', '2008-01-01', null],
    ]);
    const stays = staysOf({ personId: 3, entries: [person] }, (id) => ({
      comune: '036001',
      tipo: 'famiglia',
      id: `F${id}`,
    }));
    expect(stays.map((s) => [s.id, s.relazione, s.dal, s.al])).toEqual([
      ['F1', '3', '2000-01-01', '2005-01-01'],
      ['F2', '2', '2005-01-01', null],
    ]);
  });
});
