/** Controls 13 to 17 of security.md: sessions. */
import { type Removal, removal } from './removal.ts';

const SIGN_IN = 'src/access/sessions/sign-in.service.ts';
const SESSIONS_SQL = 'src/access/sessions/sessions.sql.ts';
const SESSIONS_TEST = 'test/http/sessions.test.ts';
const GUARD = 'src/access/guard/guard.ts';
const COOKIES = 'src/access/guard/cookies.ts';
const SERVER = 'src/platform/http/server.ts';
const AUTHORISE = 'src/access/rights/authorise.ts';
const CERTIFICATES_TEST = 'test/http/certificates.test.ts';
const CLIENT_CERTIFICATE = 'src/platform/http/client-certificate.ts';

export const SESSIONS: readonly Removal[] = [
  removal(
    13,
    'the last access is told',
    [
      'src/access/guard/own.ts',
      'lastUse === null ? null : { quando',
      'lastUse !== undefined ? null : { quando',
    ],
    [SESSIONS_TEST, 'control 13'],
  ),
  removal(
    14,
    'one session a key',
    [SESSIONS_SQL, "await db.query('delete from access.sessions where holder_id = $1', [s.holder_id]);", ''],
    [SESSIONS_TEST, 'control 14'],
  ),
  removal(
    15,
    'idle for a quarter of an hour',
    [SIGN_IN, 'digests,\n    new Date(now.getTime() - policy.idle),', 'digests,\n    new Date(0),'],
    [SESSIONS_TEST, 'a quarter of an hour without a request ends it'],
  ),
  removal(
    15,
    'eight hours whatever is done',
    [
      SIGN_IN,
      '    new Date(now.getTime() - policy.idle),\n    new Date(now.getTime() - policy.absolute),',
      '    new Date(now.getTime() - policy.idle),\n    new Date(0),',
    ],
    [SESSIONS_TEST, 'eight hours end it'],
  ),
  removal(
    15,
    'logout on the server',
    [
      SIGN_IN,
      'return endSession(context.db, digest(word));',
      'return endSession(context.db, digest(word + word));',
    ],
    [SESSIONS_TEST, 'signing out ends it on the server'],
  ),
  removal(
    16,
    'the network that the agreement names',
    [AUTHORISE, "if (!isWithin(demand.address, agreement.network)) return 'network';", ''],
    [SESSIONS_TEST, 'from outside the agreed network'],
  ),
  removal(
    16,
    'a certificate where the agreement asks for one',
    [AUTHORISE, "if (agreement.certificate && !demand.certificate) return 'certificate';", ''],
    [SESSIONS_TEST, 'where the agreement asks for a certificate'],
  ),
  removal(
    16,
    'a session of a certificate wants it again at each request',
    [GUARD, 'return isOfCertificate(caller, request) ? caller : null;', 'return caller;'],
    [CERTIFICATES_TEST, 'control 16: the session is worth nothing without the card'],
  ),
  removal(
    16,
    'a proxy is believed with its secret',
    [
      CLIENT_CERTIFICATE,
      'timingSafeEqual(sha256(secret), sha256(proxy.secret))',
      'secret !== proxy.addresses[0]',
    ],
    [CERTIFICATES_TEST, 'without its secret, or with another'],
  ),
  removal(
    16,
    'a proxy is believed from its address',
    [CLIENT_CERTIFICATE, 'proxy.addresses.includes(from) &&', ''],
    [CERTIFICATES_TEST, 'from another address the secret is worth nothing'],
  ),
  removal(
    17,
    'TLS 1.2 or later',
    [SERVER, "minVersion: 'TLSv1.2' as const,", ''],
    [CERTIFICATES_TEST, 'control 17: TLS 1.2 and 1.3'],
  ),
  removal(
    17,
    'HSTS',
    [
      SERVER,
      'strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true }',
      'strictTransportSecurity: false',
    ],
    ['test/http/server.test.ts', 'control 17'],
  ),
  removal(
    17,
    'CSP',
    [
      SERVER,
      'directives: { defaultSrc: ["\'none\'"], frameAncestors: ["\'none\'"] },',
      'directives: { defaultSrc: ["\'self\'"] },',
    ],
    ['test/http/server.test.ts', 'control 17'],
  ),
  removal(
    17,
    'no bare HTTP but on this machine',
    ['src/entry/serve.command.ts', '  refuseBareNetwork(host, settings);\n', ''],
    ['test/faults/refusals.test.ts', 'control 17: bare HTTP'],
  ),
  removal(
    17,
    'the word of our own page (CSRF)',
    [
      SIGN_IN,
      'return held.length === told.length && timingSafeEqual(held, told);',
      'return told.length >= 0;',
    ],
    [SESSIONS_TEST, 'CSRF: the cookie without the word of the page'],
  ),
  removal(
    17,
    'same-site cookies',
    [
      COOKIES,
      "    secure: true,\n    sameSite: 'strict',\n  });\n\nexport const clearSessionCookie",
      "    secure: true,\n    sameSite: 'lax',\n  });\n\nexport const clearSessionCookie",
    ],
    [SESSIONS_TEST, 'the cookie: of this host alone'],
  ),
  removal(
    17,
    'out of reach of scripts',
    [
      COOKIES,
      "    httpOnly: true,\n    secure: true,\n    sameSite: 'strict',\n  });\n\nexport const clearSessionCookie",
      "    httpOnly: false,\n    secure: true,\n    sameSite: 'strict',\n  });\n\nexport const clearSessionCookie",
    ],
    [SESSIONS_TEST, 'the cookie: of this host alone'],
  ),
  removal(
    17,
    'JSON alone, which no form of another page can send',
    [
      SERVER,
      "app.removeContentTypeParser(['application/json', 'text/plain']);",
      "app.removeContentTypeParser(['application/json', 'text/plain']);\n  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, JSON.parse(String(body))));",
    ],
    [SESSIONS_TEST, 'CSRF: what a form of another page can send'],
  ),
];
