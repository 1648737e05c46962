/**
 * A system of a body asks with a voucher of the national platform (security.md, 38 to 42): the voucher says which client and for which purpose, the
 * signature that the message is its own, the tracking evidence who inside the body asked. Every number is used once. What we answer is signed too.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, importPKCS8, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { romeDay } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { RequestContext } from '../../platform/http/operation.ts';
import { putLastUse } from '../accounts/accounts.sql.ts';
import { listNow } from '../accounts/history.sql.ts';
import { findHolder } from '../accounts/holder.ts';
import { CLIENT_KEYS } from '../accounts/tables.ts';
import {
  checkIntegrity,
  checkSignedHeaders,
  type Headers,
  type SigningKey,
  signMessage,
} from '../interoperability/integrity.ts';
import { ALGORITHM, RefusedToken } from '../interoperability/token.ts';
import { readTracking } from '../interoperability/tracking.ts';
import { useToken } from '../interoperability/used-tokens.sql.ts';
import { readVoucher } from '../interoperability/voucher.ts';
import { certificateDigest, isInTime } from '../keys/certificates.ts';
import type { Holder } from '../rights/authorise.ts';

export interface Interoperability {
  readonly db: Client;
  /** Who issues vouchers, and its public keys. */
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** What vouchers and signatures must be made for. */
  readonly audience: string;
  /** What our answers are signed with. */
  readonly signing: SigningKey;
}

/** What the file of the platform says. */
const PLATFORM_FILE = z.strictObject({
  issuer: z.string().min(1).max(300),
  audience: z.string().min(1).max(300),
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
  signing: z.strictObject({ kid: z.string().min(1).max(200), pkcs8: z.string().min(100) }),
});
export type PlatformFile = z.infer<typeof PLATFORM_FILE>;

/** @throws AppError usage, for a file that is not there or says something else */
export function readPlatformFile(path: string): PlatformFile {
  try {
    return PLATFORM_FILE.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new AppError(
      'usage',
      `SIPOP_PDND: ${path} non si legge: vuole issuer, audience, jwks e signing (docs/runbooks/access.md)`,
      `SIPOP_PDND: ${path} cannot be read: it wants issuer, audience, jwks and signing (docs/runbooks/access.md)`,
      error,
    );
  }
}

export async function interoperabilityOf(db: Client, file: PlatformFile): Promise<Interoperability> {
  return {
    db,
    issuer: file.issuer,
    audience: file.audience,
    keys: createLocalJWKSet(file.jwks as JSONWebKeySet),
    signing: { key: await importPKCS8(file.signing.pkcs8, ALGORITHM), kid: file.signing.kid },
  };
}

export interface SystemCaller {
  readonly holder: Holder;
  readonly session: {
    readonly must_change: false;
    readonly certificate: boolean;
    /** A voucher and a signature are two things that only the client has. */
    readonly second_factor: true;
  };
  /** Who inside the body, as the evidence says; null where none was announced. */
  readonly user: string | null;
  /** Ours, of the purpose that the platform granted; null: of none. */
  readonly purpose: string | null;
}

/** Seconds in which an answer's signature may be checked. */
const ANSWER_LIFE = 300;
const BEARER = /^Bearer ([A-Za-z0-9._-]+)$/;

export const isSystem = ({ headers }: Pick<RequestContext, 'headers'>): boolean =>
  headers['authorization'] !== undefined;

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** @returns null for whatever is wrong with what was shown: who asked is told one thing, whatever it was */
export async function identifySystem(
  context: { readonly interoperability?: Interoperability | null; now(): Date },
  request: RequestContext,
): Promise<SystemCaller | null> {
  const platform = context.interoperability ?? null;
  const token = BEARER.exec(one(request.headers['authorization']) ?? '')?.[1];
  if (platform === null || token === undefined) return null;
  try {
    return await known(platform, token, request, context.now());
  } catch (error) {
    if (error instanceof RefusedToken) return null;
    throw error;
  }
}

async function known(
  platform: Interoperability,
  token: string,
  request: RequestContext,
  now: Date,
): Promise<SystemCaller | null> {
  const { db, issuer, audience, keys } = platform;
  const used = {
    use: (by: string, number: string, until: Date) => useToken(db, by, number, until, now),
  };
  const voucher = await readVoucher(token, { keys, issuer, audience, now, used });
  const [client] = await listNow(db, CLIENT_KEYS, { column: 'platform_id', values: [voucher.client] });
  const holder = client === undefined ? null : await findHolder(db, client.client_id);
  if (client === undefined || holder?.state !== 'active') return null;
  const own = createLocalJWKSet(client.jwks as unknown as JSONWebKeySet);
  const headers: Headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, one(value)]),
  );
  const rules = { keys: own, issuer: voucher.client, audience, now, used };
  // Bytes are held against their Digest by what reads them (services/intake/upload).
  if (request.rawBody === null) await checkSignedHeaders(headers, rules);
  else await checkIntegrity(headers, request.rawBody, rules);
  const evidence = headers['agid-jwt-trackingevidence'];
  // Announced and not sent, or sent and not announced: both are refused (readTracking asks for the voucher's digest).
  if ((evidence === undefined) !== (voucher.evidenceDigest === null)) return null;
  const tracked =
    evidence === undefined ? null : await readTracking(evidence, { keys: own, audience, now, used, voucher });
  request.sealAnswer((body, contentType) =>
    signMessage(
      {
        body,
        contentType,
        issuer: audience,
        audience: voucher.client,
        number: randomUUID(),
        now,
        life: ANSWER_LIFE,
      },
      platform.signing,
    ),
  );
  // Written once a day: an account unused for six months is disabled (6).
  if (holder.usedOn !== romeDay(now)) await putLastUse(db, holder.id, now.toISOString(), request.address);
  const { certificate } = request;
  const shown =
    certificate === null || !isInTime(certificate, now)
      ? null
      : certificateDigest(certificate).toString('hex');
  return {
    holder,
    session: {
      must_change: false,
      certificate: shown !== null && shown === client.certificate_digest,
      second_factor: true,
    },
    user: tracked === null ? null : `${holder.id}:${tracked.user}`,
    purpose: Object.hasOwn(client.purposes, voucher.purpose)
      ? (client.purposes[voucher.purpose] ?? null)
      : null,
  };
}
