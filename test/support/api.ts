/** A client of the API for tests: signs in with the keys of an office, keeps the cookie, repeats the word against forgery. */
import type { Operation } from '../../src/platform/http/operation.ts';
import type { Office, Offices } from './offices.ts';
import { PASSWORD } from './offices.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

export class ApiClient {
  readonly #base: string;
  #cookie: string | null = null;
  #csrf: string | null = null;

  constructor(base: string) {
    this.#base = base;
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    return this.#send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  /** Bytes, with what is said beside them in headers. */
  put(path: string, bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
    return this.#send('PUT', path, bytes, { 'content-type': 'application/octet-stream', ...headers });
  }

  /** Whatever an operation is sent: JSON or, where it takes bytes, some bytes and the question in headers. */
  ask(
    operation: Operation,
    question: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    if (operation.bytes === undefined) return this.post(operation.path, question, headers);
    const said = Object.entries(question).filter(([, value]) => value !== undefined);
    return this.put(operation.path, Buffer.from('piece'), {
      ...Object.fromEntries(
        said.map(([name, value]) => [name === 'scopo' ? 'x-scopo' : name, String(value)]),
      ),
      ...headers,
    });
  }

  async #send(
    method: string,
    path: string,
    body: string | Buffer,
    headers: Readonly<Record<string, string>>,
  ): Promise<ApiAnswer> {
    const answer = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(this.#cookie === null ? {} : { cookie: this.#cookie }),
        ...(this.#csrf === null ? {} : { 'x-csrf-token': this.#csrf }),
        ...headers,
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      body: (isJson ? JSON.parse(text) : { text }) as Record<string, unknown>,
      headers: answer.headers,
    };
  }

  /** Signs in. @returns the answer, with its cookie */
  async signIn(
    offices: Offices,
    office: Office,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    offices.clock.pass(30_000);
    const body = {
      utente: office.user.user_id,
      password: PASSWORD,
      ...(office.secret === null ? {} : { codice: offices.code(office.secret) }),
    };
    return this.open('/v1/sessions/open', body, headers);
  }

  /** Opens a session in any way, and keeps it. */
  async open(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    const answer = await this.post(path, body, headers);
    if (answer.status === 200) {
      this.#cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? null;
      this.#csrf = String(answer.body['csrf']);
    }
    return answer;
  }

  /** The cookie as the browser holds it. */
  get cookie(): string {
    return this.#cookie ?? '';
  }

  /** The same session in other hands. */
  copy(): ApiClient {
    const client = this.forged();
    client.#csrf = this.#csrf;
    return client;
  }

  /** The same session, as a page of somebody else's would use it: the cookie without the word. */
  forged(): ApiClient {
    const client = new ApiClient(this.#base);
    client.#cookie = this.#cookie;
    return client;
  }
}
