/** A loaded register served over loopback HTTP, rights and durable audit on, and the figures of many clients asking it. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pino } from 'pino';
import { addBody, makeAgreement, SERVICES } from '../../src/access/accounts/bodies.service.ts';
import type { AccessContext } from '../../src/access/accounts/change.service.ts';
import { firstAdministrator } from '../../src/access/accounts/first-administrator.service.ts';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import { acceptInvitation, inviteUser } from '../../src/access/accounts/users.service.ts';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { SESSION_COOKIE } from '../../src/access/guard/cookies.ts';
import { putQuota } from '../../src/access/quotas/put-quota.service.ts';
import { MOST_A_DAY } from '../../src/access/quotas/quotas.http.ts';
import { FIRST_PURPOSES } from '../../src/access/rights/profiles.ts';
import { openSession, type SessionContext } from '../../src/access/sessions/sign-in.service.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import { addDays, romeDay } from '../../src/kernel/day.ts';
import { secretBox } from '../../src/platform/crypto/secret-box.ts';
import { openSigningKeys } from '../../src/platform/crypto/signing-keys.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { openDatabase } from '../../src/platform/db/pool.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { type BenchDatabase, openCopy } from './bench-database.ts';
import type { ClientsDone, ClientsJob } from './http-clients.ts';
import { registerFolder } from './load.ts';
import { spreadOf, timed } from './measure.ts';
import { openMultiplied } from './multiply.ts';
import type { BenchOptions } from './options.ts';
import { type Figure, spreadFigures } from './report.ts';
import { settle } from './sample.sql.ts';

export const CLIENTS = 8;
const SECONDS = 8;
const WARM_SECONDS = 3;

/** A session of somebody of that profile, of the whole province, whose agreement names everything and whose quotas do not bind. */
async function officeSession(
  db: Database,
  now: () => Date,
  profile: string,
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
    profiles: [profile],
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
  await grantProfile(access, { holder_id: invited.user.user_id, profile_id: profile, comuni: [] });
  // Counted as everybody's are, and wide enough that the clients ask all day.
  for (const quota_id of [body.body_id, invited.user.user_id])
    await putQuota(access, { quota_id, per_day: MOST_A_DAY });
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

/** What the figures are held to: p95 in milliseconds, requests a second. */
export interface Limits {
  readonly p95?: number;
  readonly rate?: number;
}

/** The figures of one kind of question: how many a second, how long each takes, and what it costs whom. */
export async function figuresOf(
  name: string,
  pid: number,
  job: ClientsJob,
  limits: Limits,
): Promise<Figure[]> {
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
      ...(limits.rate === undefined ? {} : { target: ['>=', limits.rate] as const }),
    },
    ...spreadFigures(name, spreadOf([...milliseconds]), limits.p95),
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

export interface Served {
  readonly bench: BenchDatabase;
  readonly audit: AuditLog;
  readonly port: number;
  /** Those of a session that may ask. */
  readonly headers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A job of clients that ask each of the bodies in turn. */
export const jobOf = (
  { port, headers }: Pick<Served, 'port' | 'headers'>,
  path: string,
  bodies: readonly object[],
): ClientsJob => ({
  host: '127.0.0.1',
  port,
  headers,
  clients: CLIENTS,
  seconds: SECONDS,
  requests: bodies.map((body) => ({ path, body: JSON.stringify(body) })),
});

/** Serves a copy of the register that load left, to who has that profile. */
export async function serveCopy(options: BenchOptions, profile = 'police'): Promise<Served> {
  const folder = registerFolder(options);
  if (!existsSync(folder))
    throw new Error(`nothing loaded in ${folder}: run load with the same options first`);
  const bench = options.times > 1 ? await openMultiplied(options) : await openCopy(folder);
  const keyFile = join(options.folder, 'http-audit-keys.json');
  rmSync(keyFile, { force: true });
  const durable = await openDatabase({
    url: bench.server.url('sipop_app', bench.name),
    applicationName: 'sipop bench audit',
    poolSize: 1,
    settings: { synchronous_commit: 'on' },
  });
  const end = async (): Promise<void> => {
    await durable.close();
    await bench.close();
  };
  try {
    // A register multiplied was settled when it was made.
    if (options.times === 1) await settle(bench.owner);
    const now = () => new Date();
    const audit = new AuditLog(durable, makeAuditKeys(keyFile));
    const receipts = {
      keys: await openSigningKeys(join(options.folder, 'http-receipt-keys.json')),
      checkAt: 'https://sipop.example/ricevute',
    };
    const { sessions, headers } = await officeSession(bench.db, now, profile);
    const server = await createHttpServer({
      // As `sipop serve` logs, its lines to nowhere.
      logger: pino(
        { base: null, timestamp: pino.stdTimeFunctions.isoTime },
        pino.destination({ dest: '/dev/null', sync: false, minLength: 4096 }),
      ),
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
        place: { db: bench.db, keys: makeAuditKeys(keyFile), folder: join(options.folder, 'checkpoints') },
        sessions,
        receipts,
        uploads: join(tmpdir(), 'sipop-bench-uploads'),
        wake: () => undefined,
      }),
    });
    const { port } = new URL(await server.listen('127.0.0.1', 0));
    return {
      bench,
      audit,
      port: Number(port),
      headers,
      close: async () => {
        await server.stop(1000);
        await audit.flush();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
