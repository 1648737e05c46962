/**
 * What an office may ask of the API (security.md): every operation with every profile, generated from the same table as the rights; what must be said,
 * what is withheld, and the leaf without which nothing is answered.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAgreement, makeAgreement, SERVICES } from '../../src/access/accounts/bodies.service.ts';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { stopUser } from '../../src/access/accounts/users.service.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { operationRight } from '../../src/access/rights/operations.ts';
import { FIRST_PROFILES } from '../../src/access/rights/profiles.ts';
import { httpRoutes, OPERATIONS } from '../../src/entry/http.ts';
import { day } from '../../src/kernel/day.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import type { Operation } from '../../src/platform/http/operation.ts';
import { ApiClient } from '../support/api.ts';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type TestServer, testServer } from '../support/http.ts';
import { Clock, type Office, Offices } from '../support/offices.ts';
import { line, Story } from '../support/story.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const PIA = code('NERI', 'PIA', 'F', '1980-01-01');
const UGO = code('GALLI', 'UGO', 'M', '1978-03-03');
const NOBODY = code('NESSUNO', 'MAI', 'M', '1960-08-08');
const A = '036001';
const B = '036002';
const AL = '2025-03-01';

let test: TestDatabase;
let http: TestServer;
let offices: Offices;
let folder: string;
beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id  nome         sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO  M      1970-01-01  F1/1      1      ${MARIO}
    S2  NERI PIA     F      1980-01-01  F2/1      1      ${PIA}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-03-03  F1/1      1      ${UGO}
  `,
    'B',
  );
  await story.supply(line('1', 'RISERVATEZZA', '2025-02-01', { id_soggetto: 'S2', riservatezza: '1' }));
  folder = mkdtempSync(join(tmpdir(), 'sipop-access-'));
  offices = new Offices(test.db, new Clock('2025-03-02T09:00:00Z'));
  await offices.begin();
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  http = await testServer(httpRoutes(await offices.serving(audit, folder)));
});
afterAll(async () => {
  await http.stop();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const client = () => new ApiClient(http.base);
async function signedIn(office: Office): Promise<ApiClient> {
  const api = client();
  const answer = await api.signIn(offices, office);
  expect(answer.status).toBe(200);
  return api;
}

/** A body of the right kind for each profile, with everything agreed. */
const PLACES: Readonly<
  Record<string, readonly [kind: 'comune' | 'altro', more: { comune?: string; comuni?: string[] }]>
> = {
  comuneClerk: ['comune', { comune: '036003' }],
  registryOfficer: ['comune', { comune: '036004' }],
};
const place = (profile: string) => PLACES[profile] ?? (['altro', { comuni: [A] }] as const);

/** A question about somebody here; where none stands the operation is asked its own example. */
const QUESTIONS: Readonly<Record<string, object>> = {
  personSearch: { domanda: { per: 'codice_fiscale', codice_fiscale: MARIO } },
  personRead: { persona: MARIO },
  familyRead: { persona: MARIO },
  relationsRead: { persona: MARIO },
  historyRead: { persona: MARIO },
  residenceRead: { persona: MARIO },
  addressRead: { comune: A, via: 'via roma', civico: '1' },
  movementsRead: { comune: A, dal: '2025-01-01' },
  verify: { persona: { codice_fiscale: MARIO }, dichiarazioni: [{ oggetto: 'esistenza_in_vita' }] },
};
const rightOf = ({ id, right }: Operation): string => right ?? id;
const guarded = OPERATIONS.filter((operation) => operationRight(rightOf(operation)) !== null);
/** The verification e-services of the national register (C003 to C014), whose form is not ours. */
const isNational = ({ id }: Operation): boolean => /^anprC\d{3}$/.test(id);
/** Of nobody who is here: an example that ended one of these accounts would end the others’ tests. */
const elsewhere = (body: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      ['utente', 'ente', 'accesso', 'convenzione', 'sistema'].includes(name) ? 'X999999' : value,
    ]),
  );
/** What is asked of an operation: nothing of it is written here for an operation to be tried. */
const questionOf = ({ id, bytes, example }: Operation): Record<string, unknown> => ({
  ...(bytes === undefined
    ? elsewhere(example.body as Record<string, unknown>)
    : {
        'x-upload': '0d9a2c3e-5b7f-4a1e-9c2d-1e0f3a4b5c6d',
        'content-range': 'bytes 0-4/5',
        digest: `SHA-256=${Buffer.alloc(32).toString('base64')}`,
      }),
  ...QUESTIONS[id],
});
/** What must be said beside it, as far as the operation lets it be said. */
const said = ({ body, bytes }: Operation, words: Readonly<Record<string, unknown>>): object => {
  const shape = (body as { readonly shape?: object } | undefined)?.shape ?? {};
  return Object.fromEntries(
    Object.entries(words).filter(([name]) => name in shape || (bytes !== undefined && name === 'scopo')),
  );
};

describe('every operation with every profile (house.md, habit 9)', () => {
  const sessions = new Map<string, ApiClient>();
  beforeAll(async () => {
    for (const { id } of FIRST_PROFILES) {
      const [kind, more] = place(id);
      sessions.set(id, await signedIn(await offices.open(id, kind, more)));
    }
    // Holds everything that can be held, but its agreement ended this morning.
    const over = await offices.open('court', 'giustizia');
    sessions.set('over', await signedIn(over));
    await endAgreement(offices.access, over.agreementId, day('2025-03-02'));
  });
  const pairs = FIRST_PROFILES.flatMap((profile) => guarded.map((operation) => ({ profile, operation })));

  it('every operation but those without a key, and those of one’s own keys, stands behind the rights; each has its route', async () => {
    const outside = OPERATIONS.filter((operation) => !guarded.includes(operation));
    for (const { key, tag } of outside) expect(key === 'none' || tag === 'sessions').toBe(true);
    const routes = httpRoutes(
      await offices.serving({ append: async () => ({ index: 0, hash: Buffer.alloc(32) }) }, folder),
    );
    expect(routes.map(({ operation }) => operation.id).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  });

  it.each(pairs)('$profile.id, $operation.id', async ({ profile, operation }) => {
    const answer = await sessions.get(profile.id)!.ask(operation, {
      ...questionOf(operation),
      ...said(operation, { scopo: profile.purposes[0], pratica: '2025/1', al: AL }),
    });
    const allowed = (profile.operations as readonly string[]).includes(rightOf(operation));
    if (!allowed) {
      expect([answer.status, answer.body['code']]).toEqual([403, 'forbidden']);
      return;
    }
    if (!(operation.id in QUESTIONS)) {
      // Its example is about nothing that is here: whoever may ask hears so, and nobody is refused for who they are.
      // In the national form what is asked may be wrong as it says (listaErrori), and what it does not know is left unread.
      expect([200, 403, 404, 409, ...(isNational(operation) ? [400] : [])]).toContain(answer.status);
      if (answer.status === 403) expect(['own', 'self']).toContain(profile.territory);
      return;
    }
    // Whose territory is another comune finds nobody there, and is told no more.
    const outside = profile.territory === 'own' || profile.territory === 'self';
    const silent = operation.id === 'verify' || operation.id === 'personSearch';
    expect(answer.status).toBe(outside && !silent ? 404 : 200);
    if (outside && operation.id === 'personSearch')
      expect(answer.body).toMatchObject({ numero: 0, persone: [] });
    if (outside && operation.id === 'verify')
      expect(JSON.stringify(answer.body)).toContain('persona_non_trovata');
  });

  it.each(guarded)('without a key, with a forged one, and over another page: $id', async (operation) => {
    const question = {
      ...questionOf(operation),
      ...said(operation, { scopo: 'anagrafe', pratica: '1', al: AL }),
    };
    const police = sessions.get('police')!;
    for (const answer of [
      await client().ask(operation, question),
      await client().ask(operation, question, { cookie: '__Host-sipop=AAAA', 'x-csrf-token': 'AAAA' }),
      await client().ask(operation, question, { authorization: 'Bearer AAAA' }),
      await police.forged().ask(operation, question),
      await police.ask(operation, question, { 'x-csrf-token': 'AAAA' }),
    ])
      expect([answer.status, answer.body['code']]).toEqual([401, 'unauthenticated']);
  });

  it.each(guarded)('with the key of an agreement that is over: $id', async (operation) => {
    const question = {
      ...questionOf(operation),
      ...said(operation, { scopo: 'anagrafe', pratica: '1', al: AL }),
    };
    const answer = await sessions.get('over')!.ask(operation, question);
    expect([answer.status, answer.body['code']]).toEqual([403, 'forbidden']);
  });

  const withFields = guarded.filter((operation) => operation.bytes === undefined && !isNational(operation));
  it.each(withFields)('extra fields are refused: $id', async (operation) => {
    const question = {
      ...questionOf(operation),
      ...said(operation, { scopo: 'pubblica-sicurezza', pratica: '1' }),
    };
    for (const extra of [{ __profilo: 'court' }, { __campi: ['sealed'] }, { __ente: 'B1' }])
      expect((await sessions.get('police')!.post(operation.path, { ...question, ...extra })).status).toBe(
        400,
      );
  });
});

describe('what must be said, and what is withheld', () => {
  const ask = { scopo: 'pubblica-sicurezza', pratica: '2025/7', al: AL };

  it('control 18: without purpose, with another one, without file: nothing', async () => {
    const police = await signedIn(await offices.open('police', 'polizia'));
    for (const wrong of [
      { scopo: undefined },
      { scopo: 'statistica' },
      { pratica: undefined },
      { scopo: 'giustizia' },
    ])
      expect((await police.post('/v1/persons/read', { ...ask, persona: MARIO, ...wrong })).status).toBe(403);
    expect((await police.post('/v1/persons/read', { ...ask, persona: MARIO })).status).toBe(200);
  });

  it('control 10: a session without the second factor sees no persons, and cannot give itself one', async () => {
    const police = await signedIn(await offices.open('police', 'polizia', { secondFactor: false }));
    expect((await police.post('/v1/persons/read', { ...ask, persona: MARIO })).status).toBe(403);
    expect((await police.post('/v1/second-factors/begin', {})).status).toBe(403);
    expect((await police.post('/v1/persons/read', { ...ask, persona: MARIO })).status).toBe(403);
  });

  it('control 19: only the fields of the profile leave', async () => {
    const health = await signedIn(await offices.open('healthAuthority', 'sanita'));
    const { status, body } = await health.post('/v1/persons/read', {
      ...ask,
      scopo: 'assistenza-sanitaria',
      persona: MARIO,
    });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'al',
      'cittadinanza',
      'decesso',
      'generalita',
      'noto_al',
      'persona',
      'residenza',
      'segnali',
    ]);
  });

  it('control 23: the address of somebody protected, but to who may', async () => {
    const health = await signedIn(await offices.open('healthAuthority', 'sanita'));
    const police = await signedIn(await offices.open('police', 'polizia'));
    const hidden = await health.post('/v1/persons/read', {
      ...ask,
      scopo: 'assistenza-sanitaria',
      persona: PIA,
    });
    const shown = await police.post('/v1/persons/read', { ...ask, persona: PIA });
    expect(hidden.body['segnali']).toMatchObject({ protetto: true });
    expect(JSON.stringify(hidden.body)).not.toContain('VERDI');
    expect(JSON.stringify(shown.body)).toContain('VERDI');
  });

  it('control 19: two profiles are never added up: the fields of one do not reach the territory of the other', async () => {
    // An officer of B, who reads protected addresses there, and of the social services in A, who do not.
    const office = await offices.open('registryOfficer', 'comune', { comune: B });
    const { access } = offices;
    await makeAgreement(access, {
      body_id: office.body.body_id,
      legal_basis: 'convenzione di prova',
      delivers: null,
      every_days: null,
      services: SERVICES,
      profiles: ['socialServices'],
      purposes: ['servizi-sociali', 'autocertificazioni'],
      network: [],
      certificate: false,
      valid_from: day('2020-01-01'),
      valid_to: day('2040-01-01'),
    });
    await grantProfile(access, { holder_id: office.user.user_id, profile_id: 'socialServices', comuni: [A] });
    const api = await signedIn(office);
    const read = (scopo: string, persona: string) => api.post('/v1/persons/read', { ...ask, scopo, persona });
    expect((await read('anagrafe', UGO)).body).toHaveProperty('documento');
    const social = await read('servizi-sociali', PIA);
    expect(social.status).toBe(200);
    expect(social.body).not.toHaveProperty('documento');
    expect(JSON.stringify(social.body)).not.toContain('VERDI');
    // Of a purpose of both, one profile answers, and no more than it may.
    for (const persona of [UGO, PIA]) {
      const { status, body } = await read('autocertificazioni', persona);
      expect([200, 404]).toContain(status);
      if (persona === PIA) expect(JSON.stringify(body)).not.toContain('VERDI');
      if (persona === PIA) expect(body).not.toHaveProperty('documento');
    }
    const searched = await api.post('/v1/persons/search', {
      ...ask,
      scopo: 'autocertificazioni',
      domanda: { per: 'indirizzo', comune: A, via: 'via verdi', civico: '1' },
    });
    expect(JSON.stringify(searched.body)).not.toContain(PIA);
  });

  it('who is in another comune is, to a clerk, as if not there: the same answer but for its number', async () => {
    const clerk = await signedIn(await offices.open('comuneClerk', 'comune', { comune: A }));
    const asked = { ...ask, scopo: 'anagrafe' };
    const own = await clerk.post('/v1/persons/read', { ...asked, persona: MARIO });
    const other = await clerk.post('/v1/persons/read', { ...asked, persona: UGO });
    const none = await clerk.post('/v1/persons/read', { ...asked, persona: NOBODY });
    expect(own.status).toBe(200);
    expect(other.status).toBe(404);
    const { correlation_id: _, ...told } = other.body;
    expect(none.body).toMatchObject(told);
  });
});

describe('the leaf before the answer (controls 25, 26)', () => {
  const leaves = async () =>
    (
      await test.db.query<{ body: string }>('select body::text as body from audit.leaves order by leaf_index')
    ).rows.map(({ body }) => JSON.parse(body));
  const ask = { scopo: 'pubblica-sicurezza', pratica: '2025/9', al: AL };

  it('who, what for, which file, whom, how it ended: answered and refused alike; never a name or a code in the clear', async () => {
    const office = await offices.open('police', 'polizia');
    const police = await signedIn(office);
    const before = (await leaves()).length;
    const answer = await police.post('/v1/persons/read', { ...ask, persona: MARIO });
    await police.post('/v1/persons/read', { ...ask, persona: MARIO, scopo: 'statistica' });
    await police.post('/v1/persons/search', {
      ...ask,
      domanda: { per: 'codice_fiscale', codice_fiscale: PIA },
    });
    const written = (await leaves()).slice(before);
    expect(
      written.map(({ operation, kind, outcome, purpose, user }) => [operation, kind, outcome, purpose, user]),
    ).toEqual([
      ['personRead', 'consulted', 'answered', 'pubblica-sicurezza', office.user.user_id],
      ['personRead', 'consulted', 'refused', 'statistica', office.user.user_id],
      ['personSearch', 'listed', 'answered', 'pubblica-sicurezza', office.user.user_id],
    ]);
    expect(answer.headers.get('x-audit-leaf')).toBe(String(before));
    expect(JSON.stringify(written)).not.toMatch(/ROSSI|RSSMRA|NERI|NREPIA/);
  });

  it('a failed sign-in is a leaf, without the password', async () => {
    const before = (await leaves()).length;
    await client().post('/v1/sessions/open', { utente: 'U77', password: 'segretissima' });
    const written = (await leaves()).slice(before);
    expect(written).toMatchObject([{ operation: 'sessionOpen', outcome: 'refused', user: 'U77' }]);
    expect(JSON.stringify(written)).not.toContain('segretissima');
  });

  it('the audit cannot be written: nobody gets an answer', async () => {
    const police = await signedIn(await offices.open('police', 'polizia'));
    const owner = await openDatabase({ url: test.ownerUrl, applicationName: 'test', poolSize: 1 });
    try {
      await owner.query('revoke insert on audit.leaves from sipop_app');
      const answer = await police.post('/v1/persons/read', { ...ask, persona: MARIO });
      expect(answer.status).toBe(503);
      expect(JSON.stringify(answer.body)).not.toContain('ROSSI');
    } finally {
      await owner.query('grant insert on audit.leaves to sipop_app');
      await owner.close();
    }
    expect((await police.post('/v1/persons/read', { ...ask, persona: MARIO })).status).toBe(200);
  });
});

describe('control 4: the end of an office or of an agreement shuts its keys at once', () => {
  const ask = { scopo: 'pubblica-sicurezza', pratica: '1', al: AL, persona: MARIO };

  it('an agreement that ended this morning', async () => {
    const office = await offices.open('police', 'polizia');
    const police = await signedIn(office);
    expect((await police.post('/v1/persons/read', ask)).status).toBe(200);
    await endAgreement(offices.access, office.agreementId, day('2025-03-02'));
    expect((await police.post('/v1/persons/read', ask)).status).toBe(403);
  });

  it('a clerk who left, in the middle of a session', async () => {
    const office = await offices.open('police', 'polizia');
    const police = await signedIn(office);
    await stopUser(offices.access, office.user.user_id, 'end', 'altro ufficio');
    expect((await police.post('/v1/persons/read', ask)).status).toBe(401);
  });

  it('control 16: from outside the agreed network', async () => {
    const police = await signedIn(await offices.open('police', 'polizia', { network: ['10.20.0.0/16'] }));
    expect((await police.post('/v1/persons/read', ask)).status).toBe(403);
  });
});

it('sign-out, and the cookie that keeps scripts and other pages out', async () => {
  const office = await offices.open('police', 'polizia');
  const api = client();
  const opened = await api.signIn(offices, office);
  expect(opened.headers.get('set-cookie')).toMatch(
    /^__Host-sipop=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/i,
  );
  expect((await api.post('/v1/sessions/read', {})).body).toMatchObject({
    utente: office.user.user_id,
    secondo_fattore: true,
  });
  expect((await api.post('/v1/sessions/close', {})).status).toBe(200);
  expect((await api.post('/v1/sessions/read', {})).status).toBe(401);
});
