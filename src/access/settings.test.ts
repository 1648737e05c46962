/** The file of settings: what it may say, and what becomes of what it does not (security.md). */
import { describe, expect, it } from 'vitest';
import { SESSION_POLICY } from './sessions/policy.ts';
import { accessSettings } from './settings.ts';

const of = (settings: object) => accessSettings(JSON.stringify(settings), 'access.json');

describe('the settings of access', () => {
  it('without a file the numbers are the defaults, and passkeys, certificates and providers are off', () => {
    expect(accessSettings(null, 'access.json')).toEqual({
      site: null,
      policy: SESSION_POLICY,
      certificates: null,
      providers: [],
    });
  });

  it('says the site of passkeys and the numbers, each by itself', () => {
    const { site, policy } = of({
      site: { host: 'sipop.example', origins: ['https://sipop.example/'.slice(0, -1)] },
      policy: { passwordDays: 90, idleMinutes: 5 },
    });
    expect(site).toEqual({ id: 'sipop.example', name: 'SIPOP', origins: ['https://sipop.example'] });
    expect(policy).toEqual({ ...SESSION_POLICY, passwordDays: 90, idle: 300_000 });
  });

  it('says whose certificates are taken, which proxy may tell them, and who vouches for people', () => {
    const provider = {
      id: 'spid',
      name: 'SPID',
      issuer: 'https://proxy.example',
      clientId: 'sipop',
      clientSecretFile: 'spid.secret',
      redirectUri: 'https://sipop.example/accesso/ritorno',
      levels: ['https://www.spid.gov.it/SpidL2'],
    };
    const told = of({
      certificates: {
        authorities: 'cns.pem',
        revocations: ['cns.crl'],
        proxy: { addresses: ['10.0.0.2'], secretFile: 'proxy.secret' },
      },
      providers: [provider],
    });
    expect(told.certificates?.proxy?.addresses).toEqual(['10.0.0.2']);
    expect(told.providers).toEqual([{ ...provider, scope: 'openid profile', claim: 'sub' }]);
    expect(of({ certificates: { authorities: 'a', revocations: ['b'] } }).certificates?.proxy).toBeNull();
  });

  it.each([
    [
      'authorities without lists of the revoked',
      { certificates: { authorities: 'cns.pem', revocations: [] } },
    ],
    [
      'a proxy without a secret',
      { certificates: { authorities: 'a', revocations: ['b'], proxy: { addresses: ['10.0.0.2'] } } },
    ],
    [
      'a provider without TLS, or without a level of assurance',
      {
        providers: [
          {
            id: 'x',
            name: 'x',
            issuer: 'http://proxy.example',
            clientId: 'x',
            clientSecretFile: 'x',
            redirectUri: 'https://sipop.example/x',
            levels: [],
          },
        ],
      },
    ],
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
