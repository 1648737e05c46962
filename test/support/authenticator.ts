/**
 * An authenticator in the hands of a test (WebAuthn 3, 6.1, 6.5): it makes keys and signs as a real one, and also as none would: for another site, without
 * its owner, with a counter that goes back.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const text = (word: string): Buffer => Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
const bytes = (data: Uint8Array): Buffer => {
  const head = Buffer.alloc(3);
  head[0] = 0x59;
  head.writeUInt16BE(data.length, 1);
  return Buffer.concat([head, data]);
};

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

export interface Behaviour {
  /** Of the page that asks. */
  readonly origin?: string;
  readonly rpId?: string;
  /** Does it ask its owner for a PIN or finger? */
  readonly verifies?: boolean;
  readonly counter?: number;
  /** In place of the one asked for. */
  readonly challenge?: string;
  readonly userHandle?: string;
  readonly type?: string;
}

export class Authenticator {
  readonly #private: KeyObject;
  readonly #x: Buffer;
  readonly #y: Buffer;
  readonly id = randomBytes(24).toString('base64url');
  readonly #site: { readonly rpId: string; readonly origin: string };
  #userHandle = '';
  counter = 0;

  constructor(rpId: string, origin: string) {
    this.#site = { rpId, origin };
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#private = pair.privateKey;
    const jwk = pair.publicKey.export({ format: 'jwk' });
    this.#x = Buffer.from(String(jwk.x), 'base64url');
    this.#y = Buffer.from(String(jwk.y), 'base64url');
  }

  /** Answers `navigator.credentials.create()`. */
  create(
    options: { readonly challenge: string; readonly user: { readonly id: string } },
    as: Behaviour = {},
  ) {
    this.#userHandle = options.user.id;
    const key = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
      this.#x,
      Buffer.from([0x22, 0x58, 0x20]),
      this.#y,
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const data = this.#data(as, ATTESTED, Buffer.concat([Buffer.alloc(16), length, id, key]));
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(data),
    ]);
    return this.#credential({
      clientDataJSON: this.#client(as, 'webauthn.create', options.challenge).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** Answers `navigator.credentials.get()`. */
  get(options: { readonly challenge: string }, as: Behaviour = {}) {
    const client = this.#client(as, 'webauthn.get', options.challenge);
    const data = this.#data(as, 0, Buffer.alloc(0));
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#private);
    return this.#credential({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: as.userHandle ?? this.#userHandle,
    });
  }

  #client(as: Behaviour, type: string, challenge: string): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: as.type ?? type,
        challenge: as.challenge ?? challenge,
        origin: as.origin ?? this.#site.origin,
        crossOrigin: false,
      }),
    );
  }

  #data(as: Behaviour, flags: number, rest: Buffer): Buffer {
    const counter = Buffer.alloc(4);
    this.counter = as.counter ?? this.counter + 1;
    counter.writeUInt32BE(this.counter);
    const seen = PRESENT | (as.verifies === false ? 0 : VERIFIED) | flags;
    return Buffer.concat([sha256(as.rpId ?? this.#site.rpId), Buffer.from([seen]), counter, rest]);
  }

  #credential<R>(response: R) {
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      clientExtensionResults: {},
      response,
    };
  }
}
