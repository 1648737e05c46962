/**
 * A sink that keeps what a report needs and nothing that grows with the supply: of each code how often, and its first
 * examples. Of changes it keeps the identifiers, bounded by the lines that a supply may have (docs/adr/0003).
 */
import type { Finding, Severity } from '../../../kernel/findings.ts';
import type { EventLine } from '../../../registry/events/event-line.ts';
import type { SetAsideRow, SupplySink } from '../../../registry/supplies/supply-sink.ts';
import { finding } from '../messages/messages.ts';
import { EVENTI } from '../rows/file-specs.ts';

/** The findings of one code. */
export interface CodeCount {
  readonly codice: string;
  readonly gravita: Severity;
  readonly quante: number;
  /** The first of them, in the order of the rows judged. */
  readonly esempi: readonly Finding[];
}

interface Counted {
  readonly gravita: Severity;
  quante: number;
  readonly esempi: Finding[];
}

const GRAVITIES = ['B', 'E', 'W'] as const;

export class FindingCounts implements SupplySink {
  readonly #examples: number;
  readonly #codes = new Map<string, Counted>();
  /** Contents of the events by id_evento: of those of sound form, and of those at fault. */
  readonly #standing = new Map<string, string>();
  readonly #atFault = new Map<string, Set<string>>();
  #setAsideEvents = 0;
  #reportedEvents = 0;

  /** @param examples kept of each code */
  constructor(examples: number) {
    this.#examples = examples;
  }

  household(): void {}

  entry(): void {}

  setAside(_row: SetAsideRow): void {}

  finding(found: Finding): void {
    let counted = this.#codes.get(found.codice);
    if (counted === undefined) {
      counted = { gravita: found.gravita, quante: 0, esempi: [] };
      this.#codes.set(found.codice, counted);
    }
    counted.quante++;
    if (counted.esempi.length < this.#examples) counted.esempi.push(found);
  }

  event(line: EventLine): void {
    const found = this.#repeated(line) ?? line.findings;
    for (const each of found) this.finding(each);
    if (found.length > 0) this.#reportedEvents++;
    if (found.some(({ gravita }) => gravita === 'E')) this.#setAsideEvents++;
  }

  /**
   * SIP-209 and SIP-208, as far as the file tells; null for a line that repeats none. A line that the state of the register
   * sets aside (SIP-204) may be followed by its mend: that it will be, nobody can know here.
   */
  #repeated({ idEvento, riga, digest, event }: EventLine): readonly Finding[] | null {
    if (idEvento === '') return null;
    const place = { file: EVENTI, riga, id_evento: idEvento, campo: 'id_evento', valore: idEvento };
    const standing = this.#standing.get(idEvento);
    if (standing !== undefined) return [finding(standing === digest ? 'SIP-209' : 'SIP-208', place)];
    if (this.#atFault.get(idEvento)?.has(digest) === true) return [finding('SIP-209', place)];
    if (event !== null) this.#standing.set(idEvento, digest);
    else this.#atFault.set(idEvento, (this.#atFault.get(idEvento) ?? new Set()).add(digest));
    return null;
  }

  /** Lines of eventi.jsonl with a fault of gravity E. */
  get setAsideEvents(): number {
    return this.#setAsideEvents;
  }

  /** Lines of eventi.jsonl with a finding. */
  get reportedEvents(): number {
    return this.#reportedEvents;
  }

  /** The gravest of the findings; null where there is none. */
  get worst(): Severity | null {
    const held = [...this.#codes.values()];
    return GRAVITIES.find((gravita) => held.some((counted) => counted.gravita === gravita)) ?? null;
  }

  /** The gravest first, then the most frequent, then by code. */
  byCode(): CodeCount[] {
    const rank = (c: CodeCount): number => GRAVITIES.indexOf(c.gravita);
    return [...this.#codes]
      .map(([codice, counted]) => ({ codice, ...counted }))
      .sort((a, b) => rank(a) - rank(b) || b.quante - a.quante || (a.codice < b.codice ? -1 : 1));
  }
}
