/**
 * The HTTP server: Fastify under our own rules. It knows operations (operation.ts) and nothing of the domain. Every answer, refusals
 * included, bears the rate-limit headers, a correlation number and the security headers; every refusal is problem+json.
 * Nothing of a body, an address line or a query reaches the log: only the operation, the status, the time, the correlation number.
 */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { z } from 'zod';
import { addClientCertificates, type CertificateProxy } from './client-certificate.ts';
import { createMetrics, type HttpMetrics } from './metrics.ts';
import { type AnswerSeal, Download, type Operation, type RequestContext, type Route } from './operation.ts';
import { addPages, type Pages } from './pages.ts';
import { type InvalidMember, InvalidRequest, languageOf, PROBLEM_TYPE, problemOf } from './problem.ts';
import {
  noSuchPath,
  overloaded,
  refusalOfLibrary,
  stopping,
  tooLarge,
  tooMany,
  wrongMediaType,
  wrongMethod,
} from './refusals.ts';

export interface HttpOptions {
  readonly logger: FastifyBaseLogger;
  /** Certificate and key in PEM: TLS 1.2 or later by the server itself; null behind a proxy that ends it. */
  readonly tls: {
    readonly cert: string;
    readonly key: string;
    /** PEM of the authorities whose certificates callers are asked for; nobody is asked where absent. */
    readonly clientAuthorities?: string;
  } | null;
  /** The proxy that may tell a client certificate by a header; none where absent. */
  readonly certificateProxy?: CertificateProxy | null;
  /** Addresses of the proxies whose X-Forwarded-For is believed; nobody's where empty. */
  readonly proxies: readonly string[];
  /** Requests a minute from one address. */
  readonly requestsPerMinute: number;
  /** Largest body in bytes. */
  readonly bodyLimit: number;
  /** A delay of the event loop, in milliseconds, past which new requests get 503. */
  readonly maxDelay: number;
  readonly routes: readonly Route[];
  /** The folder of the built pages (pages.ts); none where absent or null. */
  readonly pages?: string | null;
}

export interface HttpServer {
  readonly app: FastifyInstance;
  readonly metrics: HttpMetrics;
  /** @returns the address it answers at: https://host:port */
  listen(host: string, port: number): Promise<string>;
  /** Takes no new request, lets the running ones end (at most `grace` milliseconds), then closes. */
  stop(grace: number): Promise<void>;
}

/** Seconds a caller is asked to wait where the service cannot answer. */
const RETRY_SECONDS = 5;
const MINUTE = 60_000;

export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const metrics = createMetrics();
  const ending = new AbortController();
  const app: FastifyInstance = Fastify({
    ...(options.tls === null ? {} : { https: tlsOf(options.tls) }),
    loggerInstance: options.logger,
    // Its own lines name the address asked for; ours name the operation.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.proxies.length === 0 ? false : [...options.proxies],
    // A number from outside is never believed: it would end in the log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: options.bodyLimit,
    // Slow callers are hung up on: the headers and the body of a request have this long.
    requestTimeout: 30_000,
    keepAliveTimeout: 20_000,
    maxRequestsPerSocket: 10_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: false },
    clientErrorHandler: answerBrokenRequest,
    // An address that cannot be read reaches no hook: it is refused before it is counted.
    frameworkErrors: (error, request, reply) => {
      reply.header('X-RateLimit-Limit', options.requestsPerMinute);
      const answer: FastifyReply = reply;
      answer.send(refusalBytes(error, request, answer));
    },
  });
  app.setErrorHandler(async (error, request, reply) => {
    const bytes = refusalBytes(error, request, reply);
    await sealed(request, reply, bytes, PROBLEM_TYPE).catch((failure: unknown) =>
      request.log.error({ err: failure }, 'refusal left without its signature'),
    );
    return reply.send(bytes);
  });
  takeBodies(app);
  addClientCertificates(app, options.certificateProxy ?? null);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Correlation-Id', request.id).header('Cache-Control', 'no-store');
    if (ending.signal.aborted) throw stopping();
  });
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation ?? 'none';
    metrics.observe(operation, reply.statusCode, reply.elapsedTime / 1000);
    request.log.info({ operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  await app.register(helmet, {
    // An API answers no page: nothing in its answers may be run or framed.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: MINUTE,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.max(1, Math.ceil(ttl / 1000))),
  });
  await app.register(underPressure, {
    maxEventLoopDelay: options.maxDelay,
    pressureHandler: () => {
      throw overloaded();
    },
  });
  const pages = options.pages == null ? null : await addPages(app, options.pages);
  addRoutes(app, options, ending.signal, pages);
  return {
    app,
    metrics,
    listen: (host, port) => app.listen({ host, port }),
    stop: (grace) => stopGracefully(app, ending, grace),
  };
}

/** A certificate is asked for and not demanded: other keys open accounts too, and whether it is taken is judged by who knows the authorities' lists. */
const tlsOf = ({ cert, key, clientAuthorities }: NonNullable<HttpOptions['tls']>) => ({
  cert,
  key,
  minVersion: 'TLSv1.2' as const,
  ...(clientAuthorities === undefined
    ? {}
    : { ca: clientAuthorities, requestCert: true, rejectUnauthorized: false }),
});

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation's id, for figures and log. */
    operation?: string;
  }
  interface FastifyRequest {
    /** The JSON as it travelled: what a signature covers. */
    rawBody: Buffer | undefined;
    seal: AnswerSeal | undefined;
  }
}

/** JSON is read whole, bytes are handed on as they come. */
function takeBodies(app: FastifyInstance): void {
  app.decorateRequest('rawBody', undefined);
  app.decorateRequest('seal', undefined);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    const text = body.toString('utf8');
    parse(request, text, (error, value) => {
      if (error === null && ESCAPED.test(text) && !isText(value)) done(noText());
      else done(error, value);
    });
  });
  app.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));
}
const BYTES = 'application/octet-stream';

/** Escapes by which JSON can say what is no text: NUL, and halves of surrogates. Unescaped they cannot come through it. */
const ESCAPED = /\\u(?:0000|d[89a-f])/i;

/** Is every string of it text that can be kept and compared? PostgreSQL has no NUL, and UTF-8 no half of a surrogate. */
function isText(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => isText(name) && isText(inner));
}

const noText = (): InvalidRequest =>
  new InvalidRequest([{ pointer: '', detail: 'NUL and lone surrogates are no text / non sono testo' }]);

/** A browser keeps it as a file, and never opens it as a page of ours. */
function sendFile(reply: FastifyReply, media: NonNullable<Route['operation']['media']>, content: string) {
  reply.header('Content-Disposition', 'attachment');
  return media === 'text/csv'
    ? reply.type('text/csv; charset=utf-8').send(content)
    : reply.type(media).send(Buffer.from(content, 'base64'));
}

function addRoutes(
  app: FastifyInstance,
  { routes, requestsPerMinute }: Pick<HttpOptions, 'routes' | 'requestsPerMinute'>,
  ending: AbortSignal,
  pages: Pages | null,
): void {
  const methods = new Map<string, string[]>();
  for (const { operation, handle } of routes) {
    methods.set(operation.path, [...(methods.get(operation.path) ?? []), operation.method]);
    app.route({
      method: operation.method,
      url: operation.path,
      ...(operation.bodyLimit === undefined ? {} : { bodyLimit: operation.bodyLimit }),
      config: {
        operation: operation.id,
        ...(operation.perMinute === undefined
          ? {}
          : { rateLimit: { max: Math.min(operation.perMinute, requestsPerMinute) } }),
      },
      handler: async (request, reply) => {
        if (Object.keys(request.query as object).length > 0) throw noQuery();
        const body = bodyOf(operation, request);
        const answer = await handle(body, contextOf(request, reply, ending));
        if (answer instanceof Download && operation.download?.includes(answer.mediaType))
          return reply
            .type(`${answer.mediaType}; charset=utf-8`)
            .header(
              'Content-Disposition',
              `attachment; filename="${answer.fileName.replace(/[^\w.-]/g, '_')}"`,
            )
            .send(Readable.from(answer.pieces));
        // Cut to the schema: what it does not name cannot leave, whatever the handler gave (control 19).
        const cut = operation.answer.parse(answer);
        if (operation.media !== undefined) return sendFile(reply, operation.media, String(cut));
        const sent = Buffer.from(JSON.stringify(cut));
        await sealed(request, reply, sent, JSON_TYPE);
        return reply.type(JSON_TYPE).send(sent);
      },
    });
  }
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (pages?.answer(request, reply) === true) return reply;
    const allowed = methods.get(request.url.split('?')[0] ?? '');
    if (allowed === undefined) throw noSuchPath();
    reply.header('Allow', allowed.join(', '));
    throw wrongMethod(allowed);
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** What is said: JSON or, beside bytes, the headers that the operation names. */
function bodyOf(operation: Operation, request: FastifyRequest): unknown {
  const { body, bytes } = operation;
  const isStream = request.body instanceof Readable;
  if (isStream !== (bytes !== undefined))
    throw wrongMediaType(bytes === undefined ? 'application/json' : BYTES);
  if (body === undefined) return undefined;
  if (bytes === undefined) return readBody(body, request.body);
  if (Number(request.headers['content-length'] ?? 0) > bytes.most) throw tooLarge();
  const { shape } = body as z.ZodObject;
  const named = Object.keys(shape).filter((name) => request.headers[name] !== undefined);
  return readBody(body, Object.fromEntries(named.map((name) => [name, request.headers[name]])));
}

/** Adds the headers that the bytes of an answer need, where its caller is owed any. */
async function sealed(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: Uint8Array,
  contentType: string,
): Promise<void> {
  if (request.seal === undefined) return;
  for (const [name, value] of Object.entries(await request.seal(bytes, contentType)))
    reply.header(name, value);
}

const noQuery = (): InvalidRequest =>
  new InvalidRequest([{ pointer: '', detail: 'query: not allowed / non ammessa' }]);

const contextOf = (request: FastifyRequest, reply: FastifyReply, ending: AbortSignal): RequestContext => ({
  correlationId: request.id,
  address: request.ip,
  headers: request.headers,
  certificate: request.clientCertificate,
  // Made where they are asked for: of most requests nobody asks.
  get signal() {
    return AbortSignal.any([request.signal, ending]);
  },
  get bytes() {
    return request.body instanceof Readable ? request.body : Readable.from([]);
  },
  rawBody: request.rawBody ?? null,
  sealAnswer: (seal) => {
    request.seal = seal;
  },
  setHeader: (name, value) => void reply.header(name, value),
});

function readBody(schema: z.ZodType, body: unknown): unknown {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new InvalidRequest(read.error.issues.slice(0, MAX_MEMBERS).map(memberOf));
}

/** Most wrong members told of one request. */
const MAX_MEMBERS = 20;

/** Names the member and the rule, never the value. */
function memberOf(issue: z.core.$ZodIssue): InvalidMember {
  const pointer = issue.path.map((step) => `/${String(step).slice(0, 40)}`).join('');
  return { pointer, detail: issue.message.slice(0, 200) };
}

/** Prepares the answer to an error: status and headers. @returns its body */
function refusalBytes(error: unknown, request: FastifyRequest, reply: FastifyReply): Buffer {
  const refusal = refusalOfLibrary(error);
  const problem = problemOf(refusal, languageOf(request.headers['accept-language']), request.id);
  reply.header('X-Correlation-Id', request.id).header('Cache-Control', 'no-store');
  if (problem.status >= 500) request.log.error({ err: refusal }, 'request failed');
  if ((problem.status === 503 || problem.status === 429) && !reply.hasHeader('Retry-After'))
    reply.header('Retry-After', RETRY_SECONDS);
  reply.code(problem.status).type(PROBLEM_TYPE);
  return Buffer.from(JSON.stringify(problem));
}

/** What is no HTTP at all gets an answer in the same shape, and the line is closed. */
function answerBrokenRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const id = randomUUID();
  const body = JSON.stringify(problemOf(refusalOfLibrary({ statusCode: 400 }), 'it', id));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nX-Correlation-Id: ${id}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

async function stopGracefully(app: FastifyInstance, ending: AbortController, grace: number): Promise<void> {
  const late = setTimeout(() => {
    ending.abort();
    app.server.closeAllConnections();
  }, grace);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
