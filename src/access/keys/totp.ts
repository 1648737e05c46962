/**
 * The second factor by a code of six digits that changes every thirty seconds (RFC 6238; security.md, "Keys" and 10). A code is taken once: the
 * step of the last one is kept, and none at or before it is taken again.
 */
import { generateSecret, generateURI, verify } from 'otplib';

const PERIOD = 30;
const ISSUER = 'SIPOP';
const CODE = /^\d{6}$/;

/** A new secret, in base 32, as authenticator apps take it. */
export const newTotpSecret = (): string => generateSecret();

/** The address that an app reads from a QR code. */
export const totpUri = (secret: string, userId: string): string =>
  generateURI({ issuer: ISSUER, label: userId, secret, period: PERIOD });

/**
 * @param lastStep the step of the last code taken; null where none was
 * @returns the step of the code, to be kept; null where it is wrong, too old, or was used
 */
export async function totpStep(
  secret: string,
  code: string,
  lastStep: number | null,
  now: Date,
): Promise<number | null> {
  if (!CODE.test(code)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  // A code of the step before is still being typed; a clock may be one step off.
  const result = await verify({ secret, token: code, epoch, period: PERIOD, epochTolerance: PERIOD });
  if (!result.valid) return null;
  const step = Math.floor(epoch / PERIOD) + result.delta;
  return lastStep !== null && step <= lastStep ? null : step;
}
