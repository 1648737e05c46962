/** The settings of access from their file, and what signing in works with. */
import { readFileSync } from 'node:fs';
import type { SessionContext } from '../access/sessions/sign-in.service.ts';
import { type AccessSettings, accessSettings } from '../access/settings.ts';
import { masterKey, secretBox } from '../platform/crypto/secret-box.ts';
import { errorCode } from '../platform/db/errors.ts';
import type { AppContext } from './context.ts';

/** @throws AppError usage, for a file that says what cannot be */
export function readAccessSettings(path: string): AccessSettings {
  let text: string | null = null;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  return accessSettings(text, path);
}

/** @param settings null where only the defaults matter */
export function sessionContext(app: AppContext, settings: AccessSettings | null): SessionContext {
  const box = secretBox(masterKey(app.config.accessKey), 'second factors');
  return { db: app.db, now: app.now, box, ...(settings ?? {}) };
}
