/**
 * The events of one comune while the province is lived through: each is kept as text in the file of the month in which it was
 * registered, and numbered there when the supply is written. So memory does not grow with the events.
 */
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayText } from '../calendar.ts';
import type { Comune } from '../comuni.ts';
import type { Months } from './calendar.ts';

/** A finding that the supply is expected to get on the line of the event. */
export interface Expected {
  readonly codice: string;
  readonly idSoggetto: string;
}

/** An event before it has an id: the days are numbers, `happened` may be written otherwise (a month, a year). */
export interface Happening {
  readonly operazione: string;
  readonly decorrenza: number;
  readonly registrazione: number;
  /** When it happened; the decorrenza where absent. */
  readonly happened?: number | string;
  readonly pratica?: string;
  readonly dati: object;
}

/** What R and A speak of: an id_evento, or a fact of the first full supply. */
export type Reference =
  | string
  | { readonly id_soggetto: string; readonly fatto: string; readonly dal?: string };

/** A line of eventi.jsonl with what it should be met with. */
export interface LoggedEvent {
  readonly text: string;
  readonly expected: readonly Expected[];
}

const SPOOL = 1 << 13;

export class EventLog {
  private readonly comune: Comune;
  private readonly months: Months;
  private readonly folder: string;
  private readonly texts: string[];
  private readonly ids = new Map<string, number>();
  private cases = 0;

  private constructor(comune: Comune, months: Months, folder: string) {
    this.comune = comune;
    this.months = months;
    this.folder = folder;
    this.texts = Array.from({ length: months.count + 1 }, () => '');
  }

  /** Opens the log of a comune in a folder of its own under `parts`. */
  static async open(comune: Comune, months: Months, parts: string): Promise<EventLog> {
    const folder = join(parts, comune.code);
    await mkdir(folder, { recursive: true });
    return new EventLog(comune, months, folder);
  }

  /** A number that groups what was decided together. */
  nextPratica(day: number): string {
    return `P-${dayText(day).slice(0, 4)}-${++this.cases}`;
  }

  /** The id_evento of the next event registered in the year of the day. */
  nextId(day: number): string {
    const year = dayText(day).slice(0, 4);
    const number = (this.ids.get(year) ?? 0) + 1;
    this.ids.set(year, number);
    return `${year}-${String(number).padStart(6, '0')}`;
  }

  /** Is it registered in time for a supply that is written? */
  tells(registrazione: number): boolean {
    return registrazione <= this.months.last;
  }

  /** Logs a new event. @returns its id_evento; '' where it would be registered after the last supply */
  add(event: Happening, expected: readonly Expected[] = []): string {
    return this.log('N', null, event, expected);
  }

  /** Logs a correction of an event or of a fact of the full supply, with the whole of what should have been said. */
  correct(reference: Reference, event: Happening, expected: readonly Expected[] = []): string {
    return this.log('R', reference, event, expected);
  }

  /** Logs an annulment. */
  annul(reference: Reference, event: Omit<Happening, 'dati'>, expected: readonly Expected[] = []): string {
    return this.log('A', reference, { ...event, dati: {} }, expected);
  }

  private log(
    tipo: 'N' | 'R' | 'A',
    reference: Reference | null,
    event: Happening,
    expected: readonly Expected[],
  ): string {
    if (!this.tells(event.registrazione)) return '';
    const registrazione = dayText(event.registrazione);
    const id = this.nextId(event.registrazione);
    const { happened = event.decorrenza } = event;
    this.put(
      event.registrazione,
      {
        id_evento: id,
        operazione: event.operazione,
        tipo,
        data_evento: typeof happened === 'string' ? happened : dayText(happened),
        decorrenza: dayText(event.decorrenza),
        registrazione,
        ...(event.pratica === undefined ? {} : { pratica: event.pratica }),
        ...(reference === null
          ? {}
          : { riferimento: typeof reference === 'string' ? reference : { fornitura: 1, ...reference } }),
        ...(tipo === 'A' ? {} : { dati: event.dati }),
      },
      expected,
    );
    return id;
  }

  /** Puts a line into the supply in which `registrazione` falls; for what is no sound event. */
  put(registrazione: number, line: object, expected: readonly Expected[]): void {
    const month = Math.max(1, this.months.of(registrazione));
    const text = `${dayText(registrazione)}\t${JSON.stringify(expected)}\t${JSON.stringify(line)}\n`;
    const before = this.texts[month]! + text;
    if (before.length < SPOOL) this.texts[month] = before;
    else {
      this.texts[month] = '';
      appendFileSync(this.file(month), before);
    }
  }

  private file(month: number): string {
    return join(this.folder, `${month}.eventi`);
  }

  /** The events registered in a month, in the order of registration. */
  async read(month: number): Promise<LoggedEvent[]> {
    const file = this.file(month);
    appendFileSync(file, this.texts[month]!);
    this.texts[month] = '';
    const lines = (await readFile(file, 'utf8')).split('\n');
    lines.pop();
    await rm(file);
    return lines
      .map((line) => line.split('\t') as [string, string, string])
      .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
      .map(([, expected, text]) => ({ text, expected: JSON.parse(expected) as Expected[] }));
  }

  get code(): string {
    return this.comune.code;
  }
}
