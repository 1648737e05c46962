/** Rows held in the fact tables, read back into claims: the inverse of entry-rows.ts and household-rows.ts. Pure. */
import type { PartialDate } from '../../kernel/day.ts';
import { recordCells, type TextCells } from '../tables/record-text.ts';
import { columnsOf, type FACT_COLUMNS, type FactTable } from '../tables/tables.ts';
import { CLAIM_KINDS } from './claim-tables.ts';
import { type EntryState, emptyEntry, type HouseholdState } from './entry-state.ts';
import type { AddressRecord } from './records.ts';
import type { Claim, Rank } from './timeline.ts';

/** A row of a fact table with its table, as text (record-text.ts), in the order of `columnsOf`. */
export interface HeldRow {
  readonly kind: FactTable;
  readonly text: string;
  /** The entry or household that it is of. */
  readonly owner: number;
  readonly eventId: number;
}

/** Every fact row begins with its owner, valid_from, valid_to, event_id and source_row, which no text needs quotes in. */
export function heldRow(kind: FactTable, text: string): HeldRow {
  const owner = text.indexOf(',');
  const event = text.indexOf(',', text.indexOf(',', owner + 1) + 1);
  return {
    kind,
    text,
    owner: Number(text.slice(1, owner)),
    eventId: Number(text.slice(event + 1, text.indexOf(',', event + 1))),
  };
}

/** From when a row holds, and the row of the supply that asserted it: with its owner and event, its key. */
export function keyOf({ text }: HeldRow): { readonly validFrom: string; readonly sourceRow: number } {
  const cells = recordCells(text);
  return { validFrom: cells[VALID_FROM]!, sourceRow: Number(cells[SOURCE]) };
}

/** Ranks of the events that the rows name. */
export type Ranks = (eventId: number) => Rank;

/** Where each column of a table stands in its rows. */
type Places<T extends FactTable> = Readonly<Record<(typeof FACT_COLUMNS)[T][number], number>>;

const placesOf = <T extends FactTable>(table: T): Places<T> =>
  Object.fromEntries(columnsOf(table).map((column, i) => [column, i])) as Places<T>;

/** Columns of every claim, and those that not every table has. */
type ClaimPlaces = Readonly<
  Record<'valid_from', number> & Partial<Record<'stated_to' | 'from_text' | 'to_text' | 'stated', number>>
>;

const text = (cells: TextCells, at: number): string => cells[at]!;
const maybe = (cells: TextCells, at: number | undefined): string | null =>
  at === undefined ? null : cells[at]!;
const truth = (cells: TextCells, at: number): boolean => cells[at] === 't';
const count = (cells: TextCells, at: number): number => Number(cells[at]);
const maybeCount = (cells: TextCells, at: number): number | null =>
  cells[at] === null ? null : Number(cells[at]);

/** Names of columns, which an array gives without quotes. */
const columnList = (array: string | null): string[] | null =>
  array === null ? null : array === '{}' ? [] : array.slice(1, -1).split(',');

const VALID_FROM = 1;
const VALID_TO = 2;
const EVENT = 3;
const SOURCE = 4;

function claim<T>(at: ClaimPlaces, cells: TextCells, ranks: Ranks, value: T): Claim<T> {
  const from = (maybe(cells, at.from_text) ?? cells[VALID_FROM]) as PartialDate;
  const stated = maybe(cells, at.stated_to) as PartialDate | null;
  // The partial form is kept of the end that came to be: it is that of the stated end where the two are one.
  const partialEnd = stated !== null && stated === cells[VALID_TO] ? maybe(cells, at.to_text) : null;
  const eventId = count(cells, EVENT);
  return {
    from,
    statedTo: (partialEnd as PartialDate | null) ?? stated,
    eventId,
    source: count(cells, SOURCE),
    rank: ranks(eventId),
    stated: columnList(maybe(cells, at.stated)),
    value,
  };
}

/** Where the columns of an address stand. */
type AddressPlaces = Readonly<Record<keyof AddressRecord, number>>;

function address(at: AddressPlaces, cells: TextCells): AddressRecord {
  return {
    specie: maybe(cells, at.specie),
    toponimo: maybe(cells, at.toponimo),
    civico: maybe(cells, at.civico),
    esponente: maybe(cells, at.esponente),
    scala: maybe(cells, at.scala),
    piano: maybe(cells, at.piano),
    interno: maybe(cells, at.interno),
    cap: maybe(cells, at.cap),
    frazione: maybe(cells, at.frazione),
    sezione: maybe(cells, at.sezione),
    lat: maybe(cells, at.lat),
    lon: maybe(cells, at.lon),
    senza_fissa_dimora: truth(cells, at.senza_fissa_dimora),
  };
}

const REGISTRATION = placesOf('registrations');
const DEPARTURE = placesOf('departures');
const DEATH = placesOf('deaths');
const IDENTITY = placesOf('identities');
const DWELLING = placesOf('dwellings');
const MEMBERSHIP = placesOf('memberships');
const STATUS = placesOf('civil_statuses');
const CITIZENSHIP = placesOf('citizenships');
const PARENTS = placesOf('parents');
const DOCUMENT = placesOf('documents');
const PERMIT = placesOf('permits');
const DECLARATION = placesOf('declarations');
const PROTECTION = placesOf('protections');
const HOUSEHOLD = placesOf('households');
const ADDRESS = placesOf('household_addresses');

/** How a row of each table of entries goes back into the state. Derived rows were laid out, and are laid out again. */
const TAKE: Readonly<Record<string, (state: EntryState, cells: TextCells, ranks: Ranks) => void>> = {
  registrations: (state, cells, ranks) => {
    const own = cells[REGISTRATION.end_event_id] === cells[EVENT];
    state.registrations.push(
      claim(REGISTRATION, cells, ranks, {
        motivo_iscrizione: text(cells, REGISTRATION.motivo_iscrizione),
        comune_provenienza: maybe(cells, REGISTRATION.comune_provenienza),
        stato_provenienza: maybe(cells, REGISTRATION.stato_provenienza),
        motivo_cancellazione: own ? maybe(cells, REGISTRATION.motivo_cancellazione) : null,
        comune_destinazione: own ? maybe(cells, REGISTRATION.comune_destinazione) : null,
        stato_destinazione: own ? maybe(cells, REGISTRATION.stato_destinazione) : null,
      }),
    );
  },
  departures: (state, cells, ranks) =>
    void state.departures.push(
      claim(DEPARTURE, cells, ranks, {
        motivo_cancellazione: text(cells, DEPARTURE.motivo_cancellazione),
        comune_destinazione: maybe(cells, DEPARTURE.comune_destinazione),
        stato_destinazione: maybe(cells, DEPARTURE.stato_destinazione),
      }),
    ),
  deaths: (state, cells, ranks) =>
    void state.deaths.push(
      claim(DEATH, cells, ranks, {
        comune_morte: maybe(cells, DEATH.comune_morte),
        stato_morte: maybe(cells, DEATH.stato_morte),
      }),
    ),
  identities: (state, cells, ranks) =>
    void state.identities.push(
      claim(IDENTITY, cells, ranks, {
        data_nascita: text(cells, IDENTITY.birth_text) as PartialDate,
        codice_fiscale: maybe(cells, IDENTITY.codice_fiscale),
        validita_cf: maybe(cells, IDENTITY.validita_cf),
        cognome: maybe(cells, IDENTITY.cognome),
        nome: maybe(cells, IDENTITY.nome),
        sesso: text(cells, IDENTITY.sesso),
        comune_nascita: maybe(cells, IDENTITY.comune_nascita),
        stato_nascita: maybe(cells, IDENTITY.stato_nascita),
        localita_nascita: maybe(cells, IDENTITY.localita_nascita),
        atto_nascita: maybe(cells, IDENTITY.atto_nascita),
        motivo: maybe(cells, IDENTITY.motivo),
        sealed: truth(cells, IDENTITY.sealed),
      }),
    ),
  dwellings: (state, cells, ranks) => {
    if (truth(cells, DWELLING.derived)) return;
    const follows = maybeCount(cells, DWELLING.follows);
    state.dwellings.push(
      claim(DWELLING, cells, ranks, { follows, address: follows === null ? address(DWELLING, cells) : null }),
    );
  },
  memberships: (state, cells, ranks) =>
    void state.memberships.push(
      claim(MEMBERSHIP, cells, ranks, {
        householdId: count(cells, MEMBERSHIP.household_id),
        progressivo: maybeCount(cells, MEMBERSHIP.progressivo),
        relazione: text(cells, MEMBERSHIP.relazione),
      }),
    ),
  civil_statuses: (state, cells, ranks) =>
    void state.civilStatuses.push(
      claim(STATUS, cells, ranks, {
        stato_civile: text(cells, STATUS.stato_civile),
        id_coniuge: maybe(cells, STATUS.id_coniuge),
        cf_coniuge: maybe(cells, STATUS.cf_coniuge),
        atto: maybe(cells, STATUS.atto),
      }),
    ),
  citizenships: (state, cells, ranks) =>
    void state.citizenships.push(
      claim(CITIZENSHIP, cells, ranks, {
        stato: text(cells, CITIZENSHIP.stato),
        altra: maybe(cells, CITIZENSHIP.altra),
      }),
    ),
  parents: (state, cells, ranks) =>
    void state.parents.push(
      claim(PARENTS, cells, ranks, {
        id_padre: maybe(cells, PARENTS.id_padre),
        cf_padre: maybe(cells, PARENTS.cf_padre),
        id_madre: maybe(cells, PARENTS.id_madre),
        cf_madre: maybe(cells, PARENTS.cf_madre),
      }),
    ),
  documents: (state, cells, ranks) =>
    void state.documents.push(
      claim(DOCUMENT, cells, ranks, {
        rilascio: maybe(cells, DOCUMENT.rilascio),
        scadenza: maybe(cells, DOCUMENT.scadenza),
        tipo: maybe(cells, DOCUMENT.tipo),
        numero: maybe(cells, DOCUMENT.numero),
      }),
    ),
  permits: (state, cells, ranks) =>
    void state.permits.push(
      claim(PERMIT, cells, ranks, {
        scadenza: maybe(cells, PERMIT.scadenza),
        tipo: maybe(cells, PERMIT.tipo),
      }),
    ),
  declarations: (state, cells, ranks) =>
    void state.declarations.push(
      claim(DECLARATION, cells, ranks, {
        titolo_studio: maybe(cells, DECLARATION.titolo_studio),
        posizione_professionale: maybe(cells, DECLARATION.posizione_professionale),
        condizione_non_professionale: maybe(cells, DECLARATION.condizione_non_professionale),
      }),
    ),
  protections: (state, cells, ranks) =>
    void state.protections.push(
      claim(PROTECTION, cells, ranks, { protetto: truth(cells, PROTECTION.protetto) }),
    ),
};

/** Tables whose rows belong to an entry. */
export const ENTRY_FACT_TABLES = Object.keys(TAKE) as readonly FactTable[];

/** An entry as the tables know it. */
export interface EntryHeader {
  readonly entry_id: number;
  readonly comune: string;
  readonly id_soggetto: string;
  readonly event_id: number;
}

/** @param rows of one entry, by table */
export function entryFromRows(header: EntryHeader, rows: readonly HeldRow[], ranks: Ranks): EntryState {
  const state = emptyEntry(header.entry_id, header.comune, header.id_soggetto, header.event_id);
  for (const row of rows) TAKE[row.kind]?.(state, recordCells(row.text), ranks);
  return state;
}

/** Adds to a state what rows of further tables say, before whatever was said of it since. */
export function fillEntry(state: EntryState, rows: readonly HeldRow[], ranks: Ranks): void {
  const held = entryFromRows(
    {
      entry_id: state.entryId,
      comune: state.comune,
      id_soggetto: state.idSoggetto,
      event_id: state.eventId,
    },
    rows,
    ranks,
  );
  // Each list is filled from the list of its own kind; the compiler cannot follow the pairing through the keys.
  for (const kind of CLAIM_KINDS) (state[kind] as unknown[]).unshift(...held[kind]);
}

/** @param rows of one household: of `households` at least one */
export function householdFromRows(
  householdId: number,
  rows: readonly HeldRow[],
  ranks: Ranks,
): HouseholdState | null {
  const first = rows.find((r) => r.kind === 'households');
  if (first === undefined) return null;
  const named = recordCells(first.text);
  const state: HouseholdState = {
    householdId,
    comune: text(named, HOUSEHOLD.comune),
    kind: text(named, HOUSEHOLD.kind) as HouseholdState['kind'],
    idHousehold: text(named, HOUSEHOLD.id_household),
    eventId: Math.min(...rows.map((r) => r.eventId)),
    attributes: [],
    addresses: [],
  };
  for (const row of rows) {
    const cells = recordCells(row.text);
    if (row.kind === 'households')
      state.attributes.push(
        claim(HOUSEHOLD, cells, ranks, {
          motivo: maybe(cells, HOUSEHOLD.motivo),
          denominazione: maybe(cells, HOUSEHOLD.denominazione),
          id_intestatario: maybe(cells, HOUSEHOLD.id_intestatario),
        }),
      );
    else if (!truth(cells, ADDRESS.derived))
      state.addresses.push(claim(ADDRESS, cells, ranks, address(ADDRESS, cells)));
  }
  return state;
}

/** The end of a household's life that a row tells; null of a row of another kind. */
export function lifeOf(
  row: HeldRow,
): { readonly from: string; readonly to: string; readonly toText: string | null } | null {
  if (row.kind !== 'households') return null;
  const cells = recordCells(row.text);
  return {
    from: text(cells, VALID_FROM),
    to: text(cells, VALID_TO),
    toText: maybe(cells, HOUSEHOLD.to_text),
  };
}
