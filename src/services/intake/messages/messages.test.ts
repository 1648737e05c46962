import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FindingCode, finding, MESSAGES } from './messages.ts';
import { OPERATION_MESSAGES } from './messages-operations.ts';

const NATIONAL = '../shared/reference/anpr_error_codes.csv';
const PAGE = '../shared/design/tracciato.md';
const codes = Object.keys(MESSAGES) as FindingCode[];

describe('the catalogue of findings (tracciato.md 4)', () => {
  it.skipIf(!existsSync(PAGE))('holds exactly the codes the page names (skipped without the page)', () => {
    const page = readFileSync(PAGE, 'utf8');
    const section = /## 4\. Findings[\s\S]*?(?=\n## 5)/.exec(page)?.[0] ?? '';
    const named = new Set<string>(section.match(/\b(?:SIP-\d{3}|E[ACFNS]\d{3})\b/g));
    // Section 5 gives the totals of the ANPR door as a range.
    const [, first, last] = /totals are checked as EN(\d{3}) to EN(\d{3})/.exec(page) ?? [];
    for (let n = Number(first); n <= Number(last); n++) named.add(`EN${String(n).padStart(3, '0')}`);
    // Requests in the national form are answered with the codes of the national register, beside those of the page.
    const ofThePage = codes.filter((code) => !Object.hasOwn(OPERATION_MESSAGES, code));
    expect(ofThePage.sort()).toEqual([...named].sort());
  });
  it.skipIf(!existsSync(NATIONAL))(
    'answers operations with national codes alone (skipped without the list)',
    () => {
      const list = readFileSync(NATIONAL, 'utf8');
      for (const code of Object.keys(OPERATION_MESSAGES)) expect(list).toMatch(new RegExp(`^${code},`, 'm'));
    },
  );
  it.each(codes)('%s says what is wrong and what to do, in both languages', (code) => {
    const made = finding(code, {
      file: 'soggetti.csv',
      riga: 3,
      id_soggetto: 'S1',
      campo: 'campo_x',
      valore: '7',
      id_famiglia: 'F1',
      atteso: '8',
      altro: 'S2',
    });
    expect(made.messaggio).toMatch(/^.{20,}\.$/s);
    expect(made.messaggio_en).toMatch(/^.{20,}\.$/s);
    expect(`${made.messaggio}${made.messaggio_en}`).not.toMatch(/\bundefined\b|\bnull\b|«»|\s\s/);
    const bare = finding(code, {});
    expect(`${bare.messaggio}${bare.messaggio_en}`).not.toMatch(/\bundefined\b|\bnull\b|«»/);
  });
  it('keeps a value short in the finding and shorter in the sentence', () => {
    const made = finding('SIP-102', { campo: 'nome', valore: 'A'.repeat(60_000) });
    expect(made.valore.length).toBe(201);
    expect(made.messaggio.length).toBeLessThan(300);
  });
});
