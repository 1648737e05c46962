/**
 * Passkeys (WebAuthn; security.md, "Keys", first in order of preference): what a browser is asked, and what its answer must be. The key stays in the
 * authenticator, which asks its owner for a PIN or a finger (user verification): it is both factors at once. Signatures are checked by
 * `@simplewebauthn/server`; that a challenge is ours and used once, the caller says.
 */
import { createHash } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';

/** The site that passkeys are made for: they answer to no other. */
export interface PasskeySite {
  /** The relying party's identifier: the host, or a domain it lies in. */
  readonly id: string;
  readonly name: string;
  /** The origins of its pages: https://host. */
  readonly origins: readonly string[];
}

/** A passkey as it is kept. */
export interface Passkey {
  readonly id: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly synced: boolean;
}

/** Whom a passkey is made for. */
export interface PasskeyOwner {
  readonly userId: string;
  readonly name: string;
}

/** Says whether a challenge is one of ours that was not used yet, and uses it up. */
export type TakeChallenge = (challenge: string) => Promise<boolean>;

/** ES256, EdDSA, RS256: what authenticators of these years have. */
const ALGORITHMS = [-7, -8, -257];
/** Milliseconds the browser waits for the finger. */
const PATIENCE = 120_000;

/** What the authenticator keeps to know its user again: it must name nobody (WebAuthn, 14.6.1). */
export const userHandle = (userId: string): Buffer =>
  createHash('sha256').update(`sipop passkey ${userId}`).digest();

/** @param held the passkeys the user has already: the same authenticator makes no second one */
export function creationOptions(
  site: PasskeySite,
  owner: PasskeyOwner,
  held: readonly string[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpID: site.id,
    rpName: site.name,
    userID: new Uint8Array(userHandle(owner.userId)),
    userName: owner.userId,
    userDisplayName: owner.name,
    timeout: PATIENCE,
    attestationType: 'none',
    excludeCredentials: held.map((id) => ({ id })),
    // Discoverable, so that signing in asks for no identifier.
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** No list of passkeys: which users there are is told to nobody. */
export const requestOptions = (site: PasskeySite): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({ rpID: site.id, timeout: PATIENCE, userVerification: 'required' });

/** @returns the new passkey; null where anything about the answer is wrong */
export async function checkedCreation(
  site: PasskeySite,
  response: RegistrationResponseJSON,
  take: TakeChallenge,
): Promise<Passkey | null> {
  const made = await verifyRegistrationResponse({
    response,
    expectedChallenge: take,
    expectedOrigin: [...site.origins],
    expectedRPID: site.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null);
  if (made?.verified !== true) return null;
  const { credential, credentialBackedUp } = made.registrationInfo;
  return {
    id: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: [...(response.response.transports ?? [])],
    synced: credentialBackedUp,
  };
}

/**
 * @param passkey the one that the answer names
 * @returns the authenticator's counter, which the caller compares with the one kept; null where anything else is wrong
 */
export async function checkedUse(
  site: PasskeySite,
  passkey: Pick<Passkey, 'id' | 'publicKey'> & { readonly userId: string },
  response: AuthenticationResponseJSON,
  take: TakeChallenge,
): Promise<number | null> {
  // Of a discoverable passkey the authenticator says whose it is (WebAuthn, 7.2 step 6).
  if (response.response.userHandle !== userHandle(passkey.userId).toString('base64url')) return null;
  const used = await verifyAuthenticationResponse({
    response,
    expectedChallenge: take,
    expectedOrigin: [...site.origins],
    expectedRPID: site.id,
    // The library throws one error for a counter that went back and for all else; it is compared where it is kept.
    credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    requireUserVerification: true,
  }).catch(() => null);
  return used?.verified === true ? used.authenticationInfo.newCounter : null;
}
