/** WebAuthn's own JSON (WebAuthn 3, 5.1.8 to 5.1.10), bounded: names and shapes are the standard's, so that browsers read and write them as they are. */
import { z } from 'zod';

/** Base64url of so many characters at most. */
const bytes = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]*$/);
/** A credential's identifier, of 1023 bytes at most. */
export const CREDENTIAL_ID = bytes(1364).min(1);
const CLIENT_DATA = bytes(4000).min(1);
const TRANSPORT = z.string().max(20);

const credential = <R extends z.ZodType>(response: R) =>
  z.object({
    id: CREDENTIAL_ID,
    rawId: CREDENTIAL_ID,
    type: z.literal('public-key'),
    clientExtensionResults: z.object({}),
    response,
  });

/** What `navigator.credentials.create()` gives, by `toJSON()`. */
export const CREATED = credential(
  z.object({
    clientDataJSON: CLIENT_DATA,
    attestationObject: bytes(20_000).min(1),
    transports: z.array(TRANSPORT).max(10).default([]),
  }),
).describe('PublicKeyCredential.toJSON() di credentials.create() / of credentials.create()');

/** What `navigator.credentials.get()` gives, by `toJSON()`. */
export const USED = credential(
  z.object({
    clientDataJSON: CLIENT_DATA,
    authenticatorData: bytes(4000).min(1),
    signature: bytes(2000).min(1),
    userHandle: bytes(100),
  }),
).describe('PublicKeyCredential.toJSON() di credentials.get() / of credentials.get()');

const TIMEOUT = z.number().int().min(0).max(600_000).optional();
const DESCRIPTOR = z.object({
  id: CREDENTIAL_ID,
  type: z.string().max(20),
  transports: z.array(TRANSPORT).max(10).optional(),
});

/** For `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export const CREATION_OPTIONS = z
  .object({
    rp: z.object({ id: z.string().max(253).optional(), name: z.string().max(100) }),
    user: z.object({ id: bytes(90), name: z.string().max(20), displayName: z.string().max(200) }),
    challenge: bytes(100),
    pubKeyCredParams: z
      .array(z.object({ alg: z.number().int().min(-65_535).max(0), type: z.literal('public-key') }))
      .max(10),
    timeout: TIMEOUT,
    excludeCredentials: z.array(DESCRIPTOR).max(20).optional(),
    authenticatorSelection: z
      .object({
        residentKey: z.string().max(20).optional(),
        requireResidentKey: z.boolean().optional(),
        userVerification: z.string().max(20).optional(),
      })
      .optional(),
    attestation: z.string().max(20).optional(),
  })
  .describe(
    'Per PublicKeyCredential.parseCreationOptionsFromJSON() / for PublicKeyCredential.parseCreationOptionsFromJSON()',
  );

/** For `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
export const REQUEST_OPTIONS = z
  .object({
    challenge: bytes(100),
    timeout: TIMEOUT,
    rpId: z.string().max(253).optional(),
    userVerification: z.string().max(20).optional(),
  })
  .describe(
    'Per PublicKeyCredential.parseRequestOptionsFromJSON() / for PublicKeyCredential.parseRequestOptionsFromJSON()',
  );

export const PASSKEY_NAME = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .describe('Come l’utente la chiama: «portatile», «chiavetta» / what its user calls it');

export const CREATED_EXAMPLE = {
  id: 'q1…',
  rawId: 'q1…',
  type: 'public-key' as const,
  clientExtensionResults: {},
  response: { clientDataJSON: 'eyJ…', attestationObject: 'o2N…', transports: ['internal'] },
};
export const CREATION_EXAMPLE = {
  rp: { id: 'sipop.example', name: 'SIPOP' },
  user: { id: 'Zk…', name: 'U12', displayName: 'Anna Bianchi' },
  challenge: 'b3…',
  pubKeyCredParams: [{ alg: -7, type: 'public-key' as const }],
  timeout: 120_000,
  excludeCredentials: [],
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
};
