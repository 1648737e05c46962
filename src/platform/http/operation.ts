/**
 * An operation of the API as data: one table drives the routes, the OpenAPI document, the rights (its `id` is what profiles name)
 * and the tests that try every operation with every profile (house.md, habit 9).
 */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AppErrorCode } from '../../kernel/app-error.ts';
import type { Words } from './problem.ts';

/** Who may call: anybody, or who holds a key. What a key may do is decided by the rights, never here. */
export type KeyNeeded = 'none' | 'key';

export interface Operation<Body extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  /** camelCase and unique: the OpenAPI operationId. */
  readonly id: string;
  /** What profiles name; the id where absent. Operations that are one right (such as those of an upload) share it. */
  readonly right?: string;
  /** GET only where nothing personal is asked or said in the address; searches are POST (security.md 34). */
  readonly method: 'GET' | 'POST' | 'PUT';
  /** kebab-case, from the version on: /v1/persons/search. No part of it names a person. */
  readonly path: string;
  readonly tag: string;
  readonly summary: Words;
  readonly description: Words;
  readonly key: KeyNeeded;
  /** What is sent; absent for a GET. A strict object: an unknown member is refused. */
  readonly body?: Body;
  /**
   * Where bytes are sent and no JSON: they are never held in memory whole. What is said beside them comes in headers, and `body` is their
   * schema, with lower-case names.
   */
  readonly bytes?: { readonly mediaType: string; readonly most: number };
  /** Where a file comes back (`Download`) and no JSON: its media types. `answer` describes the file. */
  readonly download?: readonly string[];
  /** What comes back, and nothing else: the answer is cut to it before it leaves (control 19). Never a bare array. */
  readonly answer: Answer;
  /** Of a file, what it is: the answer is then a text, or bytes in base64, that leave as they are. JSON where absent. */
  readonly media?: 'text/csv' | 'application/pdf';
  /** Largest body in bytes; the server's own bound where absent. */
  readonly bodyLimit?: number;
  /** Requests a minute from one address, where fewer than the server's bound. */
  readonly perMinute?: number;
  readonly example: { readonly body?: z.input<Body>; readonly answer: z.input<Answer> };
  /** The refusals of its own, beside those every operation may have. */
  readonly refusals: readonly AppErrorCode[];
}

/** What a handler knows of the request beside its body. */
export interface RequestContext {
  readonly correlationId: string;
  /** The caller's address, as the trusted proxy or the socket tells it. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The client certificate of the connection, DER, as it was shown: whether it is taken is not decided yet. Null where there is none. */
  readonly certificate: Uint8Array | null;
  /** Ends when the caller hangs up or the server must stop. */
  readonly signal: AbortSignal;
  /** The bytes sent, of an operation that takes them; empty else. */
  readonly bytes: Readable;
  /** The body of a JSON request as it travelled; null where there is none. */
  readonly rawBody: Uint8Array | null;
  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void;
  /** Is given the bytes of the answer, or of the refusal, before they leave; gives the headers that they need (security.md 39). */
  sealAnswer(seal: AnswerSeal): void;
}

export type AnswerSeal = (body: Uint8Array, contentType: string) => Promise<Readonly<Record<string, string>>>;

/** A file that is written while it is read. */
export class Download {
  readonly mediaType: string;
  readonly fileName: string;
  /** Begins to be read when the answer leaves, and not before. */
  readonly pieces: AsyncIterable<string>;

  constructor(mediaType: string, fileName: string, pieces: AsyncIterable<string>) {
    this.mediaType = mediaType;
    this.fileName = fileName;
    this.pieces = pieces;
  }
}

/** What answers an operation: its body in, its answer out, both of the operation's own types. */
export type Handler<Op extends Operation> = (
  body: Op extends Operation<infer Body, infer _> ? z.output<Body> : never,
  context: RequestContext,
) => Promise<z.input<Op['answer']>>;

/** An operation with what answers it. */
export interface Route {
  readonly operation: Operation;
  readonly handle: (body: unknown, context: RequestContext) => Promise<unknown>;
}

/** Ties an operation to its handler, types held together. */
export function route<Op extends Operation>(operation: Op, handle: Handler<Op>): Route {
  return { operation, handle: (body, context) => handle(body as Parameters<Handler<Op>>[0], context) };
}
