/** A register of two comuni behind the API, with offices that verify: for tests of what a verification tells, and to whom. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '../../src/access/audit/append.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import { httpRoutes } from '../../src/entry/http.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { ApiClient } from './api.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type TestServer, testServer } from './http.ts';
import { Clock, Offices } from './offices.ts';
import { Story } from './story.ts';

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { readonly text?: unknown } | undefined)?.text ?? '');

/** Counts the statements that reach the database: what a caller could tell by how long an answer takes. */
function counting(db: Database, told: () => void): Database {
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target);
      if (name !== 'query') return bound;
      return (...args: unknown[]) => {
        // Every so many questions, whatever is asked, some of the day's are taken (quotas): it tells nothing of the answer.
        if (!textOf(args[0]).includes('access.quota')) told();
        return bound(...args);
      };
    },
  });
}

export class VerifyingOffice {
  readonly test: TestDatabase;
  readonly story: Story;
  readonly offices: Offices;
  readonly #folder: string;
  #http: TestServer | null = null;
  /** Statements so far. */
  statements = 0;

  private constructor(test: TestDatabase, now: string) {
    this.test = test;
    this.story = new Story(test.db);
    this.offices = new Offices(test.db, new Clock(now));
    this.#folder = mkdtempSync(join(tmpdir(), 'sipop-verifying-'));
  }

  static async open(now: string): Promise<VerifyingOffice> {
    const office = new VerifyingOffice(await testDatabase(), now);
    await office.offices.begin();
    const audit = new AuditLog(office.test.db, makeAuditKeys(join(office.#folder, 'keys.json')));
    const serving = await office.offices.serving(audit, office.#folder);
    const db = counting(office.test.db, () => {
      office.statements++;
    });
    office.#http = await testServer(httpRoutes({ ...serving, db }));
    return office;
  }

  async signedIn(profile: string, kind: 'comune' | 'altro' | 'scuola', more: object): Promise<ApiClient> {
    const api = new ApiClient(this.#http?.base ?? '');
    await api.signIn(this.offices, await this.offices.open(profile, kind, more));
    return api;
  }

  async close(): Promise<void> {
    await this.#http?.stop();
    await this.test.drop();
    rmSync(this.#folder, { recursive: true });
  }
}
