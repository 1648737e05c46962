import { describe, expect, it } from 'vitest';
import { hashPassword, isOutdated, isPassword, type PasswordFault, passwordFaults } from './passwords.ts';

const owner = {
  userId: 'U4711',
  surname: 'D’Angelo Rossi',
  givenName: 'Nicolò',
  codiceFiscale: 'DNGNCL80A01F257G',
};

describe('what a password may be (security.md, 7)', () => {
  it.each<[string, boolean, PasswordFault[]]>([
    ['correttezza cavallo batteria', false, []],
    ['tR7#kq9!', true, []],
    ['tR7#kq9!', false, ['too-short', 'common']],
    ['tR7#kq9', true, ['too-short']],
    ['gvx-mqz-ptk-wlj', false, []],
    ['gvx-mqz-ptk-wl', false, ['too-short']],
    ['gvx-mqz-NICOLO-ptk', false, ['holds-own-data']],
    ['gvx-d.angelo-mqzptk', false, ['holds-own-data']],
    ['gvx mqz rossi ptk wlj', false, ['holds-own-data']],
    ['gvx-dngncl80a01f257g-w', false, ['holds-own-data']],
    ['gvx-u4711-mqz-ptk-wlj', false, ['holds-own-data']],
    ['passwordpassword', false, ['common']],
    ['123456789012345', false, ['common']],
    ['qwertyuiopasdfghjkl', false, ['common']],
    ['password1', true, ['common']],
    ['aaaaaaaaaaaaaaaaaaaa', false, ['common']],
    ['\u{1F600}'.repeat(7), true, ['too-short', 'common']],
    ['x'.repeat(129), false, ['too-long']],
  ])('%s (second factor: %s): %j', (password, secondFactor, faults) => {
    expect(passwordFaults(password, owner, secondFactor)).toEqual(faults);
  });
});

describe('how a password is kept (security.md, 9)', () => {
  it('argon2id with a salt of its own, and nothing else opens it', async () => {
    const [one, two] = [await hashPassword('gvx-mqz-ptk-wlj'), await hashPassword('gvx-mqz-ptk-wlj')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await isPassword(one, 'gvx-mqz-ptk-wlj')).toBe(true);
    expect(await isPassword(one, 'gvx-mqz-ptk-wlk')).toBe(false);
    expect(isOutdated(one)).toBe(false);
    expect(isOutdated('$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA')).toBe(true);
  });

  it('composed either way it is one password', async () => {
    const kept = await hashPassword('perché no, caffè e tè'.normalize('NFC'));
    expect(await isPassword(kept, 'perché no, caffè e tè'.normalize('NFD'))).toBe(true);
  });

  it('of nobody no password is right, whatever it is', async () => {
    expect(await isPassword(null, 'gvx-mqz-ptk-wlj')).toBe(false);
  });

  it('of nobody it takes as long to say so (11)', async () => {
    const kept = await hashPassword('gvx-mqz-ptk-wlj');
    /** Milliseconds, the least of some: what else the machine does only adds to them. */
    const least = async (held: string | null): Promise<number> => {
      const taken: number[] = [];
      for (let i = 0; i < 8; i++) {
        const from = performance.now();
        await isPassword(held, 'x');
        taken.push(performance.now() - from);
      }
      return Math.min(...taken);
    };
    expect(await least(null)).toBeGreaterThan((await least(kept)) / 4);
  });
});
