/** A little register that operations and supplies of changes come to, and what is held of it after them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadReference } from '../../src/reference/load-reference.ts';
import { FACT_TABLES } from '../../src/registry/tables/tables.ts';
import {
  type OperationResult,
  takeOperations,
} from '../../src/services/intake/anpr/operations/operations.service.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { COMUNE } from './operation-requests.ts';
import { supplyName, supplyZip } from './supply-zip.ts';

export const REFERENCE = loadReference();

const csv = (text: string): Buffer =>
  Buffer.from(
    text
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join('\n'),
  );

/** A married couple with a child in F1, a woman alone in F2, a foreigner alone in F3, a convivenza with one member. */
const FILES: ReadonlyMap<string, Buffer> = new Map([
  [
    'soggetti.csv',
    csv(`
      id_soggetto;codice_fiscale;validita_cf;cognome;nome;sesso;data_nascita;comune_nascita;stato_civile;stato_civile_dal;id_coniuge;cittadinanza;posizione;iscritto_dal;motivo_iscrizione;data_aggiornamento
      S1;RSSMRA70A01F257E;1;ROSSI;MARIO;M;1970-01-01;036023;2;2000-06-01;S2;100;RESIDENTE;2010-01-01;9;2024-12-01
      S2;BNCNNA72A41F257D;1;BIANCHI;ANNA;F;1972-01-01;036023;2;2000-06-01;S1;100;RESIDENTE;2010-01-01;9;2024-12-01
      S3;RSSLCU06A01F257K;1;ROSSI;LUCA;M;2006-01-01;036023;1;;;100;RESIDENTE;2010-01-01;9;2024-12-01
      S4;NREDAA80A41F257C;1;NERI;ADA;F;1980-01-01;036023;1;;;100;RESIDENTE;2010-01-01;9;2024-12-01
      S5;GLLGUO78A01F257U;1;GALLI;UGO;M;1978-01-01;036023;1;;;235;RESIDENTE;2010-01-01;9;2024-12-01
      S6;VRDLEO60A01F257M;1;VERDI;LEO;M;1960-01-01;036023;1;;;100;RESIDENTE;2010-01-01;9;2024-12-01
    `),
  ],
  [
    'famiglie.csv',
    csv(`
      id_famiglia;dal;motivo;id_intestatario;specie;toponimo;civico;interno;cap
      F1;2010-01-01;1;S1;VIA;ROMA;10;3;41121
      F2;2010-01-01;9;S4;VIA;VERDI;2;;41121
      F3;2010-01-01;9;S5;VIA;DANTE;5;;41121
    `),
  ],
  [
    'convivenze.csv',
    csv(`
      id_convivenza;specie_convivenza;denominazione;id_responsabile;dal;specie;toponimo;civico;cap
      C1;1;CASA SERENA;S6;2010-01-01;VIA;GARIBALDI;7;41121
    `),
  ],
  [
    'legami.csv',
    csv(`
      id_soggetto;id_famiglia;id_convivenza;relazione;dal
      S1;F1;;1;2010-01-01
      S2;F1;;2;2010-01-01
      S3;F1;;3;2010-01-01
      S4;F2;;1;2010-01-01
      S5;F3;;1;2010-01-01
      S6;;C1;1;2010-01-01
    `),
  ],
]);

/** The first full supply of the register, as a file. */
export function firstSupply(): { readonly name: string; readonly bytes: Buffer } {
  const parts = {
    tipo: 'COMPLETA' as const,
    comune: COMUNE,
    progressivo: 1,
    situazione_al: '2024-12-31',
    files: FILES,
  };
  return { name: supplyName(parts), bytes: supplyZip(parts) };
}

export type Json = Readonly<Record<string, unknown>>;

export class OperationsRegister {
  readonly test: TestDatabase;
  readonly folder: string;
  #files = 0;
  #progressivo = 2;

  constructor(test: TestDatabase) {
    this.test = test;
    this.folder = mkdtempSync(join(tmpdir(), 'sipop-operations-'));
  }

  /** The same register once more, to be changed by itself. */
  async copy(): Promise<OperationsRegister> {
    const copied = new OperationsRegister(await this.test.clone());
    copied.#progressivo = this.#progressivo;
    return copied;
  }

  async end(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.test.drop();
  }

  write(name: string, content: string | Buffer): string {
    const folder = join(this.folder, String(this.#files++));
    mkdirSync(folder);
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Takes requests, each a file of its own. */
  take(...requests: (string | Buffer)[]): Promise<OperationResult[]> {
    return this.takeFiles(requests.map((xml, i) => this.write(`richiesta-${i + 1}.xml`, xml)));
  }

  /** @param sender what it may deliver for; absent: any comune */
  takeFiles(
    paths: readonly string[],
    sender: { readonly allowedComuni?: readonly string[] } = {},
  ): Promise<OperationResult[]> {
    return takeOperations(this.test.db, paths, {
      ...sender,
      workFolder: join(this.folder, 'work'),
      now: () => new Date('2025-06-01T08:00:00Z'),
      reference: REFERENCE,
    });
  }

  async #load(name: string, archive: Buffer): Promise<void> {
    const [result] = await loadSupplies(this.test.db, [this.write(name, archive)], {
      workFolder: join(this.folder, 'work'),
      now: () => new Date('2025-06-01T08:00:00Z'),
      reference: REFERENCE,
    });
    if (result === undefined || 'error' in result) throw result?.error ?? new Error('nothing was loaded');
    if (result.receipt.esito === 'RIFIUTATA') throw new Error(`${name} was refused`);
  }

  async begin(): Promise<void> {
    const { name, bytes } = firstSupply();
    await this.#load(name, bytes);
  }

  /** The first full supply told again as of another day. @returns the codes by which it was refused */
  async full(situazione_al: string): Promise<string[]> {
    const parts = {
      tipo: 'COMPLETA' as const,
      comune: COMUNE,
      progressivo: this.#progressivo,
      situazione_al,
      files: FILES,
    };
    const [result] = await loadSupplies(this.test.db, [this.write(supplyName(parts), supplyZip(parts))], {
      workFolder: join(this.folder, 'work'),
      now: () => new Date('2025-06-01T08:00:00Z'),
      reference: REFERENCE,
    });
    if (result === undefined || 'error' in result) throw result?.error ?? new Error('nothing was loaded');
    const { rows } = await this.test.db.query<{ codice: string }>(
      `select codice from findings join supplies using (supply_id) where ricevuta = $1 and gravita = 'B'`,
      [result.receipt.ricevuta],
    );
    return rows.map((r) => r.codice);
  }

  /** The next supply of changes: the same said by the first door. */
  async changes(events: readonly Json[], situazione_al = '2025-05-31'): Promise<void> {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    const parts = {
      tipo: 'VARIAZIONI' as const,
      comune: COMUNE,
      progressivo: this.#progressivo++,
      situazione_al,
      files: new Map([['eventi.jsonl', Buffer.from(lines)]]),
    };
    await this.#load(supplyName(parts), supplyZip(parts));
  }

  /** Every row of the register's state, past ones too, but for the instants and the supply by which they came. */
  async state(): Promise<Record<string, string>> {
    const tables = [
      ...FACT_TABLES,
      ...FACT_TABLES.map((table) => `${table}_past`),
      'entries',
      'register_numbers',
      'household_numbers',
      'household_members',
      'person_entries',
      'person_keys',
      'events',
      'event_entries',
      'event_households',
      'fallen_events',
    ];
    const held: Record<string, string> = {};
    for (const table of tables) {
      const { rows } = await this.test.db.query<{ row: string }>(
        `select (to_jsonb(t) - 'recorded_from' - 'recorded_to' - 'supply_id')::text as row from ${table} t order by 1`,
      );
      held[table] = rows.map((r) => r.row).join('\n');
    }
    return held;
  }
}

export async function operationsRegister(): Promise<OperationsRegister> {
  const register = new OperationsRegister(await testDatabase());
  await register.begin();
  return register;
}
