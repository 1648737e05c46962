/** The full supplies of ../shared/samples come out exactly as expected.json says: counts, findings, and no other finding. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { loadReference } from '../../reference/load-reference.ts';
import { checkSupply } from './check-supply.ts';
import { ListSink } from './register/list-sink.ts';

const SAMPLES = '../shared/samples';
const present = existsSync(SAMPLES);
if (!present) console.log(`skipped: ${SAMPLES} is not here`);

interface ExpectedFinding {
  readonly codice: string;
  readonly gravita: string;
  readonly file: string;
  readonly riga: number | null;
  readonly id_soggetto: string;
  readonly campo?: string;
  readonly valore?: string;
  readonly id_famiglia?: string;
}
interface ExpectedSupply {
  readonly file: string;
  readonly esito: string;
  readonly lette: Record<string, number>;
  readonly scartate: Record<string, number>;
  readonly segnalazioni: readonly ExpectedFinding[];
}

const supplies: readonly ExpectedSupply[] = present
  ? (
      JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8')) as { forniture: ExpectedSupply[] }
    ).forniture.filter((s) => s.file.includes('_COMPLETA'))
  : [];

const folder = mkdtempSync(join(tmpdir(), 'sipop-samples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const placed = (f: { file: string | null; riga: number | null; codice: string; campo?: string }): string =>
  [f.file, f.riga ?? '', f.codice].join(' ');

describe.skipIf(!present)('samples (../shared/samples)', () => {
  it.each(supplies.map((s) => [s.file, s] as const))('%s', async (file, expected) => {
    const sink = new ListSink();
    const supply = await checkSupply(
      {
        archive: join(SAMPLES, file),
        fileName: file,
        folder: mkdtempSync(join(folder, 'work-')),
        position: null,
        allowedComuni: null,
        today: day('2026-01-01'),
        reference: loadReference(),
        confirmTooMuch: false,
      },
      sink,
    );
    expect(supply.esito).toBe(expected.esito);
    expect(supply.lette).toEqual(expected.lette);
    expect(supply.scartate).toEqual(expected.scartate);
    const found = sink.findings.toSorted((a, b) => (placed(a) < placed(b) ? -1 : 1));
    const wanted = expected.segnalazioni.toSorted((a, b) => (placed(a) < placed(b) ? -1 : 1));
    expect(found.map(placed)).toEqual(wanted.map(placed));
    expect(found).toMatchObject(wanted);
    const standing = supply.lette['soggetti.csv']! - (supply.scartate['soggetti.csv'] ?? 0);
    expect(sink.bundles.length).toBe(standing);
    expect(sink.setAsideRows.length).toBe(Object.values(expected.scartate).reduce((a, b) => a + b, 0));
  });
});
