/** Rows held in the fact tables, read back into claims: the inverse of entry-rows.ts and household-rows.ts. Pure. */
import type { PartialDate } from '../../kernel/day.ts';
import type { Cell, FactTable } from '../tables/tables.ts';
import { columnsOf, OPEN } from '../tables/tables.ts';
import { CLAIM_KINDS } from './claim-tables.ts';
import { type EntryState, emptyEntry, type HouseholdState } from './entry-state.ts';
import type { AddressRecord } from './records.ts';
import type { Claim, Rank } from './timeline.ts';

/** A row of a fact table as JSON gives it. */
export type HeldRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Ranks of the events that the rows name. */
export type Ranks = (eventId: number) => Rank;

const text = (row: HeldRow, column: string): string | null => row[column] as string | null;

function claim<T>(row: HeldRow, ranks: Ranks, value: T): Claim<T> {
  const from = (text(row, 'from_text') ?? row['valid_from']) as PartialDate;
  const stated = (row['stated_to'] ?? null) as PartialDate | null;
  // The partial form is kept of the end that came to be: it is that of the stated end where the two are one.
  const partialEnd = stated !== null && stated === row['valid_to'] ? text(row, 'to_text') : null;
  return {
    from,
    statedTo: (partialEnd as PartialDate | null) ?? stated,
    eventId: row['event_id'] as number,
    source: row['source_row'] as number,
    rank: ranks(row['event_id'] as number),
    stated: (row['stated'] ?? null) as readonly string[] | null,
    value,
  };
}

function address(row: HeldRow): AddressRecord {
  return {
    specie: text(row, 'specie'),
    toponimo: text(row, 'toponimo'),
    civico: text(row, 'civico'),
    esponente: text(row, 'esponente'),
    scala: text(row, 'scala'),
    piano: text(row, 'piano'),
    interno: text(row, 'interno'),
    cap: text(row, 'cap'),
    frazione: text(row, 'frazione'),
    sezione: text(row, 'sezione'),
    lat: text(row, 'lat'),
    lon: text(row, 'lon'),
    senza_fissa_dimora: row['senza_fissa_dimora'] as boolean,
  };
}

/** How a row of each table of entries goes back into the state. Derived rows were laid out, and are laid out again. */
const TAKE: Readonly<Record<string, (state: EntryState, row: HeldRow, ranks: Ranks) => void>> = {
  registrations: (state, row, ranks) => {
    const own = row['end_event_id'] === row['event_id'];
    state.registrations.push(
      claim(row, ranks, {
        motivo_iscrizione: row['motivo_iscrizione'] as string,
        comune_provenienza: text(row, 'comune_provenienza'),
        stato_provenienza: text(row, 'stato_provenienza'),
        motivo_cancellazione: own ? text(row, 'motivo_cancellazione') : null,
        comune_destinazione: own ? text(row, 'comune_destinazione') : null,
        stato_destinazione: own ? text(row, 'stato_destinazione') : null,
      }),
    );
  },
  departures: (state, row, ranks) =>
    void state.departures.push(
      claim(row, ranks, {
        motivo_cancellazione: row['motivo_cancellazione'] as string,
        comune_destinazione: text(row, 'comune_destinazione'),
        stato_destinazione: text(row, 'stato_destinazione'),
      }),
    ),
  deaths: (state, row, ranks) =>
    void state.deaths.push(
      claim(row, ranks, { comune_morte: text(row, 'comune_morte'), stato_morte: text(row, 'stato_morte') }),
    ),
  identities: (state, row, ranks) =>
    void state.identities.push(
      claim(row, ranks, {
        data_nascita: row['birth_text'] as PartialDate,
        codice_fiscale: text(row, 'codice_fiscale'),
        validita_cf: text(row, 'validita_cf'),
        cognome: text(row, 'cognome'),
        nome: text(row, 'nome'),
        sesso: row['sesso'] as string,
        comune_nascita: text(row, 'comune_nascita'),
        stato_nascita: text(row, 'stato_nascita'),
        localita_nascita: text(row, 'localita_nascita'),
        atto_nascita: text(row, 'atto_nascita'),
        motivo: text(row, 'motivo'),
        sealed: row['sealed'] as boolean,
      }),
    ),
  dwellings: (state, row, ranks) => {
    if (row['derived'] === true) return;
    const follows = row['follows'] as number | null;
    state.dwellings.push(claim(row, ranks, { follows, address: follows === null ? address(row) : null }));
  },
  memberships: (state, row, ranks) =>
    void state.memberships.push(
      claim(row, ranks, {
        householdId: row['household_id'] as number,
        progressivo: row['progressivo'] as number | null,
        relazione: row['relazione'] as string,
      }),
    ),
  civil_statuses: (state, row, ranks) =>
    void state.civilStatuses.push(
      claim(row, ranks, {
        stato_civile: row['stato_civile'] as string,
        id_coniuge: text(row, 'id_coniuge'),
        cf_coniuge: text(row, 'cf_coniuge'),
        atto: text(row, 'atto'),
      }),
    ),
  citizenships: (state, row, ranks) =>
    void state.citizenships.push(
      claim(row, ranks, { stato: row['stato'] as string, altra: text(row, 'altra') }),
    ),
  parents: (state, row, ranks) =>
    void state.parents.push(
      claim(row, ranks, {
        id_padre: text(row, 'id_padre'),
        cf_padre: text(row, 'cf_padre'),
        id_madre: text(row, 'id_madre'),
        cf_madre: text(row, 'cf_madre'),
      }),
    ),
  documents: (state, row, ranks) =>
    void state.documents.push(
      claim(row, ranks, {
        rilascio: text(row, 'rilascio'),
        scadenza: text(row, 'scadenza'),
        tipo: text(row, 'tipo'),
        numero: text(row, 'numero'),
      }),
    ),
  permits: (state, row, ranks) =>
    void state.permits.push(claim(row, ranks, { scadenza: text(row, 'scadenza'), tipo: text(row, 'tipo') })),
  declarations: (state, row, ranks) =>
    void state.declarations.push(
      claim(row, ranks, {
        titolo_studio: text(row, 'titolo_studio'),
        posizione_professionale: text(row, 'posizione_professionale'),
        condizione_non_professionale: text(row, 'condizione_non_professionale'),
      }),
    ),
  protections: (state, row, ranks) =>
    void state.protections.push(claim(row, ranks, { protetto: row['protetto'] as boolean })),
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
export function entryFromRows(
  header: EntryHeader,
  rows: readonly { readonly kind: string; readonly row: HeldRow }[],
  ranks: Ranks,
): EntryState {
  const state = emptyEntry(header.entry_id, header.comune, header.id_soggetto, header.event_id);
  for (const { kind, row } of rows) TAKE[kind]?.(state, row, ranks);
  return state;
}

/** Adds to a state what rows of further tables say, before whatever was said of it since. */
export function fillEntry(
  state: EntryState,
  rows: readonly { readonly kind: string; readonly row: HeldRow }[],
  ranks: Ranks,
): void {
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
  rows: readonly { readonly kind: string; readonly row: HeldRow }[],
  ranks: Ranks,
): HouseholdState | null {
  const first = rows.find((r) => r.kind === 'households')?.row;
  if (first === undefined) return null;
  const state: HouseholdState = {
    householdId,
    comune: first['comune'] as string,
    kind: first['kind'] as HouseholdState['kind'],
    idHousehold: first['id_household'] as string,
    eventId: Math.min(...rows.map((r) => r.row['event_id'] as number)),
    attributes: [],
    addresses: [],
  };
  for (const { kind, row } of rows) {
    if (kind === 'households')
      state.attributes.push(
        claim(row, ranks, {
          motivo: text(row, 'motivo'),
          denominazione: text(row, 'denominazione'),
          id_intestatario: text(row, 'id_intestatario'),
        }),
      );
    else if (row['derived'] !== true) state.addresses.push(claim(row, ranks, address(row)));
  }
  return state;
}

/** A held row as the cells that COPY would write, so that rows can be compared. */
export function cellsOf(table: FactTable, row: HeldRow): Cell[] {
  return columnsOf(table).map((column) => {
    const value = row[column] ?? null;
    if (column === 'valid_to' && value === OPEN) return OPEN;
    return Array.isArray(value) ? `{${value.join(',')}}` : (value as Cell);
  });
}
