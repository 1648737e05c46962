/** The file of settings: what it may say, and what becomes of what it does not (security.md). */
import { describe, expect, it } from 'vitest';
import { SESSION_POLICY } from './sessions/policy.ts';
import { accessSettings } from './settings.ts';

const of = (settings: object) => accessSettings(JSON.stringify(settings), 'access.json');

describe('the settings of access', () => {
  it('without a file the numbers are the defaults, and passkeys are off', () => {
    expect(accessSettings(null, 'access.json')).toEqual({ site: null, policy: SESSION_POLICY });
  });

  it('says the site of passkeys and the numbers, each by itself', () => {
    const { site, policy } = of({
      site: { host: 'sipop.example', origins: ['https://sipop.example/'.slice(0, -1)] },
      policy: { passwordDays: 90, idleMinutes: 5 },
    });
    expect(site).toEqual({ id: 'sipop.example', name: 'SIPOP', origins: ['https://sipop.example'] });
    expect(policy).toEqual({ ...SESSION_POLICY, passwordDays: 90, idle: 300_000 });
  });

  it.each([
    ['a word it does not know', { sitte: {} }],
    ['a rotation other than off, 180, 90 (8)', { policy: { passwordDays: 365 } }],
    ['a page without TLS', { site: { host: 'a.it', origins: ['http://a.it'] } }],
    ['an address in place of an origin', { site: { host: 'a.it', origins: ['https://a.it/login'] } }],
    ['a session that never ends (15)', { policy: { idleMinutes: 100_000 } }],
  ])('refuses %s', (_title, settings) => {
    expect(() => of(settings)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('refuses what is no JSON, and says which file', () => {
    expect(() => accessSettings('{', '/etc/sipop/access.json')).toThrow(/\/etc\/sipop\/access\.json/);
  });
});
