/**
 * What the rows of a SCHEDA say of each other: "rows inside events are checked like those of a full supply … any other E sets
 * the event aside under the row's own code" (tracciato.md 3). What takes the register to see is judged when it is applied. Pure.
 */
import { certainlyBefore } from '../../../kernel/day.ts';
import type { HouseholdRecord, SoggettoRecord } from '../../../registry/claims/records.ts';
import type { SchedaData } from '../../../registry/events/event-records.ts';
import type { FindingCode } from '../messages/messages.ts';
import { endsBeforeStart, outsideLife, type Spell, Timeline } from '../register/spell-checks.ts';
import { PRESENT_ROW, presentRegistration } from '../register/subject-checks.ts';
import type { EventReader, EventRowFault } from './event-keys.ts';

interface OwnedRow extends Spell {
  readonly id_soggetto: string;
  readonly riga: number;
}

/** A list of the card, by its name: what its findings are about. */
interface CardList<T extends OwnedRow> {
  readonly name: string;
  readonly rows: readonly T[];
}

const written = (code: string): string => (code.startsWith('~') ? code.slice(1) : code);
const spellOf = ({ dal, al }: Spell): string => `${dal} – ${al ?? ''}`;

class CardChecks {
  readonly #r: EventReader;
  readonly #scheda: SchedaData;

  constructor(r: EventReader, scheda: SchedaData) {
    this.#r = r;
    this.#scheda = scheda;
  }

  check(): void {
    const { soggetti, famiglie, convivenze } = this.#scheda;
    for (const household of [...(famiglie ?? []), ...(convivenze ?? [])])
      if (endsBeforeStart(household))
        this.#r.faults.push({
          codice: 'SIP-106',
          id_famiglia: household.id,
          campo: 'al',
          valore: household.al!,
          altro: household.dal,
        });
    const rows = new Map(soggetti.map((s) => [s.id_soggetto, s]));
    for (const id of new Set([...rows.keys(), ...this.#others()])) {
      this.#checkMemberships(id);
      this.#checkHistories(id, rows.get(id));
    }
  }

  #fault(codice: FindingCode, id_soggetto: string, what: Omit<EventRowFault, 'codice'>): void {
    this.#r.faults.push({ codice, id_soggetto, ...what });
  }

  /** Those of whom the card has other rows, with or without one of soggetti. */
  #others(): string[] {
    const { legami, residenze, iscrizioni, stati_civili, cittadinanze, generalita } = this.#scheda;
    return [legami, residenze, iscrizioni, stati_civili, cittadinanze, generalita].flatMap((rows) =>
      (rows ?? []).map((row) => row.id_soggetto),
    );
  }

  #household(kind: HouseholdRecord['kind'], id: string): HouseholdRecord | undefined {
    const told = kind === 'famiglia' ? this.#scheda.famiglie : this.#scheda.convivenze;
    return told?.find((household) => household.id === id);
  }

  /** SIP-106, SIP-109 where the card tells the household too, then SIP-105 and SIP-108 between those that are left. */
  #checkMemberships(id: string): void {
    const timeline = new Timeline();
    for (const row of (this.#scheda.legami ?? []).filter((l) => l.id_soggetto === id)) {
      const household = this.#household(row.kind, row.id_household);
      const campo = row.kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza';
      const where = { campo, valore: row.id_household, id_famiglia: row.id_household };
      if (endsBeforeStart(row)) this.#fault('SIP-106', id, { campo: 'al', valore: row.al!, altro: row.dal });
      else if (household !== undefined && outsideLife(row, household))
        this.#fault('SIP-109', id, { ...where, altro: spellOf(household) });
      else {
        const wasOpen = timeline.open;
        const other = timeline.take(row, row.riga);
        if (other === null) continue;
        const codice = wasOpen && row.al === null ? 'SIP-108' : 'SIP-105';
        this.#fault(codice, id, { ...where, altro: `legami ${other}` });
      }
    }
  }

  /** @param s the row of soggetti, where the card has one */
  #checkHistories(id: string, s: SoggettoRecord | undefined): void {
    const { iscrizioni, residenze, stati_civili, cittadinanze, generalita } = this.#scheda;
    const own = <T extends { readonly id_soggetto: string }>(rows: readonly T[] | null): T[] =>
      (rows ?? []).filter((row) => row.id_soggetto === id);
    const [statuses, states] = [own(stati_civili), own(cittadinanze)];
    let registrations = own(iscrizioni);
    if (s !== undefined) {
      const early = registrations.filter(({ dal }) => certainlyBefore(dal, s.data_nascita));
      for (const { dal } of early)
        this.#fault('SIP-107', id, { campo: 'dal', valore: dal, altro: s.data_nascita });
      registrations = registrations.filter((row) => !early.includes(row));
      for (const { al, stato_civile } of statuses)
        if (al === null && stato_civile !== s.stato_civile)
          this.#fault('SIP-133', id, { campo: 'stato_civile', valore: written(stato_civile) });
      for (const { al, stato } of states)
        if (al === null && stato !== s.cittadinanza)
          this.#fault('SIP-133', id, { campo: 'stato', valore: written(stato) });
    }
    const present = s === undefined ? null : presentRegistration(s);
    this.#checkSpells(id, { name: 'iscrizioni', rows: registrations }, present);
    this.#checkSpells(id, { name: 'residenze', rows: own(residenze) }, null);
    this.#checkSpells(id, { name: 'stati_civili', rows: statuses }, null);
    this.#checkSpells(id, { name: 'cittadinanze', rows: states }, null);
    this.#checkSpells(id, { name: 'generalita', rows: own(generalita) }, null);
  }

  /** SIP-106, then SIP-105 from the second on. @param taken a spell of the kind that stands elsewhere */
  #checkSpells<T extends OwnedRow>(id_soggetto: string, list: CardList<T>, taken: Spell | null): void {
    const timeline = new Timeline();
    if (taken !== null) timeline.take(taken, 0);
    for (const row of list.rows) {
      if (endsBeforeStart(row)) {
        this.#fault('SIP-106', id_soggetto, { campo: 'al', valore: row.al!, altro: row.dal });
        continue;
      }
      const other = timeline.take(row, row.riga);
      if (other === null) continue;
      const altro = other === 0 ? PRESENT_ROW : `${list.name} ${other}`;
      this.#fault('SIP-105', id_soggetto, { campo: list.name, valore: spellOf(row), altro });
    }
  }
}

/** Checks the rows of a well-formed card against each other; faults go to the reader. */
export function checkCard(r: EventReader, scheda: SchedaData): void {
  new CardChecks(r, scheda).check();
}
