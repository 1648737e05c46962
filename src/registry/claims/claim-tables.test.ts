/** A change of one kind of claims moves rows of no table but those named for it: the others are not laid out again. */
import { expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import type { CopyTable, Row } from '../tables/tables.ts';
import { CLAIM_KINDS, tablesOf } from './claim-tables.ts';
import { entryRows } from './entry-rows.ts';
import { type ClaimKind, type EntryState, emptyEntry } from './entry-state.ts';
import type { Claim } from './timeline.ts';

const claim = <T>(from: string, event: number, value: T): Claim<T> => ({
  from: day(from),
  statedTo: null,
  eventId: event,
  source: 0,
  rank: { day: '', event },
  stated: null,
  value,
});

const NOWHERE = { comune_destinazione: null, stato_destinazione: null };
const VALUES: { readonly [K in ClaimKind]: EntryState[K][number]['value'] } = {
  registrations: {
    motivo_iscrizione: '1',
    comune_provenienza: null,
    stato_provenienza: null,
    motivo_cancellazione: null,
    ...NOWHERE,
  },
  departures: { motivo_cancellazione: '3', ...NOWHERE },
  deaths: { comune_morte: '036001', stato_morte: null },
  identities: {
    data_nascita: day('1980-01-01'),
    codice_fiscale: null,
    validita_cf: null,
    cognome: 'ROSSI',
    nome: 'ADA',
    sesso: 'F',
    comune_nascita: '036001',
    stato_nascita: null,
    localita_nascita: null,
    atto_nascita: null,
    motivo: null,
    sealed: false,
  },
  dwellings: { follows: 7, address: null },
  memberships: { householdId: 7, progressivo: null, relazione: '1' },
  civilStatuses: { stato_civile: '1', id_coniuge: null, cf_coniuge: null, atto: null },
  citizenships: { stato: '100', altra: null },
  parents: { id_padre: 'S9', cf_padre: null, id_madre: null, cf_madre: null },
  documents: { rilascio: null, scadenza: null, tipo: 'CIE', numero: 'A1' },
  permits: { scadenza: null, tipo: '1' },
  declarations: { titolo_studio: '1', posizione_professionale: null, condizione_non_professionale: null },
  protections: { protetto: true },
};

/** With one claim more of a kind. */
const withOne = (state: EntryState, kind: ClaimKind, from: string, event: number): EntryState => ({
  ...state,
  [kind]: [...state[kind], claim(from, event, VALUES[kind])],
});

const WHOLE = CLAIM_KINDS.filter((kind) => kind !== 'departures' && kind !== 'deaths').reduce(
  (state, kind) => withOne(state, kind, '2020-01-01', 1),
  emptyEntry(1, '036001', 'S1', 1),
);
const HOME = claim('2010-01-01', 1, {
  specie: 'VIA',
  toponimo: 'DANTE',
  civico: '1',
  esponente: null,
  scala: null,
  piano: null,
  interno: null,
  cap: null,
  frazione: null,
  sezione: null,
  lat: null,
  lon: null,
  senza_fissa_dimora: false,
});

function rowsOf(state: EntryState): Map<CopyTable, string[]> {
  const rows = new Map<CopyTable, string[]>();
  const out = (table: CopyTable, row: Row): void =>
    void rows.set(table, [...(rows.get(table) ?? []), JSON.stringify(row)]);
  entryRows(state, { homes: () => [{ ...HOME, to: null }], renames: [] }, out);
  return rows;
}

it.each(CLAIM_KINDS)('%s', (kind) => {
  const before = rowsOf(WHOLE);
  const after = rowsOf(withOne(WHOLE, kind, '2024-01-01', 2));
  const keys = new Set<string>(['person_keys', 'household_members']);
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter(
    (table) => !keys.has(table) && JSON.stringify(before.get(table)) !== JSON.stringify(after.get(table)),
  );
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.filter((table) => !tablesOf([kind]).has(table as never))).toEqual([]);
});
