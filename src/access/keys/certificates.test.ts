/** Client certificates (security.md, "Keys"): which are taken, and whose they are said to be. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Authority, FOR_SERVERS, type Issued } from '../../../test/support/authority.ts';
import { type CertificateAuthorities, checkCertificate, readAuthorities } from './certificates.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY);
const CODE = 'RSSMRA70A01F257X';
const CARD = [{ CN: [`${CODE}/7420019940000005.wJ9`] }, { O: ['Regione'] }, { C: ['IT'] }];

let ours: Authority;
let theirs: Authority;
let card: Issued;
let authorities: CertificateAuthorities;
beforeAll(async () => {
  ours = await Authority.create('CN=Carte, O=Regione, C=IT', NOW);
  theirs = await Authority.create('CN=Altri, C=IT', NOW);
  card = await ours.issue(CARD, NOW);
  authorities = await readAuthorities(ours.pem, [await ours.list(NOW, [])]);
});

it('a card of an authority of ours is taken: by its fingerprint and by the codice fiscale of its subject', () => {
  const checked = checkCertificate(authorities, card.der, NOW);
  expect(checked?.keys).toEqual([
    { kind: 'certificate', issuer: '', value: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { kind: 'certificate-person', issuer: '', value: CODE },
  ]);
});

describe('one that is not to be taken', () => {
  it('expired, or not yet begun', async () => {
    // While authority and list are in their time, so that it is the card alone that is not.
    const expired = await ours.issue(CARD, NOW, { from: later(-2), to: NOW });
    const begins = await ours.issue(CARD, NOW, { from: later(1), to: later(2) });
    for (const { der } of [expired, begins]) expect(checkCertificate(authorities, der, NOW)).toBeNull();
    expect(checkCertificate(authorities, begins.der, later(1))).not.toBeNull();
  });

  it('revoked', async () => {
    const list = await ours.list(NOW, [card]);
    expect(checkCertificate(await readAuthorities(ours.pem, [list]), card.der, NOW)).toBeNull();
  });

  it('while the list of the revoked is out of its time: nobody knows', () => {
    expect(checkCertificate(authorities, card.der, later(6))).not.toBeNull();
    expect(checkCertificate(authorities, card.der, later(7))).toBeNull();
  });

  it('of another authority, also one that calls itself as ours', async () => {
    const twin = await Authority.create('CN=Carte, O=Regione, C=IT', NOW);
    for (const authority of [theirs, twin])
      expect(checkCertificate(authorities, (await authority.issue(CARD, NOW)).der, NOW)).toBeNull();
  });

  it('made for servers, or an authority itself', async () => {
    const server = await ours.issue(CARD, NOW, { uses: [FOR_SERVERS] });
    const below = await ours.issue(CARD, NOW, { ca: true });
    for (const { der } of [server, below]) expect(checkCertificate(authorities, der, NOW)).toBeNull();
    expect(checkCertificate(authorities, new Uint8Array(ours.certificate.rawData), NOW)).toBeNull();
  });

  it('changed in one byte, cut, or nothing at all', () => {
    const changed = card.der.slice();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const der of [changed, card.der.slice(0, -5), new Uint8Array(0)])
      expect(checkCertificate(authorities, der, NOW)).toBeNull();
  });
});

describe('whose it is', () => {
  const personOf = async (subject: Parameters<Authority['issue']>[0]) =>
    checkCertificate(authorities, (await ours.issue(subject, NOW)).der, NOW)?.keys.find(
      ({ kind }) => kind === 'certificate-person',
    )?.value ?? null;

  it.each([
    ['the common name of a card', [{ CN: [`${CODE}/1234`] }], CODE],
    ['the serial number of a subject', [{ CN: ['ROSSI MARIO'] }, { '2.5.4.5': [`TINIT-${CODE}`] }], CODE],
    ['a common name that merely holds a code', [{ CN: [`MARIO ${CODE}`] }], null],
    ['a code in another attribute', [{ CN: ['ROSSI MARIO'] }, { O: [`${CODE}/1`] }], null],
    ['two codes', [{ CN: [`${CODE}/1`] }, { '2.5.4.5': ['TINIT-BNCNNA80A41F257Y'] }], null],
    ['a company', [{ CN: ['gestionale'] }, { '2.5.4.5': ['VATIT-01234567890'] }], null],
  ])('%s', async (_title, subject, code) => {
    expect(await personOf(subject)).toBe(code);
  });
});

describe('the authorities', () => {
  it('without their own list of the revoked are none', async () => {
    const forged = await ours.list(NOW, [], theirs);
    for (const lists of [[], [await theirs.list(NOW, [])], [forged]])
      await expect(readAuthorities(ours.pem, lists)).rejects.toMatchObject({ code: 'usage' });
  });

  it('of two lists the newer holds, whichever is told first', async () => {
    const old = await ours.list(later(-3), []);
    const fresh = await ours.list(NOW, [card]);
    for (const lists of [
      [old, fresh],
      [fresh, old],
    ])
      expect(checkCertificate(await readAuthorities(ours.pem, lists), card.der, NOW)).toBeNull();
  });

  it('a certificate that is no authority is not taken for one', async () => {
    await expect(readAuthorities(card.cert, [])).rejects.toMatchObject({ code: 'usage' });
  });
});
