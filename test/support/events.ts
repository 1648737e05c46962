/** Supplies of changes for tests of the register: typed events, applied by the same road as the intake's. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Day, day } from '../../src/kernel/day.ts';
import type { Finding } from '../../src/kernel/findings.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type {
  EventData,
  EventRecord,
  Operazione,
  Riferimento,
} from '../../src/registry/events/event-records.ts';
import { writeEventSupply } from '../../src/registry/events/event-supply.service.ts';
import type { PreparedEvents } from '../../src/registry/events/supply-applier.ts';
import { reserveNumbers } from '../../src/registry/supplies/supplies.sql.ts';
import type { SupplyRecord } from '../../src/registry/supplies/supply-record.ts';
import { eventLine } from './event-lines.ts';
import { supplyRecord } from './load-bundles.ts';

export interface EventOptions {
  readonly registrazione?: string;
  readonly tipo?: 'N' | 'R';
  readonly riferimento?: Riferimento;
}

/** A new event (or a correction) of one kind. */
export function event<O extends Operazione>(
  id: string,
  operazione: O,
  decorrenza: string,
  dati: EventData[O],
  options: EventOptions = {},
): EventRecord {
  return {
    riga: 0,
    id_evento: id,
    operazione,
    tipo: options.tipo ?? 'N',
    data_evento: day(decorrenza),
    decorrenza: day(decorrenza),
    registrazione: day(options.registrazione ?? decorrenza),
    pratica: null,
    riferimento: options.riferimento ?? null,
    dati,
  } as EventRecord;
}

export function annulment(
  id: string,
  operazione: Operazione,
  decorrenza: string,
  riferimento: Riferimento,
  registrazione = decorrenza,
): EventRecord {
  return {
    riga: 0,
    id_evento: id,
    operazione,
    tipo: 'A',
    data_evento: day(decorrenza),
    decorrenza: day(decorrenza),
    registrazione: day(registrazione),
    pratica: null,
    riferimento,
  };
}

/** A finding by its code alone: the sentences belong to the intake. */
const describe = (codice: string, where: object): Finding =>
  ({
    codice,
    gravita: codice === 'EF008' || codice === 'SIP-209' ? 'W' : 'E',
    file: 'eventi.jsonl',
    riga: null,
    id_soggetto: '',
    campo: '',
    valore: '',
    messaggio: codice,
    messaggio_en: codice,
    ...where,
  }) as Finding;

/** Events as supply `progressivo` of a comune, checked and ready to be applied. @param found told each finding */
export async function preparedEvents(
  db: Database,
  folder: string,
  comune: string,
  progressivo: number,
  events: readonly EventRecord[],
  situazioneAl: Day = day('2025-12-31'),
  found: (codice: string, riga: number | null) => void = () => undefined,
): Promise<PreparedEvents> {
  const archive = join(folder, `${comune}-${progressivo}.zip`);
  const bytes = JSON.stringify(events);
  await writeFile(archive, bytes);
  return {
    supply: supplyRecord(comune, {
      fileName: `SIPOP_${comune}_${String(progressivo).padStart(6, '0')}_VARIAZIONI.zip`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      progressivo,
      tipo: 'VARIAZIONI',
      situazioneAl,
      lette: { 'eventi.jsonl': events.length },
    }),
    manifest: null,
    archive,
    supplyId: (await reserveNumbers(db, 'supply', 1)) + 1,
    lines: events.map((e, i) => eventLine(e, i + 1)),
    findings: [],
    describe: (codice, where) => {
      found(codice, where.riga);
      return describe(codice, where);
    },
    reread: (raw, riga) => eventLine(JSON.parse(raw) as EventRecord, riga),
  };
}

/** When the supplies of tests come. */
export const RECEIVED = new Date('2025-06-01T08:00:00Z');

/** Applies events as supply `progressivo` of a comune. @returns the codes of its findings, with the line of each */
export async function applyEvents(
  db: Database,
  comune: string,
  progressivo: number,
  events: readonly EventRecord[],
  situazioneAl: Day = day('2025-12-31'),
): Promise<{ supply: SupplyRecord; findings: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'sipop-events-'));
  const findings: string[] = [];
  try {
    const prepared = await preparedEvents(
      db,
      folder,
      comune,
      progressivo,
      events,
      situazioneAl,
      (codice, riga) => findings.push(`${codice} ${riga}`),
    );
    const { supply } = await writeEventSupply(db, prepared, RECEIVED);
    return { supply, findings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
