/**
 * What the province says of signing in (security.md: "numbers are defaults of a policy file"): a file of JSON beside the database. What it does not say is as it
 * comes; what is not on and has no default, such as passkeys without the site they are made for, is off.
 */
import { z } from 'zod';
import { AppError } from '../kernel/app-error.ts';
import type { OidcProvider } from './keys/oidc.ts';
import type { PasskeySite } from './keys/passkeys.ts';
import { SESSION_POLICY, type SessionPolicy } from './sessions/policy.ts';

const MINUTE = 60_000;

const minutes = (most: number) => z.number().int().min(1).max(most).optional();
/** Beside the file of settings, or anywhere. */
const FILE = z.string().min(1).max(1000);
const ADDRESS = z
  .string()
  .regex(/^(https:\/\/[^\s]+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/[^\s]*)?)$/)
  .max(500);
const SETTINGS = z.strictObject({
  /** The host, or the domain it lies in, and the origins of the pages. */
  site: z
    .strictObject({
      host: z
        .string()
        .regex(/^[a-z0-9.-]+$/)
        .max(253),
      name: z.string().min(1).max(60).default('SIPOP'),
      origins: z
        .array(z.string().regex(/^(https:\/\/[^/\s]+|http:\/\/localhost(:\d+)?)$/))
        .min(1)
        .max(5),
    })
    .optional(),
  /** Smart cards: PEM of the authorities that issue them, their lists of the revoked, and the proxy that may tell a certificate. */
  certificates: z
    .strictObject({
      authorities: FILE,
      revocations: z.array(FILE).min(1).max(50),
      proxy: z
        .strictObject({
          addresses: z
            .array(z.union([z.ipv4(), z.ipv6()]))
            .min(1)
            .max(10),
          secretFile: FILE,
        })
        .optional(),
    })
    .optional(),
  /** OpenID Connect: SPID and CIE behind a standard proxy. */
  providers: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9-]+$/)
          .max(30),
        name: z.string().min(1).max(60),
        issuer: ADDRESS,
        clientId: z.string().min(1).max(200),
        clientSecretFile: FILE,
        redirectUri: ADDRESS,
        scope: z
          .string()
          .regex(/^openid( [\w:.-]+)*$/)
          .max(200)
          .default('openid profile'),
        claim: z.string().min(1).max(200).default('sub'),
        levels: z.array(z.string().min(1).max(200)).min(1).max(10),
      }),
    )
    .max(20)
    .optional(),
  policy: z
    .strictObject({
      idleMinutes: minutes(120),
      absoluteMinutes: minutes(24 * 60),
      failures: z.number().int().min(1).max(20).optional(),
      waitMinutes: minutes(24 * 60),
      /** Control 8: off, 180 or 90. */
      passwordDays: z.union([z.literal(90), z.literal(180), z.null()]).optional(),
    })
    .optional(),
});

export interface CertificateSettings {
  readonly authorities: string;
  readonly revocations: readonly string[];
  readonly proxy: { readonly addresses: readonly string[]; readonly secretFile: string } | null;
}

/** A provider but for its secret, which is in a file of its own. */
export interface ProviderSettings extends Omit<OidcProvider, 'clientSecret'> {
  readonly clientSecretFile: string;
}

export interface AccessSettings {
  readonly site: PasskeySite | null;
  readonly policy: SessionPolicy;
  readonly certificates: CertificateSettings | null;
  readonly providers: readonly ProviderSettings[];
}

/** @param text JSON; null where there is no such file @param path to name it in a refusal @throws AppError usage */
export function accessSettings(text: string | null, path: string): AccessSettings {
  if (text === null) return { site: null, policy: SESSION_POLICY, certificates: null, providers: [] };
  const { site, policy, certificates, providers } = parsed(text, path);
  return {
    certificates: certificates === undefined ? null : { ...certificates, proxy: certificates.proxy ?? null },
    providers: providers ?? [],
    site:
      site === undefined
        ? null
        : { id: site.host, name: site.name, origins: site.origins.map((origin) => new URL(origin).origin) },
    policy: {
      ...SESSION_POLICY,
      ...(policy?.idleMinutes === undefined ? {} : { idle: policy.idleMinutes * MINUTE }),
      ...(policy?.absoluteMinutes === undefined ? {} : { absolute: policy.absoluteMinutes * MINUTE }),
      ...(policy?.failures === undefined ? {} : { failures: policy.failures }),
      ...(policy?.waitMinutes === undefined ? {} : { window: policy.waitMinutes * MINUTE }),
      ...(policy?.passwordDays === undefined ? {} : { passwordDays: policy.passwordDays }),
    },
  };
}

function parsed(text: string, path: string): z.output<typeof SETTINGS> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('usage', `${path} non è JSON valido`, `${path} is no valid JSON`, error);
  }
  const read = SETTINGS.safeParse(json);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ');
  throw new AppError('usage', `${path}: ${wrong}`, `${path}: ${wrong}`);
}
