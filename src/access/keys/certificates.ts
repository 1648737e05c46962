/**
 * Client certificates (security.md, "Keys": the smart card CNS): which of them are taken, and whose they are. The handshake has shown that the caller holds the
 * key; that the certificate is of an authority of ours, in its time, for this use and not revoked is judged here, in one way whether it came by our own TLS or by a proxy.
 */
import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import { X509Certificate as Parsed, PemConverter, X509Crl } from '@peculiar/x509';
import { AppError } from '../../kernel/app-error.ts';
import type { BoundKey } from './bound-keys.sql.ts';

interface Authority {
  readonly certificate: X509Certificate;
  /** Its list of revoked certificates. */
  readonly list: {
    readonly serials: ReadonlySet<string>;
    readonly from: Date;
    readonly to: Date;
  };
}

/** The authorities whose certificates are taken, each with its list of revoked ones. */
export interface CertificateAuthorities {
  /** PEM, for the server to name them to browsers. */
  readonly pem: string;
  readonly authorities: readonly Authority[];
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * @param pem the certificates of the authorities that issue cards
 * @param lists their revocation lists, PEM or DER
 * @throws AppError usage: an authority without a list of its own cannot tell which of its cards were stolen
 */
export async function readAuthorities(
  pem: string,
  lists: readonly Buffer[],
): Promise<CertificateAuthorities> {
  const certificates = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text));
  const crls = lists.map((bytes) => new X509Crl(derOf(bytes)));
  const authorities: Authority[] = [];
  for (const certificate of certificates) {
    const list = await latestList(certificate, crls);
    if (!certificate.ca || list === null)
      throw new AppError(
        'usage',
        `${oneLine(certificate.subject)}: ${certificate.ca ? 'manca la sua lista di revoca (CRL)' : 'non è un’autorità di certificazione'}`,
        `${oneLine(certificate.subject)}: ${certificate.ca ? 'its revocation list (CRL) is missing' : 'is no certificate authority'}`,
      );
    authorities.push({ certificate, list });
  }
  return { pem, authorities };
}

const oneLine = (name: string): string => name.replace(/\n/g, ', ');

/** As it is, or out of PEM. */
function derOf(bytes: Buffer): Uint8Array {
  const text = bytes.toString('latin1');
  return text.includes('-----BEGIN') ? new Uint8Array(PemConverter.decodeFirst(text)) : new Uint8Array(bytes);
}

/** The newest list that the authority itself has signed. */
async function latestList(
  authority: X509Certificate,
  crls: readonly X509Crl[],
): Promise<Authority['list'] | null> {
  const issuer = new Parsed(new Uint8Array(authority.raw));
  let latest: X509Crl | null = null;
  for (const crl of crls) {
    if (crl.issuer !== issuer.subject || crl.nextUpdate === undefined) continue;
    if (latest !== null && latest.thisUpdate >= crl.thisUpdate) continue;
    if (await crl.verify({ publicKey: issuer.publicKey })) latest = crl;
  }
  if (latest?.nextUpdate === undefined) return null;
  const serials = new Set(latest.entries.map(({ serialNumber }) => serial(serialNumber)));
  return { serials, from: latest.thisUpdate, to: latest.nextUpdate };
}

/** Two libraries write it with and without zeros before. */
const serial = (hex: string): string => hex.toLowerCase().replace(/^0+/, '');

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

export interface CheckedCertificate {
  /** SHA-256 of the whole: what a session is tied to. */
  readonly digest: Buffer;
  /** What users are tied to it by. */
  readonly keys: readonly BoundKey[];
}

/** @param der as the caller showed it @returns null where it is not one to be taken now */
export function checkCertificate(
  { authorities }: CertificateAuthorities,
  der: Uint8Array,
  now: Date,
): CheckedCertificate | null {
  const certificate = parsed(der);
  if (certificate === null || certificate.ca || !isWithin(certificate, now)) return null;
  const uses = certificate.keyUsage;
  if (uses !== undefined && !uses.includes(CLIENT_AUTHENTICATION)) return null;
  const issuer = authorities.find(
    (authority) =>
      certificate.checkIssued(authority.certificate) &&
      certificate.verify(authority.certificate.publicKey) &&
      isWithin(authority.certificate, now),
  );
  if (issuer === undefined) return null;
  // A list out of its time may not know of a card that was stolen since.
  if (now < issuer.list.from || now >= issuer.list.to) return null;
  if (issuer.list.serials.has(serial(certificate.serialNumber))) return null;
  const digest = certificateDigest(der);
  const person = fiscalCodeOf(der);
  return {
    digest,
    keys: [
      { kind: 'certificate', issuer: '', value: digest.toString('hex') },
      ...(person === null ? [] : [{ kind: 'certificate-person' as const, issuer: '', value: person }]),
    ],
  };
}

export const certificateDigest = (der: Uint8Array): Buffer => createHash('sha256').update(der).digest();

function parsed(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

/** Is a certificate within its own time? What is none is not. */
export function isInTime(der: Uint8Array, now: Date): boolean {
  const certificate = parsed(der);
  return certificate !== null && isWithin(certificate, now);
}

const isWithin = ({ validFromDate, validToDate }: X509Certificate, now: Date): boolean =>
  validFromDate <= now && now < validToDate;

const CODE = '[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]';
/** CNS: the common name is the code, a slash, the card. */
const IN_COMMON_NAME = new RegExp(`^(${CODE})/`);
/** ETSI EN 319 412-1, 5.1.3: TIN of Italy. */
const IN_SERIAL_NUMBER = new RegExp(`^TINIT-(${CODE})$`);
/** Of the attribute `serialNumber` of a subject, by its number. */
const SERIAL_NUMBER = '2.5.4.5';

/** The codice fiscale of a certificate's subject; null where it says none, or two. */
function fiscalCodeOf(der: Uint8Array): string | null {
  const { subjectName } = new Parsed(new Uint8Array(der));
  const found = new Set(
    [
      ...subjectName.getField('CN').map((text) => IN_COMMON_NAME.exec(text)?.[1]),
      ...subjectName.getField(SERIAL_NUMBER).map((text) => IN_SERIAL_NUMBER.exec(text)?.[1]),
    ].filter((code) => code !== undefined),
  );
  const [code, ...others] = found;
  return code === undefined || others.length > 0 ? null : code;
}
