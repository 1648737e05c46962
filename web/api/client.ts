/** Calls the operations of the contract. Everything goes by POST in the body: no address ever names a person. */
import { OPERATIONS, type Operations } from './contract.ts';

export type OperationId = keyof Operations;
export type Request<K extends OperationId> = Operations[K]['request'];
export type Answer<K extends OperationId> = Operations[K]['answer'];

/** A refusal of the server (problem+json), or a line that is down (`code` unreachable). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  /** The number to quote in a report; empty where the server was not reached. */
  readonly correlationId: string;

  constructor(
    status: number,
    body: Partial<Record<'code' | 'title' | 'detail' | 'correlation_id', string>> & {
      readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
    },
  ) {
    super(body.code ?? String(status));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'internal';
    this.title = body.title ?? '';
    this.detail = body.detail ?? '';
    this.errors = body.errors ?? [];
    this.correlationId = body.correlation_id ?? '';
  }
}

interface Line {
  csrf: string | null;
  language: string;
  /** Called where the session is over: gives true once somebody has signed in again, and the request is repeated. */
  renew: (() => Promise<boolean>) | null;
}
const line: Line = { csrf: null, language: 'it', renew: null };

export const setCsrf = (word: string | null): void => {
  line.csrf = word;
};
export const setLanguage = (language: string): void => {
  line.language = language;
};
export const onSessionOver = (renew: Line['renew']): void => {
  line.renew = renew;
};

/** Those that open a session: for them a 401 is an answer, not the end of one. */
const OPENING: ReadonlySet<string> = new Set([
  'sessionOpen',
  'sessionResume',
  'sessionClose',
  'recoveryAsk',
  'invitationAccept',
  'invitationBegin',
  'passkeyAsk',
  'sessionOpenByPasskey',
  'sessionOpenByCertificate',
  'sessionOpenByOidc',
  'oidcBegin',
  'sessionWays',
]);

async function send(id: OperationId, body: unknown, signal?: AbortSignal): Promise<Response> {
  const { method, path } = OPERATIONS[id];
  try {
    return await fetch(path, {
      method,
      headers: {
        'Accept-Language': line.language,
        ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
        ...(line.csrf === null ? {} : { 'X-CSRF-Token': line.csrf }),
      },
      credentials: 'same-origin',
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiProblem(0, { code: 'unreachable' });
  }
}

/** @throws ApiProblem for every refusal */
export async function call<K extends OperationId>(
  id: K,
  body: Request<K>,
  signal?: AbortSignal,
): Promise<Answer<K>> {
  let response = await send(id, body, signal);
  if (response.status === 401 && !OPENING.has(id) && line.renew !== null && (await line.renew()))
    response = await send(id, body, signal);
  const type = response.headers.get('Content-Type') ?? '';
  if (response.ok && !type.includes('json')) return (await response.blob()) as unknown as Answer<K>;
  const text = await response.text();
  const parsed = (() => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return {};
    }
  })();
  if (!response.ok) throw new ApiProblem(response.status, parsed as object);
  return parsed as Answer<K>;
}

/** Sends bytes as they are, with what is said of them in headers. @throws ApiProblem */
export async function sendBytes<K extends OperationId>(
  id: K,
  headers: Readonly<Record<string, string>>,
  bytes: Blob,
  signal?: AbortSignal,
): Promise<Answer<K>> {
  const { method, path } = OPERATIONS[id];
  const once = (): Promise<Response> =>
    fetch(path, {
      method,
      headers: {
        'Accept-Language': line.language,
        'Content-Type': 'application/octet-stream',
        ...(line.csrf === null ? {} : { 'X-CSRF-Token': line.csrf }),
        ...headers,
      },
      credentials: 'same-origin',
      body: bytes,
      ...(signal === undefined ? {} : { signal }),
    }).catch((error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw new ApiProblem(0, { code: 'unreachable' });
    });
  let response = await once();
  if (response.status === 401 && line.renew !== null && (await line.renew())) response = await once();
  const parsed = (await response.json().catch(() => ({}))) as object;
  if (!response.ok) throw new ApiProblem(response.status, parsed);
  return parsed as Answer<K>;
}
