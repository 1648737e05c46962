/** The session's word in a cookie: for this host alone, over TLS alone, out of reach of scripts, sent by our own pages alone (security.md 17). */
import { parseCookie, stringifySetCookie } from 'cookie';

/** The prefix makes browsers refuse it with a domain, another path, or without TLS. */
export const SESSION_COOKIE = '__Host-sipop';

export const setSessionCookie = (word: string): string =>
  stringifySetCookie({
    name: SESSION_COOKIE,
    value: word,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
  });

export const clearSessionCookie = (): string =>
  stringifySetCookie({
    name: SESSION_COOKIE,
    value: '',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: 0,
  });

/** Ties who comes back from an OpenID provider to the browser that went. */
export const OIDC_COOKIE = '__Host-sipop-oidc';

export const setOidcCookie = (word: string): string =>
  stringifySetCookie({
    name: OIDC_COOKIE,
    value: word,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
    maxAge: 300,
  });

/** The session's word in a Cookie header; null where there is none. */
export const sessionWord = (header: string | readonly string[] | undefined): string | null =>
  cookieOf(header, SESSION_COOKIE);

export function cookieOf(header: string | readonly string[] | undefined, name: string): string | null {
  const text = typeof header === 'string' ? header : (header ?? []).join('; ');
  return parseCookie(text.slice(0, 4096))[name] ?? null;
}
