import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eachEvent } from './jsonl.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipop-jsonl-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'eventi.jsonl');

function read(content: string | Uint8Array) {
  writeFileSync(path, content);
  const events: unknown[] = [];
  const { lines, broken } = eachEvent(path, (event) => {
    events.push(event);
    return true;
  });
  return { events, lines, fault: broken === null ? null : [broken.codice, broken.riga] };
}

describe('eventi.jsonl (tracciato.md 3): one event a line', () => {
  it('takes a BOM, CRLF, and a last line without its end', () => {
    expect(read('\ufeff{"a":"1"}\r\n{"a":"2"}')).toEqual({
      events: [{ a: '1' }, { a: '2' }],
      lines: 2,
      fault: null,
    });
  });
  it('takes an empty file', () => {
    expect(read('')).toEqual({ events: [], lines: 0, fault: null });
  });
  it('takes lines longer than its buffer', () => {
    const long = JSON.stringify({ dati: Array.from({ length: 30_000 }, (_, i) => `S${i}`) });
    expect(read(`${long}\n{"b":"2"}\n`).lines).toBe(2);
  });
  it('takes a text with as many commas and brackets as the values of a line may be', () => {
    const lists = Array.from({ length: 30 }, () => `\\"${'[,{'.repeat(20_000)}`);
    expect(read(`${JSON.stringify({ a: lists })}\n`).lines).toBe(1);
  });
  it.each([
    ['broken JSON', '{"a":"1"}\n{"a":\n', ['SIP-012', 2]],
    ['an empty line', '{"a":"1"}\n\n{"a":"2"}\n', ['SIP-012', 2]],
    ['a line that is no object', '[]\n', ['SIP-012', 1]],
    ['a field over 64 kB', `{"a":"${'x'.repeat(65_537)}"}\n`, ['SIP-012', 1]],
    ['objects without end', `${'{"a":'.repeat(40)}"1"${'}'.repeat(40)}\n`, ['SIP-012', 1]],
    ['arrays deeper than the stack', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`, ['SIP-012', 1]],
    ['a line of empty lists without end', `{"a":[${'[],'.repeat(600_000)}[]]}\n`, ['SIP-012', 1]],
    ['a NUL byte', '{"a":"1"}\n{"a":"\0"}\n', ['SIP-011', 2]],
    ['an escaped NUL', '{"a":"\\u0000"}\n', ['SIP-011', 1]],
    ['half a character', '{"a":"\\ud800"}\n', ['SIP-011', 1]],
    ['Latin-1', Buffer.from('{"a":"Nicol\xf2"}\n', 'latin1'), ['SIP-011', 1]],
  ])('refuses %s', (_, content, fault) => expect(read(content).fault).toEqual(fault));
});
