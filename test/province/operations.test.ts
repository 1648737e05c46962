/** A year of an invented province tells everything that the layout knows (tracciato.md 3, the table of operations). */

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERAZIONI } from '../../src/registry/events/event-records.ts';
import { LIMITS, unpackArchive } from '../../src/services/intake/archive/archive.ts';
import { type TestProvince, testProvince } from '../support/generated-province.ts';

interface Told {
  readonly comune: string;
  readonly operazione: string;
  readonly tipo: string;
  readonly decorrenza: string;
  readonly dati: Readonly<Record<string, unknown>>;
}

let province: TestProvince;
const told: Told[] = [];

beforeAll(async () => {
  province = await testProvince({ persons: 40_000, months: 12, seed: 5, defects: 0 });
  const work = await mkdtemp(join(tmpdir(), 'sipop-operations-'));
  try {
    for (const name of province.archives.filter((n) => n.endsWith('_VARIAZIONI.zip'))) {
      const { files } = await unpackArchive(join(province.folder, name), join(work, name), LIMITS);
      for (const file of files.values())
        if (file.name === 'eventi.jsonl')
          for (const line of readFileSync(file.path, 'utf8').split('\n'))
            if (line !== '') told.push({ comune: name.slice(6, 12), ...JSON.parse(line) });
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}, 900_000);
afterAll(() => province?.drop());

describe('a year of a province of 40,000', () => {
  it('has every operation, and a convivenza opened, changed and closed', () => {
    expect([...new Set(told.map((e) => e.operazione))].sort()).toEqual([...OPERAZIONI].sort());
    const azioni = told.filter((e) => e.operazione === 'CONVIVENZA').map((e) => e.dati['azione']);
    expect([...new Set(azioni)].sort()).toEqual(['APERTURA', 'CHIUSURA', 'MODIFICA']);
  });

  it('land passes from one comune to the other on one day, as both say (TERRITORIO)', () => {
    const land = told.filter((e) => e.operazione === 'TERRITORIO');
    const out = land
      .filter((e) => e.dati['a'] !== undefined)
      .map((e) => `${e.comune} ${e.dati['a']} ${e.decorrenza}`);
    const into = land
      .filter((e) => e.dati['da'] !== undefined)
      .map((e) => `${e.dati['da']} ${e.comune} ${e.decorrenza}`);
    expect(out.length).toBeGreaterThan(0);
    // One of the two may be registered after the last supply.
    expect(out.filter((o) => into.includes(o)).length).toBeGreaterThan(0);
  });

  it('and the rarer ones stay rare', () => {
    const share = (operazione: string) =>
      told.filter((e) => e.operazione === operazione).length / told.length;
    for (const rare of ['TERRITORIO', 'SCHEDA', 'TOPONOMASTICA']) expect(share(rare)).toBeLessThan(0.01);
  });
});
