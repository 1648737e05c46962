/**
 * A mapping proposed from the header and the look of the values: YAML with comments, for a person to go on from. It passes the
 * check of a mapping, or says which columns nobody could find.
 */
import { nearestName } from '../../../kernel/nearest.ts';
import type { FixedLook } from './suggest-fixed.ts';
import type { FileLook } from './suggest-look.ts';
import {
  HOUSEHOLD_NAMES,
  POSITION_WORDS,
  SOGGETTI_NAMES,
  STATUS_WORDS,
  WHOLE_NAMES,
} from './suggest-names.ts';
import {
  type ColumnLook,
  dateShapeOf,
  isCadastral,
  isCodiceFiscale,
  isMixedPlace,
  isSex,
  isUnique,
} from './suggest-values.ts';

export interface Suggestion {
  readonly yaml: string;
  /** Mandatory columns of the page for which nothing was found. */
  readonly missing: readonly string[];
}

const keyOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** A text as YAML takes it: in quotes where it may be read as something else. */
const yamlText = (text: string): string =>
  /^[A-Za-zÀ-ÿ][\wÀ-ÿ .'’]*$/.test(text) && text.trim() === text ? text : JSON.stringify(text);

class Proposal {
  readonly #columns: readonly ColumnLook[];
  readonly #taken = new Set<ColumnLook>();
  readonly codes = new Map<string, readonly (readonly [string, string])[]>();
  readonly missing: string[] = [];
  /** What tells one person from another, once it has been found. */
  id: ColumnLook | null = null;

  constructor(columns: readonly ColumnLook[]) {
    this.#columns = columns;
  }

  /** The column that bears one of the names, or a name near to one; each is given once unless `again`. */
  named(names: readonly string[], { again = false, exact = false } = {}): ColumnLook | null {
    const free = this.#columns.filter((column) => again || !this.#taken.has(column));
    for (const name of names) {
      const found = free.find((column) => keyOf(column.name) === name);
      if (found !== undefined) return this.#take(found);
    }
    if (exact) return null;
    for (const column of free) {
      const key = keyOf(column.name);
      if (
        key.length >= 6 &&
        nearestName(
          key,
          names.filter((name) => name.length >= 6),
        ) !== null &&
        names.some((n) => key.startsWith(n) || n.startsWith(key))
      )
        return this.#take(column);
    }
    return null;
  }

  /** The first free column that looks so. */
  looking(test: (column: ColumnLook) => boolean): ColumnLook | null {
    const found = this.#columns.find((column) => !this.#taken.has(column) && test(column));
    return found === undefined ? null : this.#take(found);
  }

  #take(column: ColumnLook): ColumnLook {
    this.#taken.add(column);
    return column;
  }

  get unused(): readonly string[] {
    return this.#columns.filter((column) => !this.#taken.has(column)).map(({ name }) => name);
  }
}

/** The value of a column as YAML: its field, with the steps that its values ask for. */
function yamlValue(target: string, column: ColumnLook, p: Proposal): string {
  const field = yamlText(column.name);
  const isDate =
    target.startsWith('data_') ||
    target.endsWith('dal') ||
    target.endsWith('_rilascio') ||
    target.endsWith('_scadenza');
  if (isDate) {
    const shape = dateShapeOf(column);
    return shape === null || shape === 'AAAA-MM-GG' ? field : `{ campo: ${field}, data: ${yamlText(shape)} }`;
  }
  if (target === 'sesso' && column.values.some((v) => v === '1' || v === '2')) {
    p.codes.set('sesso', [
      ['1', 'M'],
      ['2', 'F'],
    ]);
    return `{ campo: ${field}, codici: sesso }`;
  }
  const words = { stato_civile: STATUS_WORDS, posizione: POSITION_WORDS }[target];
  if (
    words !== undefined &&
    column.values.some((v) => words[v.toUpperCase()] !== undefined && words[v.toUpperCase()] !== v)
  ) {
    p.codes.set(
      target,
      column.values.map((v) => [v, words[v.toUpperCase()] ?? '?'] as const),
    );
    return `{ campo: ${field}, codici: ${target} }`;
  }
  if (
    (target === 'comune_nascita' || target === 'stato_nascita') &&
    (isCadastral(column) || column.values.some((v) => !/^\d/.test(v)))
  )
    return `{ campo: ${field}, luogo: ${target === 'comune_nascita' ? 'comune' : 'stato'} }`;
  return field;
}

const MANDATORY_DEFAULTS: Readonly<Record<string, readonly [value: string, why: string]>> = {
  posizione: ['{ costante: RESIDENTE }', 'nessuna colonna lo dice: tutti residenti?'],
  stato_civile: ['{ costante: "9" }', 'nessuna colonna lo dice: non noto'],
  cittadinanza: ['{ costante: "100" }', 'nessuna colonna lo dice: tutti italiani?'],
  motivo_iscrizione: ['{ costante: "9" }', 'nessuna colonna lo dice: altro motivo'],
};

function subjects(p: Proposal): string[] {
  const lines: string[] = [];
  const whole = p.named(WHOLE_NAMES, { exact: true });
  const code = p.named(SOGGETTI_NAMES['codice_fiscale']!) ?? p.looking(isCodiceFiscale);
  const id = p.named(SOGGETTI_NAMES['id_soggetto']!) ?? p.looking(isUnique);
  p.id = id;
  if (whole !== null) {
    const parted = ['*', '/'].find((char) => whole.values.every((value) => value.includes(char)));
    const how =
      parted !== undefined
        ? `, separatore: ${JSON.stringify(parted)}`
        : code === null
          ? ''
          : `, codice_fiscale: ${yamlText(code.name)}`;
    lines.push(`    nominativo: { campo: ${yamlText(whole.name)}${how} }`);
  }
  lines.push('    colonne:');
  const put = (target: string, column: ColumnLook): void => {
    lines.push(`      ${target}: ${yamlValue(target, column, p)}`);
  };
  const lost = (target: string): void => {
    const known = MANDATORY_DEFAULTS[target];
    if (known !== undefined) lines.push(`      ${target}: ${known[0]}  # DA CONTROLLARE: ${known[1]}`);
    else {
      p.missing.push(`soggetti.${target}`);
      lines.push(`      # MANCA ${target}: nessuna colonna sembra tenerlo`);
    }
  };
  if (id === null) lost('id_soggetto');
  else put('id_soggetto', id);
  if (code !== null) put('codice_fiscale', code);
  for (const target of Object.keys(SOGGETTI_NAMES)) {
    if (target === 'id_soggetto' || target === 'codice_fiscale') continue;
    if (whole !== null && (target === 'cognome' || target === 'nome')) continue;
    const column = p.named(SOGGETTI_NAMES[target]!) ?? (target === 'sesso' ? p.looking(isSex) : null);
    if (column !== null && target === 'comune_nascita' && isMixedPlace(column)) {
      const field = yamlText(column.name);
      for (const [place, length] of [
        ['comune_nascita', 6],
        ['stato_nascita', 3],
      ] as const)
        lines.push(
          `      ${place}: { casi: [{ quando: { campo: ${field}, lunghezza: ${length} }, valore: ${field} }] }`,
        );
    } else if (column !== null) put(target, column);
    else if (MANDATORY.has(target)) lost(target);
  }
  return lines;
}

const MANDATORY = new Set([
  'cognome',
  'nome',
  'sesso',
  'data_nascita',
  'stato_civile',
  'cittadinanza',
  'posizione',
  'iscritto_dal',
  'motivo_iscrizione',
  'data_aggiornamento',
]);

function households(p: Proposal, subjectDay: string | null, from: string): string[] {
  const family = p.named(HOUSEHOLD_NAMES['id_famiglia']!);
  const since = p.named(HOUSEHOLD_NAMES['dal']!);
  const kinship = p.named(HOUSEHOLD_NAMES['relazione']!);
  const address = p.named(HOUSEHOLD_NAMES['indirizzo']!);
  const day = since === null ? subjectDay : yamlValue('dal', since, p);
  const lines = [
    '',
    '  # Una famiglia per ogni codice: la prima riga che lo ha dice l’indirizzo.',
    '  famiglie:',
    `    da: ${from}`,
  ];
  if (family !== null)
    lines.push(
      `    quando: { campo: ${yamlText(family.name)}, vuoto: no }`,
      `    una_per: ${yamlText(family.name)}`,
    );
  if (address !== null) lines.push(`    indirizzo: { campo: ${yamlText(address.name)} }`);
  lines.push('    colonne:');
  const either = (table: string, target: string, value: string | null, note = ''): void => {
    if (value !== null) lines.push(`      ${target}: ${value}${note}`);
    else {
      p.missing.push(`${table}.${target}`);
      lines.push(`      # MANCA ${target}: nessuna colonna sembra tenerlo`);
    }
  };
  const guessed = since === null && day !== null ? '  # DA CONTROLLARE: presa dall’iscrizione' : '';
  either('famiglie', 'id_famiglia', family === null ? null : yamlText(family.name));
  either('famiglie', 'dal', day, guessed);
  const parts = ['specie', 'toponimo', 'civico', 'esponente', 'scala', 'piano', 'interno'];
  for (const target of [
    'id_intestatario',
    ...(address === null ? parts : []),
    'cap',
    'frazione',
    'sezione',
  ]) {
    const column = p.named(HOUSEHOLD_NAMES[target]!);
    if (column !== null) lines.push(`      ${target}: ${yamlText(column.name)}`);
  }
  lines.push('', '  legami:', `    da: ${from}`);
  if (family !== null) lines.push(`    quando: { campo: ${yamlText(family.name)}, vuoto: no }`);
  lines.push('    colonne:');
  either('legami', 'id_soggetto', p.id === null ? null : yamlText(p.id.name));
  either('legami', 'id_famiglia', family === null ? null : yamlText(family.name));
  either('legami', 'relazione', kinship === null ? null : yamlText(kinship.name));
  either('legami', 'dal', day, guessed);
  return lines;
}

function translations(p: Proposal): string[] {
  if (p.codes.size === 0) return [];
  const lines = ['', 'codici:'];
  for (const [name, pairs] of p.codes) {
    lines.push(`  ${name}:`, '    valori:');
    for (const [from, to] of pairs)
      lines.push(
        to === '?'
          ? `      # DA COMPLETARE ${JSON.stringify(from)}: il codice del tracciato`
          : `      ${JSON.stringify(from)}: ${to}`,
      );
    lines.push('    altrimenti: errore');
  }
  return lines;
}

/** The value of iscritto_dal, for what began with it as far as anybody can tell. */
function registrationDay(lines: readonly string[]): string | null {
  const lead = '      iscritto_dal: ';
  const line = lines.find((one) => one.startsWith(lead));
  return line === undefined ? null : line.slice(lead.length);
}

/** A sheet, or a text of fixed width, as it looks. */
type OtherLook =
  | { readonly workbook: true; readonly skip: number; readonly columns: readonly ColumnLook[] }
  | ({ readonly fixed: true; readonly encoding: FileLook['encoding'] } & FixedLook);

/** What a record of a text of fixed width is called: the first holds the persons. */
const recordName = (index: number, code: string | null): string =>
  index === 0 ? 'persona' : `riga_${code ?? index}`;

function fixedSource(look: Extract<OtherLook, { readonly fixed: true }>): readonly string[] {
  const places = (fields: FixedLook['records'][number]['fields'], lead: string): readonly string[] => [
    `${lead}campi:  # DA CONTROLLARE: le posizioni vere le dice la documentazione del programma`,
    ...fields.map(({ name, from, to }) => `${lead}  ${name}: ${to - from === 1 ? to : `${from + 1}-${to}`}`),
  ];
  const source = ['    formato: posizionale', `    codifica: ${look.encoding}`];
  if (look.type === null) return [...source, ...places(look.records[0]!.fields, '    ')];
  source.push(`    tipo_record: ${look.type.from + 1}-${look.type.to}`, '    record:');
  for (const [i, { code, fields }] of look.records.entries())
    source.push(
      `      ${recordName(i, code)}:`,
      `        codice: ${JSON.stringify(code)}`,
      ...places(fields, '        '),
    );
  return source;
}

function sourceLines(look: FileLook | OtherLook): readonly string[] {
  if ('workbook' in look)
    return ['    formato: xlsx', ...(look.skip === 0 ? [] : [`    salta: ${look.skip}`])];
  if ('fixed' in look) return fixedSource(look);
  return [
    '    formato: delimitato',
    `    separatore: ${look.separator === '\t' ? 'tab' : JSON.stringify(look.separator ?? ';')}`,
    `    codifica: ${look.encoding}`,
    ...(look.header
      ? []
      : ['    intestazione: no', `    colonne: [${look.columns.map((c) => yamlText(c.name)).join(', ')}]`]),
  ];
}

/** @param name the file's own */
export function suggestMapping(name: string, look: FileLook | OtherLook): Suggestion {
  const p = new Proposal(look.columns);
  const from = 'fixed' in look && look.type !== null ? 'persone.persona' : 'persone';
  const body = subjects(p);
  const day = registrationDay(body);
  const rest = households(p, day, from);
  const unused = p.unused;
  const yaml = [
    `# Mappatura proposta per ${name}: da leggere tutta, e da provare con ./sipop intake map --check QUESTA.yaml ${name}`,
    '# DA CONTROLLARE: valore supposto; MANCA: colonna obbligatoria che nessuna colonna del file sembra tenere.',
    'mappatura: SIPOP/1.0',
    'pacchetto: { nome: DA SCRIVERE, versione: "1" }',
    'sorgenti:',
    '  persone:',
    ...sourceLines(look),
    ...translations(p),
    '',
    'tabelle:',
    '  soggetti:',
    `    da: ${from}`,
    ...body,
    ...rest,
    ...(unused.length === 0 ? [] : ['', `# Colonne del file non usate: ${unused.join(', ')}`]),
    '',
  ].join('\n');
  return { yaml, missing: p.missing };
}
