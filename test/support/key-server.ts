/** A server with offices, for tests of keys and sessions over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { boundKeyRoutes } from '../../src/access/guard/bound-keys.http.ts';
import { firstUseRoutes } from '../../src/access/guard/first-use.http.ts';
import { keyRoutes } from '../../src/access/guard/keys.http.ts';
import { passkeyRoutes } from '../../src/access/guard/passkeys.http.ts';
import { recoveryRoutes } from '../../src/access/guard/recovery.http.ts';
import { resumeRoute } from '../../src/access/guard/resume.http.ts';
import { sessionRoutes } from '../../src/access/guard/session.http.ts';
import type { SessionContext } from '../../src/access/sessions/sign-in.service.ts';
import type { HttpOptions } from '../../src/platform/http/server.ts';
import { lookupRoutes } from '../../src/services/lookup/lookup.http.ts';
import { ApiClient } from './api.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type TestServer, testServer } from './http.ts';
import { Clock, type Office, Offices } from './offices.ts';

export interface KeyServer {
  readonly test: TestDatabase;
  readonly offices: Offices;
  readonly http: TestServer;
  readonly sessions: SessionContext;
  client(): ApiClient;
  /** A client that signed in by password and code. */
  signedIn(office: Office): Promise<ApiClient>;
  /** The last leaves of the audit, the newest first. */
  leaves(count: number): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

export async function keyServer(
  more: { readonly sessions?: Partial<SessionContext>; readonly options?: Partial<HttpOptions> } = {},
): Promise<KeyServer> {
  const test = await testDatabase();
  const offices = new Offices(test.db, new Clock('2026-03-02T09:00:00Z'));
  await offices.begin();
  const folder = mkdtempSync(join(tmpdir(), 'sipop-keys-'));
  const audit = new AuditLog(test.db, makeAuditKeys(join(folder, 'keys.json')));
  const { db, now } = offices.access;
  const sessions = { ...offices.sessions, ...more.sessions };
  const context = { db, now, audit, sessions };
  const routes = [
    ...sessionRoutes(context),
    resumeRoute(context),
    ...firstUseRoutes(context),
    ...passkeyRoutes(context),
    ...boundKeyRoutes(context),
    ...recoveryRoutes(context),
    ...keyRoutes(context),
    ...lookupRoutes({ ...context, comuneCode: () => null }),
  ];
  const http = await testServer(routes, {
    bodyLimit: 100_000,
    ...more.options,
  });
  const client = () => new ApiClient(http.base);
  return {
    test,
    offices,
    http,
    sessions,
    client,
    signedIn: async (office) => {
      const api = client();
      const answer = await api.signIn(offices, office);
      if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
      return api;
    },
    leaves: async (count) => {
      const { rows } = await db.query<{ body: string }>(
        'select body::text as body from audit.leaves order by leaf_index desc limit $1',
        [count],
      );
      return rows.map(({ body }) => JSON.parse(body));
    },
    stop: async () => {
      await http.stop();
      await test.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
