/** A server of one's own for a test: real sockets, a port the system gives, and the lines of its log. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Route } from '../../src/platform/http/operation.ts';
import { createHttpServer, type HttpOptions, type HttpServer } from '../../src/platform/http/server.ts';

export interface TestServer {
  readonly server: HttpServer;
  /** http://127.0.0.1:port */
  readonly base: string;
  readonly port: number;
  /** Everything the log was given so far, a line each. */
  readonly log: string[];
  stop(): Promise<void>;
}

export async function testServer(
  routes: readonly Route[],
  given: Partial<HttpOptions> = {},
): Promise<TestServer> {
  const log: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log.push(String(chunk));
      done();
    },
  });
  const server = await createHttpServer({
    logger: pino({ base: null }, sink),
    tls: null,
    proxies: [],
    requestsPerMinute: 1_000_000,
    bodyLimit: 10_000,
    maxDelay: 60_000,
    routes,
    ...given,
  });
  const address = await server.listen('127.0.0.1', 0);
  const base = address.replace('[::1]', '127.0.0.1');
  return { server, base, port: Number(new URL(base).port), log, stop: () => server.stop(1_000) };
}
