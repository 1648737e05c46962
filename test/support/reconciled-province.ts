/** The province of the reconciliation's stories: anew for each, and computed again from nothing at its end. Mario and Anna live in it. */
import { afterEach, beforeEach, expect } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { expectNowAsThen } from './now-as-then.ts';
import { type Person, Province } from './province.ts';

/** Of the story that runs. */
export let test: TestDatabase;
export let province: Province;

/** A province of its own for each story of the file. */
export function eachAnew(): void {
  beforeEach(async () => {
    test = await testDatabase();
    province = new Province(test.db);
  });
  afterEach(async () => {
    // Whatever happened, the whole computed anew is the same: nothing was missed, nothing was left open.
    const again = await refreshFindings(test.db);
    try {
      expect(again).toEqual({ opened: 0, closed: 0 });
      // Nor does it matter in how many round trips it is asked.
      await expectNowAsThen(test.db, ['2024-06-30', '2025-12-31']);
    } finally {
      await test.drop();
    }
  });
}

export const MARIO = 'RSSMRA80E04F257X';
export const ANNA = 'BNCNNA82A41F257K';
export const mario = (change: Partial<Person> = {}): Person => ({
  id_soggetto: 'S1',
  codice_fiscale: MARIO,
  ...change,
});
export const anna = (change: Partial<Person> = {}): Person => ({
  id_soggetto: 'S2',
  codice_fiscale: ANNA,
  cognome: 'BIANCHI',
  nome: 'ANNA',
  sesso: 'F',
  ...change,
});
export const asB = (person: Person): Person => ({
  ...person,
  id_soggetto: `T${person.id_soggetto.slice(1)}`,
});

/** What the register answers of Mario on a day, as known now. */
export async function signals(on: string, code = MARIO) {
  const { segnali, residenza } = await askPerson(
    test.db,
    { kind: 'code', codice_fiscale: code },
    { al: day(on), notoAl: null },
  );
  return { ...segnali, comune: residenza.comune };
}
