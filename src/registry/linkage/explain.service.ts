/** What is asked of linkage: the candidates, the model, and why two entries are, or are not, taken for one person. */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import type { Database } from '../../platform/db/pool.ts';
import type { Reference } from '../../reference/load-reference.ts';
import { getPerson } from '../answers/find-person.ts';
import { type PersonKey, personKeyText } from '../answers/person-key.ts';
import { type EntryRecord, EntryRecords, type RecordRow } from './entry-record.ts';
import { findWholeRun, getModel, listRecordRows, type RunCounts } from './linkage.sql.ts';
import { type Model, probabilityOf, type WeighedField, Weigher } from './model.ts';
import { entryLinkage } from './policy.ts';
import { loadSeals } from './seals.sql.ts';

/** A field as two entries say it. */
export interface ExplainedField extends WeighedField {
  readonly a: string | null;
  readonly b: string | null;
}

export interface Explanation {
  readonly a: string;
  readonly b: string;
  readonly campi: readonly ExplainedField[];
  readonly peso: number;
  /** What the prior weighs, in bits: how rare it is that two entries are one person. */
  readonly a_priori: number;
  readonly probabilita: number;
  readonly soglia: number;
  readonly modello: number;
  /** They are held to be one person already. */
  readonly stessa_persona: boolean;
}

interface Said {
  readonly row: RecordRow;
  readonly record: EntryRecord;
}

const SAID: Readonly<Record<string, (row: RecordRow) => string | null>> = {
  cognome: (r) => r.cognome,
  nome: (r) => r.nome,
  nascita: (r) => r.birth_text,
  sesso: (r) => r.sesso,
  'luogo di nascita': (r) =>
    r.comune_nascita ?? ([r.stato_nascita, r.localita_nascita].filter(Boolean).join(' ') || null),
  'codice fiscale': (r) =>
    r.codice_fiscale === null ? null : `${r.codice_fiscale}${r.validita_cf === '1' ? ' (validato)' : ''}`,
  genitori: (r) => [r.cf_padre, r.cf_madre].filter(Boolean).join(' ') || null,
  indirizzo: (r) => (r.street_key === null ? null : `${r.street_key} ${r.civico_key ?? ''}`.trim()),
};

/** The model that is held, and what the last run over the whole counted. @throws AppError conflict before the first run */
export async function askModel(db: Database): Promise<{
  readonly modello: number;
  readonly stimato: string;
  readonly model: Model;
  readonly counts: RunCounts | null;
}> {
  const stored = await getModel(db);
  return {
    modello: stored.modelId,
    stimato: stored.recordedFrom,
    model: stored.model,
    counts: await findWholeRun(db),
  };
}

/** Identities of the person's entries that no seal of the person hides; of an entry named by its number, its own alone. */
async function saidBy(db: Database, reference: Reference, key: PersonKey, al: Day): Promise<Said[]> {
  const { person } = await getPerson(db, key, al, null);
  const named = person.entries.filter(
    (e) => key.kind !== 'number' || (e.comune === key.comune && e.idSoggetto === key.id_soggetto),
  );
  const entryIds = named.map((e) => e.entryId);
  const hides = await loadSeals(db, entryIds);
  const maker = new EntryRecords((istat) => reference.cadastralCodesOf(istat), hides);
  return (await listRecordRows(db, entryIds))
    .filter((row) => !hides(row))
    .map((row) => ({ row, record: maker.of(row) }));
}

/**
 * Weighs two entries field by field, by the model that is held.
 * @throws AppError not-found; conflict before the first run
 */
export async function explainPair(
  db: Database,
  reference: Reference,
  keys: readonly [PersonKey, PersonKey],
  al: Day,
): Promise<Explanation> {
  const { modello, model } = await askModel(db);
  const weigher = new Weigher(entryLinkage().fields, model);
  const one = await saidBy(db, reference, keys[0], al);
  const other = await saidBy(db, reference, keys[1], al);
  let best: { x: Said; y: Said; levels: Int8Array; weight: number } | null = null;
  for (const x of one)
    for (const y of other) {
      const levels = weigher.comparer.levelsOf(weigher.comparer.compare(x.record, y.record));
      const weight = weigher.weight(x.record, y.record, levels);
      if (best === null || weight > best.weight) best = { x, y, levels, weight };
    }
  if (best === null) throw notKnown(keys);
  const { x, y, levels, weight } = best;
  return {
    a: personKeyText(keys[0]),
    b: personKeyText(keys[1]),
    campi: weigher
      .explain(x.record, y.record, levels)
      .map((f) => ({ ...f, a: SAID[f.field]?.(x.row) ?? null, b: SAID[f.field]?.(y.row) ?? null })),
    peso: weight,
    a_priori: Math.log2(model.prior / (1 - model.prior)),
    probabilita: probabilityOf(model.prior, weight),
    soglia: model.threshold,
    modello,
    stessa_persona: x.record.personId === y.record.personId,
  };
}

/** Whoever has nothing to show answers like whoever is not there. */
const notKnown = (keys: readonly PersonKey[]): AppError => {
  const text = keys.map(personKeyText).join(', ');
  return new AppError(
    'not-found',
    `nessun dato da confrontare per «${text}»`,
    `nothing to be compared of "${text}"`,
  );
};
