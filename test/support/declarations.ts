/** Declarations about the persons of a story, and their verdicts in one line: the tables of test/stories/verification-*.test.ts. */
import { describe, expect, it } from 'vitest';
import { computeCodiceFiscale } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { DECLARATION, NAMED_PERSON } from '../../src/services/verification/declaration.ts';
import { directReads } from '../../src/services/verification/reads.ts';
import { verifyDeclarations } from '../../src/services/verification/verify.service.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type Line, Story } from './story.ts';

export const TODAY = '2025-04-10';
export const [A, B, C] = ['036001', '036002', '036003'];

/** A row: on which day, about whom (a code, or names), what is declared, and the verdict with what does not agree. */
export type Row = readonly [al: string, who: string | object, declared: Line, verdict: string];

export const codeOf = (cognome: string, nome: string, sesso: 'M' | 'F', born: string): string =>
  computeCodiceFiscale({ cognome, nome, sesso, data_nascita: day(born), luogo: 'F257' });

export const lives = (comune: string | undefined, more: Line = {}): Line => ({
  oggetto: 'residenza',
  comune,
  ...more,
});
export const at = (via: string, civico?: string, more: Line = {}): Line => ({
  via,
  ...(civico === undefined ? {} : { civico }),
  ...more,
});
export const who = (codice_fiscale: string, relazione?: string) => ({
  persona: { codice_fiscale },
  ...(relazione === undefined ? {} : { relazione }),
});
export const named = (cognome: string, nome: string, data_nascita?: string, relazione?: string) => ({
  persona: { cognome, nome, ...(data_nascita === undefined ? {} : { data_nascita }) },
  ...(relazione === undefined ? {} : { relazione }),
});
export const family = (...componenti: readonly object[]): Line => ({
  oggetto: 'stato_di_famiglia',
  componenti,
});

/** A register of a test's own, to be told of and asked. */
export class Declared {
  readonly test: TestDatabase;
  readonly story: Story;

  private constructor(test: TestDatabase) {
    this.test = test;
    this.story = new Story(test.db);
  }

  static async open(): Promise<Declared> {
    return new Declared(await testDatabase());
  }

  async verdict([al, about, declared]: Row, mayReadProtected = false): Promise<string> {
    const { esiti } = await verifyDeclarations(
      directReads(this.test.db),
      {
        persona: NAMED_PERSON.parse(typeof about === 'string' ? { codice_fiscale: about } : about),
        dichiarazioni: [DECLARATION.parse(declared)],
        when: { al: day(al), notoAl: null },
        mayReadProtected,
      },
      TODAY,
    );
    const [{ esito, elementi } = { esito: '?', elementi: [] }] = esiti;
    const told = elementi
      .filter((e) => e.esito !== 'concorda')
      .map((e) => `${e.elemento}:${e.motivo}${e.dettaglio === undefined ? '' : `(${e.dettaglio})`}`);
    return [esito, ...told].join(' ');
  }
}

/** Each table as a suite of its rows. */
export function tables(of: () => Declared, rows: Readonly<Record<string, readonly Row[]>>): void {
  for (const [title, own] of Object.entries(rows))
    describe(title, () => {
      it.each(own)('%s %s %o → %s', async (...row) => {
        expect(await of().verdict(row)).toBe(row[3]);
      });
    });
}
