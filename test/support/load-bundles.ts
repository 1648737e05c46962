/** Writes bundles as a first full supply, by the same road as the intake: COPY files and one transaction. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { writeFullSupply } from '../../src/registry/full-supply.service.ts';
import type { EntryBundle, HouseholdRecord } from '../../src/registry/records.ts';
import { reserveNumbers } from '../../src/registry/supplies.sql.ts';
import { SupplyCopy } from '../../src/registry/supply-copy.ts';
import type { Receipt, SupplyRecord } from '../../src/registry/supply-record.ts';

export interface BundleSupply {
  readonly comune: string;
  readonly households: readonly HouseholdRecord[];
  readonly bundles: readonly EntryBundle[];
  readonly change?: Partial<SupplyRecord>;
}

export function supplyRecord(comune: string, change: Partial<SupplyRecord> = {}): SupplyRecord {
  return {
    fileName: `SIPOP_${comune}_000001_COMPLETA.zip`,
    sha256: 'a'.repeat(64),
    comune,
    progressivo: 1,
    tipo: 'COMPLETA',
    esito: 'ACCETTATA',
    situazioneAl: day('2024-12-31'),
    generata: null,
    softwareNome: 'prova',
    softwareVersione: '1',
    assenti: 'segnala',
    lette: {},
    applicate: {},
    scartate: {},
    segnalate: {},
    ...change,
  };
}

export async function loadBundles(
  db: Database,
  { comune, households, bundles, change }: BundleSupply,
): Promise<Receipt> {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-bundles-'));
  try {
    const count = (kind: HouseholdRecord['kind']) =>
      Math.max(0, ...households.filter((h) => h.kind === kind).map((h) => h.riga));
    const entries = Math.max(0, ...bundles.map((b) => b.soggetto.riga));
    const famiglie = count('famiglia');
    const numbers = {
      supplyId: (await reserveNumbers(db, 'supply', 1)) + 1,
      eventId: (await reserveNumbers(db, 'event', 1)) + 1,
      entryBase: await reserveNumbers(db, 'entry', entries),
      householdBase: await reserveNumbers(db, 'household', famiglie + count('convivenza')),
      entries,
      households: famiglie + count('convivenza'),
    };
    const copy = new SupplyCopy(folder, comune, numbers.supplyId);
    copy.number(numbers, famiglie);
    const byId = new Map(households.map((h) => [`${h.kind}:${h.id}`, h]));
    for (const household of households) copy.household(household);
    for (const one of bundles) copy.entry(one, { get: (kind, id) => byId.get(`${kind}:${id}`) });
    const files = copy.close();
    const archive = join(folder, 'archive.zip');
    await writeFile(archive, `bytes of ${comune}`);
    const supply = supplyRecord(comune, change);
    return await writeFullSupply(
      db,
      { supply, manifest: null, numbers, files, archive },
      new Date('2025-01-02T08:00:00Z'),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
