import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { supplyName, supplyZip } from '../../../../test/support/supply-zip.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import { LIMITS } from './archive.ts';
import { openSupply } from './open-supply.ts';

/** Small, so that the test is; the page's own are LIMITS. */
const MOST = { ...LIMITS, events: 2000, eventBytes: 1024 ** 2 };

const scratch = mkdtempSync(join(tmpdir(), 'sipop-open-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const reference = loadReference();

/** Why a supply of changes of so many lines is refused. */
async function refusals(lines: string): Promise<string[][]> {
  const parts = {
    tipo: 'VARIAZIONI',
    comune: '036023',
    progressivo: 2,
    situazione_al: '2024-12-31',
    files: new Map([['eventi.jsonl', Buffer.from(lines)]]),
  } as const;
  const archive = join(scratch, supplyName(parts));
  writeFileSync(archive, supplyZip(parts));
  const opened = await openSupply({
    archive,
    fileName: supplyName(parts),
    folder: mkdtempSync(join(scratch, 'files-')),
    position: { lastProgressivo: 1, situazioneAl: day('2024-12-01'), softwareNome: null },
    allowedComuni: null,
    today: day('2025-01-02'),
    reference,
    limits: MOST,
  });
  return opened.refusals.map((f) => [f.codice, f.file ?? '', f.messaggio]);
}

describe('a supply of changes larger than what is held in memory (docs/adr/0003)', () => {
  it('is refused with the advice to divide it (SIP-001, over the limits), one line less is not', async () => {
    const [[codice, file, messaggio] = []] = await refusals('{}\n'.repeat(MOST.events + 1));
    expect([codice, file]).toEqual(['SIP-001', 'eventi.jsonl']);
    expect(messaggio).toContain('dividere le variazioni in più forniture');
    const codes = (await refusals('{}\n'.repeat(MOST.events))).map((r) => r[0]);
    expect(codes).not.toContain('SIP-001');
  });

  it('is refused unread where its text is too long, however few its lines', async () => {
    // Text that packs badly: else it would be refused for how much it unpacks to.
    const texts = Array.from({ length: 24 }, () => randomBytes(45_000).toString('base64'));
    const [[codice, file, messaggio] = []] = await refusals(
      `${texts.map((text) => JSON.stringify({ text })).join('\n')}\n`,
    );
    expect([codice, file]).toEqual(['SIP-001', 'eventi.jsonl']);
    expect(messaggio).toContain('supera 1 MiB');
  });
});
