/**
 * Stories of the register, told as tables: who stands in the registers at the start, what the comuni then deliver (in the words
 * of the tracciato, read by the intake's own readers), and what the register answers of whom, on which day, as known after
 * which supply. Every answer is asked again at the end of the story: a question with a fixed `noto_al` never changes its answer.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { day, parsePartialDate } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import type { EntryBundle, SoggettoRecord } from '../../src/registry/claims/records.ts';
import { writeEventSupply } from '../../src/registry/events/event-supply.service.ts';
import { reserveNumbers } from '../../src/registry/supplies/supplies.sql.ts';
import { rereadEvent } from '../../src/services/intake/events/event-form.ts';
import { describeFault } from '../../src/services/intake/messages/describe-fault.ts';
import { finding } from '../../src/services/intake/messages/messages.ts';
import { address, bundle, famiglia, legame, soggetto } from './bundles.ts';
import { loadBundles, supplyRecord } from './load-bundles.ts';
import { answerCell, COMUNI } from './story-answers.ts';
import { rowsOfTable } from './table-text.ts';

/** The streets of families F1, F2 … as the stories begin. */
const STREETS = ['ROMA', 'VERDI', 'MAZZINI', 'DANTE', 'GARIBALDI'];
/** The reference that comes with the program. */
const REFERENCE = loadReference();

/** A line of eventi.jsonl. */
export type Line = Readonly<Record<string, unknown>>;

export interface LineOptions {
  readonly registrazione?: string;
  readonly data_evento?: string;
  /** N where absent. */
  readonly tipo?: 'R' | 'A';
  readonly riferimento?: unknown;
}

/** A line in the words of the page; registered on its decorrenza where nothing else is said. */
export function line(
  id_evento: string,
  operazione: string,
  decorrenza: string,
  dati: Line | null,
  options: LineOptions = {},
): Line {
  return {
    id_evento,
    operazione,
    tipo: options.tipo ?? 'N',
    data_evento: options.data_evento ?? decorrenza,
    decorrenza,
    registrazione: options.registrazione ?? decorrenza,
    ...(options.riferimento === undefined ? {} : { riferimento: options.riferimento }),
    ...(dati === null ? {} : { dati }),
  };
}

/** The correction of a line: the whole content again, as it should have been. */
export function corrected(
  id: string,
  of: Line,
  change: { decorrenza?: string; dati?: Line },
  registrazione: string,
): Line {
  return {
    ...of,
    id_evento: id,
    tipo: 'R',
    registrazione,
    riferimento: of['id_evento'],
    ...(change.decorrenza === undefined
      ? {}
      : { decorrenza: change.decorrenza, data_evento: change.decorrenza }),
    dati: { ...(of['dati'] as Line), ...change.dati },
  };
}

/** The annulment of a line, as if it had never been. */
export function annulled(id: string, of: Line, registrazione: string): Line {
  const { dati: _, ...head } = of;
  return { ...head, id_evento: id, tipo: 'A', registrazione, riferimento: of['id_evento'] };
}

/** Everybody who is new in an event: a row of soggetti.csv, with what a test does not care about filled in. */
export function arrival(id_soggetto: string, change: Line = {}): Line {
  return {
    id_soggetto,
    // Provisional: there is nothing to check in it.
    codice_fiscale: '12345678901',
    cognome: 'VERDI',
    nome: 'GINO',
    sesso: 'M',
    data_nascita: '1990-07-07',
    comune_nascita: '036023',
    stato_civile: '1',
    cittadinanza: '100',
    posizione: 'RESIDENTE',
    data_aggiornamento: '2026-01-01',
    ...change,
  };
}

/** A row of people: id, nome, sesso, nascita, famiglia (F1/3), stato (2+S2), citt, cf, dal. */
function person(
  riga: number,
  row: Readonly<Record<string, string>>,
): { bundle: EntryBundle; family: string } {
  const [cognome = '', ...nome] = (row['nome'] ?? 'ROSSI MARIO').split(' ');
  const [stato = '1', coniuge] = (row['stato'] ?? '1').split('+');
  const [family = `F${riga}`, relazione = '1'] = (row['famiglia'] ?? '').split('/');
  const since = parsePartialDate(row['dal'] ?? '2010-01-01')!;
  const cf = row['cf'] === undefined || row['cf'] === '-' ? null : row['cf'];
  const change: Partial<SoggettoRecord> = {
    id_soggetto: row['id']!,
    cognome,
    nome: nome.join(' '),
    sesso: row['sesso'] === 'F' ? 'F' : 'M',
    data_nascita: parsePartialDate(row['nascita'] ?? '1980-05-04')!,
    stato_civile: stato,
    stato_civile_dal: stato === '1' ? null : day('2012-06-01'),
    id_coniuge: coniuge?.startsWith('S') ? coniuge : null,
    cf_coniuge: coniuge === undefined || coniuge.startsWith('S') ? null : coniuge,
    cittadinanza: row['citt'] ?? '100',
    codice_fiscale: cf,
    validita_cf: cf === null ? null : '1',
    iscritto_dal: since,
  };
  const tie = legame(riga, family, { relazione, dal: since });
  return { bundle: bundle(soggetto(riga, change), [tie]), family };
}

interface Asked {
  readonly text: string;
  readonly answered: readonly string[];
}

export class Story {
  readonly #db: Database;
  readonly #known: KnownAt[] = [];
  readonly #next: Record<string, number> = {};
  readonly #asked: Asked[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * The first full supply of a comune: people with their families, each family in a street of its own.
   * @param setAside subjects whose rows were set aside
   */
  async begin(people: string, comune = 'A', setAside: readonly string[] = []): Promise<void> {
    const { header, rows } = rowsOfTable(people);
    const made = rows.map((row, i) =>
      person(i + 1, Object.fromEntries(row.map((cell, column) => [header[column]!, cell]))),
    );
    const families = [...new Set(made.map((m) => m.family))];
    await loadBundles(this.#db, {
      comune: COMUNI[comune]!,
      households: families.map((id, i) =>
        famiglia(i + 1, { id, indirizzo: address({ toponimo: STREETS[i] ?? `STRADA ${i}` }) }),
      ),
      bundles: made.map((m) => m.bundle),
      findings: setAside.map((id_soggetto, i) =>
        finding('SIP-101', { file: 'soggetti.csv', riga: rows.length + i + 1, id_soggetto, campo: 'sesso' }),
      ),
      setAside: setAside.map((id_soggetto, i) => ({
        file: 'soggetti.csv',
        riga: rows.length + i + 1,
        id_soggetto,
        codice: 'SIP-101',
        raw: `${id_soggetto};;`,
      })),
    });
    this.#next[comune] = 2;
    this.#known[0] = await getKnownAt(this.#db, null);
  }

  /** The next VARIAZIONI of comune A. @returns its findings: "SIP-204 2", code and line */
  supply(...lines: Line[]): Promise<string[]> {
    return this.supplyOf('A', ...lines);
  }

  async supplyOf(comune: string, ...lines: Line[]): Promise<string[]> {
    const code = COMUNI[comune]!;
    const progressivo = this.#next[comune]!;
    const folder = await mkdtemp(join(tmpdir(), 'sipop-story-'));
    // A comune sends what it has registered up to then.
    const situazioneAl = day(
      lines
        .map((l) => String(l['registrazione']))
        .sort()
        .at(-1)!,
    );
    const judged = { situazioneAl, reference: REFERENCE };
    const raws = lines.map((l) => JSON.stringify(l));
    const told: string[] = [];
    try {
      const archive = join(folder, 'archive.zip');
      await writeFile(archive, raws.join('\n'));
      const read = raws.map((raw, i) => rereadEvent(raw, i + 1, judged));
      told.push(
        ...read.flatMap((l) =>
          l.findings.map((f) => `${f.codice} ${l.riga}${f.campo === '' ? '' : ` ${f.campo}`}`),
        ),
      );
      await writeEventSupply(
        this.#db,
        {
          supply: supplyRecord(code, {
            fileName: `SIPOP_${code}_${String(progressivo).padStart(6, '0')}_VARIAZIONI.zip`,
            sha256: createHash('sha256').update(raws.join('\n')).digest('hex'),
            progressivo,
            tipo: 'VARIAZIONI',
            situazioneAl,
            lette: { 'eventi.jsonl': lines.length },
          }),
          manifest: null,
          archive,
          supplyId: (await reserveNumbers(this.#db, 'supply', 1)) + 1,
          lines: read,
          findings: [],
          describe: (codice, where) => {
            told.push(`${codice} ${where.riga}`);
            return describeFault(codice, where);
          },
          reread: (raw, riga) => rereadEvent(raw, riga, judged),
        },
        new Date('2026-06-01T08:00:00Z'),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    this.#next[comune] = progressivo + 1;
    this.#known.push(await getKnownAt(this.#db, null));
    return told;
  }

  /**
   * What the register answers: a table whose first columns are `al` (the day) and `noto` (known after which supply of the
   * story, 0 the full ones), and whose others name a subject or a household and what is asked of it (story-answers.ts).
   */
  async expect(text: string): Promise<void> {
    const answered = await this.#answer(text);
    const { rows } = rowsOfTable(text);
    this.#asked.push({ text, answered });
    expect(answered).toEqual(rows.map((row) => row.join('  ')));
  }

  async #answer(text: string): Promise<string[]> {
    const { header, rows } = rowsOfTable(text);
    const lines: string[] = [];
    for (const [al, noto] of rows) {
      const when = { al: day(al!), notoAl: this.#known[Number(noto)]! };
      const line = [al!, noto!];
      for (const column of header.slice(2)) line.push(await answerCell(this.#db, column, when));
      lines.push(line.join('  '));
    }
    return lines;
  }

  /** Something other than a supply happened: what is known after it has the next number of `noto`. */
  async moment(): Promise<void> {
    this.#known.push(await getKnownAt(this.#db, null));
  }

  /** What the comuni have still to mend: "SIP-210 S9". */
  async openFindings(): Promise<string[]> {
    const { rows } = await this.#db.query<{ told: string }>(
      "select codice || ' ' || id_soggetto as told from findings where chiusa_da is null and gravita = 'E' order by 1",
    );
    return rows.map((r) => r.told);
  }

  /** Asks everything again: what was answered as known then is answered still. */
  async endsAsTold(): Promise<void> {
    for (const { text, answered } of this.#asked) expect(await this.#answer(text)).toEqual(answered);
  }
}
