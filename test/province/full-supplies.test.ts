/** The full supplies of invented provinces, through the check of the intake (issue 2.5): what is listed is found, and nothing else. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { csvRows, type TestProvince, testProvince } from '../support/generated-province.ts';
import { KeepingSink, supplyOutcome } from '../support/supply-outcome.ts';

/** `archivio file riga id_soggetto codice` of each finding of every supply, and the outcomes that are not ACCETTATA. */
async function check(province: TestProvince): Promise<{ findings: string[]; outcomes: string[] }> {
  const work = await mkdtemp(join(tmpdir(), 'sipop-check-'));
  const findings: string[] = [];
  const outcomes: string[] = [];
  const reference = loadReference();
  try {
    for (const fileName of province.archives) {
      const sink = new KeepingSink();
      const { esito } = await supplyOutcome(
        {
          archive: join(province.folder, fileName),
          fileName,
          folder: join(work, fileName),
          position: null,
          allowedComuni: null,
          today: day('2025-02-01'),
          reference,
          confirmTooMuch: false,
        },
        sink,
      );
      for (const f of sink.findings)
        findings.push([fileName, f.file, f.riga, f.id_soggetto, f.codice].join(' '));
      if (esito !== 'ACCETTATA') outcomes.push(`${fileName} ${esito}`);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { findings: findings.sort(), outcomes };
}

async function digest(province: TestProvince): Promise<string> {
  const hash = createHash('sha256');
  for (const name of province.archives) hash.update(await readFile(join(province.folder, name)));
  return hash.digest('hex');
}

describe('a province without defects', () => {
  const made: TestProvince[] = [];
  const make = async (seed: number, months = 0): Promise<TestProvince> => {
    const province = await testProvince({ persons: 4000, months, seed, defects: 0 });
    made.push(province);
    return province;
  };
  afterAll(async () => {
    for (const province of made) await province.drop();
  });

  it('has 47 full supplies, each ACCETTATA without a finding', async () => {
    const province = await make(3);
    const { findings, outcomes } = await check(province);
    expect(province.archives).toHaveLength(47);
    expect(findings).toEqual([]);
    expect(outcomes).toEqual([]);
  });

  it('is the same to the byte for the same seed, and another for another seed', async () => {
    const [first, again, other] = [await make(4, 2), await make(4, 2), await make(5, 2)];
    expect(await digest(again)).toBe(await digest(first));
    expect(await digest(other)).not.toBe(await digest(first));
  });

  it('has the same full supplies however many months follow', async () => {
    const [none, some] = [await make(6), await make(6, 2)];
    const full = { ...some, archives: some.archives.filter((name) => name.endsWith('_COMPLETA.zip')) };
    expect(await digest(full)).toBe(await digest(none));
  });
});

describe.each([
  [1, 0.03],
  [2, 0.05],
  [7, 0.05],
])('a province of seed %i with defects in a share of %d', (seed, defects) => {
  let province: TestProvince;
  beforeAll(async () => {
    province = await testProvince({ persons: 6000, months: 0, seed, defects });
  });
  afterAll(() => province?.drop());

  it('gets exactly the findings of difetti.csv, whatever the kinds', async () => {
    const listed = (await csvRows(province.folder, 'difetti.csv')).map(
      ([archive, , , file, riga, id, codice]) => [archive, file, riga, id, codice].join(' '),
    );
    const { findings } = await check(province);
    expect(findings).toEqual(listed.sort());
    expect(new Set(listed.map((line) => line.split(' ').at(-1))).size).toBeGreaterThan(30);
  });
});
