/** The ANPR door of full supplies against the first one (tracciato.md 5, issue 4.1). */
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import type { Delivery } from '../../src/services/intake/delivery.ts';
import { type IntakeResult, loadSupplies } from '../../src/services/intake/intake.service.ts';
import { generateProvince } from '../../tools/generator/province.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { differences, dumpRegister, type RegisterDump } from '../support/register-dump.ts';
import { replayOf, unequal } from '../support/replay.ts';
import { whatXmlSays } from '../support/what-xml-says.ts';

const XSD = '../shared/reference/anpr-xsd';
const COMUNI = ['036023', '036005', '036033'];
const SITUATION = '2024-12-31';
const reference = loadReference();

const folder = mkdtempSync(join(tmpdir(), 'sipop-subentro-'));
const [zips, xmls] = [join(folder, 'zip'), join(folder, 'xml')];
const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const { drop } of databases) await drop();
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  const province = { persons: 9000, months: 0, seed: 5, defects: 0 };
  await generateProvince({ ...province, out: zips }, () => undefined);
  await generateProvince({ ...province, out: xmls, subentro: 3 }, () => undefined);
});

async function database(): Promise<TestDatabase> {
  const made = await testDatabase();
  databases.push(made);
  return made;
}

async function load(test: TestDatabase, supplies: readonly (string | Delivery)[]): Promise<string[]> {
  const results: IntakeResult[] = await loadSupplies(test.db, supplies, {
    workFolder: join(folder, 'work'),
    now: () => new Date('2025-02-01T09:00:00Z'),
    reference,
  });
  return results.map((result) => {
    if ('error' in result) throw result.error;
    return result.receipt.esito;
  });
}

const filesOf = (comune: string): string[] =>
  readdirSync(xmls)
    .filter((name) => name.startsWith(`SUBENTRO_${comune}`))
    .map((name) => join(xmls, name));

const subentro = (comune: string, progressivo = 1, paths = filesOf(comune)): Delivery => ({
  paths,
  door: 'ANPR',
  declared: { tipo: 'COMPLETA', comune, progressivo, situazioneAl: day(SITUATION) },
});

/** Of the supplies themselves, what they were; of findings, the row that is a line of one of three files, and the words about it. */
const OF_THE_DOOR = [
  'source_row',
  'file_name',
  'sha256',
  'door',
  'manifest',
  'generata',
  'software_nome',
  'software_versione',
];
const OF_THE_ROWS = ['riga', 'n', 'dettaglio', 'messaggio', 'messaggio_en'];

/** Every table as text, but the archives. */
async function stateOf(db: Database, leftOut: readonly string[] = []): Promise<RegisterDump> {
  const dump = await dumpRegister(db, [...OF_THE_DOOR, ...OF_THE_ROWS, ...leftOut]);
  return new Map([...dump].filter(([table]) => table !== 'supply_contents'));
}

if (!existsSync(XSD)) console.log(`skipped: ${XSD} is not here`);

describe.skipIf(!existsSync(XSD))('subentro.xml as the generator writes it', () => {
  it('is valid against the official schema', async () => {
    const { XmlDocument, XsdValidator, xmlRegisterInputProvider } = await import('libxml2-wasm');
    const { fsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
    xmlRegisterInputProvider(fsInputProviders);
    const schema = join(XSD, 'subentro.xsd');
    using xsd = XmlDocument.fromBuffer(readFileSync(schema), { url: schema });
    using validator = XsdValidator.fromDoc(xsd);
    let validated = 0;
    for (const comune of COMUNI)
      for (const path of filesOf(comune)) {
        using document = XmlDocument.fromBuffer(readFileSync(path));
        validator.validate(document);
        validated++;
      }
    expect(validated).toBe(3 * COMUNI.length);
    const broken = readFileSync(filesOf('036023')[0]!, 'utf8')
      .replace('<sesso>', '<genere>')
      .replace('</sesso>', '</genere>');
    using document = XmlDocument.fromString(broken);
    expect(() => validator.validate(document)).toThrow(/genere/);
  });
});

describe('a population written as SIPOP ZIP and as subentro XML', () => {
  it('gives the same current state, table by table, but for what the XML cannot say', async () => {
    const [first, second] = [await database(), await database()];
    const reduced: string[] = [];
    mkdirSync(join(folder, 'reduced'));
    for (const comune of COMUNI) {
      const name = `SIPOP_${comune}_000001_COMPLETA.zip`;
      const work = join(folder, `unpacked-${comune}`);
      writeFileSync(
        join(folder, 'reduced', name),
        await whatXmlSays(join(zips, name), work, { comune, situazione_al: SITUATION }),
      );
      reduced.push(join(folder, 'reduced', name));
    }
    const accepted = COMUNI.map(() => expect.stringMatching(/^ACCETTATA/));
    expect(await load(first, reduced)).toEqual(accepted);
    expect(
      await load(
        second,
        COMUNI.map((comune) => subentro(comune)),
      ),
    ).toEqual(accepted);
    const [zip, xml] = await Promise.all([first, second].map(({ db }) => stateOf(db)));
    expect(differences(zip!, xml!)).toEqual([]);
    expect(xml!.get('memberships')!.length).toBeGreaterThan(1000);
    expect(xml!.get('dwellings')!.length).toBeGreaterThan(1000);
  });

  it('gives the first outcome again where the same files come again, in whatever order, and is refused where one differs', async () => {
    const test = await database();
    const [a, b, c] = filesOf('036033') as [string, string, string];
    const [esito] = await load(test, [subentro('036033')]);
    expect(esito).toMatch(/^ACCETTATA/);
    const before = await dumpRegister(test.db);
    expect(await load(test, [subentro('036033', 1, [c, a, b])])).toEqual([esito]);
    expect(differences(before, await dumpRegister(test.db))).toEqual([]);
    const other = join(folder, 'SUBENTRO_036033_3di3.xml');
    writeFileSync(other, readFileSync(c, 'utf8').replace(/<cognome>[^<]*/, '<cognome>ALTRI'));
    expect(await load(test, [subentro('036033', 1, [a, b, other])])).toEqual(['RIFIUTATA']);
    const { rows } = await test.db.query("select codice, file from findings where gravita = 'B'");
    expect(rows).toEqual([{ codice: 'SIP-005', file: 'ANPR_036033_000001.zip' }]);
  });

  it('is replayed from the archive that was kept, several files or one, and gives every table again', async () => {
    const test = await database();
    const one = await database();
    expect(
      await load(
        test,
        COMUNI.map((comune) => subentro(comune)),
      ),
    ).toHaveLength(3);
    expect(unequal(await replayOf(test, reference))).toEqual([]);
    const single = join(folder, 'one');
    await generateProvince(
      { persons: 900, months: 0, seed: 6, defects: 0, out: single, subentro: 1 },
      () => undefined,
    );
    const path = join(single, 'SUBENTRO_036023.xml');
    expect(await load(one, [subentro('036023', 1, [path])])).toHaveLength(1);
    expect(unequal(await replayOf(one, reference))).toEqual([]);
  });

  it('realigns what a ZIP with histories told before, changes nothing where nothing differs and takes no history away', async () => {
    const test = await database();
    await load(
      test,
      COMUNI.map((comune) => join(zips, `SIPOP_${comune}_000001_COMPLETA.zip`)),
    );
    const facts = async () => {
      const dump = await stateOf(test.db, ['chiusa_da']);
      return new Map(
        [...dump].filter(([table]) => !/^(supplies|events|findings|receipt_numbers)$/.test(table)),
      );
    };
    // A registration that began some day of a year is told, in the XML, to have begun on its first.
    const partial =
      "select count(*)::int as n from registrations where from_text is not null and valid_to = 'infinity'";
    const { rows } = await test.db.query<{ n: number }>(partial);
    expect(rows[0]!.n).toBeGreaterThan(0);
    const before = await facts();
    await load(
      test,
      COMUNI.map((comune) => subentro(comune, 2)),
    );
    const after = await facts();
    const changed = differences(before, after).filter((line) => !line.startsWith(' '));
    expect(changed.map((line) => line.split(':')[0])).toEqual([
      'event_entries',
      'registrations',
      'registrations_past',
    ]);
    expect(after.get('registrations_past')).toHaveLength(rows[0]!.n);
    expect(await test.db.query(partial)).toMatchObject({ rows: [{ n: 0 }] });
  });
});
