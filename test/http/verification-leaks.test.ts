/**
 * No verification tells a profile what it may not know (issue 6; security.md 19, 22, 23): by field, count, error, order, time or receipt. Generated from the
 * matters and from the profiles that verify: a new matter without an example here does not pass.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_PROFILES } from '../../src/access/rights/profiles.ts';
import { DECLARATION, type Matter } from '../../src/services/verification/declaration.ts';
import type { ApiClient } from '../support/api.ts';
import { code } from '../support/codes.ts';
import { line } from '../support/story.ts';
import { death } from '../support/story-lines.ts';
import { VerifyingOffice } from '../support/verifying-office.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const PIA = code('NERI', 'PIA', 'F', '1980-01-01');
const IVO = code('SERRI', 'IVO', 'M', '1940-05-05');
const UGO = code('GALLI', 'UGO', 'M', '1978-03-03');
const ADA = code('LODI', 'ADA', 'F', '1981-01-01');
const NOBODY = code('NESSUNO', 'MAI', 'M', '1960-08-08');
const [A, B] = ['036001', '036002'];
/** What the register holds, and no question here says. */
const HELD = /ROSSI|MARIO|BIANCHI|ANNA|NERI|PIA|SERRI|GALLI|LODI|VERDI|ROMA|1970-01-01|1980-01-01/;

const OTHER = { codice_fiscale: NOBODY };
/** One of each, none of them true of anybody. */
const EXAMPLES: { readonly [M in Matter]: object } = {
  generalita: { cognome: 'Zeta' },
  nascita: { data: '1901' },
  residenza: { comune: '058091' },
  cittadinanza: { stato: '215' },
  stato_civile: { valore: 'vedovo' },
  stato_di_famiglia: { componenti: [] },
  esistenza_in_vita: {},
  decesso: {},
  nascita_figlio: { figlio: OTHER },
  decesso_familiare: { parente: OTHER, relazione: 'coniuge' },
  codice_fiscale: { codice: NOBODY },
  altro: { materia: 'reddito' },
};
const MATTERS = DECLARATION.options.map(({ shape }) => shape.oggetto.value);
const of = (matter: Matter) => ({ oggetto: matter, ...EXAMPLES[matter] });
const PROFILES = FIRST_PROFILES.filter(({ operations }) => operations.includes('verify'));

let office: VerifyingOffice;
const clients = new Map<string, ApiClient>();
beforeAll(async () => {
  office = await VerifyingOffice.open('2025-03-02T09:00:00Z');
  const { story } = office;
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
    S2  BIANCHI ANNA  F      1972-02-02  F1/2      2+S1   ${ANNA}
    S3  NERI PIA      F      1980-01-01  F2/1      1      ${PIA}
    S4  SERRI IVO     M      1940-05-05  F3/1      1      ${IVO}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-03-03  F1/1      1      ${UGO}
    S2  LODI ADA   F      1981-01-01  F2/1      1      ${ADA}
  `,
    'B',
  );
  await story.supply(
    line('1', 'RISERVATEZZA', '2025-02-01', { id_soggetto: 'S3', riservatezza: '1' }),
    death('2', 'S4', '2025-02-03'),
  );
  await story.supplyOf(
    'B',
    line('1', 'RISERVATEZZA', '2025-01-10', { id_soggetto: 'S2', riservatezza: '1' }),
  );
  for (const { id, territory } of PROFILES)
    clients.set(
      id,
      await office.signedIn(
        id,
        territory === 'own' ? 'comune' : 'altro',
        territory === 'own' ? { comune: id === 'comuneClerk' ? A : B } : { comuni: [A, B] },
      ),
    );
});
afterAll(() => office.close());

async function ask(api: ApiClient, codice_fiscale: string, matter: Matter, al = '2025-02-10') {
  const { status, body } = await api.post('/v1/verifications', {
    scopo: 'autocertificazioni',
    pratica: '2025/1',
    al,
    persona: { codice_fiscale },
    dichiarazioni: [of(matter)],
  });
  const { ricevuta, dichiarato: _, ...told } = body;
  const receipt = JSON.parse(
    Buffer.from(String(ricevuta).split('.')[1] ?? '', 'base64url').toString() || '{}',
  );
  return { status, told, receipt };
}

const each = PROFILES.flatMap(({ id }) => MATTERS.map((matter) => ({ profile: id, matter })));

describe('by field, count and error', () => {
  it.each(each)(
    '$profile, $matter: an answer holds nothing of the register that was not asked',
    async ({ profile, matter }) => {
      for (const person of [MARIO, PIA, IVO, UGO, ADA, NOBODY]) {
        const { status, told } = await ask(clients.get(profile)!, person, matter);
        expect(status).toBe(200);
        expect(JSON.stringify(told)).not.toMatch(HELD);
        expect(JSON.stringify(told)).not.toMatch(/03600[12]/);
      }
    },
  );

  it.each(each)(
    '$profile, $matter: how large a family is, and that somebody died, to whom reads it alone',
    async ({ profile, matter }) => {
      const fields: readonly string[] = PROFILES.find(({ id }) => id === profile)?.fields ?? [];
      const { told } = await ask(clients.get(profile)!, MARIO, matter);
      if (!fields.includes('household')) expect(JSON.stringify(told)).not.toMatch(/"mancante","dettaglio"/);
      const dead = await ask(clients.get(profile)!, IVO, matter);
      if (!fields.includes('death') && matter === 'residenza')
        expect(JSON.stringify(dead.told)).not.toContain('deceduto');
    },
  );
});

describe('who is protected (control 23)', () => {
  const blind = PROFILES.filter(({ fields }) => !fields.includes('protectedAddress'));
  const pairs = blind.flatMap(({ id, territory }) =>
    territory === 'own' ? [] : MATTERS.map((matter) => ({ profile: id, matter })),
  );

  it.each(pairs)(
    '$profile, $matter: two in different comuni, of different supplies, are answered alike',
    async ({ profile, matter }) => {
      const [here, there] = [
        await ask(clients.get(profile)!, PIA, matter),
        await ask(clients.get(profile)!, ADA, matter),
      ];
      expect(there.told).toEqual(here.told);
      expect(here.told['situazione_al']).toBeNull();
      expect(here.told['qualita']).toBeNull();
    },
  );

  it.each(pairs)(
    '$profile, $matter: also when the supply of one comune is old',
    async ({ profile, matter }) => {
      const texts = [];
      for (const person of [PIA, ADA]) {
        const { told } = await ask(clients.get(profile)!, person, matter, '2025-03-02');
        texts.push(JSON.stringify(told));
      }
      for (const text of texts) expect(text).not.toMatch(/"dettaglio":"\d+"/);
    },
  );
});

describe('who is outside the territory is nobody', () => {
  const own = PROFILES.filter(({ territory }) => territory === 'own').flatMap(({ id }) =>
    MATTERS.map((matter) => ({ profile: id, matter, outside: id === 'comuneClerk' ? UGO : MARIO })),
  );

  it.each(own)(
    '$profile, $matter: the same answer, receipt and number of statements',
    async ({ profile, matter, outside }) => {
      const api = clients.get(profile)!;
      const spent = async (person: string) => {
        const before = office.statements;
        const answer = await ask(api, person, matter);
        return { ...answer, statements: office.statements - before };
      };
      // The first of a kind also prepares.
      await spent(NOBODY);
      const [other, none] = [await spent(outside), await spent(NOBODY)];
      expect(other.told).toEqual(none.told);
      expect(other.statements).toBe(none.statements);
      expect(other.receipt.esiti).toEqual(none.receipt.esiti);
    },
  );

  it.each([
    ['nascita_figlio', (named: object) => ({ oggetto: 'nascita_figlio', figlio: named })],
    [
      'decesso_familiare',
      (named: object) => ({ oggetto: 'decesso_familiare', relazione: 'coniuge', parente: named }),
    ],
    ['stato_civile', (named: object) => ({ oggetto: 'stato_civile', valore: 'coniugato', coniuge: named })],
    [
      'stato_di_famiglia',
      (named: object) => ({ oggetto: 'stato_di_famiglia', componenti: [{ persona: named }] }),
    ],
  ])('named in a declaration too: %s', async (_matter, declared) => {
    const told = async (codice_fiscale: string) => {
      const { body } = await clients.get('comuneClerk')!.post('/v1/verifications', {
        scopo: 'autocertificazioni',
        pratica: '2025/1',
        al: '2025-02-10',
        persona: { codice_fiscale: MARIO },
        dichiarazioni: [declared({ codice_fiscale })],
      });
      return JSON.stringify(body['esiti']).replaceAll(codice_fiscale, 'CODE');
    };
    expect(await told(UGO)).toBe(await told(NOBODY));
  });
});

describe('by receipt', () => {
  it.each(each)(
    '$profile, $matter: the outcome and what was asked, no reason, no person',
    async ({ profile, matter }) => {
      const { receipt, told } = await ask(clients.get(profile)!, MARIO, matter);
      expect(Object.keys(receipt).sort()).toEqual(
        [
          '_sd',
          '_sd_alg',
          'al',
          'ente',
          'esiti',
          'iat',
          'iss',
          'jti',
          'noto_al',
          'operatore',
          'pratica',
          'scopo',
          'tipo',
        ].sort(),
      );
      expect(receipt.esiti).toEqual((told['esiti'] as { esito: string }[]).map(({ esito }) => esito));
      // The digest is random letters.
      expect(JSON.stringify({ ...receipt, _sd: [] })).not.toMatch(HELD);
      expect(JSON.stringify(receipt)).not.toContain(MARIO);
    },
  );
});

describe('by order', () => {
  it('the same questions in another order are each answered the same', async () => {
    const api = clients.get('socialServices')!;
    const told = async (matters: readonly Matter[]) => {
      const { body } = await api.post('/v1/verifications', {
        scopo: 'autocertificazioni',
        pratica: '2025/1',
        al: '2025-02-10',
        persona: { codice_fiscale: MARIO },
        dichiarazioni: matters.map(of),
      });
      const esiti = body['esiti'] as unknown[];
      return Object.fromEntries(matters.map((matter, i) => [matter, esiti[i]]));
    };
    expect(await told(MATTERS.toReversed())).toEqual(await told(MATTERS));
  });
});
