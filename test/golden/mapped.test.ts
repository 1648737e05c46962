/**
 * Every folder of test/golden/mapped is a supply of mapped files and its outcome (tracciato.md, third door): the packages that
 * come with the program, mappings that are wrong, files that do not fit.
 *
 * `case.json` names the rule, and the package whose mapping is used; a folder without one holds its own `mappatura.yaml`, or takes
 * the short one of `_base`. `bytes` are files written here in Latin-1 or, longer ones, as a text and how often it stands there.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { findPackage } from '../../src/services/intake/mapped/packages.ts';
import { packParts } from '../../src/services/intake/pack-parts.ts';
import { expectedOf, writeChanged } from '../support/golden-case.ts';
import { KeepingSink, supplyOutcome } from '../support/supply-outcome.ts';

const ROOT = join(import.meta.dirname, 'mapped');
const OWN = ['case.json', 'expected.json', 'changed.json'];

interface MappedCase {
  readonly rule: string;
  readonly pacchetto?: string;
  readonly bytes?: Readonly<Record<string, string | { readonly text: string; readonly repeat: number }>>;
}

const readCase = (name: string): MappedCase =>
  JSON.parse(readFileSync(join(ROOT, name, 'case.json'), 'utf8')) as MappedCase;

const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== '_base')
  .map(({ name }) => name);

const scratch = mkdtempSync(join(tmpdir(), 'sipop-golden-mapped-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** The files of a folder, its mapping among them. */
function filesOf(name: string, { pacchetto, bytes }: MappedCase): string[] {
  const folder = join(ROOT, name);
  const work = join(scratch, name);
  mkdirSync(work);
  const paths = readdirSync(folder)
    .filter((file) => !OWN.includes(file))
    .map((file) => join(folder, file));
  for (const [file, content] of Object.entries(bytes ?? {})) {
    const text = typeof content === 'string' ? content : content.text.repeat(content.repeat);
    writeFileSync(join(work, file), Buffer.from(text, 'latin1'));
    paths.push(join(work, file));
  }
  if (pacchetto !== undefined) paths.push(findPackage(pacchetto)!);
  else if (!paths.some((path) => path.endsWith('.yaml'))) paths.push(join(ROOT, '_base', 'mappatura.yaml'));
  if (paths.length === 1) paths.push(join(ROOT, '_base', 'persone.csv'));
  return paths;
}

describe('golden folders of mapped files', () => {
  it.each(folders.map((name) => [name, readCase(name).rule]))('%s: %s', async (name) => {
    const golden = readCase(name);
    const archive = await packParts(filesOf(name, golden), join(scratch, `${name}.zip`));
    const sink = new KeepingSink();
    const outcome = await supplyOutcome(
      {
      archive,
      fileName: 'MAPPATA_036042_000001.zip',
      door: 'MAPPATA',
      declared: { tipo: 'COMPLETA', comune: '036042', progressivo: 1, situazioneAl: day('2024-12-31') },
      folder: join(scratch, `${name}-work`),
      position: null,
      allowedComuni: null,
      today: day('2025-02-10'),
      reference: loadReference(),
      confirmTooMuch: false,
    },
    sink);
    // What refuses a whole supply is told in words: the line of the mapping and the advice are in them.
    const segnalazioni = sink.findings.map(({ messaggio, messaggio_en, ...finding }) => {
      const said = finding.gravita === 'B' ? { ...finding, messaggio, messaggio_en } : finding;
      return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '' && value !== null));
    });
    const told = { ...outcome, segnalazioni };
    const expected = expectedOf(join(ROOT, name));
    if (!isDeepStrictEqual(told, expected)) writeChanged(join(ROOT, name), told);
    expect(told).toEqual(expected);
  });
});
