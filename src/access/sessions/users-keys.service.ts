/** The keys of a user in the hands of who administers: listed, tied, taken away (security.md, "Keys", 12). Never one's own. */
import { createHash } from 'node:crypto';
import type { Client } from '../../platform/db/pool.ts';
import { deletePassword } from '../accounts/accounts.sql.ts';
import { type AccessContext, change, conflict, getNow, unknown } from '../accounts/change.service.ts';
import { USERS, type UserRow } from '../accounts/tables.ts';
import {
  type BoundKey,
  type BoundKind,
  deleteBoundKey,
  insertBoundKey,
  listBoundKeys,
} from '../keys/bound-keys.sql.ts';
import { normalClaim } from '../keys/oidc.ts';
import { deletePasskey, listPasskeys } from '../keys/passkeys.sql.ts';
import { deleteTotp, endSessionsOf, findPassword, findTotp } from './sessions.sql.ts';

export type HeldKind = 'password' | 'totp' | 'passkey' | BoundKind;

export interface HeldKey {
  /** What it is named by to take it away; it tells nothing of the key. */
  readonly id: string;
  readonly kind: HeldKind;
  /** The user's own name for a passkey, the issuer and value of a tied key; empty else. */
  readonly name: string;
  readonly since: string | null;
  readonly usedAt: string | null;
  readonly blocked: boolean;
}

const idOf = (kind: HeldKind, of: string): string =>
  `K${createHash('sha256').update(`${kind} ${of}`).digest('hex').slice(0, 12).toUpperCase()}`;

const nameOf = (key: BoundKey): string => (key.issuer === '' ? key.value : `${key.issuer} ${key.value}`);

interface Removable extends HeldKey {
  remove(db: Client): Promise<unknown>;
}

async function heldKeys(db: Client, userId: string): Promise<Removable[]> {
  const password = await findPassword(db, userId);
  const totp = await findTotp(db, userId);
  const passkeys = await listPasskeys(db, userId);
  const bound = await listBoundKeys(db, userId);
  const plain = { name: '', usedAt: null, blocked: false };
  return [
    ...(password === null
      ? []
      : [
          {
            ...plain,
            id: idOf('password', userId),
            kind: 'password' as const,
            since: password.set_at,
            remove: (client: Client) => deletePassword(client, userId),
          },
        ]),
    ...(totp?.confirmed !== true
      ? []
      : [
          {
            ...plain,
            id: idOf('totp', userId),
            kind: 'totp' as const,
            since: null,
            remove: (client: Client) => deleteTotp(client, userId),
          },
        ]),
    ...passkeys.map((row) => ({
      id: idOf('passkey', row.passkey_id),
      kind: 'passkey' as const,
      name: row.name,
      since: row.made_at,
      usedAt: row.used_at,
      blocked: row.blocked_at !== null,
      remove: (client: Client) => deletePasskey(client, userId, row.passkey_id),
    })),
    ...bound.map((row) => ({
      id: idOf(row.kind, nameOf(row)),
      kind: row.kind,
      name: nameOf(row),
      since: row.bound_at,
      usedAt: row.used_at,
      blocked: false,
      remove: (client: Client) => deleteBoundKey(client, userId, row),
    })),
  ];
}

/** @throws AppError not-found, for a user that is not there */
export async function listKeysOf(db: Client, userId: string): Promise<readonly HeldKey[]> {
  await getNow(db, USERS, 'l’utente', userId);
  return (await heldKeys(db, userId)).map(({ remove: _, ...key }) => key);
}

const refuseOwn = (context: AccessContext, userId: string): void => {
  if (context.by === userId)
    throw conflict(
      'le chiavi di chi amministra le tocca un’altra persona',
      'the keys of who administers are for another person to touch',
    );
};

/** Takes one key away from a user, and ends their session. @throws AppError not-found, conflict for one's own */
export function revokeKey(context: AccessContext, userId: string, keyId: string): Promise<void> {
  return change(context, async (db) => {
    refuseOwn(context, userId);
    await getNow(db, USERS, 'l’utente', userId);
    const key = (await heldKeys(db, userId)).find(({ id }) => id === keyId);
    if (key === undefined) throw unknown('la chiave', keyId);
    await key.remove(db);
    await endSessionsOf(db, userId);
  });
}

/**
 * Ties a key of somebody else's making to a user: from now on it opens their account.
 * @param providers the OpenID providers that the settings name
 * @throws AppError not-found, conflict
 */
export function bindKey(
  context: AccessContext,
  userId: string,
  key: BoundKey,
  providers: readonly string[],
): Promise<BoundKey> {
  return change(context, async (db) => {
    refuseOwn(context, userId);
    const user = await getNow(db, USERS, 'l’utente', userId);
    if (user.state === 'ended') throw conflict(`${userId} è cessato`, `${userId} has ended`);
    const bound = normal(user, key, providers);
    if (!(await insertBoundKey(db, userId, bound, context.by, context.now().toISOString())))
      throw conflict('la chiave è già di questo utente', 'the key is this user’s already');
    return bound;
  });
}

function normal(user: UserRow, { kind, issuer, value }: BoundKey, providers: readonly string[]): BoundKey {
  switch (kind) {
    case 'certificate': {
      const print = value.replace(/[\s:]/g, '').toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(print))
        throw conflict(
          'un certificato si indica con la sua impronta SHA-256, 64 cifre esadecimali',
          'a certificate is named by its SHA-256 fingerprint, 64 hexadecimal digits',
        );
      return { kind, issuer: '', value: print };
    }
    case 'certificate-person': {
      const code = value.trim().toUpperCase();
      if (code !== user.codice_fiscale)
        throw conflict(
          'il codice fiscale della carta non è quello dell’utente',
          'the codice fiscale of the card is not the user’s',
        );
      return { kind, issuer: '', value: code };
    }
    case 'oidc':
      if (!providers.includes(issuer))
        throw conflict(
          `il fornitore ${issuer} non c’è: ${providers.join(', ') || 'nessuno configurato'}`,
          `there is no provider ${issuer}: ${providers.join(', ') || 'none configured'}`,
        );
      return { kind, issuer, value: normalClaim(value) };
  }
}
