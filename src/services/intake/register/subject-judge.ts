/**
 * Judges one subject with all rows that speak of them: form, references, spells (tracciato.md 4). What stands becomes
 * one EntryBundle. Whether rows fall depends on the households and on these rows alone (docs/adr/0003).
 */
import { certainlyBefore, type Day, firstDay } from '../../../kernel/day.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type {
  CittadinanzaRecord,
  ContradictedStarts,
  GeneralitaRecord,
  HouseholdLookup,
  IscrizioneRecord,
  LegameRecord,
  ResidenzaRecord,
  SoggettoRecord,
  StatoCivileRecord,
} from '../../../registry/claims/records.ts';
import type { SupplySink } from '../../../registry/supplies/supply-sink.ts';
import {
  CITTADINANZE,
  GENERALITA,
  ISCRIZIONI,
  LEGAMI,
  RESIDENZE,
  SOGGETTI,
  STATI_CIVILI,
} from '../rows/file-specs.ts';
import {
  L,
  readCittadinanza,
  readGeneralita,
  readIscrizione,
  readLegame,
  readResidenza,
  readStatoCivile,
} from '../rows/form-histories.ts';
import { readSoggetto } from '../rows/form-soggetti.ts';
import { type DoorFaults, RowForm } from '../rows/row-form.ts';
import type { RowReader } from '../rows/row-reader.ts';
import { addressDifference } from './address-match.ts';
import { type HeldRow, HeldRows } from './held-rows.ts';
import type { HouseholdMembers } from './household-members.ts';
import type { HouseholdStore } from './household-store.ts';
import type { IdTable } from './id-table.ts';
import type { RegisterColumns } from './register-columns.ts';
import { endsBeforeStart, outsideLife, type Spell, Timeline } from './spell-checks.ts';
import { PRESENT_ROW, presentRegistration, subjectFault, warnSubject } from './subject-checks.ts';
import { FILE, SUBJECT_FILES } from './subject-files.ts';
import type { StoredRow } from './subject-rows.ts';
import type { Tally } from './tally.ts';

export interface Register {
  readonly situazioneAl: Day;
  readonly reference: Reference;
  /** Identifiers of soggetti.csv, of rows set aside too. */
  readonly subjects: IdTable;
  readonly stores: Readonly<Record<'famiglia' | 'convivenza', HouseholdStore>>;
  readonly members: Readonly<Record<'famiglia' | 'convivenza', HouseholdMembers>>;
  readonly columns: RegisterColumns;
  /** Ties and dwellings say nothing of earlier ones (tracciato.md 5). */
  readonly onlyPresent: boolean;
  /** By place in SUBJECT_FILES; null where the file is not there. */
  readonly readers: readonly (RowReader | null)[];
  readonly tally: Tally;
  readonly sink: SupplySink;
  /** What a door has found of the rows already; null where they came as they are. */
  readonly found: DoorFaults | null;
}

const ONLY_PRESENT = { onlyPresent: true } as const;
const NOTHING = (): Record<string, never> => ({});

export class SubjectJudge {
  readonly #register: Register;
  readonly #lookup: HouseholdLookup;
  readonly #forms: readonly RowForm[];
  readonly #timeline = new Timeline();
  readonly #soggetti: HeldRows<SoggettoRecord>;
  readonly #legami: HeldRows<LegameRecord>;
  readonly #residenze: HeldRows<ResidenzaRecord>;
  readonly #iscrizioni: HeldRows<IscrizioneRecord>;
  readonly #stati: HeldRows<StatoCivileRecord>;
  readonly #cittadinanze: HeldRows<CittadinanzaRecord>;
  readonly #generalita: HeldRows<GeneralitaRecord>;
  readonly #held: readonly HeldRows<unknown>[];
  #id = '';
  /** A membership that would be of today was set aside, and its finding explains a missing family (ES092). */
  #lostHome = false;

  constructor(register: Register) {
    this.#register = register;
    this.#forms = SUBJECT_FILES.map(
      (spec) => new RowForm(spec, register.reference, register.found?.get(spec.name) ?? null),
    );
    const { tally, stores } = register;
    this.#lookup = { get: (kind, id) => stores[kind].get(id) };
    this.#soggetti = new HeldRows(SOGGETTI, tally);
    this.#legami = new HeldRows(LEGAMI, tally);
    this.#residenze = new HeldRows(RESIDENZE, tally);
    this.#iscrizioni = new HeldRows(ISCRIZIONI, tally);
    this.#stati = new HeldRows(STATI_CIVILI, tally);
    this.#cittadinanze = new HeldRows(CITTADINANZE, tally);
    this.#generalita = new HeldRows(GENERALITA, tally);
    this.#held = [
      this.#soggetti,
      this.#legami,
      this.#residenze,
      this.#iscrizioni,
      this.#stati,
      this.#cittadinanze,
      this.#generalita,
    ] as HeldRows<unknown>[];
  }

  /** @returns rows judged */
  judge(subject: number, rows: () => StoredRow | null): number {
    this.#begin(this.#register.subjects.text(subject));
    let count = 0;
    for (let row = rows(); row !== null; row = rows()) {
      this.#checkForm(row);
      count++;
    }
    const soggetto = this.#soggetti.rows[0]?.record ?? null;
    if (soggetto === null) this.#fallWith();
    else this.#judgeSoggetto(subject, soggetto);
    return count;
  }

  /** A row of legami or of a history whose id_soggetto is not in soggetti.csv. */
  judgeOrphan(id: string, row: StoredRow): void {
    this.#begin(id);
    this.#checkForm(row);
    for (const held of this.#held)
      for (const orphan of held.rows)
        held.reject(orphan, 'SIP-104', { campo: 'id_soggetto', valore: id, ...this.#familyOf(held, orphan) });
    for (const legame of this.#legami.rows) this.#lose(legame.record);
  }

  #familyOf(held: HeldRows<unknown>, row: HeldRow<unknown>): { id_famiglia?: string } {
    return held.file === LEGAMI.name ? { id_famiglia: (row.record as LegameRecord).id_household } : {};
  }

  #begin(id: string): void {
    this.#id = id;
    this.#lostHome = false;
    for (const held of this.#held) held.begin(id);
  }

  #checkForm(row: StoredRow): void {
    const { tally, readers } = this.#register;
    const f = this.#forms[row.file]!;
    f.begin(row.riga, readers[row.file]!.cells(row.text));
    const record = READ[row.file]!(f);
    const first = f.faults[0];
    if (first === undefined && row.file === FILE.soggetti && this.#soggetti.rows.length > 0) {
      // SIP-103: the first row that is well formed holds. Not kept: there may be a million under one id.
      this.#soggetti.turnAway(row.riga, row.text, 'SIP-103', { campo: 'id_soggetto', valore: this.#id });
      return;
    }
    if (first === undefined) {
      this.#held[row.file]!.hold(record, row.riga, row.text, f.warnings);
      return;
    }
    const id = f.cells[0]!;
    const famiglia =
      row.file === FILE.legami ? { id_famiglia: f.cells[L.id_famiglia]! || f.cells[L.id_convivenza]! } : {};
    for (const fault of f.faults)
      tally.report(fault.codice, { file: f.file, riga: row.riga, id_soggetto: id, ...famiglia, ...fault });
    tally.setAside(f.file, row.riga, id, first.codice, row.text);
    if (row.file === FILE.legami) this.#loseUnread(f);
  }

  /** A row of legami that could not be read: it may be what put the subject in a family, or a family under somebody. */
  #loseUnread(f: RowForm): void {
    const al = f.cells[L.al]!;
    if (al !== '' && !f.faults.some((fault) => fault.campo === 'al')) return;
    this.#lostHome = true;
    for (const [kind, column] of [
      ['famiglia', L.id_famiglia],
      ['convivenza', L.id_convivenza],
    ] as const) {
      const household = this.#register.stores[kind].ids.findText(f.cells[column]!);
      if (household < 0) continue;
      const bad = f.faults.some((fault) => fault.campo === 'relazione');
      this.#register.members[kind].lose(household, bad ? '' : f.cells[L.relazione]!);
    }
  }

  /** Everything that points at a subject set aside falls with them. */
  #fallWith(): void {
    for (const row of this.#legami.rows) if (row.stands) this.#lose(row.record);
    for (const held of this.#held) if (held !== this.#soggetti) held.dropAll();
  }

  /** A membership falls: if it is of today, its household is left incomplete. */
  #lose(legame: LegameRecord): void {
    if (!this.#isCurrent(legame)) return;
    this.#lostHome = true;
    const household = this.#register.stores[legame.kind].ids.findText(legame.id_household);
    if (household >= 0) this.#register.members[legame.kind].lose(household, legame.relazione);
  }

  #isCurrent(legame: LegameRecord): boolean {
    const { situazioneAl } = this.#register;
    return legame.al === null || (legame.al > situazioneAl && firstDay(legame.dal) <= situazioneAl);
  }

  #judgeSoggetto(subject: number, s: SoggettoRecord): void {
    const row = this.#soggetti.rows[0]!;
    this.#checkReferences();
    const fault = subjectFault(s, this.#register.situazioneAl);
    if (fault !== null) {
      this.#soggetti.reject(row, fault.codice, fault);
      this.#fallWith();
      return;
    }
    this.#checkMemberships();
    const home = this.#legami.rows.find((r) => r.stands && this.#isCurrent(r.record));
    if (s.posizione === 'RESIDENTE' && home === undefined) {
      if (this.#lostHome) this.#soggetti.drop(row, 'ES092');
      else this.#soggetti.reject(row, 'ES092', {});
      this.#fallWith();
      return;
    }
    const contradicted = this.#checkHistories(s, home?.record);
    this.#finish(subject, s, contradicted);
  }

  /** SIP-104: households that are not there; those set aside take the row along without a finding. */
  #checkReferences(): void {
    for (const row of this.#legami.rows) {
      const { kind, id_household: id } = row.record;
      const store = this.#register.stores[kind];
      const household = store.ids.findText(id);
      if (household >= 0 && store.stands(household)) continue;
      if (household >= 0) this.#legami.drop(row, 'SIP-104');
      else {
        const campo = kind === 'famiglia' ? 'id_famiglia' : 'id_convivenza';
        this.#legami.reject(row, 'SIP-104', { campo, valore: id, id_famiglia: id });
      }
      this.#lose(row.record);
    }
  }

  /** SIP-106, SIP-109, then SIP-105 and SIP-108 between those that are left. */
  #checkMemberships(): void {
    for (const row of this.#legami.rows) {
      if (!row.stands) continue;
      const l = row.record;
      const household = this.#lookup.get(l.kind, l.id_household)!;
      const where = { id_famiglia: l.id_household };
      if (endsBeforeStart(l))
        this.#legami.reject(row, 'SIP-106', { ...where, campo: 'al', valore: l.al!, altro: l.dal });
      else if (outsideLife(l, household)) {
        const life = `${household.dal} – ${household.al ?? ''}`;
        this.#legami.reject(row, 'SIP-109', { ...where, altro: life });
        this.#lose(l);
      }
    }
    this.#timeline.clear();
    for (const row of this.#legami.rows) {
      if (!row.stands) continue;
      const wasOpen = this.#timeline.open;
      const other = this.#timeline.take(row.record, row.riga);
      if (other === null) continue;
      const both = wasOpen && row.record.al === null;
      this.#legami.reject(row, both ? 'SIP-108' : 'SIP-105', {
        id_famiglia: row.record.id_household,
        altro: String(other),
      });
      this.#lose(row.record);
    }
  }

  #checkHistories(s: SoggettoRecord, home: LegameRecord | undefined): ContradictedStarts {
    for (const row of this.#iscrizioni.rows)
      if (certainlyBefore(row.record.dal, s.data_nascita))
        this.#iscrizioni.reject(row, 'SIP-107', {
          campo: 'dal',
          valore: row.record.dal,
          altro: s.data_nascita,
        });
    const contradicted = {
      residenza: this.#contradict(this.#residenze, (r) => this.#otherAddress(r, home)),
      stato_civile: this.#contradict(this.#stati, (r) =>
        r.stato_civile === s.stato_civile
          ? null
          : { campo: 'stato_civile', valore: plain(r.stato_civile), atteso: plain(s.stato_civile) },
      ),
      cittadinanza: this.#contradict(this.#cittadinanze, (r) =>
        r.stato === s.cittadinanza
          ? null
          : { campo: 'stato', valore: plain(r.stato), atteso: plain(s.cittadinanza) },
      ),
    };
    this.#checkSpells(this.#iscrizioni, presentRegistration(s));
    this.#checkSpells(this.#residenze, null);
    this.#checkSpells(this.#stati, null);
    this.#checkSpells(this.#cittadinanze, null);
    this.#checkSpells(this.#generalita, null);
    return contradicted;
  }

  #otherAddress(r: ResidenzaRecord, home: LegameRecord | undefined): { campo: string } | null {
    if (home === undefined) return null;
    const store = this.#register.stores[home.kind];
    const household = this.#lookup.get(home.kind, home.id_household)!;
    const reader = this.#register.readers[FILE.residenze]!;
    return addressDifference(
      r.indirizzo,
      household.indirizzo,
      (at) => reader.has(RESIDENZE_ADDRESS + at) && store.hasAddressColumn(at),
    );
  }

  /** SIP-133: an open row that differs from the present; the day of the first such row is what the present may start on. */
  #contradict<T extends Spell>(
    held: HeldRows<T>,
    differs: (record: T) => { campo: string; valore?: string; atteso?: string } | null,
  ): ContradictedStarts['residenza'] {
    let since: ContradictedStarts['residenza'] = null;
    for (const row of held.rows) {
      if (!row.stands || row.record.al !== null) continue;
      const difference = differs(row.record);
      if (difference === null) continue;
      held.reject(row, 'SIP-133', difference);
      since ??= row.record.dal;
    }
    return since;
  }

  /** SIP-106, then SIP-105 from the second on. @param taken a spell of the kind that stands elsewhere */
  #checkSpells<T extends Spell>(held: HeldRows<T>, taken: Spell | null): void {
    if (held.rows.length === 0) return;
    this.#timeline.clear();
    if (taken !== null) this.#timeline.take(taken, 0);
    for (const row of held.rows) {
      if (!row.stands) continue;
      const { dal, al } = row.record;
      if (endsBeforeStart(row.record)) {
        held.reject(row, 'SIP-106', { campo: 'al', valore: al ?? '', altro: dal });
        continue;
      }
      const other = this.#timeline.take(row.record, row.riga);
      if (other !== null) held.reject(row, 'SIP-105', { altro: other === 0 ? PRESENT_ROW : String(other) });
    }
  }

  #finish(subject: number, s: SoggettoRecord, contradicted: ContradictedStarts): void {
    const { columns, members, stores, sink } = this.#register;
    const placeKnown = !this.#soggetti.rows[0]!.warnings.some((w) => PLACE_WARNINGS.has(w.codice));
    const bundle = {
      soggetto: this.#soggetti.finish(NOTHING)[0]!,
      legami: this.#legami.finish((l) => ({ id_famiglia: l.id_household })),
      residenze: this.#residenze.finish(NOTHING),
      iscrizioni: this.#iscrizioni.finish(NOTHING),
      stati_civili: this.#stati.finish(NOTHING),
      cittadinanze: this.#cittadinanze.finish(NOTHING),
      generalita: this.#generalita.finish(NOTHING),
      contradicted,
      ...(this.#register.onlyPresent ? ONLY_PRESENT : {}),
    };
    if (s.posizione === 'RESIDENTE')
      for (const legame of bundle.legami)
        if (this.#isCurrent(legame))
          members[legame.kind].join(stores[legame.kind].ids.findText(legame.id_household), subject, legame);
    const code = warnSubject(bundle, this.#register, (legame) => this.#isCurrent(legame), placeKnown);
    columns.note(subject, s, code);
    sink.entry(bundle, this.#lookup);
  }
}

/** What explains that the place of birth is not that of the code (one cause, one finding). */
const PLACE_WARNINGS: ReadonlySet<string> = new Set(['EC007', 'EC030']);

const RESIDENZE_ADDRESS = RESIDENZE.columns.findIndex((c) => c.name === 'specie');

/** How the rows of each file of SUBJECT_FILES are read. */
const READ: readonly ((f: RowForm) => unknown)[] = [
  readSoggetto,
  readLegame,
  readResidenza,
  readIscrizione,
  readStatoCivile,
  readCittadinanza,
  readGeneralita,
];

/** A code as it was written. */
const plain = (code: string): string => (code.startsWith('~') ? code.slice(1) : code);
