/**
 * The keys of the demonstration, one for each role, which anybody may read: they open the invented province alone. Made through the same
 * invitations as real ones, and kept in the demonstration's folder.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { addBody, makeAgreement, SERVICES } from '../access/accounts/bodies.service.ts';
import type { AccessContext } from '../access/accounts/change.service.ts';
import { firstAdministrator } from '../access/accounts/first-administrator.service.ts';
import { grantProfile } from '../access/accounts/grants.service.ts';
import type { BodyRow } from '../access/accounts/tables.ts';
import { acceptInvitation, type Invitation, inviteUser } from '../access/accounts/users.service.ts';
import { FIRST_PROFILES, FIRST_PURPOSES } from '../access/rights/profiles.ts';
import { beginTotp, confirmTotp } from '../access/sessions/second-factor.service.ts';
import type { SessionContext } from '../access/sessions/sign-in.service.ts';
import { computeCodiceFiscale } from '../kernel/codice-fiscale.ts';
import { day, romeDay } from '../kernel/day.ts';
import { DEMO_ROLES, type DemoRole } from './demo-roles.ts';
import { type Column, type TableTarget, table } from './table.ts';

/** A key as the demonstration tells it. */
export interface DemoKey {
  readonly profile: string;
  readonly italian: string;
  readonly user: string;
  readonly body: string;
  readonly password: string;
  /** Of the second factor, for an app of codes; `codeNow` gives the code of this moment. */
  readonly secret: string;
}

const FILE = 'demo-keys.json';
const ADMINISTRATOR = 'securityAdministrator';

/** Words that are easy to type and long enough alone, and none of which is the name of somebody of demo-roles.ts (control 7). */
function password(): string {
  const words = ['ponte', 'collina', 'lanterna', 'sentiero', 'cometa', 'mulino', 'tiglio', 'vetro'];
  const chosen = [...randomBytes(3)].map((byte) => words[byte % words.length]);
  return `${chosen.join('-')}-${randomBytes(2).readUInt16BE()}`;
}

async function firstUse(
  access: AccessContext,
  sessions: SessionContext,
  { user, word }: Invitation,
  profile: string,
  body: string,
): Promise<DemoKey> {
  const chosen = password();
  await acceptInvitation(access, word, chosen, { secondFactor: true, address: '127.0.0.1' });
  const { secret } = await beginTotp(sessions, user.user_id);
  await confirmTotp(sessions, user.user_id, codeNow(secret, access.now(), -30_000));
  const italian = FIRST_PROFILES.find(({ id }) => id === profile)?.italian ?? profile;
  return { profile, italian, user: user.user_id, body, password: chosen, secret };
}

/** The code that an app shows at that moment. */
export const codeNow = (secret: string, now: Date, shift = 0): string =>
  generateSync({ secret, epoch: Math.floor((now.getTime() + shift) / 1000) });

async function openOffice(
  access: AccessContext,
  sessions: SessionContext,
  role: DemoRole,
  bodies: Map<string, BodyRow>,
): Promise<DemoKey> {
  const body = bodies.get(role.body.name) ?? (await addBody(access, role.body));
  if (!bodies.has(role.body.name)) {
    bodies.set(role.body.name, body);
    const today = romeDay(access.now());
    await makeAgreement(access, {
      body_id: body.body_id,
      legal_basis: 'convenzione della dimostrazione',
      delivers: role.body.kind === 'comune' ? 'variazioni' : null,
      every_days: role.body.kind === 'comune' ? 30 : null,
      services: SERVICES,
      profiles: DEMO_ROLES.filter((r) => r.body.name === role.body.name).map((r) => r.profile),
      purposes: FIRST_PURPOSES.map(({ id }) => id),
      network: [],
      certificate: false,
      valid_from: today,
      valid_to: day(`${Number(today.slice(0, 4)) + 3}-12-31`),
    });
  }
  const invitation = await inviteUser(access, {
    body_id: body.body_id,
    surname: role.surname,
    given_name: role.givenName,
    codice_fiscale: computeCodiceFiscale({
      cognome: role.surname,
      nome: role.givenName,
      sesso: role.givenName.endsWith('a') ? 'F' : 'M',
      data_nascita: day('1980-05-05'),
      luogo: 'F257',
    }),
    office: null,
    account: 'ordinary',
  });
  await grantProfile(access, {
    holder_id: invitation.user.user_id,
    profile_id: role.profile,
    comuni: [...role.comuni],
  });
  return firstUse(access, sessions, invitation, role.profile, role.body.name);
}

/** The keys of the demonstration; made the first time. */
export async function demoKeys(
  folder: string,
  access: AccessContext,
  sessions: SessionContext,
): Promise<readonly DemoKey[]> {
  const path = join(folder, FILE);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as DemoKey[];
  const first = await firstAdministrator(access, {
    surname: 'Verdi',
    givenName: 'Lucia',
    codiceFiscale: computeCodiceFiscale({
      cognome: 'VERDI',
      nome: 'LUCIA',
      sesso: 'F',
      data_nascita: day('1975-04-04'),
      luogo: 'F257',
    }),
    bodyName: 'Gestore SIPOP',
  });
  const keys = [await firstUse(access, sessions, first, ADMINISTRATOR, 'Gestore SIPOP')];
  const bodies = new Map<string, BodyRow>();
  for (const role of DEMO_ROLES) keys.push(await openOffice(access, sessions, role, bodies));
  writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

/** The keys as a table, with the code of this moment. */
export function keysTable(keys: readonly DemoKey[], now: Date, target: TableTarget): string {
  const columns: readonly Column<DemoKey>[] = [
    { title: 'ruolo', text: (key) => key.italian },
    { title: 'ente', text: (key) => key.body },
    { title: 'utente', text: (key) => key.user },
    { title: 'password', text: (key) => key.password },
    { title: 'codice ora', text: (key) => codeNow(key.secret, now) },
  ];
  return table(keys, columns, target);
}
