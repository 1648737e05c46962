/** Every folder of test/golden/intake is a supply and its outcome (tracciato.md 4): one for each finding. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedOf, goldenSupply, readCase, writeChanged } from '../support/golden-case.ts';
import { supplyOutcome } from '../support/supply-outcome.ts';

const ROOT = join(import.meta.dirname, 'intake');
const BASE = join(ROOT, '_base');
const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== '_base')
  .map(({ name }) => name);

const scratch = mkdtempSync(join(tmpdir(), 'sipop-golden-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('golden folders of the intake', () => {
  it.each(folders.map((name) => [name, readCase(join(ROOT, name)).rule]))('%s: %s', async (name) => {
    const folder = join(ROOT, name);
    const supply = goldenSupply(folder, BASE);
    const archive = join(scratch, `${name}.zip`);
    writeFileSync(archive, supply.archive);
    const outcome = await supplyOutcome({ ...supply, archive, folder: join(scratch, name) });
    const expected = expectedOf(folder);
    if (!isDeepStrictEqual(outcome, expected)) writeChanged(folder, outcome);
    expect(outcome).toEqual(expected);
  });
});
