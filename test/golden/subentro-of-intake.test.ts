/**
 * The golden folders of the first door, told as subentro.xml (tracciato.md 5, "the same checks"): what of them the XML can say gives
 * the very findings, on the same rows, that the same rows give as a ZIP.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Day } from '../../src/kernel/day.ts';
import type { CheckRequest } from '../../src/services/intake/check-contract.ts';
import { goldenSupply, readCase } from '../support/golden-case.ts';
import { presentRegister, presentTables } from '../support/present-register.ts';
import { subentroXml } from '../support/subentro-xml.ts';
import { supplyOutcome } from '../support/supply-outcome.ts';
import { supplyZip } from '../support/supply-zip.ts';

const ROOT = join(import.meta.dirname, 'intake');
const BASE = join(ROOT, '_base');
const SITUATION = '2024-12-31' as Day;
const TABLES = ['soggetti.csv', 'famiglie.csv', 'legami.csv', 'convivenze.csv', 'residenze.csv'];

/** An element is a famiglia or a convivenza: one row cannot name both. */
const UNSAID: ReadonlySet<string> = new Set(['SIP-102-two-households']);

/** Faults of rows, in folders with tables of their own; the others are of the ZIP, the manifest or the events. */
const folders = readdirSync(ROOT).filter((name) => {
  if (UNSAID.has(name)) return false;
  if (!/^(?:E[ACFNS]\d{3}|SIP-1\d\d|accepted)/.test(name) || /^EN0[12]/.test(name)) return false;
  return existsSync(join(ROOT, name, 'soggetti.csv')) && readCase(join(ROOT, name)).tipo !== 'VARIAZIONI';
});

const scratch = mkdtempSync(join(tmpdir(), 'sipop-golden-xml-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const codes = new Set<string>();

describe('golden folders of the intake, told as subentro.xml', () => {
  it.each(folders)('%s', async (name) => {
    const comune = readCase(join(ROOT, name)).comune ?? '036042';
    const tables = new Map<string, Buffer>();
    for (const table of TABLES)
      for (const folder of [BASE, join(ROOT, name)])
        if (existsSync(join(folder, table))) tables.set(table, readFileSync(join(folder, table)));
    const register = presentRegister(tables);
    const { limits: _, ...golden } = goldenSupply(join(ROOT, name), BASE);
    const check = async (door: 'SIPOP' | 'ANPR', fileName: string, bytes: string | Buffer) => {
      const archive = join(scratch, `${name}-${fileName}`);
      writeFileSync(archive, bytes);
      const folder = join(scratch, `${name}-${door}`);
      mkdirSync(folder);
      const request: CheckRequest = { ...golden, archive, folder, fileName, door };
      const declared = { tipo: 'COMPLETA', comune, progressivo: 1, situazioneAl: SITUATION } as const;
      return supplyOutcome(door === 'ANPR' ? { ...request, declared } : request);
    };
    const files = presentTables(register);
    const zip = supplyZip({ tipo: 'COMPLETA', comune, progressivo: 1, situazione_al: SITUATION, files });
    const first = await check('SIPOP', `SIPOP_${comune}_000001_COMPLETA.zip`, zip);
    const xml = await check('ANPR', 'subentro.xml', subentroXml(register, { comune }));
    const plain = xml.segnalazioni.map(({ dettaglio: _, ...finding }) => finding);
    expect({ ...xml, segnalazioni: plain }).toEqual(first);
    for (const { codice, riga, dettaglio } of xml.segnalazioni) {
      codes.add(codice!);
      if (riga !== null) expect(dettaglio).toMatchObject({ origine_file: 'subentro.xml' });
    }
  });

  it('cover the findings that a subentro can have', () => {
    // SIP-108, SIP-109 and SIP-133 have other tables here: src/services/intake/anpr/open-subentro.test.ts.
    const found =
      'EA001 EA038 EA042 EA048 EC001 EC002 EC003 EC004 EC005 EC006 EC007 EC030 EC036 EC063 EC064 EC065 EC066 EF004 EF008 EF009 EF010 ' +
      'EN064 ES008 ES009 ES010 ES049 ES092 ES127 SIP-101 SIP-102 SIP-103 SIP-104 SIP-107 SIP-120 SIP-121 SIP-122 SIP-123 SIP-131 SIP-132 SIP-134 SIP-135';
    expect([...codes].sort()).toEqual(found.split(' '));
  });
});
