/**
 * The pages of the web application: files built beforehand, from one folder. Every address that is no file of it and is asked for as a page gets the one
 * page, which finds its own way. Pages run only what comes from here (CSP), and nothing of a person is in them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Nothing from elsewhere, no script or style within the page, no frame, no form sent anywhere else. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const FOREVER = 'public, max-age=31536000, immutable';

/** What answers a page's address. */
export interface Pages {
  /** @returns true where the request asked for a page and was answered */
  answer(request: FastifyRequest, reply: FastifyReply): boolean;
}

/** Serves a folder: index.html and assets/, each with its .br and .gz beside it. */
export async function addPages(app: FastifyInstance, folder: string): Promise<Pages> {
  await app.register(staticFiles, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    decorateReply: false,
    // Names hold a digest of what is in the file.
    setHeaders: (reply) => {
      reply.header('Cache-Control', FOREVER);
    },
  });
  const page = readFileSync(join(folder, 'index.html'));
  return {
    answer(request, reply) {
      const path = request.url.split('?')[0] ?? '/';
      const asked = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
      if (!asked || path.startsWith('/v1/') || path.startsWith('/assets/')) return false;
      reply
        .header('Content-Security-Policy', PAGE_POLICY)
        .header('Cache-Control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(page);
      return true;
    },
  };
}
