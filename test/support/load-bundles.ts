/** Writes bundles as a full supply, the first or a later one, by the same road as the intake: COPY files and one transaction. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Day, day } from '../../src/kernel/day.ts';
import type { Finding } from '../../src/kernel/findings.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type { EntryBundle, HouseholdRecord } from '../../src/registry/claims/records.ts';
import type { EventRecord } from '../../src/registry/events/event-records.ts';
import { findWaitingRoom } from '../../src/registry/events/events.sql.ts';
import type { LaterSupply } from '../../src/registry/realignment/realignment.ts';
import { ToldCopy } from '../../src/registry/realignment/told-copy.ts';
import { type WrittenSupply, writeFullSupply } from '../../src/registry/supplies/full-supply.service.ts';
import { reserveNumbers } from '../../src/registry/supplies/supplies.sql.ts';
import { SupplyCopy } from '../../src/registry/supplies/supply-copy.ts';
import type { Receipt, SupplyRecord } from '../../src/registry/supplies/supply-record.ts';
import type { SetAsideRow } from '../../src/registry/supplies/supply-sink.ts';

import { describeFault } from '../../src/services/intake/messages/describe-fault.ts';
import { eventLine } from './event-lines.ts';

export interface BundleSupply {
  readonly comune: string;
  readonly households: readonly HouseholdRecord[];
  readonly bundles: readonly EntryBundle[];
  readonly change?: Partial<SupplyRecord>;
  readonly findings?: readonly Finding[];
  readonly setAside?: readonly SetAsideRow[];
  /** Of a later supply: an operator confirmed that much is to be cancelled. */
  readonly confirmed?: boolean;
  /** The archive is gone when it is to be kept, which is the last step. */
  readonly archiveMissing?: boolean;
  /** The archive is another when it is to be kept. */
  readonly archiveChanged?: boolean;
}

/** A finding by its code: the sentences belong to the intake. */
export function foundIn(codice: string, change: Partial<Finding> = {}): Finding {
  return {
    codice,
    gravita: 'E',
    file: 'soggetti.csv',
    riga: null,
    id_soggetto: '',
    campo: '',
    valore: '',
    messaggio: codice,
    messaggio_en: codice,
    ...change,
  } as Finding;
}

/** The change that makes a supply record a later COMPLETA. */
export const later = (comune: string, progressivo: number, situazioneAl: Day): Partial<SupplyRecord> => ({
  fileName: `SIPOP_${comune}_${String(progressivo).padStart(6, '0')}_COMPLETA.zip`,
  sha256: String(progressivo).padStart(64, '0'),
  progressivo,
  situazioneAl,
});

export function supplyRecord(comune: string, change: Partial<SupplyRecord> = {}): SupplyRecord {
  return {
    door: 'SIPOP',
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
    confirmed: false,
    lette: {},
    applicate: {},
    scartate: {},
    segnalate: {},
    ...change,
  };
}

export async function loadBundles(db: Database, input: BundleSupply): Promise<Receipt> {
  return (await loadSupply(db, input)).receipt;
}

export async function loadSupply(db: Database, input: BundleSupply): Promise<WrittenSupply> {
  const { comune, households, bundles, change } = input;
  const folder = await mkdtemp(join(tmpdir(), 'sipop-bundles-'));
  try {
    const count = (kind: HouseholdRecord['kind']) =>
      Math.max(0, ...households.filter((h) => h.kind === kind).map((h) => h.riga));
    const entries = Math.max(0, ...bundles.map((b) => b.soggetto.riga));
    const famiglie = count('famiglia');
    const waiting = await findWaitingRoom(db, comune);
    const numbers = {
      supplyId: (await reserveNumbers(db, 'supply', 1)) + 1,
      eventId: (await reserveNumbers(db, 'event', 1 + waiting.events)) + 1,
      entryBase: await reserveNumbers(db, 'entry', entries + waiting.things),
      householdBase: await reserveNumbers(db, 'household', famiglie + count('convivenza') + waiting.things),
      entries,
      households: famiglie + count('convivenza'),
    };
    // The bytes stand for the archive: what is kept must be what was checked.
    const bytes = ['bytes of', comune, ...(change?.sha256 === undefined ? [] : [change.sha256])].join(' ');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const supply = supplyRecord(comune, { ...change, sha256 });
    const Sink = supply.progressivo === 1 ? SupplyCopy : ToldCopy;
    const copy = new Sink(folder, comune, numbers.supplyId);
    copy.number(numbers, famiglie);
    const byId = new Map(households.map((h) => [`${h.kind}:${h.id}`, h]));
    for (const household of households) copy.household(household);
    for (const one of bundles) copy.entry(one, { get: (kind, id) => byId.get(`${kind}:${id}`) });
    for (const f of input.findings ?? []) copy.finding(f);
    for (const row of input.setAside ?? []) copy.setAside(row);
    const files = copy.close();
    const archive = join(folder, 'archive.zip');
    if (input.archiveMissing !== true)
      await writeFile(archive, input.archiveChanged ? `${bytes}, changed` : bytes);
    return await writeFullSupply(
      db,
      {
        supply,
        manifest: null,
        numbers,
        files,
        archive,
        ...(supply.progressivo === 1 ? {} : { later: laterSupply(input.confirmed ?? false) }),
      },
      new Date('2025-01-02T08:00:00Z'),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const laterSupply = (confirmed: boolean): LaterSupply => ({
  confirmed,
  tooMany: (cancelled, residents) =>
    foundIn('SIP-014', { gravita: 'B', valore: `${cancelled} of ${residents}` }),
  missing: (id) => foundIn('SIP-040', { gravita: 'W', id_soggetto: id }),
  reread: (raw, riga) => eventLine(JSON.parse(raw) as EventRecord, riga),
  describe: describeFault,
});
