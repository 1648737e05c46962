import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LIMITS, unpackArchive } from './archive/archive.ts';
import { packParts } from './pack-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipop-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('several files of one supply', () => {
  it('are one archive that the intake unpacks, the same bytes for the same files in whatever order they are given', async () => {
    const [a, b] = [file('a.xml', '<a/>'), file('b.xml', '<b/>'.repeat(50_000))];
    const first = await packParts([a, b], join(folder, '1.zip'));
    const second = await packParts([b, a], join(folder, '2.zip'));
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    const unpacked = await unpackArchive(first, join(folder, 'unpacked'), LIMITS);
    expect(unpacked.refusals).toEqual([]);
    expect([...unpacked.files.keys()]).toEqual(['a.xml', 'b.xml']);
    expect(readFileSync(unpacked.files.get('b.xml')!.path, 'utf8')).toBe('<b/>'.repeat(50_000));
  });

  it('are refused where two have one name, or one is not there', async () => {
    const one = file('one/x.xml', '<x/>');
    const other = file('other/x.xml', '<x/>');
    const target = join(folder, '3.zip');
    await expect(packParts([one, other], target)).rejects.toMatchObject({ code: 'usage' });
    await expect(packParts([one, join(folder, 'no.xml')], target)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
