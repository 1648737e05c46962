/** A body with its agreement and an active user of a profile, for tests of what an office may do. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { addBody, makeAgreement, SERVICES } from '../../src/access/accounts/bodies.service.ts';
import type { AccessContext } from '../../src/access/accounts/change.service.ts';
import { firstAdministrator } from '../../src/access/accounts/first-administrator.service.ts';
import { grantProfile } from '../../src/access/accounts/grants.service.ts';
import type { BodyRow, UserRow } from '../../src/access/accounts/tables.ts';
import { acceptInvitation, inviteUser } from '../../src/access/accounts/users.service.ts';
import { makeAuditKeys } from '../../src/access/audit/audit-keys.ts';
import type { PasskeySite } from '../../src/access/keys/passkeys.ts';
import { FIRST_PROFILES, FIRST_PURPOSES } from '../../src/access/rights/profiles.ts';
import { beginTotp, confirmTotp } from '../../src/access/sessions/second-factor.service.ts';
import type { SessionContext } from '../../src/access/sessions/sign-in.service.ts';
import type { HttpContext } from '../../src/entry/http.ts';
import { day } from '../../src/kernel/day.ts';
import { secretBox } from '../../src/platform/crypto/secret-box.ts';
import { openSigningKeys } from '../../src/platform/crypto/signing-keys.ts';
import type { Database } from '../../src/platform/db/pool.ts';

export const PASSWORD = 'correttezza cavallo batteria';
const STEP = 30_000;
/** The site that passkeys of tests are made for. */
export const SITE: PasskeySite = { id: 'sipop.example', name: 'SIPOP', origins: ['https://sipop.example'] };

export interface Office {
  readonly user: UserRow;
  readonly body: BodyRow;
  readonly agreementId: string;
  /** The secret of the second factor; null where none was enrolled. */
  readonly secret: string | null;
}

/** The clock of a test, which moves when it is told. */
export class Clock {
  #now: number;
  constructor(now: string) {
    this.#now = Date.parse(now);
  }
  now = (): Date => new Date(this.#now);
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

export class Offices {
  readonly access: AccessContext;
  readonly sessions: SessionContext;
  readonly clock: Clock;
  #people = 0;

  constructor(db: Database, clock: Clock) {
    this.clock = clock;
    this.access = { db, now: clock.now, by: 'os:test' };
    this.sessions = { db, now: clock.now, box: secretBox(randomBytes(32), 'test'), site: SITE };
  }

  /** What the operations of the API work with. @param folder of the test's own */
  async serving(audit: HttpContext['audit'], folder: string): Promise<HttpContext> {
    return {
      db: this.access.db,
      now: this.clock.now,
      version: '0',
      audit,
      place: {
        db: this.access.db,
        keys: makeAuditKeys(join(folder, 'keys.json')),
        folder: join(folder, 'checkpoints'),
      },
      sessions: this.sessions,
      receipts: {
        keys: await openSigningKeys(join(folder, 'receipts.json')),
        checkAt: 'https://sipop.example/ricevute',
      },
      uploads: join(folder, 'uploads'),
      wake: () => undefined,
    };
  }

  /** Profiles and purposes, as a new system has them. */
  async begin(): Promise<void> {
    await firstAdministrator(this.access, {
      surname: 'Verdi',
      givenName: 'Luca',
      codiceFiscale: 'VRDLCU80A01F257X',
      bodyName: 'Provincia',
    });
  }

  /** @param kind of body, with the ISTAT code of a comune */
  async open(
    profile: string,
    kind: BodyRow['kind'],
    more: {
      readonly comune?: string;
      readonly comuni?: readonly string[];
      readonly network?: readonly string[];
      readonly secondFactor?: boolean;
      /** Does the agreement ask for a client certificate? */
      readonly certificate?: boolean;
      /** A body that is there already, with another agreement. */
      readonly into?: BodyRow;
    } = {},
  ): Promise<Office> {
    const found = FIRST_PROFILES.find((p) => p.id === profile);
    ++this.#people;
    const body =
      more.into ??
      (await addBody(this.access, { name: `${kind} ${this.#people}`, kind, comune: more.comune ?? null }));
    const agreement = await makeAgreement(this.access, {
      body_id: body.body_id,
      legal_basis: 'convenzione di prova',
      delivers: null,
      every_days: null,
      services: SERVICES,
      profiles: [profile],
      purposes: FIRST_PURPOSES.map(({ id }) => id),
      network: more.network ?? [],
      certificate: more.certificate ?? false,
      valid_from: day('2020-01-01'),
      valid_to: day('2040-01-01'),
    });
    const invitation = await inviteUser(this.access, {
      body_id: body.body_id,
      surname: 'Bianchi',
      given_name: 'Anna',
      codice_fiscale: `CF${String(this.#people).padStart(14, '0')}`,
      office: null,
      account: found?.account ?? 'ordinary',
    });
    const holder_id = invitation.user.user_id;
    await grantProfile(this.access, { holder_id, profile_id: profile, comuni: [...(more.comuni ?? [])] });
    const user = await acceptInvitation(this.access, invitation.word, PASSWORD, {
      secondFactor: true,
      address: '127.0.0.1',
    });
    const secret = more.secondFactor === false ? null : await this.#enrol(user.user_id);
    return { user, body, agreementId: agreement.agreement_id, secret };
  }

  async #enrol(userId: string): Promise<string> {
    const { secret } = await beginTotp(this.sessions, userId);
    await confirmTotp(this.sessions, userId, this.code(secret));
    this.clock.pass(STEP);
    return secret;
  }

  /** The code that an app shows now. */
  code(secret: string): string {
    return generateSync({ secret, epoch: Math.floor(this.clock.now().getTime() / 1000) });
  }
}
