/** A certificate authority in the hands of a test: it issues cards, revokes them, and signs its lists. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

type Keys = webcrypto.CryptoKeyPair;

export interface Issued {
  readonly certificate: x509.X509Certificate;
  readonly cert: string;
  readonly key: string;
  readonly der: Uint8Array;
}

/** Of servers (RFC 5280, 4.2.1.12). */
export const FOR_SERVERS = '1.3.6.1.5.5.7.3.1';

export interface Wanted {
  readonly from?: Date;
  readonly to?: Date;
  /** Extended key usages; client authentication where absent. */
  readonly uses?: readonly string[];
  readonly ca?: boolean;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
}

const newKeys = (): Promise<Keys> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<Keys>;

export class Authority {
  readonly #keys: Keys;
  readonly certificate: x509.X509Certificate;
  #serial = 16;

  private constructor(keys: Keys, certificate: x509.X509Certificate) {
    this.#keys = keys;
    this.certificate = certificate;
  }

  /** @param now of the test's clock */
  static async create(name: string, now: Date): Promise<Authority> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: '01',
      name,
      notBefore: new Date(now.getTime() - DAY),
      notAfter: new Date(now.getTime() + 3650 * DAY),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    });
    return new Authority(keys, certificate);
  }

  get pem(): string {
    return this.certificate.toString('pem');
  }

  /** @param subject such as `CN=RSSMRA70A01F257X/7420…` */
  async issue(subject: x509.JsonName | string, now: Date, wanted: Wanted = {}): Promise<Issued> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: (this.#serial++).toString(16).padStart(2, '0'),
      subject,
      issuer: this.certificate.subject,
      notBefore: wanted.from ?? new Date(now.getTime() - DAY),
      notAfter: wanted.to ?? new Date(now.getTime() + 365 * DAY),
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(wanted.ca === true, undefined, true),
        new x509.ExtendedKeyUsageExtension([...(wanted.uses ?? [x509.ExtendedKeyUsage.clientAuth])]),
        ...(wanted.uses?.includes(FOR_SERVERS) === true
          ? [
              new x509.SubjectAlternativeNameExtension([
                { type: 'dns', value: 'localhost' },
                { type: 'ip', value: '127.0.0.1' },
              ]),
            ]
          : []),
      ],
    });
    return {
      certificate,
      cert: certificate.toString('pem'),
      key: await pemOf(keys.privateKey),
      der: new Uint8Array(certificate.rawData),
    };
  }

  /** A list of the revoked, valid for a week. @param signedBy another authority, for a forged list */
  async list(now: Date, revoked: readonly Issued[], signedBy: Authority = this): Promise<Buffer> {
    const crl = await x509.X509CrlGenerator.create({
      issuer: this.certificate.subject,
      thisUpdate: new Date(now.getTime() - DAY),
      nextUpdate: new Date(now.getTime() + 7 * DAY),
      entries: revoked.map(({ certificate }) => ({
        serialNumber: certificate.serialNumber,
        revocationDate: now,
        reason: x509.X509CrlReason.keyCompromise,
      })),
      signingKey: signedBy.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
    });
    return Buffer.from(crl.rawData);
  }
}
