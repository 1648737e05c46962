/** An entry's claims, laid out in time as the rows of the fact tables (migrations/0002_register.sql). Pure. */
import { type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { civicoKey, nameKey, streetKey } from '../../kernel/text-keys.ts';
import { type Cell, FACT_TABLES, type FactTable, OPEN, type RowSink } from '../tables/tables.ts';
import type { DwellingValue, EntryState } from './entry-state.ts';
import { identitySpells } from './identity-spells.ts';
import type { AddressRecord } from './records.ts';
import { type Registration, registrationBound, registrationSpells } from './registration-spells.ts';
import { type Rename, renamePieces } from './renames.ts';
import { type Claim, layOut, type Spell } from './timeline.ts';

/** What of the register an entry's rows depend on besides its own claims. */
export interface Surroundings {
  /** The addresses of a household, laid out in time; empty for one that is not known. */
  readonly homes: (householdId: number) => readonly Spell<AddressRecord>[];
  /** Streets renamed in the comune, by day. */
  readonly renames: readonly Rename[];
}

const EVERY_TABLE: ReadonlySet<FactTable> = new Set(FACT_TABLES);

/** A date's partial form, kept beside its first day; null for a whole day. */
const partialText = (date: PartialDate | null): string | null =>
  date === null || date.length === 10 ? null : date;
const end = (date: PartialDate | null): string => (date === null ? OPEN : firstDay(date));

/** valid_from, valid_to, event_id, source_row. */
function times(spell: Spell<unknown>): Cell[] {
  return [firstDay(spell.from), end(spell.to), spell.eventId, spell.source];
}
const statedEnd = (claim: Claim<unknown>): Cell =>
  claim.statedTo === null ? null : firstDay(claim.statedTo);
/** The columns that a claim of some columns speaks of, as a PostgreSQL array; null: all. */
const statedColumns = (claim: Claim<unknown>): Cell =>
  claim.stated === null ? null : `{${claim.stated.join(',')}}`;
const partials = (spell: Spell<unknown>): Cell[] => [partialText(spell.from), partialText(spell.to)];

export function addressCells(a: AddressRecord): Cell[] {
  return [
    a.specie,
    a.toponimo,
    a.civico,
    a.esponente,
    a.scala,
    a.piano,
    a.interno,
    a.cap,
    a.frazione,
    a.sezione,
    a.lat,
    a.lon,
    a.senza_fissa_dimora,
  ];
}

/** Street and number as they are searched: "VIA EMILIA" and "12/A" (services.md, Lookup). */
export function addressKeys(a: AddressRecord): readonly [street: string, civico: string] {
  return [
    streetKey(`${a.specie ?? ''} ${a.toponimo ?? ''}`.trim()),
    civicoKey(a.esponente === null ? (a.civico ?? '') : `${a.civico ?? ''}/${a.esponente}`),
  ];
}

/** The key of a parent: the register's number where given, else the codice fiscale. */
export function parentKey(comune: string, id: string | null, cf: string | null): string | null {
  return id !== null ? `${comune}:${id}` : cf;
}

function identityRows(state: EntryState, out: RowSink): void {
  const keys = new Set<string>();
  for (const spell of identitySpells(state.identities)) {
    const v = spell.value;
    out('identities', [
      state.entryId,
      ...times(spell),
      firstDay(v.data_nascita),
      lastDay(v.data_nascita),
      statedEnd(spell),
      v.sesso,
      v.data_nascita,
      v.codice_fiscale,
      v.validita_cf,
      v.cognome,
      v.nome,
      nameKey(v.cognome),
      nameKey(v.nome),
      v.comune_nascita,
      v.stato_nascita,
      v.localita_nascita,
      v.atto_nascita,
      v.motivo,
      v.sealed,
      statedColumns(spell),
      ...partials(spell),
    ]);
    // The code of a sealed identity too: by it entries of other registers are joined, and so hidden (registry.md, Sealed). No search
    // shows it: whom a key leads to must bear it openly (find-person.sql.ts).
    if (v.codice_fiscale !== null) keys.add(v.codice_fiscale);
  }
  for (const key of keys) out('person_keys', [key, state.entryId]);
}

function registrationRows(state: EntryState, spells: readonly Registration[], out: RowSink): void {
  for (const { spell, endEventId, departure } of spells)
    out('registrations', [
      state.entryId,
      ...times(spell),
      statedEnd(spell),
      state.comune,
      spell.value.motivo_iscrizione,
      spell.value.comune_provenienza,
      spell.value.stato_provenienza,
      departure.motivo_cancellazione,
      departure.comune_destinazione,
      departure.stato_destinazione,
      endEventId,
      ...partials(spell),
    ]);
}

function departureRows(state: EntryState, out: RowSink): void {
  for (const d of state.departures)
    out('departures', [
      state.entryId,
      ...times({ ...d, to: null }),
      d.value.motivo_cancellazione,
      d.value.comune_destinazione,
      d.value.stato_destinazione,
    ]);
}

function deathRows(state: EntryState, out: RowSink): void {
  for (const d of layOut(state.deaths))
    out('deaths', [state.entryId, ...times(d), d.value.comune_morte, d.value.stato_morte, ...partials(d)]);
}

/** The addresses of a household in whose time `spell` lies, cut where the household's address changes. */
function followed(spell: Spell<DwellingValue>, homes: readonly Spell<AddressRecord>[]) {
  const from = firstDay(spell.from);
  const addresses = homes.filter((a) => a.to === null || firstDay(a.from) < firstDay(a.to));
  let home = addresses[0];
  for (const a of addresses) if (firstDay(a.from) <= from) home = a;
  if (home === undefined) return [];
  const pieces = [{ spell, address: home.value, derived: false }];
  for (const next of addresses) {
    const day = firstDay(next.from);
    if (day <= from || day <= firstDay(home.from)) continue;
    if (spell.to !== null && day >= firstDay(spell.to)) break;
    const last = pieces[pieces.length - 1]!;
    pieces[pieces.length - 1] = { ...last, spell: { ...last.spell, to: next.from } };
    pieces.push({
      spell: { ...spell, from: next.from, eventId: next.eventId, source: next.source },
      address: next.value,
      derived: true,
    });
  }
  return pieces;
}

/** A dwelling that follows a household is cut wherever the household's address changes or is renamed. */
function dwellingRows(
  state: EntryState,
  surroundings: Surroundings,
  bound: (from: Day) => PartialDate | null,
  out: RowSink,
): void {
  for (const spell of layOut(state.dwellings, bound)) {
    const { follows, address } = spell.value;
    const pieces =
      follows !== null
        ? followed(spell, surroundings.homes(follows))
        : address === null
          ? []
          : [{ spell, address, derived: false }];
    for (const piece of pieces)
      for (const renamed of renamePieces(piece.spell, piece.address, surroundings.renames))
        out('dwellings', [
          state.entryId,
          ...times(renamed.spell),
          statedEnd(renamed.spell),
          follows,
          piece.derived || renamed.derived,
          state.comune,
          ...addressKeys(renamed.address),
          ...addressCells(renamed.address),
          ...partials(renamed.spell),
        ]);
  }
}

function membershipRows(state: EntryState, bound: (from: Day) => PartialDate | null, out: RowSink): void {
  const joined = new Set<number>();
  for (const spell of layOut(state.memberships, bound)) {
    const { householdId, progressivo, relazione } = spell.value;
    out('memberships', [
      state.entryId,
      ...times(spell),
      householdId,
      progressivo,
      statedEnd(spell),
      relazione,
      statedColumns(spell),
      ...partials(spell),
    ]);
    if (!joined.has(householdId)) {
      joined.add(householdId);
      out('household_members', [householdId, state.entryId]);
    }
  }
}

function statusRows(state: EntryState, death: PartialDate | null, out: RowSink): void {
  for (const spell of layOut(state.civilStatuses, () => death)) {
    const v = spell.value;
    out('civil_statuses', [
      state.entryId,
      ...times(spell),
      statedEnd(spell),
      v.stato_civile,
      v.id_coniuge,
      v.cf_coniuge,
      v.atto,
      ...partials(spell),
    ]);
  }
}

function citizenshipRows(state: EntryState, death: PartialDate | null, out: RowSink): void {
  for (const spell of layOut(state.citizenships, () => death))
    out('citizenships', [
      state.entryId,
      ...times(spell),
      statedEnd(spell),
      spell.value.stato,
      spell.value.altra,
      statedColumns(spell),
      ...partials(spell),
    ]);
}

function parentRows(state: EntryState, out: RowSink): void {
  for (const spell of layOut(state.parents)) {
    const v = spell.value;
    out('parents', [
      state.entryId,
      ...times(spell),
      v.id_padre,
      v.cf_padre,
      v.id_madre,
      v.cf_madre,
      parentKey(state.comune, v.id_padre, v.cf_padre),
      parentKey(state.comune, v.id_madre, v.cf_madre),
      statedColumns(spell),
    ]);
  }
}

function documentRows(state: EntryState, out: RowSink): void {
  for (const spell of layOut(state.documents)) {
    const v = spell.value;
    out('documents', [
      state.entryId,
      ...times(spell),
      v.rilascio,
      v.scadenza,
      v.tipo,
      v.numero,
      statedColumns(spell),
    ]);
  }
}

function permitRows(state: EntryState, out: RowSink): void {
  for (const spell of layOut(state.permits))
    out('permits', [
      state.entryId,
      ...times(spell),
      spell.value.scadenza,
      spell.value.tipo,
      statedColumns(spell),
    ]);
}

function declarationRows(state: EntryState, out: RowSink): void {
  for (const spell of layOut(state.declarations)) {
    const v = spell.value;
    out('declarations', [
      state.entryId,
      ...times(spell),
      v.titolo_studio,
      v.posizione_professionale,
      v.condizione_non_professionale,
      statedColumns(spell),
    ]);
  }
}

function protectionRows(state: EntryState, out: RowSink): void {
  for (const spell of layOut(state.protections))
    out('protections', [state.entryId, ...times(spell), spell.value.protetto]);
}

/**
 * Every row of the fact tables that the entry's claims come to.
 * @param tables those wanted; of the others nothing need be known but what bounds their spells (registrations, ends, deaths)
 */
export function entryRows(
  state: EntryState,
  surroundings: Surroundings,
  out: RowSink,
  tables: ReadonlySet<FactTable> = EVERY_TABLE,
): void {
  const registrations = registrationSpells(state);
  const bound = registrationBound(registrations);
  if (tables.has('registrations')) registrationRows(state, registrations, out);
  if (tables.has('departures')) departureRows(state, out);
  if (tables.has('deaths')) deathRows(state, out);
  if (tables.has('identities')) identityRows(state, out);
  const death = layOut(state.deaths).at(-1)?.from ?? null;
  if (tables.has('civil_statuses')) statusRows(state, death, out);
  if (tables.has('citizenships')) citizenshipRows(state, death, out);
  if (tables.has('dwellings')) dwellingRows(state, surroundings, bound, out);
  if (tables.has('memberships')) membershipRows(state, bound, out);
  if (tables.has('parents')) parentRows(state, out);
  if (tables.has('documents')) documentRows(state, out);
  if (tables.has('permits')) permitRows(state, out);
  if (tables.has('declarations')) declarationRows(state, out);
  if (tables.has('protections')) protectionRows(state, out);
}

/** The rows that make an entry known: itself and its number in the register. */
export function entryKeyRows(state: EntryState, out: RowSink): void {
  out('entries', [state.entryId, state.comune, state.idSoggetto, state.eventId]);
  out('register_numbers', [state.comune, state.idSoggetto, state.entryId]);
}
