/** Writes what a supply's events came to: the rows that are held no more move to the past, the new ones come in. */
import type { Client, Database } from '../../platform/db/pool.ts';
import type { WrittenName } from '../names/name-forms.ts';
import { addNames } from '../names/names.sql.ts';
import { addKeys, retract, writeRows } from '../tables/state.sql.ts';
import { columnsOf, type Row } from '../tables/tables.ts';
import { type Changed, type ChangeRequest, layOutChanges } from './lay-out-changes.ts';

const [SURNAME, GIVEN] = ['cognome', 'nome'].map((column) => columnsOf('identities').indexOf(column)) as [
  number,
  number,
];

/** The names that rows of identities bear. */
const namesOf = (identities: readonly Row[]): WrittenName[] =>
  identities.flatMap((row) => [
    { kind: 'C' as const, text: String(row[SURNAME] ?? '') },
    { kind: 'N' as const, text: String(row[GIVEN] ?? '') },
  ]);

export async function writeLaidOut(
  db: Database,
  client: Client,
  { gone, come, keys }: Changed,
  instant: string,
): Promise<void> {
  for (const [table, rows] of gone) await retract(client, table, rows, instant);
  for (const [table, rows] of come) await writeRows(db, client, table, rows);
  await addNames(client, namesOf(come.get('identities') ?? []));
  await addKeys(client, 'person_keys', keys.person_keys);
  await addKeys(client, 'household_members', keys.household_members);
}

export interface WriteRequest extends ChangeRequest {
  readonly db: Database;
  readonly client: Client;
  readonly instant: string;
}

export async function writeChanges(request: WriteRequest): Promise<Changed> {
  const changed = await layOutChanges(request);
  await writeLaidOut(request.db, request.client, changed, request.instant);
  return changed;
}
