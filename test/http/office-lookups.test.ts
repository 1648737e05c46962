/** What offices do with lookup (issue 6, "Shown by"), each under its own profile, through the operations of the API. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { FIRST_PROFILES } from '../../src/access/rights/profiles.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { ApiClient } from '../support/api.ts';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, Offices } from '../support/offices.ts';
import { line, Story } from '../support/story.ts';
import { birth, death, leaves } from '../support/story-lines.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1940-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1942-02-02');
const LUCA = code('ROSSI', 'LUCA', 'M', '1970-03-03');
const SARA = code('ROSSI', 'SARA', 'F', '1972-04-04');
const OMAR = code('MUHAMMAD', 'OMAR', 'M', '1985-05-05');
const A = '036001';
const TODAY = '2025-06-01';

let test: TestDatabase;
let http: TestServer;
let folder: string;
const offices = new Map<string, ApiClient>();

beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id  nome           sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO    M      1940-01-01  F1/1      2+S2   ${MARIO}
    S2  BIANCHI ANNA   F      1942-02-02  F1/2      2+S1   ${ANNA}
    S3  ROSSI LUCA     M      1970-03-03  F2/1      1      ${LUCA}
    S4  ROSSI SARA     F      1972-04-04  F3/1      1      ${SARA}
    S5  MUHAMMAD OMAR  M      1985-05-05  F4/1      1      ${OMAR}
  `);
  await story.supply(
    ...['S3', 'S4'].map((id_soggetto, i) =>
      line(
        `g${i}`,
        'GENITORI',
        '2010-01-01',
        { id_soggetto, id_padre: 'S1', id_madre: 'S2' },
        { registrazione: '2025-01-02' },
      ),
    ),
    birth('n', 'S6', '2025-02-01', { cognome: 'ROSSI', nome: 'NINA', id_padre: 'S3', id_madre: 'S4' }),
    death('d1', 'S4', '2025-02-10'),
    death('d2', 'S1', '2025-03-10'),
    leaves('l', '2025-04-01', 'S5'),
  );
  folder = mkdtempSync(join(tmpdir(), 'sipop-offices-'));
  const made = new Offices(test.db, new Clock('2025-06-02T09:00:00Z'));
  await made.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await made.serving(audit, folder)));
  for (const id of ['police', 'court', 'healthAuthority', 'socialServices', 'school']) {
    const api = new ApiClient(http.base);
    expect((await api.signIn(made, await made.open(id, 'altro', { comuni: [A] }))).status).toBe(200);
    offices.set(id, api);
  }
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

/** Asks for the first purpose of the office. @throws where the answer is another than 200 */
async function ask(office: string, path: string, question: object): Promise<Record<string, unknown>> {
  const profile = FIRST_PROFILES.find(({ id }) => id === office);
  const answer = await offices
    .get(office)!
    .post(path, { scopo: profile?.purposes[0], pratica: '2025/1', al: TODAY, ...question });
  expect([answer.status, answer.body['detail']]).toEqual([200, undefined]);
  return answer.body;
}

it('road check: a name as heard leads to the driver, who has left, and where to', async () => {
  const found = await ask('police', '/v1/persons/search', {
    testo: 'mohamed omar 1985',
    simile: true,
    anche_passati: true,
  });
  expect(found).toMatchObject({
    lettura: { it: 'cognome mohamed, nome omar, nascita 1985' },
    persone: [
      { codice_fiscale: OMAR, somiglianza: { it: 'cognome: stesse consonanti' }, segnali: ['uscito'] },
    ],
  });
  const read = await ask('police', '/v1/persons/read', { persona: OMAR });
  expect(read['residenza']).toMatchObject({
    residente: false,
    cancellato_dal: '2025-04-01',
    altrove: { comune: '037006' },
  });
});

it('court summons: where the defendant lived on the day of the notice, not where they live now', async () => {
  const then = await ask('court', '/v1/residences/read', { persona: OMAR, al: '2025-03-15' });
  expect(then['residenze']).toMatchObject([
    { comune: A, certezza: 'certa', indirizzo: { toponimo: 'DANTE' } },
  ]);
  const now = await ask('court', '/v1/residences/read', { persona: OMAR });
  expect(now['residenze']).toMatchObject([{ altrove: { comune: '037006' } }]);
});

it('inheritance: the heirs alive on the day of the death, with how each is known', async () => {
  const { relazioni } = await ask('court', '/v1/relations/read', { persona: MARIO, al: '2025-03-09' });
  const told = (relazioni as Record<string, unknown>[]).map((r) => [
    r['relazione'],
    r['nome'],
    r['noto_per'],
    r['in_vita'],
  ]);
  expect(told).toEqual([
    ['coniuge', 'ANNA', 'numero', true],
    ['figlio', 'LUCA', 'numero', true],
    ['figlio', 'SARA', 'numero', false],
  ]);
  // Who stands in the place of the daughter who died before (c.c. art. 467).
  const of = await ask('court', '/v1/relations/read', { persona: SARA, al: '2025-03-10' });
  expect(of['relazioni']).toContainEqual(
    expect.objectContaining({ relazione: 'figlio', nome: 'NINA', in_vita: true }),
  );
});

it('passport of a minor: the parents to be heard', async () => {
  const found = await ask('police', '/v1/persons/search', { testo: 'rossi nina 2025' });
  const [nina] = found['persone'] as { persona: string }[];
  const { relazioni } = await ask('police', '/v1/relations/read', { persona: nina?.persona });
  const told = (relazioni as Record<string, unknown>[]).map((r) => [r['relazione'], r['nome'], r['in_vita']]);
  expect(told).toEqual([
    ['padre', 'LUCA', true],
    ['madre', 'SARA', false],
  ]);
});

it('social benefit: the family on the day of the claim', async () => {
  const on = async (al: string) => {
    const { famiglia } = await ask('socialServices', '/v1/families/read', { persona: ANNA, al });
    return (famiglia as { componenti: { nome: string }[] }).componenti.map(({ nome }) => nome);
  };
  expect(await on('2025-03-09')).toEqual(['MARIO', 'ANNA', 'NINA']);
  expect(await on('2025-03-10')).toEqual(['ANNA', 'NINA']);
});

it('health registration: resident, and since when; never the family', async () => {
  const read = await ask('healthAuthority', '/v1/persons/read', { persona: LUCA });
  expect(read).toMatchObject({ residenza: { residente: true, comune: A } });
  expect(Object.keys(read)).not.toContain('famiglia');
});

it('a missing person: who lived there with them, who came and left, what the register learnt and when', async () => {
  const home = await ask('police', '/v1/addresses/read', {
    comune: A,
    via: 'via dante',
    civico: '1',
    dal: '2025-01-01',
  });
  expect(home).toMatchObject({ numero: 1, occupanti: [{ cognome: 'MUHAMMAD', al: '2025-04-01' }] });
  const life = await ask('police', '/v1/histories/read', { persona: OMAR, anche_superati: true });
  expect(life['giorni']).toContain('2025-04-01');
  expect((life['istanti'] as string[]).length).toBeGreaterThan(1);
});

it('school enrolment: a school looks nobody up, it has declarations checked', async () => {
  const answer = await offices.get('school')!.post('/v1/persons/search', {
    scopo: 'obbligo-scolastico',
    pratica: '1',
    testo: 'rossi nina 2025',
  });
  expect(answer.status).toBe(403);
});
