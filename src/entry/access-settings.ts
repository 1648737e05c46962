/** The settings of access from their file and the files it names, and what signing in works with. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CertificateAuthorities, readAuthorities } from '../access/keys/certificates.ts';
import type { SessionContext } from '../access/sessions/sign-in.service.ts';
import { type AccessSettings, accessSettings } from '../access/settings.ts';
import { AppError } from '../kernel/app-error.ts';
import { masterKey, secretBox } from '../platform/crypto/secret-box.ts';
import { errorCode } from '../platform/db/errors.ts';
import type { CertificateProxy } from '../platform/http/client-certificate.ts';
import type { AppContext } from './context.ts';

/** What the file says, with the folder that the files it names are beside. */
export interface ReadSettings extends AccessSettings {
  readonly folder: string;
}

/** @throws AppError usage, for a file that says what cannot be */
export function readAccessSettings(path: string): ReadSettings {
  let text: string | null = null;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return { ...accessSettings(text, path), folder: dirname(path) };
}

/** How long lists of revoked certificates are believed before they are read again, in milliseconds. */
const READ_AGAIN = 300_000;

/** @param settings null where only the defaults matter */
export function sessionContext(app: AppContext, settings: ReadSettings | null): SessionContext {
  const box = secretBox(masterKey(app.config.accessKey), 'second factors');
  const base = { db: app.db, now: app.now, box };
  if (settings === null) return base;
  const { site, policy, certificates, providers, folder } = settings;
  return {
    ...base,
    site,
    policy,
    providers: providers.map(({ clientSecretFile, ...provider }) => ({
      ...provider,
      clientSecret: secretOf(folder, clientSecretFile),
    })),
    ...(certificates === null ? {} : { certificates: readingAgain(() => authoritiesOf(settings)) }),
  };
}

/** @throws AppError usage where they are not on, or a file is missing */
export async function authoritiesOf({ certificates, folder }: ReadSettings): Promise<CertificateAuthorities> {
  if (certificates === null) return { pem: '', authorities: [] };
  const read = (file: string): Promise<Buffer> =>
    readFile(resolve(folder, file)).catch((error: unknown) => {
      throw missing(resolve(folder, file), error);
    });
  const [pem, ...lists] = await Promise.all(
    [certificates.authorities, ...certificates.revocations].map(read),
  );
  return readAuthorities(pem?.toString('utf8') ?? '', lists);
}

/** Lists are replaced every day: they are read again now and then. */
function readingAgain(read: () => Promise<CertificateAuthorities>): () => Promise<CertificateAuthorities> {
  let held: { readonly at: number; readonly made: Promise<CertificateAuthorities> } | null = null;
  return () => {
    const at = performance.now();
    if (held === null || at - held.at > READ_AGAIN) {
      const made = read();
      held = { at, made };
      made.catch(() => {
        held = null;
      });
    }
    return held.made;
  };
}

/** The proxy that may tell a client certificate; null where none may. */
export function certificateProxyOf({ certificates, folder }: ReadSettings): CertificateProxy | null {
  const proxy = certificates?.proxy ?? null;
  return proxy === null ? null : { addresses: proxy.addresses, secret: secretOf(folder, proxy.secretFile) };
}

const SHORTEST_SECRET = 16;

function secretOf(folder: string, file: string): string {
  const path = resolve(folder, file);
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw missing(path, error);
  }
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new AppError(
    'usage',
    `${path}: il segreto ha meno di ${SHORTEST_SECRET} caratteri`,
    `${path}: the secret has fewer than ${SHORTEST_SECRET} characters`,
  );
}

const missing = (path: string, cause: unknown): AppError =>
  new AppError('usage', `${path} non si legge`, `${path} cannot be read`, cause);
