/** What a mapping names must be there: sources, record types, fields, translations, columns of the page. Pure. */
import { nearestName } from '../../../kernel/nearest.ts';
import type { Words } from '../messages/message-rule.ts';
import { type FileSpec, TABLES as PAGE_TABLES } from '../rows/file-specs.ts';
import type { Problem } from './mapping-problem.ts';
import type { Condition, Mapping, SourceSpec, TableSpec, Value } from './schema.ts';
import { TABLE_NAMES, type TableName } from './schema.ts';

/** The table of the page that a mapping calls by its short name. */
export function pageTable(name: TableName): FileSpec {
  return PAGE_TABLES.find((spec) => spec.name === `${name}.csv`)!;
}

/** Columns that `nominativo` and `indirizzo` fill. */
export const OF_NAME = ['cognome', 'nome'] as const;
export const OF_ADDRESS = ['specie', 'toponimo', 'civico', 'esponente', 'scala', 'piano', 'interno'] as const;

/** `sorgente` or `sorgente.record`, taken apart. */
export function streamOf(written: string): { readonly source: string; readonly record: string | null } {
  const dot = written.indexOf('.');
  return dot < 0
    ? { source: written, record: null }
    : { source: written.slice(0, dot), record: written.slice(dot + 1) };
}

/** The fields of a stream, where the mapping says them; null where the header of the file does. */
export function declaredFields(source: SourceSpec, record: string | null): readonly string[] | null {
  if (record !== null) {
    const spec = source.record?.[record];
    return spec === undefined ? [] : (spec.colonne ?? Object.keys(spec.campi ?? {}));
  }
  if (source.formato === 'posizionale') return Object.keys(source.campi ?? {});
  return source.intestazione ? null : (source.colonne ?? []);
}

const unknown = (what: string, english: string, name: string, known: Iterable<string>): Words => {
  const near = nearestName(name, known);
  const [it, en] = near === null ? ['', ''] : [`: forse ${near}`, `: perhaps ${near}`];
  return [`${what} «${name}» non c’è${it}`, `there is no ${english} "${name}"${en}`];
};

class References {
  readonly problems: Problem[] = [];
  readonly #mapping: Mapping;

  constructor(mapping: Mapping) {
    this.#mapping = mapping;
  }

  wrong(path: Problem['path'], it: string, en: string, key?: string): void {
    this.problems.push({ path, what: [it, en], ...(key === undefined ? {} : { key }) });
  }

  source(name: string, source: SourceSpec): void {
    const path = ['sorgenti', name];
    if (name.includes('.'))
      this.wrong(path, 'il nome di una sorgente non ha punti', 'the name of a source has no dots');
    const records = Object.entries(source.record ?? {});
    if ((source.tipo_record === undefined) !== (records.length === 0))
      this.wrong(path, 'tipo_record e record vanno insieme', 'tipo_record and record go together');
    if (source.formato === 'posizionale' && records.length === 0 && source.campi === undefined)
      this.wrong(path, 'un file posizionale ha bisogno di campi', 'a file of fixed width needs campi');
    if (source.formato !== 'posizionale' && source.campi !== undefined)
      this.wrong([...path, 'campi'], 'campi è dei file posizionali', 'campi is for files of fixed width');
    if (
      source.formato !== 'posizionale' &&
      records.length === 0 &&
      !source.intestazione &&
      source.colonne === undefined
    )
      this.wrong(
        path,
        'senza intestazione servono i nomi in colonne',
        'without a header the names are needed in colonne',
      );
    if (source.formato === 'xlsx' && records.length > 0)
      this.wrong([...path, 'record'], 'un foglio ha un solo tipo di riga', 'a sheet has one type of row');
    const wanted = source.formato === 'posizionale' ? /^\d{1,4}(-\d{1,4})?$/ : /^\d{1,3}$/;
    if (source.tipo_record !== undefined && !wanted.test(source.tipo_record))
      this.wrong(
        [...path, 'tipo_record'],
        source.formato === 'posizionale'
          ? 'servono due posizioni, come 1-2'
          : 'serve il numero di una colonna, come 1',
        source.formato === 'posizionale'
          ? 'two positions are needed, like 1-2'
          : 'the number of a column is needed, like 1',
      );
    const codes = new Set<string>();
    for (const [record, spec] of records) {
      const at = [...path, 'record', record];
      if (codes.has(spec.codice))
        this.wrong(
          [...at, 'codice'],
          `il codice ${spec.codice} è di due record`,
          `two records have the code ${spec.codice}`,
        );
      codes.add(spec.codice);
      const key = source.formato === 'posizionale' ? 'campi' : 'colonne';
      if (spec[key] === undefined) this.wrong(at, `manca ${key}`, `${key} is missing`);
      const above = spec.sotto;
      if (above !== undefined && (above === record || source.record?.[above] === undefined))
        this.problems.push({
          path: [...at, 'sotto'],
          what: unknown(
            'il record',
            'record',
            above,
            Object.keys(source.record ?? {}).filter((n) => n !== record),
          ),
        });
      if (above !== undefined && source.record?.[above]?.sotto !== undefined)
        this.wrong(
          [...at, 'sotto'],
          'si sta sotto un record che non sta sotto un altro',
          'a record stands under one that stands under none',
        );
    }
  }

  /** The stream that is named, or null with its problem told. */
  stream(
    written: string,
    path: Problem['path'],
  ): { source: SourceSpec; record: string | null; name: string } | null {
    const { source: name, record } = streamOf(written);
    const source = this.#mapping.sorgenti[name];
    if (source === undefined) {
      this.problems.push({
        path,
        what: unknown('la sorgente', 'source', name, Object.keys(this.#mapping.sorgenti)),
      });
      return null;
    }
    const records = Object.keys(source.record ?? {});
    if (records.length > 0 && (record === null || !records.includes(record))) {
      const near = record === null ? null : nearestName(record, records);
      const [it, en] = near === null ? ['uno di', 'one of'] : ['forse', 'perhaps'];
      const told = near ?? records.join(', ');
      this.wrong(
        path,
        `serve il record: ${it} ${name}.${told}`,
        `the record is needed: ${en} ${name}.${told}`,
      );
      return null;
    }
    if (records.length === 0 && record !== null) {
      this.wrong(path, `la sorgente ${name} non ha record`, `the source ${name} has no records`);
      return null;
    }
    return { source, record, name };
  }

  table(table: TableName, i: number, spec: TableSpec): void {
    const path = ['tabelle', table, i];
    const main = this.stream(spec.da, [...path, 'da']);
    /** Of each name that fields may be written with: its fields, or null where only the file tells. */
    const scopes = new Map<string, readonly string[] | null>();
    if (main !== null) {
      scopes.set('', declaredFields(main.source, main.record));
      const above = main.record === null ? undefined : main.source.record?.[main.record]?.sotto;
      if (above !== undefined) scopes.set(above, declaredFields(main.source, above));
    }
    for (const [n, join] of (spec.unioni ?? []).entries()) {
      const at = [...path, 'unioni', n];
      const other = this.stream(join.con, [...at, 'con']);
      for (const key of join.chiave) if (main !== null) this.field(key, scopes, [...at, 'chiave']);
      const own = new Map([['', other === null ? null : declaredFields(other.source, other.record)]]);
      for (const key of join.con_chiave ?? join.chiave)
        this.field(key, own, [...at, join.con_chiave === undefined ? 'chiave' : 'con_chiave']);
      if ((join.con_chiave ?? join.chiave).length !== join.chiave.length)
        this.wrong(
          [...at, 'con_chiave'],
          'chiave e con_chiave hanno tanti campi uguali',
          'chiave and con_chiave have the same number of fields',
        );
      if (join.quando !== undefined) this.condition(join.quando, own, [...at, 'quando']);
      const called = join.come ?? streamOf(join.con).record ?? join.con;
      if (scopes.has(called))
        this.wrong(
          [...at, 'con'],
          `«${called}» c’è già: darle un altro nome con come`,
          `"${called}" is there already: give it another name with come`,
        );
      scopes.set(called, other === null ? null : declaredFields(other.source, other.record));
    }
    if (main === null) return;
    for (const key of spec.una_per ?? []) this.field(key, scopes, [...path, 'una_per']);
    if (spec.quando !== undefined) this.condition(spec.quando, scopes, [...path, 'quando']);
    this.columns(table, spec, scopes, path);
  }

  columns(table: TableName, spec: TableSpec, scopes: Scopes, path: Problem['path']): void {
    const page = pageTable(table);
    const known = page.columns.map(({ name }) => name);
    const filled = new Set(Object.keys(spec.colonne));
    const fills = (key: 'nominativo' | 'indirizzo', columns: readonly string[]): void => {
      if (spec[key] === undefined) return;
      this.field(spec[key].campo, scopes, [...path, key, 'campo']);
      if (!columns.every((column) => known.includes(column)))
        this.wrong(
          path,
          `${page.name} non ha le colonne di ${key}`,
          `${page.name} has not the columns of ${key}`,
          key,
        );
      for (const column of columns) filled.add(column);
    };
    fills('nominativo', OF_NAME);
    fills('indirizzo', OF_ADDRESS);
    if (spec.nominativo?.codice_fiscale !== undefined)
      this.field(spec.nominativo.codice_fiscale, scopes, [...path, 'nominativo', 'codice_fiscale']);
    for (const [column, value] of Object.entries(spec.colonne)) {
      if (known.includes(column)) {
        this.value(value, scopes, [...path, 'colonne', column]);
        continue;
      }
      // "One cause, one finding": what was meant by it is not missing too.
      const meant = nearestName(column, known);
      if (meant !== null) filled.add(meant);
      this.problems.push({
        path: [...path, 'colonne'],
        key: column,
        what: unknown(`in ${page.name} la colonna`, `column of ${page.name}`, column, known),
      });
    }
    const missing = page.columns.filter((c) => c.mandatory && !filled.has(c.name)).map((c) => c.name);
    if (page.oneOf !== undefined && !page.oneOf.some((column) => filled.has(column)))
      missing.push(page.oneOf.join(' o '));
    if (missing.length > 0)
      this.wrong(
        [...path, 'colonne'],
        `mancano colonne obbligatorie di ${page.name}: ${missing.join(', ')}`,
        `mandatory columns of ${page.name} are missing: ${missing.join(', ')}`,
      );
  }

  field(written: string, scopes: Scopes, path: Problem['path']): void {
    const { scope, field } = fieldOf(written, scopes);
    const fields = scopes.get(scope);
    if (fields == null || fields.includes(field)) return;
    const all = [...scopes].flatMap(([name, own]) =>
      (own ?? []).map((f) => (name === '' ? f : `${name}.${f}`)),
    );
    this.problems.push({ path, what: unknown('il campo', 'field', written, all) });
  }

  condition(c: Condition, scopes: Scopes, path: Problem['path']): void {
    if (c.campo !== undefined) this.field(c.campo, scopes, [...path, 'campo']);
    for (const key of ['tutte', 'almeno_una'] as const)
      for (const [i, one] of (c[key] ?? []).entries()) this.condition(one, scopes, [...path, key, i]);
    if (c.non !== undefined) this.condition(c.non, scopes, [...path, 'non']);
  }

  value(v: Value, scopes: Scopes, path: Problem['path']): void {
    if (v.campo !== undefined) this.field(v.campo, scopes, [...path, 'campo']);
    for (const key of ['unisci', 'primo'] as const)
      for (const [i, one] of (v[key] ?? []).entries()) this.value(one, scopes, [...path, key, i]);
    for (const [i, one] of (v.casi ?? []).entries()) {
      this.condition(one.quando, scopes, [...path, 'casi', i, 'quando']);
      this.value(one.valore, scopes, [...path, 'casi', i, 'valore']);
    }
    if (v.altrimenti !== undefined) this.value(v.altrimenti, scopes, [...path, 'altrimenti']);
    if (v.alla_data !== undefined) this.value(v.alla_data, scopes, [...path, 'alla_data']);
    const translations = Object.keys(this.#mapping.codici ?? {});
    if (v.codici !== undefined && !translations.includes(v.codici))
      this.problems.push({
        path: [...path, 'codici'],
        what: unknown('la traduzione', 'translation', v.codici, translations),
      });
    for (const shape of v.data ?? [])
      if (!isDateShape(shape))
        this.wrong(
          [...path, 'data'],
          `«${shape}» non è la forma di una data: servono GG, MM e AAAA (o AA), o soltanto AAAA o MM e AAAA`,
          `"${shape}" is not the shape of a date: GG, MM and AAAA (or AA) are needed, or AAAA or MM and AAAA alone`,
        );
  }
}

export type Scopes = ReadonlyMap<string, readonly string[] | null>;

/** A field as written: `CAMPO`, or `nome.CAMPO` of a join or of the record above. */
export function fieldOf(
  written: string,
  scopes: Iterable<readonly [string, unknown]>,
): { scope: string; field: string } {
  for (const [scope] of scopes)
    if (scope !== '' && written.startsWith(`${scope}.`))
      return { scope, field: written.slice(scope.length + 1) };
  return { scope: '', field: written };
}

/** Is it a shape of a date? Each part once, and no day without its month. */
export function isDateShape(shape: string): boolean {
  if (shape === 'EXCEL') return true;
  const count = (part: string): number => shape.split(part).length - 1;
  const years = count('AAAA') === 1 && count('A') === 4;
  const short = count('AA') === 1 && count('A') === 2;
  const [days, months] = [count('GG'), count('MM')];
  return (
    (years || short) &&
    days <= 1 &&
    months <= 1 &&
    days <= months &&
    count('G') === 2 * days &&
    count('M') === 2 * months
  );
}

/** Every name that leads nowhere, and every mandatory column that nothing fills. */
export function checkReferences(mapping: Mapping): Problem[] {
  const references = new References(mapping);
  for (const [name, source] of Object.entries(mapping.sorgenti)) references.source(name, source);
  for (const table of TABLE_NAMES)
    for (const [i, spec] of (mapping.tabelle[table] ?? []).entries()) references.table(table, i, spec);
  for (const [total, { da, campo }] of Object.entries(mapping.quadratura ?? {})) {
    const path = ['quadratura', total];
    const stream = references.stream(da, [...path, 'da']);
    if (stream !== null)
      references.field(campo, new Map([['', declaredFields(stream.source, stream.record)]]), [
        ...path,
        'campo',
      ]);
  }
  const unnamed = Object.entries(mapping.sorgenti).filter(([, source]) => source.file === undefined);
  if (Object.keys(mapping.sorgenti).length > 1)
    for (const [name] of unnamed)
      references.wrong(
        ['sorgenti', name],
        'di più sorgenti ciascuna ha il suo file',
        'of several sources each has its file',
      );
  return references.problems;
}
