import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opening, sealing } from './vault.ts';

const MASTER = Buffer.alloc(32, 1);
const CHUNK = 2 ** 20;

async function through(bytes: Buffer, transform: ReturnType<typeof sealing>, step = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
    bytes.subarray(i * step, (i + 1) * step),
  );
  await pipeline(Readable.from(pieces), transform, async (source: AsyncIterable<Buffer>) => {
    for await (const part of source) parts.push(part);
  });
  return Buffer.concat(parts);
}
const seal = (text: Buffer, step?: number) => through(text, sealing(MASTER, 'a'), step);
const open = (sealed: Buffer, name = 'a', key = MASTER) => through(sealed, opening(key, name));

describe('what is sealed comes back as it was', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])('%i bytes', async (size) => {
    const text = Buffer.alloc(size, 'sipop');
    expect((await open(await seal(text, 77_777))).equals(text)).toBe(true);
  });

  it('and the same text never twice in the same form', async () => {
    const text = Buffer.from('ROSSI MARIA');
    expect((await seal(text)).equals(await seal(text))).toBe(false);
  });
});

describe('any change is noticed', () => {
  it('a bit flipped, a byte cut or added, anywhere', async () => {
    const sealed = await seal(Buffer.alloc(3000, 'x'));
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom('flip', 'cut', 'add'), async (at, how) => {
        const changed = Buffer.from(sealed);
        if (how === 'flip') changed[at] = changed[at]! ^ 1;
        const bytes =
          how === 'cut'
            ? changed.subarray(0, at)
            : how === 'add'
              ? Buffer.concat([changed, Buffer.alloc(at + 1)])
              : changed;
        await expect(open(bytes)).rejects.toMatchObject({ code: 'backup' });
      }),
      { numRuns: 300 },
    );
  });

  it('whole chunks dropped from the end or put in another order', async () => {
    const sealed = await seal(Buffer.alloc(3 * CHUNK, 'x'));
    const [head, size] = [40, CHUNK + 16];
    const chunk = (n: number) => sealed.subarray(head + n * size, head + (n + 1) * size);
    await expect(open(sealed.subarray(0, head + 2 * size))).rejects.toMatchObject({ code: 'backup' });
    const swapped = Buffer.concat([sealed.subarray(0, head), chunk(1), chunk(0), chunk(2)]);
    await expect(open(swapped)).rejects.toMatchObject({ code: 'backup' });
  });

  it('another name, another key', async () => {
    const sealed = await seal(Buffer.from('x'));
    await expect(open(sealed, 'b')).rejects.toMatchObject({ code: 'backup' });
    await expect(open(sealed, 'a', Buffer.alloc(32, 2))).rejects.toMatchObject({ code: 'backup' });
  });
});
