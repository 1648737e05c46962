/** What the file alone tells (tracciato.md 4) is told without a register, and is what a load would say. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectedOf, goldenSupply } from '../../../../test/support/golden-case.ts';
import { supplyName, supplyZip } from '../../../../test/support/supply-zip.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import { checkFile, type FileReport } from './check-file.ts';

const GOLDEN = 'test/golden/intake';
const SAMPLES = '../shared/samples';
const present = existsSync(SAMPLES);
if (!present) console.log(`skipped: ${SAMPLES} is not here`);

const scratch = mkdtempSync(join(tmpdir(), 'sipop-check-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function check(path: string, today = '2026-01-01'): Promise<FileReport> {
  return checkFile(path, {
    reference: loadReference(),
    today: day(today),
    tempFolder: scratch,
    examples: 2,
  });
}

/** Findings by code, as a report counts them and as a list has them. */
const counted = (report: FileReport): Record<string, number> =>
  Object.fromEntries(report.codici.map(({ codice, quante }) => [codice, quante]));
function listed(findings: readonly { readonly codice: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { codice } of findings) counts[codice] = (counts[codice] ?? 0) + 1;
  return counts;
}

interface Outcome {
  readonly esito: string;
  readonly scartate: Record<string, number>;
  readonly segnalazioni: readonly { readonly codice: string }[];
}

/** Folders of which a later position, an agreement or a limit is part cannot be told from the file. */
const ofTheFile = (name: string): boolean => {
  const golden: object = JSON.parse(readFileSync(join(GOLDEN, name, 'case.json'), 'utf8'));
  return ![
    'position',
    'allowedComuni',
    'limits',
    'confirmTooMuch',
    'tipo',
    'today',
    'fileName',
    'progressivo',
  ].some((key) => key in golden);
};

describe('every golden folder of a first COMPLETA', () => {
  const folders = readdirSync(GOLDEN).filter((name) => name !== '_base' && ofTheFile(name));
  it('are many', () => expect(folders.length).toBeGreaterThan(100));

  it.each(folders)('%s', async (name) => {
    const supply = goldenSupply(join(GOLDEN, name), join(GOLDEN, '_base'));
    const folder = join(scratch, name);
    mkdirSync(folder);
    writeFileSync(join(folder, supply.fileName), supply.archive);
    const report = await check(join(folder, supply.fileName), '2025-02-10');
    const expected = expectedOf(join(GOLDEN, name)) as Outcome;
    expect(report.esito).toBe(expected.esito);
    expect(counted(report)).toEqual(listed(expected.segnalazioni));
    expect(report.scartate).toEqual(expected.scartate);
  });
});

const event = (id: string, more: object = {}): string =>
  JSON.stringify({
    id_evento: id,
    operazione: 'RISERVATEZZA',
    tipo: 'N',
    data_evento: '2025-01-09',
    decorrenza: '2025-01-09',
    registrazione: '2025-01-13',
    dati: { id_soggetto: 'S1', riservatezza: '1' },
    ...more,
  });

function changes(lines: readonly string[], progressivo: number): string {
  const parts = {
    tipo: 'VARIAZIONI' as const,
    comune: '036042',
    progressivo,
    situazione_al: '2025-01-31',
    files: new Map([['eventi.jsonl', Buffer.from(lines.map((line) => `${line}\n`).join(''))]]),
  };
  const path = join(mkdtempSync(join(scratch, 'changes-')), supplyName(parts));
  writeFileSync(path, supplyZip(parts));
  return path;
}

describe('a VARIAZIONI', () => {
  it('is taken to follow those before it, whose register is not known', async () => {
    const report = await check(changes([event('1')], 7));
    expect(report).toMatchObject({ esito: 'ACCETTATA', gravita: null, codici: [] });
  });

  it('with the number 1 is refused: the first supply of a comune is a COMPLETA (SIP-006)', async () => {
    expect(counted(await check(changes([event('1')], 1)))).toEqual({ 'SIP-006': 1 });
  });

  it('of events at fault: each line with its own finding, repeated ones too (SIP-201, SIP-207, SIP-208, SIP-209)', async () => {
    const unknown = event('2', { operazione: 'TRASLOCO' });
    const report = await check(
      changes(
        [
          event('1'),
          event('1'),
          event('1', { decorrenza: '2025-01-10' }),
          unknown,
          unknown,
          event('2'),
          event('3', { registrazione: '2025-02-01' }),
        ],
        2,
      ),
    );
    expect(counted(report)).toEqual({ 'SIP-201': 1, 'SIP-207': 1, 'SIP-208': 1, 'SIP-209': 2 });
    expect(report).toMatchObject({
      gravita: 'E',
      lette: { 'eventi.jsonl': 7 },
      scartate: { 'eventi.jsonl': 3 },
      segnalate: { 'eventi.jsonl': 5 },
    });
  });

  it('shows the first examples of each code, and counts them all', async () => {
    const lines = Array.from({ length: 5 }, (_, i) => event(String(i), { operazione: 'TRASLOCO' }));
    const [only] = (await check(changes(lines, 2))).codici;
    expect(only).toMatchObject({ codice: 'SIP-201', quante: 5 });
    expect(only!.esempi.map(({ riga }) => riga)).toEqual([1, 2]);
  });
});

/** Codes of the form of a line: no register is needed for them. */
const OF_THE_LINE = ['SIP-020', 'SIP-201', 'SIP-202', 'SIP-207', 'SIP-208', 'SIP-209', 'EA048'];

describe.skipIf(!present)('samples (../shared/samples)', () => {
  const supplies = present
    ? (
        JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8')) as {
          forniture: (Outcome & { file: string })[];
        }
      ).forniture
    : [];
  it.each(supplies.map((s) => [s.file, s] as const))('%s', async (file, expected) => {
    const found = counted(await check(join(SAMPLES, file)));
    const wanted = listed(expected.segnalazioni);
    if (file.includes('_COMPLETA')) expect(found).toEqual(wanted);
    else for (const code of OF_THE_LINE) expect([code, found[code]]).toEqual([code, wanted[code]]);
  });
});

it('leaves nothing behind in the folder for its own work', () => {
  expect(readdirSync(scratch).filter((name) => name.startsWith('sipop-check-'))).toEqual([]);
});
