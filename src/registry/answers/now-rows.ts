/**
 * Rows of the register as PostgreSQL writes them as text, and the facts they are (platform/db/composite.ts). The columns stand here in the order of
 * the schema, which a test holds to.
 */
import { readComposite } from '../../platform/db/composite.ts';
import type { EntryTable, Fact } from './facts.ts';

export type FactSource = EntryTable | 'households' | 'household_addresses';

/** How a column is read; `-` is of no use to an answer. */
type Reading = 'text' | 'number' | 'truth' | '-';
type Columns = readonly (readonly [name: string, reading: Reading])[];

const columns = (text: string): Columns =>
  text.split(' ').map((part) => {
    const [name = '', reading = 'text'] = part.split(':');
    return [name, reading === 'n' ? 'number' : reading === 't' ? 'truth' : (reading as Reading)];
  });
const ADDRESS =
  'specie toponimo civico esponente scala piano interno cap frazione sezione lat lon senza_fissa_dimora:t';
const SPELL = 'valid_from valid_to event_id source_row';

/** name, name:n a number, name:t true or false, name:- left out. */
export const TABLE_COLUMNS: Readonly<Record<FactSource, Columns>> = {
  identities: columns(
    `entry_id:n ${SPELL} birth_from:- birth_to:- stated_to:- sesso birth_text codice_fiscale validita_cf cognome nome surname_key given_key comune_nascita stato_nascita localita_nascita atto_nascita motivo sealed:t stated:- from_text to_text recorded_from`,
  ),
  registrations: columns(
    `entry_id:n ${SPELL} stated_to:- comune motivo_iscrizione comune_provenienza stato_provenienza motivo_cancellazione comune_destinazione stato_destinazione end_event_id:n from_text to_text recorded_from`,
  ),
  deaths: columns(`entry_id:n ${SPELL} comune_morte stato_morte from_text to_text recorded_from`),
  dwellings: columns(
    `entry_id:n ${SPELL} stated_to:- follows:- derived:- comune street_key:- civico_key:- ${ADDRESS} from_text to_text recorded_from`,
  ),
  memberships: columns(
    `entry_id:n ${SPELL} household_id:n progressivo:n stated_to:- relazione stated:- from_text to_text recorded_from`,
  ),
  civil_statuses: columns(
    `entry_id:n ${SPELL} stated_to:- stato_civile id_coniuge cf_coniuge atto from_text to_text recorded_from`,
  ),
  citizenships: columns(
    `entry_id:n ${SPELL} stated_to:- stato altra stated:- from_text to_text recorded_from`,
  ),
  parents: columns(
    `entry_id:n ${SPELL} id_padre cf_padre id_madre cf_madre father_key:- mother_key:- stated:- recorded_from`,
  ),
  documents: columns(`entry_id:n ${SPELL} rilascio scadenza tipo numero stated:- recorded_from`),
  permits: columns(`entry_id:n ${SPELL} scadenza tipo stated:- recorded_from`),
  declarations: columns(
    `entry_id:n ${SPELL} titolo_studio posizione_professionale condizione_non_professionale stated:- recorded_from`,
  ),
  protections: columns(`entry_id:n ${SPELL} protetto:t recorded_from`),
  households: columns(
    `household_id:n ${SPELL} stated_to:- comune kind id_household motivo denominazione id_intestatario stated:- from_text to_text recorded_from`,
  ),
  household_addresses: columns(
    `household_id:n ${SPELL} stated_to:- derived:- ${ADDRESS} stated:- from_text to_text recorded_from`,
  ),
};

/** "2026-03-01 10:00:00.123456+00" as an instant is written everywhere else. */
export const instantOf = (text: string): string => `${text.slice(0, -3).replace(' ', 'T')}Z`;

/** Columns that become the spell and the recording of a fact. */
const SPELLED = new Set([
  'valid_from',
  'valid_to',
  'event_id',
  'source_row',
  'from_text',
  'to_text',
  'recorded_from',
]);

interface Reader {
  readonly count: number;
  readonly own: readonly { readonly name: string; readonly at: number; readonly reading: Reading }[];
  readonly fromText: number;
  readonly toText: number;
}

const READERS = new Map<FactSource, Reader>(
  (Object.entries(TABLE_COLUMNS) as [FactSource, Columns][]).map(([table, all]) => [
    table,
    {
      count: all.length,
      own: all.flatMap(([name, reading], at) =>
        reading === '-' || SPELLED.has(name) ? [] : [{ name, at, reading }],
      ),
      fromText: all.findIndex(([name]) => name === 'from_text'),
      toText: all.findIndex(([name]) => name === 'to_text'),
    },
  ]),
);

/** Of every table: the key, then SPELL. */
const [VALID_FROM, VALID_TO, EVENT_ID, SOURCE_ROW] = [1, 2, 3, 4] as const;

const read = (text: string, reading: Reading): unknown =>
  reading === 'text' ? text : reading === 'number' ? Number(text) : text === 't';

/** The fact of a row of the table, as it is held now (factFrom gives the same of its JSON). */
export function factOf<F extends Fact>(table: FactSource, text: string): F {
  const reader = READERS.get(table)!;
  const fields = readComposite(text);
  if (fields.length !== reader.count)
    throw new Error(`${table} has ${fields.length} columns, not ${reader.count} (TABLE_COLUMNS)`);
  const fact: Record<string, unknown> = {};
  for (const { name, at, reading } of reader.own) {
    const field = fields[at] ?? null;
    fact[name] = field === null ? null : read(field, reading);
  }
  const [from, to] = [fields[reader.fromText], fields[reader.toText]];
  const validTo = fields[VALID_TO];
  fact['from'] = from ?? fields[VALID_FROM];
  fact['to'] = validTo === 'infinity' ? null : (to ?? validTo);
  fact['eventId'] = Number(fields[EVENT_ID]);
  fact['sourceRow'] = Number(fields[SOURCE_ROW]);
  // The last column of every table.
  fact['recordedFrom'] = instantOf(fields[reader.count - 1]!);
  fact['recordedTo'] = null;
  fact['closedBy'] = null;
  return fact as unknown as F;
}
