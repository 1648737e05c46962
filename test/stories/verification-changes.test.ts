/** What changes a verdict after the fact: a death told and annulled, an event set aside and mended, a protection (services.md, Verification). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { DECLARATION, NAMED_PERSON } from '../../src/services/verification/declaration.ts';
import { directReads } from '../../src/services/verification/reads.ts';
import { verifyDeclarations } from '../../src/services/verification/verify.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { A, B, lives, TODAY } from '../support/declarations.ts';
import { annulled, type Line, line, Story } from '../support/story.ts';
import { death } from '../support/story-lines.ts';
import { ANNA, MARIO } from '../support/verification-register.ts';

const person = (who: string) => NAMED_PERSON.parse({ codice_fiscale: who });

describe('what changes the verdict after the fact', () => {
  let own: TestDatabase;
  let told: Story;
  beforeAll(async () => {
    own = await testDatabase();
    told = new Story(own.db);
    await told.begin(`
      id  nome          sesso  nascita     famiglia  stato  cf
      S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
      S2  BIANCHI ANNA  F      1972-02-02  F1/2      2+S1   ${ANNA}
    `);
  });
  afterAll(() => own.drop());

  const ask = async (who: string, declared: Line, al: string, mayReadProtected = false): Promise<string> => {
    const { esiti } = await verifyDeclarations(
      directReads(own.db),
      {
        persona: person(who),
        dichiarazioni: [DECLARATION.parse(declared)],
        when: { al: day(al), notoAl: null },
        mayReadProtected,
      },
      TODAY,
    );
    return [
      esiti[0]?.esito,
      ...(esiti[0]?.elementi ?? []).flatMap((e) => (e.motivo === undefined ? [] : [e.motivo])),
    ].join(' ');
  };
  const married: Line = { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { codice_fiscale: ANNA } };
  const lost: Line = {
    oggetto: 'decesso_familiare',
    relazione: 'coniuge',
    parente: { codice_fiscale: ANNA },
    data: '2025-02-01',
  };

  it('a death widows the survivor from its day, and its annulment gives the marriage back', async () => {
    const died = death('1', 'S2', '2025-02-01');
    expect(await ask(MARIO, married, '2025-02-10')).toBe('S');
    await told.supply(died);
    expect(await ask(MARIO, married, '2025-02-10')).toBe('N diverso');
    expect(await ask(MARIO, married, '2025-01-31')).toBe('S');
    expect(await ask(MARIO, lost, '2025-02-10')).toBe('S');
    expect(await ask(MARIO, { ...lost, data: '2025-02-02' }, '2025-02-10')).toBe('N diverso');
    await told.supply(annulled('2', died, '2025-03-01'));
    expect(await ask(MARIO, married, '2025-02-10')).toBe('S');
    expect(await ask(MARIO, lost, '2025-02-10')).toBe('A dato_assente');
  });

  it('an event set aside leaves what it is about open, until it is mended', async () => {
    const faulty = line('3', 'STATO_CIVILE', '2025-03-05', { id_soggetto: 'S1' });
    expect(await told.supply(faulty)).toEqual(['SIP-202 1 stato_civile']);
    expect(await ask(MARIO, lives(A), '2025-03-10')).toBe('A dato_scartato');
    await told.supply(
      line('3', 'STATO_CIVILE', '2025-03-05', { id_soggetto: 'S1', stato_civile: '2', id_coniuge: 'S2' }),
    );
    expect(await ask(MARIO, lives(A), '2025-03-10')).toBe('S');
  });

  it('control 23: where somebody protected lives is confirmed to nobody whose profile may not read it', async () => {
    await told.supply(line('5', 'RISERVATEZZA', '2025-03-08', { id_soggetto: 'S1', riservatezza: '1' }));
    for (const declared of [lives(A), lives(B), { oggetto: 'stato_di_famiglia', componenti: [] }])
      expect(await ask(MARIO, declared, '2025-03-10')).toBe('A protetto');
    expect(await ask(MARIO, lives(B), '2025-03-10', true)).toBe('N residente_altrove');
    expect(await ask(MARIO, { oggetto: 'nascita', data: '1970-01-01' }, '2025-03-10')).toMatch(
      /^(S|A dato_scartato)$/,
    );
  });

  it('a reference day in the future is refused', async () => {
    await expect(ask(MARIO, lives(A), '2025-04-11')).rejects.toMatchObject({ code: 'usage' });
  });
});
