/** What every answer of the server keeps to (security.md 17, 19, 34, 41): refusals in one shape, nothing personal in the log, a graceful stop. */
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../src/kernel/app-error.ts';
import { type Operation, route } from '../../src/platform/http/operation.ts';
import { type TestServer, testServer } from '../support/http.ts';

const BODY = z.strictObject({
  surname: z.string().min(1).max(20),
  wait: z.number().int().max(2000).optional(),
});
const ANSWER = z.object({ greeting: z.string().max(100) });
const words = { it: 'prova', en: 'trial' };
const GREET: Operation<typeof BODY, typeof ANSWER> = {
  id: 'greet',
  method: 'POST',
  path: '/v1/greetings',
  tag: 'trial',
  summary: words,
  description: words,
  key: 'none',
  body: BODY,
  answer: ANSWER,
  example: { answer: { greeting: 'x' } },
  refusals: [],
};

const routes = [
  route(GREET, async ({ surname, wait: delay }) => {
    if (delay !== undefined) await wait(delay);
    if (surname === 'bug') throw new Error('secret of bug Rossi');
    if (surname === 'refused') throw new AppError('conflict', 'no per prova', 'no for a trial');
    if (surname === 'machine') throw new AppError('disk-full', 'disco /var/lib pieno', 'disk /var/lib full');
    // A handler that gives more than the operation answers.
    return { greeting: `ciao ${surname}`, secret: 'RSSMRA74A01F257X' } as { greeting: string };
  }),
];

let http: TestServer;
beforeAll(async () => {
  http = await testServer(routes);
});
afterAll(() => http.stop());

const post = (body: unknown, init: RequestInit = {}) =>
  fetch(`${http.base}/v1/greetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

/** Sends bytes as they are, and reads until the server closes the line. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(http.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (data) => {
      text += data;
      if (/Connection: keep-alive/.test(text)) socket.end();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

it('control 19: what the operation does not answer never leaves, whatever the handler gave', async () => {
  const answer = await post({ surname: 'anna' });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ greeting: 'ciao anna' });
});

describe('control 41: application/problem+json on every error', () => {
  const cases: readonly [string, () => Promise<Response>, number, string][] = [
    ['an unknown member', () => post({ surname: 'a', role: 'admin' }), 400, 'invalid-request'],
    ['a missing member', () => post({}), 400, 'invalid-request'],
    ['a wrong type', () => post({ surname: ['a'] }), 400, 'invalid-request'],
    ['a member too long', () => post({ surname: 'a'.repeat(21) }), 400, 'invalid-request'],
    ['JSON that is cut', () => post('{"surname":'), 400, 'invalid-request'],
    ['a prototype in JSON', () => post('{"surname":"a","__proto__":{"x":1}}'), 400, 'invalid-request'],
    ['an empty body', () => post(''), 400, 'invalid-request'],
    ['a NUL in a text', () => post('{"surname":"a\\u0000"}'), 400, 'invalid-request'],
    ['half of a surrogate', () => post('{"surname":"\\ud800"}'), 400, 'invalid-request'],
    [
      'another media type',
      () => post('surname=a', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'wrong-media-type',
    ],
    ['a body too large', () => post(JSON.stringify({ surname: 'a'.repeat(20_000) })), 413, 'too-large'],
    ['a path that is not there', () => fetch(`${http.base}/v1/persons/RSSMRA74A01F257X`), 404, 'not-found'],
    ['a method that is not foreseen', () => fetch(`${http.base}/v1/greetings`), 405, 'wrong-method'],
    ['an address that cannot be read', () => fetch(`${http.base}/%ff%fe`), 400, 'invalid-request'],
    ['a refusal of the domain', () => post({ surname: 'refused' }), 409, 'conflict'],
    ['a defect', () => post({ surname: 'bug' }), 500, 'internal'],
  ];
  it.each(cases)('%s', async (_name, ask, status, code) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, correlation_id: answer.headers.get('x-correlation-id') });
    expect(answer.headers.get('x-ratelimit-limit')).not.toBeNull();
  });

  it('bytes that are no HTTP get a 400 in the same shape, and the line is closed', async () => {
    const text = await raw('RSSMRA74A01F257X\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"invalid-request"/s);
    expect(text).not.toContain('RSSMRA');
  });

  it('the members that are wrong are named, their values never', async () => {
    const text = await (await post({ surname: 'RSSMRA74A01F257X-TOO-LONG' })).text();
    expect(JSON.parse(text).errors).toEqual([{ pointer: '/surname', detail: expect.any(String) }]);
    expect(text).not.toContain('RSSMRA');
  });

  it('a defect and a machine in trouble tell the caller nothing but a number', async () => {
    const bug = await (await post({ surname: 'bug' })).text();
    expect(bug).not.toMatch(/secret|Rossi/);
    const machine = await post({ surname: 'machine' });
    expect(machine.status).toBe(503);
    expect(machine.headers.get('retry-after')).not.toBeNull();
    expect(await machine.text()).not.toContain('/var/lib');
  });

  it('words come in the language that was asked for, Italian otherwise', async () => {
    const english = await post(
      { surname: 'refused' },
      {
        headers: { 'content-type': 'application/json', 'accept-language': 'en-GB,it;q=0.5' },
      },
    );
    expect(await english.json()).toMatchObject({ detail: 'no for a trial' });
    expect(await (await post({ surname: 'refused' })).json()).toMatchObject({ detail: 'no per prova' });
  });
});

it('control 34: a query string is refused, so that no personal data can stand in an address', async () => {
  const answer = await fetch(`${http.base}/v1/greetings?surname=rossi`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"surname":"a"}',
  });
  expect(answer.status).toBe(400);
});

it('control 34: the log names the operation and the outcome, not addresses, bodies or headers', async () => {
  http.log.length = 0;
  await post({ surname: 'anna' });
  await fetch(`${http.base}/v1/persons/RSSMRA74A01F257X?cognome=rossi`, {
    headers: { authorization: 'Bearer s3cret' },
  });
  await wait(20);
  const text = http.log.join('');
  expect(text).toContain('"operation":"greet","status":200');
  expect(text).toContain('"operation":"none","status":404');
  expect(text).not.toMatch(/RSSMRA|rossi|anna|s3cret|Bearer/);
});

it('a number of the caller’s own is not taken for the correlation number', async () => {
  const answer = await post(
    { surname: 'a' },
    {
      headers: { 'content-type': 'application/json', 'request-id': 'forged', 'x-correlation-id': 'forged' },
    },
  );
  expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('control 17: the security headers stand on answers and on refusals', async () => {
  for (const answer of [await post({ surname: 'a' }), await fetch(`${http.base}/none`)]) {
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  }
});

it('control 41: past the rate, 429 with Retry-After; X-RateLimit on every answer', async () => {
  const slow = await testServer(routes, { requestsPerMinute: 3 });
  try {
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await fetch(`${slow.base}/none`));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 429]);
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('2');
    expect(answers[3]?.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answers[3]?.json()).toMatchObject({ code: 'too-many-requests' });
  } finally {
    await slow.stop();
  }
});

it('a forwarded address is believed only from a trusted proxy', async () => {
  const behind = await testServer(routes, { requestsPerMinute: 2, proxies: ['127.0.0.1'] });
  const alone = await testServer(routes, { requestsPerMinute: 2 });
  const statuses = async (base: string) => {
    const found = [];
    for (const from of ['10.0.0.1', '10.0.0.2', '10.0.0.3'])
      found.push((await fetch(`${base}/none`, { headers: { 'x-forwarded-for': from } })).status);
    return found;
  };
  try {
    expect(await statuses(behind.base)).toEqual([404, 404, 404]);
    expect(await statuses(alone.base)).toEqual([404, 404, 429]);
  } finally {
    await Promise.all([behind.stop(), alone.stop()]);
  }
});

it('a graceful stop ends the running requests and takes no new one', async () => {
  const ending = await testServer(routes);
  const running = fetch(`${ending.base}/v1/greetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ surname: 'last', wait: 300 }),
  });
  await wait(100);
  await ending.stop();
  expect(await (await running).json()).toEqual({ greeting: 'ciao last' });
  await expect(fetch(`${ending.base}/none`)).rejects.toThrow();
});

it('a request that outlasts the grace does not keep the server from stopping', async () => {
  const ending = await testServer(routes);
  const running = fetch(`${ending.base}/v1/greetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ surname: 'last', wait: 2000 }),
  });
  running.catch(() => {});
  await wait(100);
  await ending.server.stop(50);
  await expect(running).rejects.toThrow();
});
