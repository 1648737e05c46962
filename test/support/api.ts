/** A client of the API for tests: signs in with the keys of an office, keeps the cookie, repeats the word against forgery. */
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

  async post(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    const answer = await fetch(`${this.#base}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#cookie === null ? {} : { cookie: this.#cookie }),
        ...(this.#csrf === null ? {} : { 'x-csrf-token': this.#csrf }),
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Record<string, unknown>,
      headers: answer.headers,
    };
  }

  /** Signs in. @returns the answer, with its cookie */
  async signIn(offices: Offices, office: Office): Promise<ApiAnswer> {
    offices.clock.pass(30_000);
    return this.open('/v1/sessions/open', {
      utente: office.user.user_id,
      password: PASSWORD,
      ...(office.secret === null ? {} : { codice: offices.code(office.secret) }),
    });
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
