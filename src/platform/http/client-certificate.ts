/**
 * The client certificate of a connection (security.md 17, 42): of our own TLS, or told by the proxy that ended it. A header is believed from the proxy's address
 * alone, and only with a secret that the proxy alone knows; whoever else sends it, it is taken away before anybody reads it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface CertificateProxy {
  /** Where it connects from. */
  readonly addresses: readonly string[];
  /** What it says in `x-certificate-proxy`. */
  readonly secret: string;
}

/** The certificate: RFC 9440's `:base64 of DER:`, or PEM with the signs of a URL (nginx's `$ssl_client_escaped_cert`). */
const CERTIFICATE_HEADER = 'client-cert';
const CHAIN_HEADER = 'client-cert-chain';
const SECRET_HEADER = 'x-certificate-proxy';
/** Characters of the header: a certificate of 12 KiB. */
const MOST = 16_384;

declare module 'fastify' {
  interface FastifyRequest {
    /** DER; null where the connection has none. Who holds its key was shown in the handshake; whether to take it is not decided here. */
    clientCertificate: Uint8Array | null;
  }
}

/** @param proxy null where nobody may tell a certificate by a header */
export function addClientCertificates(app: FastifyInstance, proxy: CertificateProxy | null): void {
  app.decorateRequest('clientCertificate', null);
  app.addHook('onRequest', async (request) => {
    request.clientCertificate = certificateOf(request, proxy);
    for (const name of [CERTIFICATE_HEADER, CHAIN_HEADER, SECRET_HEADER]) delete request.headers[name];
  });
}

function certificateOf({ raw, headers }: FastifyRequest, proxy: CertificateProxy | null): Uint8Array | null {
  if (proxy !== null && isProxy(raw.socket.remoteAddress, headers[SECRET_HEADER], proxy))
    return derOf(headers[CERTIFICATE_HEADER]);
  return raw.socket instanceof TLSSocket ? (raw.socket.getPeerX509Certificate()?.raw ?? null) : null;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function isProxy(
  address: string | undefined,
  secret: string | string[] | undefined,
  proxy: CertificateProxy,
): boolean {
  const from = address?.replace(/^::ffff:(?=\d+\.)/i, '');
  return (
    from !== undefined &&
    proxy.addresses.includes(from) &&
    typeof secret === 'string' &&
    timingSafeEqual(sha256(secret), sha256(proxy.secret))
  );
}

function derOf(header: string | string[] | undefined): Uint8Array | null {
  if (typeof header !== 'string' || header.length > MOST) return null;
  const bare = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(header.trim())?.[1] ?? pemBody(header);
  return bare === null ? null : Buffer.from(bare, 'base64');
}

function pemBody(escaped: string): string | null {
  try {
    const pem = decodeURIComponent(escaped);
    const body = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(
      pem,
    )?.[1];
    return body === undefined ? null : body.replace(/\s/g, '');
  } catch {
    return null;
  }
}
