/**
 * No lookup reveals to a profile what it may not know (security.md 19 to 23; registry.md, Sealed): by field, by count, by error. Generated: every question below
 * is asked by every profile that may look, on several days and as known at several instants, and every answer is held against every secret.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { sessionRoutes } from '../../src/access/guard/session.http.ts';
import { FIELDS, FIRST_PROFILES, type Field } from '../../src/access/rights/profiles.ts';
import { lookupRoutes } from '../../src/services/lookup/lookup.http.ts';
import { LOOKUP_OPERATIONS } from '../../src/services/lookup/operations.ts';
import { type ApiAnswer, ApiClient } from '../support/api.ts';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';
import { type Line, line, Story } from '../support/story.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const PIA = code('NERI', 'PIA', 'F', '1980-03-03');
const LEO = code('NERI', 'LEO', 'M', '2010-04-04');
const EVA = code('GALLI', 'EVA', 'F', '2001-05-05');
const NEW_EVA = code('MONTI', 'EVA', 'F', '2001-05-05');
const UGO = code('GALLI', 'UGO', 'M', '1978-06-06');
const NOBODY = code('NESSUNO', 'MAI', 'M', '1960-08-08');
const A = '036001';
const B = '036002';
const AL = '2025-03-01';
const DOCUMENT = 'CA77777ZZ';

/** What only who reads the field may see, of Mario and Anna. */
const MARKS: Readonly<Partial<Record<Field, readonly string[]>>> = {
  names: ['ROSSI'],
  codiceFiscale: [MARIO],
  birth: ['1970-01-01'],
  address: ['"ROMA"'],
  household: ['"F1"'],
  civilStatus: ['2012-06-01'],
  relations: ['noto_per', 'id_coniuge', 'cf_coniuge'],
  documents: [DOCUMENT],
  citizenship: ['"cittadinanza":"100"'],
};
/** Of Pia, who is protected, and of Leo, who lives with her. */
const HIDDEN_STREETS = ['VERDI', 'NASCOSTA'];
/** Of Eva, before her adoption: nobody's business. */
const SEALED = [EVA, 'GALLI EVA', '"cognome":"GALLI","nome":"EVA"'];

let test: TestDatabase;
let http: TestServer;
let folder: string;
const sessions = new Map<string, ApiClient>();
const LOOKERS = FIRST_PROFILES.filter(({ operations }) => operations.includes('personSearch'));

beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
    S2  BIANCHI ANNA  F      1972-02-02  F1/2      2+S1   ${ANNA}
    S3  NERI PIA      F      1980-03-03  F2/1      1      ${PIA}
    S4  NERI LEO      M      2010-04-04  F2/3      1      ${LEO}
    S5  GALLI EVA     F      2001-05-05  F3/1      1      ${EVA}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-06-06  F1/1      1      ${UGO}
  `,
    'B',
  );
  await story.supply(
    line('1', 'CAMBIO_ABITAZIONE', '2025-01-10', {
      id_famiglia: 'F2',
      famiglia: { id_famiglia: 'F2', specie: 'VIA', toponimo: 'NASCOSTA', civico: '9' },
    }),
    line('2', 'DOCUMENTO', '2025-01-12', {
      id_soggetto: 'S1',
      documento_tipo: 'CIE',
      documento_numero: DOCUMENT,
      documento_rilascio: '2025-01-12',
    }),
    line(
      '3',
      'GENERALITA',
      '2024-06-01',
      { id_soggetto: 'S5', motivo: 'ADOZIONE', cognome: 'MONTI', codice_fiscale: NEW_EVA, validita_cf: '1' },
      { registrazione: '2025-01-13' },
    ),
  );
  await story.supply(line('4', 'RISERVATEZZA', '2025-02-01', { id_soggetto: 'S3', riservatezza: '1' }));
  folder = mkdtempSync(join(tmpdir(), 'sipop-reveals-'));
  const offices = new Offices(test.db, new Clock('2026-06-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  const context = {
    db: test.db,
    now: offices.access.now,
    audit,
    sessions: offices.sessions,
    comuneCode: () => A,
  };
  http = await testServer([...sessionRoutes(context), ...lookupRoutes(context)]);
  for (const { id, territory } of LOOKERS) {
    const more = territory === 'own' ? { comune: id === 'comuneClerk' ? A : B } : { comuni: [A] };
    // One body a comune: the officer is of the other one, and everybody here is outside.
    const office = await offices.open(id, territory === 'own' ? 'comune' : 'altro', more);
    const api = new ApiClient(http.base);
    expect((await api.signIn(offices, office)).status).toBe(200);
    sessions.set(id, api);
  }
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const byAddress = (via: string, civico: string) => ({ per: 'indirizzo', comune: A, via, civico });
const PERSONS = [MARIO, ANNA, PIA, LEO, NEW_EVA, EVA, UGO];

/** Every question of every operation, about everybody here. */
const QUESTIONS: Readonly<Record<string, readonly Line[]>> = {
  personSearch: [
    ...PERSONS.map((codice_fiscale) => ({ domanda: { per: 'codice_fiscale', codice_fiscale } })),
    ...['rossi', 'neri', 'galli', 'gali', 'monti', 'verdi'].flatMap((cognome) => [
      { domanda: { per: 'cognome_nome_comune', cognome, nome: 'eva', comune: A }, simile: true },
      { domanda: { per: 'cognome_nome_anno', cognome, nome: 'pia', data_nascita: '1980' }, simile: true },
    ]),
    { domanda: { per: 'cognome_nascita', cognome: 'rossi', data_nascita: '1970-01-01' } },
    { domanda: { per: 'cognome_nascita', cognome: 'galli', data_nascita: '2001-05-05' }, simile: true },
    { domanda: byAddress('via verdi', '1') },
    { domanda: byAddress('via nascosta', '9') },
    { domanda: byAddress('via roma', '1') },
    { domanda: { per: 'famiglia', comune: A, id: 'F2' } },
    { domanda: { per: 'documento', numero: DOCUMENT } },
    { domanda: { per: 'identificativo', persona: 'P1' } },
    { testo: 'neri pia 1980' },
    { testo: 'via nascosta 9 zocca' },
    { testo: EVA },
  ].map((question) => ({ anche_passati: true, ...question })),
  personRead: PERSONS.map((persona) => ({ persona })),
  ownPerson: [{}],
  familyRead: [
    ...PERSONS.map((persona) => ({ persona })),
    ...['F1', 'F2', 'F3'].map((id) => ({ famiglia: { comune: A, id } })),
  ],
  relationsRead: PERSONS.map((persona) => ({ persona })),
  residenceRead: PERSONS.flatMap((persona) => [{ persona }, { persona, dal: '2009-01-01' }]),
  historyRead: PERSONS.flatMap((persona) => [{ persona }, { persona, anche_superati: true }]),
  addressRead: [
    { comune: A, via: 'via verdi', civico: '1' },
    { comune: A, via: 'via nascosta', civico: '9', dal: '2020-01-01' },
    { comune: A, via: 'via roma' },
  ],
  movementsRead: [
    { comune: A, dal: '2000-01-01' },
    { comune: A, via: 'via nascosta', civico: '9', dal: '2020-01-01' },
    { comune: A, via: 'via verdi', civico: '1', dal: '2000-01-01' },
  ],
};
/** Days, and instants: also before Pia was protected and before Eva's adoption was known. */
const TIMES: readonly Line[] = [{ al: AL }, { al: '2024-12-31' }, { al: AL, noto_al: 'then' }];

interface Told {
  readonly question: Line;
  readonly answer: ApiAnswer;
  readonly text: string;
}
/** Everything that a profile is told. What was asked is taken out of it: an address repeated is no answer. */
async function everything(profile: (typeof LOOKERS)[number]): Promise<Told[]> {
  const api = sessions.get(profile.id)!;
  const { rows } = await test.db.query<{ first: string }>(
    'select min(recorded_at)::text as first from supplies where comune = $1 and progressivo = 2',
    [A],
  );
  const told: Told[] = [];
  for (const { id, path } of LOOKUP_OPERATIONS)
    for (const question of QUESTIONS[id] ?? [])
      for (const time of TIMES) {
        const at = time['noto_al'] === undefined ? time : { ...time, noto_al: instant(rows[0]!.first) };
        const asked = { scopo: profile.purposes[0], pratica: '1', ...at, ...question };
        const answer = await api.post(path, asked);
        const { via: _, civico: __, lettura: ___, ...rest } = answer.body;
        told.push({ question: { id, ...question, ...at }, answer, text: JSON.stringify(rest) });
      }
  return told;
}
const instant = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');

it('every operation of lookup has questions here', () => {
  expect(Object.keys(QUESTIONS).sort()).toEqual(LOOKUP_OPERATIONS.map(({ id }) => id).sort());
});

describe.each(LOOKERS)('$id', (profile) => {
  let told: Told[];
  beforeAll(async () => {
    told = await everything(profile);
  });

  it('answers, refuses or finds nobody, and never fails', () => {
    const failed = told.filter(({ answer }) => ![200, 403, 404].includes(answer.status));
    expect(failed.map(({ question }) => JSON.stringify(question))).toEqual([]);
    expect(told.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(0);
  });

  it('sees no field that the profile does not read', () => {
    const withheld = FIELDS.filter((field) => !profile.fields.includes(field)).flatMap(
      (field) => MARKS[field] ?? [],
    );
    for (const { question, text } of told)
      for (const mark of withheld)
        expect({ question, shows: text.includes(mark) ? mark : null }).toEqual({ question, shows: null });
  });

  it('never learns where somebody protected lives or lived, nor by whom they live with', () => {
    if (profile.fields.includes('protectedAddress')) return;
    for (const { question, text } of told)
      for (const street of HIDDEN_STREETS)
        expect({ question, shows: text.includes(street) ? street : null }).toEqual({ question, shows: null });
    const atHome = told.filter(
      ({ question }) =>
        ['addressRead', 'movementsRead'].includes(String(question['id'])) &&
        question['via'] === 'via nascosta',
    );
    for (const { question, answer, text } of atHome) {
      if (answer.status !== 200) continue;
      expect({ question, pia: text.includes('PIA') || text.includes(PIA) }).toEqual({ question, pia: false });
    }
  });

  it('never sees a sealed identity, whatever the instant', () => {
    for (const { question, text } of told)
      for (const secret of SEALED) {
        const asked = JSON.stringify(question).includes(secret);
        expect({ question, shows: !asked && text.includes(secret) ? secret : null }).toEqual({
          question,
          shows: null,
        });
      }
  });

  it('who is in another comune is, to it, as if not there', async () => {
    if (profile.territory === 'province') return;
    const api = sessions.get(profile.id)!;
    const stranger = profile.id === 'registryOfficer' ? MARIO : UGO;
    const asked = { scopo: profile.purposes[0], pratica: '1', al: AL };
    for (const { id, path } of LOOKUP_OPERATIONS.filter((o) => profile.operations.includes(o.id as never))) {
      if (!(QUESTIONS[id] ?? []).some((question) => 'persona' in question)) continue;
      const there = await api.post(path, { ...asked, persona: stranger });
      const nobody = await api.post(path, { ...asked, persona: NOBODY });
      const { correlation_id: _, ...words } = there.body;
      expect(there.status).toBe(404);
      expect(nobody.body).toMatchObject(words);
    }
    const found = await api.post('/v1/persons/search', {
      ...asked,
      domanda: { per: 'codice_fiscale', codice_fiscale: stranger },
    });
    expect(found.body).toMatchObject({ numero: 0, persone: [] });
  });
});
