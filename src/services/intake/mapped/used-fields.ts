/** The fields of the sources that a mapping reads. Pure. */
import { fieldOf, streamOf } from './mapping-references.ts';
import type { Condition, Mapping, TableSpec, Value } from './schema.ts';

function ofCondition(c: Condition, add: (field: string) => void): void {
  if (c.campo !== undefined) add(c.campo);
  for (const one of [...(c.tutte ?? []), ...(c.almeno_una ?? [])]) ofCondition(one, add);
  if (c.non !== undefined) ofCondition(c.non, add);
}

function ofValue(v: Value, add: (field: string) => void): void {
  if (v.campo !== undefined) add(v.campo);
  for (const one of [...(v.unisci ?? []), ...(v.primo ?? [])]) ofValue(one, add);
  for (const one of v.casi ?? []) {
    ofCondition(one.quando, add);
    ofValue(one.valore, add);
  }
  if (v.altrimenti !== undefined) ofValue(v.altrimenti, add);
  if (v.alla_data !== undefined) ofValue(v.alla_data, add);
}

function ofTable(mapping: Mapping, spec: TableSpec, note: (source: string, field: string) => void): void {
  const main = streamOf(spec.da);
  const above =
    main.record === null ? undefined : mapping.sorgenti[main.source]?.record?.[main.record]?.sotto;
  /** Of each name that fields are written with, the source. */
  const scopes = new Map<string, string>([['', main.source]]);
  if (above !== undefined) scopes.set(above, main.source);
  for (const join of spec.unioni ?? []) {
    const other = streamOf(join.con);
    scopes.set(join.come ?? other.record ?? other.source, other.source);
    for (const key of join.con_chiave ?? join.chiave) note(other.source, key);
    if (join.quando !== undefined) ofCondition(join.quando, (field) => note(other.source, field));
  }
  const add = (written: string): void => {
    const { scope, field } = fieldOf(written, scopes);
    note(scopes.get(scope)!, field);
  };
  for (const join of spec.unioni ?? []) for (const key of join.chiave) add(key);
  for (const key of spec.una_per ?? []) add(key);
  if (spec.quando !== undefined) ofCondition(spec.quando, add);
  for (const field of [spec.nominativo?.campo, spec.nominativo?.codice_fiscale, spec.indirizzo?.campo])
    if (field !== undefined) add(field);
  for (const value of Object.values(spec.colonne)) ofValue(value, add);
}

/** By source the names of its fields that any table reads, of whatever type of row. */
export function usedFields(mapping: Mapping): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  const note = (source: string, field: string): void => {
    used.set(source, (used.get(source) ?? new Set()).add(field));
  };
  for (const specs of Object.values(mapping.tabelle))
    for (const spec of specs ?? []) ofTable(mapping, spec, note);
  return used;
}
