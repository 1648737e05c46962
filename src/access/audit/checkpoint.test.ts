import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, parseVerifier, signCheckpoint, signerOf, verifierText } from './checkpoint.ts';
import { leafHash } from './merkle.ts';

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const signer = signerOf('log', newKey());
const checkpoint = { origin: 'log', size: 12, root: leafHash('x'), at: '2026-11-24T10:00:00.000Z' };
const note = signCheckpoint(checkpoint, signer);

describe('a checkpoint is a signed note that witnesses can keep (security.md, control 27; c2sp.org/signed-note)', () => {
  it('reads back what was signed', () => {
    expect(note.split('\n').slice(0, 5)).toEqual([
      'log',
      '12',
      checkpoint.root.toString('base64'),
      'time 2026-11-24T10:00:00.000Z',
      '',
    ]);
    expect(note).toMatch(/\n\n— log [A-Za-z0-9+/=]+\n$/);
    expect(openCheckpoint(note, [signer.verifier])).toEqual({ kind: 'signed', checkpoint });
  });

  it('recognises a key as it is given to witnesses, and no other text', () => {
    const text = verifierText(signer.verifier);
    expect(parseVerifier(text)).toEqual(signer.verifier);
    for (const wrong of ['', 'log', text.replace('log', 'lag'), text.slice(0, -8), `${text}AAAA`])
      expect(parseVerifier(wrong)).toBeNull();
  });

  it('the text of the C2SP page: its example key is read', () => {
    // c2sp.org/signed-note, "Verifier keys".
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    expect(parseVerifier(vkey)?.name).toBe('PeterNeumann');
  });

  it.each([
    ['size', (n: string) => n.replace('\n12\n', '\n13\n')],
    ['root', (n: string) => n.replace(checkpoint.root.toString('base64'), leafHash('y').toString('base64'))],
    ['time', (n: string) => n.replace('2026-11-24', '2026-11-25')],
    ['origin', (n: string) => n.replace(/^log/, 'lag')],
  ])('a changed %s is a forgery', (_, change) => {
    expect(openCheckpoint(change(note), [signer.verifier])).toEqual({ kind: 'forged' });
  });

  it('of another key, or no note at all, counts for nothing', () => {
    const other = signerOf('log', newKey());
    expect(openCheckpoint(note, [other.verifier])).toEqual({ kind: 'unknown-key' });
    expect(openCheckpoint(note, [])).toEqual({ kind: 'unknown-key' });
    for (const wrong of [
      '',
      'x',
      note.slice(0, -1),
      note.replace('\n12\n', '\n012\n'),
      note.replace('\n\n', '\n'),
    ])
      expect(openCheckpoint(wrong, [signer.verifier])).toEqual({ kind: 'malformed' });
  });

  it('a note may bear signatures of others beside: one that is known is enough', () => {
    const witness = signerOf('comune', newKey());
    const both = `${note}${signCheckpoint(checkpoint, witness).split('\n\n')[1]}`;
    expect(openCheckpoint(both, [signer.verifier])).toMatchObject({ kind: 'signed' });
    expect(openCheckpoint(both, [witness.verifier])).toMatchObject({ kind: 'signed' });
  });
});
