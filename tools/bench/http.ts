/** `http`: persons, families and histories over loopback HTTP, rights and durable audit on (issue 5, "Figures to reach"). */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { addBody, makeAgreement, SERVICES } from '../../src/access/accounts/bodies.service.ts';
import type { AccessContext } from '../../src/access/accounts/change.service.ts';
import { firstAdministrator } from '../../src/access/accounts/first-administrator.service.ts';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { acceptInvitation, inviteUser } from '../../src/access/accounts/users.service.ts';
import { AuditLog, type NewEntry } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { SESSION_COOKIE } from '../../src/access/guard/cookies.ts';
import { FIRST_PURPOSES } from '../../src/access/rights/profiles.ts';
import { openSession, type SessionContext } from '../../src/access/sessions/sign-in.service.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { addDays, romeDay } from '../../src/kernel/day.ts';
import { secretBox } from '../../src/platform/crypto/secret-box.ts';
import { openSigningKeys } from '../../src/platform/crypto/signing-keys.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { samplePersons } from './ask.ts';
import { openCopy } from './bench-database.ts';
import type { ClientsDone, ClientsJob } from './http-clients.ts';
import { registerFolder } from './load.ts';
import { peakMegabytes, spreadOf, timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report, spreadFigures } from './report.ts';
import { settle } from './sample.sql.ts';

const CLIENTS = 8;
const SECONDS = 8;
const WARM_SECONDS = 3;
/** p95 in milliseconds, and requests a second (issue 5). */
const LIMIT = 10;
const RATE = 1500;

/** A session of a policeman whose agreement names everything. */
async function policeSession(
  db: Database,
  now: () => Date,
): Promise<{ readonly sessions: SessionContext; readonly headers: Record<string, string> }> {
  const access: AccessContext = { db, now, by: 'os:bench' };
  const sessions: SessionContext = { db, now, box: secretBox(randomBytes(32), 'bench') };
  await firstAdministrator(access, {
    surname: 'Verdi',
    givenName: 'Luca',
    codiceFiscale: 'VRDLCU80A01F257X',
    bodyName: 'Provincia',
  });
  const body = await addBody(access, { name: 'Questura', kind: 'polizia', comune: null });
  await makeAgreement(access, {
    body_id: body.body_id,
    legal_basis: 'bench',
    delivers: null,
    every_days: null,
    services: SERVICES,
    profiles: ['police'],
    purposes: FIRST_PURPOSES.map(({ id }) => id),
    network: [],
    certificate: false,
    valid_from: addDays(romeDay(now()), -1),
    valid_to: addDays(romeDay(now()), 30),
  });
  const invited = await inviteUser(access, {
    body_id: body.body_id,
    surname: 'Bianchi',
    given_name: 'Anna',
    codice_fiscale: 'BNCNNA80A41F257X',
    office: null,
    account: 'ordinary',
  });
  await grantProfile(access, { holder_id: invited.user.user_id, profile_id: 'police', comuni: [] });
  await acceptInvitation(access, invited.word, randomBytes(18).toString('base64url'), {
    secondFactor: true,
    address: '127.0.0.1',
  });
  const opened = await openSession(sessions, invited.user.user_id, '127.0.0.1', {
    kind: 'password',
    secondFactor: true,
    mustChange: false,
  });
  return {
    sessions,
    headers: {
      'content-type': 'application/json',
      cookie: `${SESSION_COOKIE}=${opened.word}`,
      'x-csrf-token': opened.csrf,
    },
  };
}

function runClients(job: ClientsJob): Promise<ClientsDone> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'http-clients.ts'), { workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The figures of one kind of question: how many a second, how long each takes, and what it costs whom. */
async function figuresOf(name: string, pid: number, job: ClientsJob, peer: boolean): Promise<Figure[]> {
  await runClients({ ...job, seconds: WARM_SECONDS });
  const spent = await timed(pid, () => runClients({ ...job, seconds: SECONDS }));
  const { milliseconds, seconds, statuses, processor } = spent.value;
  const each = (part: string, total: number): Figure => ({
    name: `${name}: processor a request, ${part}`,
    value: (1000 * total) / milliseconds.length,
    unit: 'ms',
  });
  return [
    {
      name: `${name}, ${CLIENTS} clients`,
      value: milliseconds.length / seconds,
      unit: '/s',
      ...(peer ? {} : { target: ['>=', RATE] as const }),
    },
    ...spreadFigures(name, spreadOf([...milliseconds]), peer ? undefined : LIMIT),
    {
      name: `${name}: answers other than 200`,
      value: milliseconds.length - (statuses['200'] ?? 0),
      unit: '',
    },
    each('clients', processor),
    each('server', spent.nodeSeconds - processor),
    ...(spent.serverSeconds === null ? [] : [each('PostgreSQL', spent.serverSeconds)]),
  ];
}

/** The peer: node:http alone, which reads JSON, makes a leaf durable and answers three words. It asks nothing of the register and of the rights. */
async function bareAudited(audit: AuditLog): Promise<{ readonly port: number; stop(): void }> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const asked = JSON.parse(text) as { scopo: string; pratica: string; persona: string };
      const entry: NewEntry = {
        at: new Date().toISOString(),
        caller: { user: 'U1', client: null, body: 'B1', from: '127.0.0.1' },
        operation: 'personRead',
        kind: 'consulted',
        purpose: asked.scopo,
        file: asked.pratica,
        subjects: [asked.persona],
        fields: [],
        count: 1,
        outcome: 'answered',
        reason: null,
      };
      audit.append(entry).then(
        () => {
          const answer = JSON.stringify({ persona: asked.persona });
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
          response.end(answer);
        },
        () => response.writeHead(503, { 'content-length': 0 }).end(),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() };
}

export async function benchHttp(options: BenchOptions): Promise<Report> {
  const folder = registerFolder(options);
  if (!existsSync(folder))
    throw new Error(`nothing loaded in ${folder}: run load with the same options first`);
  const bench = await openCopy(folder);
  const keyFile = join(options.folder, 'http-audit-keys.json');
  rmSync(keyFile, { force: true });
  const durable = await openDatabase({
    url: bench.server.url('sipop_app', 'sipop_changed'),
    applicationName: 'sipop bench audit',
    poolSize: 1,
    settings: { synchronous_commit: 'on' },
  });
  try {
    await settle(bench.owner);
    const now = () => new Date();
    const audit = new AuditLog(durable, makeAuditKeys(keyFile));
    const receipts = {
      keys: await openSigningKeys(join(options.folder, 'http-receipt-keys.json')),
      checkAt: 'https://sipop.example/ricevute',
    };
    const { sessions, headers } = await policeSession(bench.db, now);
    const server = await createHttpServer({
      // As `sipop serve` logs, its lines to nowhere.
      logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination('/dev/null')),
      tls: null,
      proxies: [],
      requestsPerMinute: 100_000_000,
      bodyLimit: 1_048_576,
      maxDelay: 60_000,
      routes: httpRoutes({
        db: bench.db,
        now,
        version: '0',
        audit,
        sessions,
        receipts,
        uploads: join(tmpdir(), 'sipop-bench-uploads'),
        wake: () => undefined,
      }),
    });
    const { port } = new URL(await server.listen('127.0.0.1', 0));
    const sampled = await samplePersons(bench.db, options.questions, randomFrom(options.seed));
    const asked = sampled.flatMap(({ person, when }) =>
      person.codice_fiscale === null
        ? []
        : [{ scopo: 'pubblica-sicurezza', pratica: '2026/1', persona: person.codice_fiscale, al: when.al }],
    );
    const job = (path: string, at: number): ClientsJob => ({
      host: '127.0.0.1',
      port: at,
      headers,
      clients: CLIENTS,
      seconds: SECONDS,
      requests: asked.map((body) => ({ path, body: JSON.stringify(body) })),
    });
    const figures: Figure[] = [];
    for (const [name, path] of [
      ['person by codice fiscale', '/v1/persons/read'],
      ['family', '/v1/families/read'],
      ['history', '/v1/histories/read'],
    ] as const)
      figures.push(...(await figuresOf(name, bench.server.pid, job(path, Number(port)), false)));
    const peer = await bareAudited(audit);
    figures.push(...(await figuresOf('bare audited node:http', bench.server.pid, job('/', peer.port), true)));
    peer.stop();
    figures.push({ name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB' });
    await server.stop(1000);
    await audit.flush();
    return report('http', options.persons, bench.version, figures);
  } finally {
    await durable.close();
    await bench.close();
  }
}
