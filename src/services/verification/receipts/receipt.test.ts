/** Receipts that a third party checks (services.md, Verification): what they prove, what they do not tell, and that keys that signed stay published. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PdfValue, StrictPdf } from '../../../../test/support/strict-pdf.ts';
import {
  openSigningKeys,
  rotateSigningKeys,
  type SigningKeys,
} from '../../../platform/crypto/signing-keys.ts';
import { checkReceipt, type Receipt, type ReceiptFacts, signReceipt } from './receipt.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { factLines, outcomeLines } from './receipt-words.ts';

const NOW = new Date('2026-01-31T08:20:00Z');
const FACTS: ReceiptFacts = {
  tipo: 'verifica',
  ente: 'Scuola media di Zocca (B7)',
  operatore: 'U12',
  scopo: 'autocertificazioni',
  pratica: '2026/123',
  al: '2026-01-31',
  noto_al: '2026-01-31T08:15:00.123456Z',
  esiti: ['S', 'N', 'A'],
};
const DECLARED = {
  persona: { codice_fiscale: 'RSSMRA74A01F257X' },
  dichiarazioni: [{ oggetto: 'esistenza_in_vita' }],
};

let folder: string;
let keys: SigningKeys;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sipop-receipts-'));
  keys = await openSigningKeys(join(folder, 'keys.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const payloadOf = (token: string): string =>
  Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
async function good(text: string, by = keys): Promise<Receipt> {
  const checked = await checkReceipt(text, by.published);
  if (checked.kind !== 'good') throw new Error(checked.kind);
  return checked.receipt;
}

describe('what a receipt proves', () => {
  it('who asked, when, what for, which file, the outcome and the recorded time of the data', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    expect(await good(ricevuta)).toMatchObject({ ...FACTS, iat: NOW.getTime() / 1000 });
  });

  it('what was declared, to who is shown the declaration with it', async () => {
    const { ricevuta, dichiarato } = signReceipt(keys, FACTS, DECLARED, NOW);
    expect(await checkReceipt(`${ricevuta}~${dichiarato}~`, keys.published)).toMatchObject({
      kind: 'good',
      declared: DECLARED,
    });
  });

  it('a declaration that is not the one checked is told apart', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const { dichiarato } = signReceipt(keys, FACTS, DECLARED, NOW);
    expect(await checkReceipt(`${ricevuta}~${dichiarato}~`, keys.published)).toEqual({
      kind: 'other-declaration',
    });
  });

  it('no part of it can be changed', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const [header = '', payload = '', signature = ''] = ricevuta.split('.');
    const forged = Buffer.from(payloadOf(ricevuta).replace('["S","N","A"]', '["S","S","S"]')).toString(
      'base64url',
    );
    expect(forged).not.toBe(payload);
    expect(await checkReceipt(`${header}.${forged}.${signature}`, keys.published)).toEqual({
      kind: 'forged',
    });
  });

  it('neither another token of ours, nor one without a signature, nor one of somebody else’s key passes', async () => {
    const other = await openSigningKeys(join(folder, 'other.json'));
    const token = await new SignJWT({ ...FACTS })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: keys.kid })
      .sign(keys.privateKey);
    const { ricevuta } = signReceipt(other, FACTS, DECLARED, NOW);
    const none = `${Buffer.from('{"alg":"none","typ":"sipop-ricevuta+sd-jwt"}').toString('base64url')}.${ricevuta.split('.')[1]}.`;
    const same = signReceipt({ ...other, kid: keys.kid }, FACTS, DECLARED, NOW);
    expect(await checkReceipt(token, keys.published)).toEqual({ kind: 'malformed' });
    expect(await checkReceipt(none, keys.published)).toEqual({ kind: 'malformed' });
    expect(await checkReceipt(ricevuta, keys.published)).toEqual({ kind: 'unknown-key' });
    expect(await checkReceipt(same.ricevuta, keys.published)).toEqual({ kind: 'forged' });
    for (const text of ['', 'abc', '~~', 'a.b.c', 'x'.repeat(300_000)])
      expect(await checkReceipt(text, keys.published)).toEqual({ kind: 'malformed' });
  });
});

describe('what a receipt does not tell', () => {
  it('neither the person nor the reasons: two of the same question have nothing in common to try codes against', async () => {
    const first = signReceipt(keys, FACTS, DECLARED, NOW);
    const second = signReceipt(keys, FACTS, DECLARED, NOW);
    for (const { ricevuta } of [first, second]) expect(payloadOf(ricevuta)).not.toContain('RSSMRA74A01F257X');
    expect((await good(first.ricevuta))._sd).not.toEqual((await good(second.ricevuta))._sd);
    const salts = [first, second].map(({ dichiarato }) =>
      Buffer.from(JSON.parse(Buffer.from(dichiarato, 'base64url').toString())[0], 'base64url'),
    );
    for (const salt of salts) expect(salt).toHaveLength(16);
  });
});

describe('rotation of the keys', () => {
  it('what an older key signed stays good, and it signs no more', async () => {
    const path = join(folder, 'rotated.json');
    const before = await openSigningKeys(path);
    const { ricevuta } = signReceipt(before, FACTS, DECLARED, NOW);
    const after = await rotateSigningKeys(path);
    expect(after.kid).not.toBe(before.kid);
    expect(await good(ricevuta, after)).toMatchObject(FACTS);
    expect(after.published.keys.map(({ kid }) => kid)).toEqual([after.kid, before.kid]);
    const file = JSON.parse(readFileSync(path, 'utf8'));
    expect(JSON.stringify(file).split('"signing"')).toHaveLength(2);
    expect(JSON.stringify(after.published)).not.toContain('"d"');
    expect(await openSigningKeys(path)).toMatchObject({ kid: after.kid });
  });

  it('the file is its owner’s alone, and a file that cannot be read makes no new keys', async () => {
    expect(statSync(join(folder, 'keys.json')).mode & 0o077).toBe(0);
    writeFileSync(join(folder, 'spoilt.json'), '{}');
    await expect(openSigningKeys(join(folder, 'spoilt.json'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the receipt on paper', () => {
  it('is tagged, in Italian, and holds the receipt for a program to read', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const pdf = await receiptPdf(await good(ricevuta), ricevuta, 'https://sipop.example/ricevute');
    const text = pdf.toString('latin1');
    for (const part of ['/MarkInfo', '/StructTreeRoot', '/Lang (it-IT)', '/DisplayDocTitle true', ricevuta])
      expect(text).toContain(part);
  });

  it.each([1, 20])(
    'of %i declarations: well formed, tagged, fonts embedded, PDF/A-2a, to a strict reader',
    async (n) => {
      const { ricevuta } = signReceipt(
        keys,
        { ...FACTS, esiti: Array.from({ length: n }, () => 'S' as const) },
        DECLARED,
        NOW,
      );
      const bytes = await receiptPdf(await good(ricevuta), ricevuta, 'https://sipop.example/ricevute');
      const pdf = new StrictPdf(bytes);
      expect(pdf.pages).toHaveLength(n === 1 ? 1 : 2);
      expect(pdf.dictionary(pdf.root.get('MarkInfo')).get('Marked')).toBe(true);
      const metadata = pdf.stream(pdf.root.get('Metadata'));
      for (const part of ['<pdfaid:part>2</pdfaid:part>', '<pdfaid:conformance>A</pdfaid:conformance>'])
        expect(metadata).toContain(part);
      const [intent] = pdf.of(pdf.root.get('OutputIntents')) as readonly PdfValue[];
      expect(pdf.stream(pdf.dictionary(intent).get('DestOutputProfile')).length).toBeGreaterThan(0);
      const fonts = pdf.ofType('FontDescriptor');
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts)
        expect([...font.keys()].filter((name) => /^FontFile[23]?$/.test(name))).toHaveLength(1);
      for (const page of pdf.pages) {
        const drawn = pdf.stream(page.get('Contents'));
        const count = (operator: RegExp) => drawn.match(operator)?.length ?? 0;
        expect(count(/ BD?C$/gm)).toBe(count(/^EMC$/gm));
        expect(count(/^q$/gm)).toBe(count(/^Q$/gm));
        expect(page.has('StructParents')).toBe(true);
      }
      expect(pdf.dictionary(pdf.root.get('StructTreeRoot')).has('ParentTree')).toBe(true);
    },
  );

  it('the strict reader refuses a file cut short, one with a byte too many, and one with an object missing', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const bytes = await receiptPdf(await good(ricevuta), ricevuta, 'https://sipop.example/ricevute');
    const text = bytes.toString('latin1');
    const spoilt = [
      text.slice(0, -20),
      text.replace('/MarkInfo', ' /MarkInfo'),
      text.replace(/\/Metadata \d+ 0 R/, (named) => '/Metadata 999 0 R'.padEnd(named.length)),
      text.replace(/\/Length (\d)/, (_, first: string) => `/Length ${(Number(first) % 9) + 1}`),
    ];
    for (const one of spoilt) expect(() => new StrictPdf(Buffer.from(one, 'latin1'))).toThrow();
  });

  it('qpdf, where it is installed, finds nothing wrong in it', async ({ skip }) => {
    if (spawnSync('qpdf', ['--version']).error !== undefined)
      skip('qpdf is not installed (apt-get install qpdf): the strict reader above looked at it alone');
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const path = join(folder, 'receipt.pdf');
    writeFileSync(path, await receiptPdf(await good(ricevuta), ricevuta, 'https://sipop.example/ricevute'));
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
    expect({ status, said: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
  });

  it('a QR code of a whole receipt is read back', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const address = `https://sipop.example/ricevute#${ricevuta}`;
    const modules = encodeQR(address, 'raw', { ecc: 'low', border: 4, scale: 4 });
    const size = modules.length;
    const data = new Uint8Array(size * size * 4);
    for (const [y, row] of modules.entries())
      for (const [x, dark] of row.entries())
        data.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * size + x) * 4);
    expect(decodeQR({ width: size, height: size, data })).toBe(address);
  });

  it('says the outcome of each declaration, or of a batch how many of each', async () => {
    const { ricevuta } = signReceipt(keys, FACTS, DECLARED, NOW);
    const receipt = await good(ricevuta);
    expect(outcomeLines(receipt).map(({ value }) => value[0])).toEqual(['S', 'N', 'A']);
    const batch = { ...receipt, tipo: 'lotto' as const, esiti: { S: 5, N: 2, A: 1, errori: 3 } };
    expect(outcomeLines(batch).map(({ value }) => value)).toEqual(['5', '2', '1', '3']);
    expect(factLines(receipt).map(({ value }) => value)).toContain('2026/123');
  });

  it('twenty declarations still leave room for the code, on another page', async () => {
    const many = { ...FACTS, esiti: Array.from({ length: 20 }, () => 'A' as const) };
    const { ricevuta } = signReceipt(keys, many, DECLARED, NOW);
    const pdf = await receiptPdf(await good(ricevuta), ricevuta, 'https://sipop.example/ricevute');
    expect(pdf.toString('latin1')).toContain('/Count 2');
  });
});
