/** A register as the packages of the third door export it: the same population, in the files that their mappings read. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { CsvRegister, CsvRow, CsvTable } from './csv-register.ts';
import { fieldsOf, packageMapping } from './unmapped.ts';
import { type SheetCell, writeXlsx } from './xlsx-writer.ts';

/** A register whose tables hold what one row a person can say: present memberships, and no histories. */
export function flattened(register: CsvRegister): CsvRegister {
  const soggetti = register.get('soggetti.csv')!;
  const open = register.get('legami.csv')!.rows.filter((row) => (row.al ?? '') === '');
  const byPerson = new Map(open.map((row) => [row.id_soggetto!, row]));
  const legami = soggetti.rows.flatMap((row): CsvRow[] => {
    const legame = byPerson.get(row.id_soggetto!);
    return legame === undefined ? [] : [legame];
  });
  const kept = (file: string, key: string): CsvTable => {
    const table = register.get(file) ?? { header: [], rows: [] };
    const byId = new Map(table.rows.map((row) => [row[key]!, row]));
    const ids = new Set(legami.map((row) => row[key] ?? '').filter((id) => id !== ''));
    return { header: table.header, rows: [...ids].map((id) => byId.get(id)!) };
  };
  return new Map([
    ['soggetti.csv', soggetti],
    ['famiglie.csv', kept('famiglie.csv', 'id_famiglia')],
    ['convivenze.csv', kept('convivenze.csv', 'id_convivenza')],
    ['legami.csv', { header: register.get('legami.csv')!.header, rows: legami }],
  ]);
}

/** One person with the household of today. */
export interface FlatPerson {
  readonly person: CsvRow;
  readonly legame: CsvRow | null;
  readonly household: CsvRow | null;
  readonly kind: 'F' | 'C' | '';
}

export function flatPersons(register: CsvRegister): FlatPerson[] {
  const legami = new Map(register.get('legami.csv')!.rows.map((row) => [row.id_soggetto!, row]));
  const index = (file: string, key: string) =>
    new Map(register.get(file)!.rows.map((row) => [row[key]!, row]));
  const famiglie = index('famiglie.csv', 'id_famiglia');
  const convivenze = index('convivenze.csv', 'id_convivenza');
  return register.get('soggetti.csv')!.rows.map((person) => {
    const legame = legami.get(person.id_soggetto!) ?? null;
    const family = famiglie.get(legame?.id_famiglia ?? '') ?? null;
    const household = family ?? convivenze.get(legame?.id_convivenza ?? '') ?? null;
    return { person, legame, household, kind: household === null ? '' : family === null ? 'C' : 'F' };
  });
}

/** AAAA-MM-GG, AAAA-MM or AAAA with its parts in another order; what is not known is zeros. */
function dated(
  text: string | undefined,
  write: (year: string, month: string, day: string) => string,
): string {
  if (text === undefined || text === '') return '';
  const [year = '', month = '00', day = '00'] = text.split('-');
  return write(year, month, day);
}

const slashed = (text: string | undefined): string => dated(text, (y, m, d) => `${d}/${m}/${y}`);

/** "VIA EMILIA EST 12/B SC A P 2 INT 3". */
export function wholeAddress(row: CsvRow | null): string {
  if (row === null) return '';
  const marked = (mark: string, text: string | undefined): string =>
    text === undefined || text === '' ? '' : `${mark} ${text}`;
  const number = [row.civico, row.esponente].filter((part) => part !== undefined && part !== '').join('/');
  return [
    row.specie,
    row.toponimo,
    number,
    marked('SC', row.scala),
    marked('P', row.piano),
    marked('INT', row.interno),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

const STATUSES: Readonly<Record<string, string>> = {
  1: 'Libero',
  2: 'Coniugato',
  3: 'Vedovo',
  4: 'Divorziato',
  6: 'Unito civilmente',
  7: 'Libero per decesso',
  8: 'Libero per scioglimento',
  9: 'Non noto',
};
const POSITIONS: Readonly<Record<string, string>> = {
  RESIDENTE: 'Residente',
  CANCELLATO: 'Emigrato',
  DECEDUTO: 'Deceduto',
};

const known = (table: Readonly<Record<string, string>>, code: string | undefined): string =>
  code === undefined ? '' : (table[code] ?? code);

/** Of csv-moderno: each column with what it holds. */
const MODERN: Readonly<Record<string, (flat: FlatPerson) => string | undefined>> = {
  'Codice persona': ({ person }) => person.id_soggetto,
  'Codice fiscale': ({ person }) => person.codice_fiscale,
  'CF validato': ({ person }) => person.validita_cf,
  Cognome: ({ person }) => person.cognome,
  Nome: ({ person }) => person.nome,
  Sesso: ({ person }) => person.sesso,
  'Data di nascita': ({ person }) => slashed(person.data_nascita),
  'Nato in Italia': ({ person }) => (person.comune_nascita === '' ? 'N' : 'S'),
  'Luogo di nascita': ({ person }) =>
    person.comune_nascita === '' ? person.stato_nascita : person.comune_nascita,
  'Località di nascita': ({ person }) => person.localita_nascita,
  'Atto comune': ({ person }) => person.atto_nascita?.split('/')[0],
  'Atto anno': ({ person }) => person.atto_nascita?.split('/')[1],
  'Atto parte': ({ person }) => person.atto_nascita?.split('/')[2],
  'Atto serie': ({ person }) => person.atto_nascita?.split('/')[3],
  'Atto numero': ({ person }) => person.atto_nascita?.split('/')[4],
  'Codice padre': ({ person }) => person.id_padre,
  'CF padre': ({ person }) => person.cf_padre,
  'Codice madre': ({ person }) => person.id_madre,
  'CF madre': ({ person }) => person.cf_madre,
  'Stato civile': ({ person }) => known(STATUSES, person.stato_civile),
  'Stato civile dal': ({ person }) => slashed(person.stato_civile_dal),
  'Codice coniuge': ({ person }) => person.id_coniuge,
  'CF coniuge': ({ person }) => person.cf_coniuge,
  Cittadinanza: ({ person }) => person.cittadinanza,
  'Cittadinanza dal': ({ person }) => slashed(person.cittadinanza_dal),
  'Altra cittadinanza': ({ person }) => person.altra_cittadinanza,
  Posizione: ({ person }) => known(POSITIONS, person.posizione),
  'Iscritto dal': ({ person }) => slashed(person.iscritto_dal),
  'Motivo iscrizione': ({ person }) => person.motivo_iscrizione,
  'Comune provenienza': ({ person }) => person.comune_provenienza,
  'Stato provenienza': ({ person }) => person.stato_provenienza,
  'Cancellato dal': ({ person }) => slashed(person.cancellato_dal),
  'Motivo cancellazione': ({ person }) => person.motivo_cancellazione,
  'Comune destinazione': ({ person }) => person.comune_destinazione,
  'Stato destinazione': ({ person }) => person.stato_destinazione,
  'Data di morte': ({ person }) => slashed(person.data_morte),
  'Comune di morte': ({ person }) => person.comune_morte,
  'Stato di morte': ({ person }) => person.stato_morte,
  'Titolo di studio': ({ person }) => person.titolo_studio,
  Professione: ({ person }) => person.posizione_professionale,
  Condizione: ({ person }) => person.condizione_non_professionale,
  Documento: ({ person }) => person.documento_tipo,
  'Numero documento': ({ person }) => person.documento_numero,
  'Rilasciato il': ({ person }) => slashed(person.documento_rilascio),
  'Scade il': ({ person }) => slashed(person.documento_scadenza),
  Soggiorno: ({ person }) => person.soggiorno_tipo,
  'Soggiorno scade il': ({ person }) => slashed(person.soggiorno_scadenza),
  Riservato: ({ person }) => person.riservatezza,
  'Aggiornato il': ({ person }) => slashed(person.data_aggiornamento),
  'Tipo nucleo': ({ kind }) => kind,
  'Codice nucleo': ({ household }) => household?.id_famiglia ?? household?.id_convivenza,
  'Nucleo dal': ({ household }) => slashed(household?.dal),
  'Motivo nucleo': ({ household }) => household?.motivo ?? household?.specie_convivenza,
  Denominazione: ({ household }) => household?.denominazione,
  'Codice intestatario': ({ household }) => household?.id_intestatario ?? household?.id_responsabile,
  Indirizzo: ({ household }) => wholeAddress(household),
  CAP: ({ household }) => household?.cap,
  Frazione: ({ household }) => household?.frazione,
  Sezione: ({ household }) => household?.sezione,
  Lat: ({ household }) => household?.lat,
  Lon: ({ household }) => household?.lon,
  'Senza fissa dimora': ({ household }) => household?.senza_fissa_dimora,
  Relazione: ({ legame }) => legame?.relazione,
  Progressivo: ({ legame }) => legame?.progressivo,
  'In nucleo dal': ({ legame }) => slashed(legame?.dal),
};

const quoted = (cell: string): string => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const DELIMITED = Object.entries(MODERN);

/** persone.csv of csv-moderno, as text. */
export function modernCsv(register: CsvRegister): string {
  const lines = [
    DELIMITED.map(([name]) => name).join(';'),
    ...flatPersons(register).map((flat) => DELIMITED.map(([, cell]) => quoted(cell(flat) ?? '')).join(';')),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** One file of a package. */
export interface PackageFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** anagrafe.dat of posizionale-2002: each household with its members, then those who are there no more. */
function fixedFile(register: CsvRegister): Buffer {
  const { tabelle, sorgenti, codici } = packageMapping('posizionale-2002');
  const records = sorgenti.anagrafe!.record!;
  const line = (record: string, fields: Readonly<Record<string, string>>): string => {
    const { codice, campi } = records[record]!;
    const width = Math.max(...Object.values(campi!).map(({ to }) => to));
    const chars = [...codice.padEnd(width)];
    for (const [name, { from, to }] of Object.entries(campi!)) {
      const text = fields[name] ?? '';
      if (text.length > to - from) throw new Error(`${record}.${name} has no room for ${text}`);
      for (const [i, char] of [...text].entries()) chars[from + i] = char;
    }
    return chars.join('');
  };
  const person = (flat: FlatPerson, table: 0 | 1): Record<string, string> => ({
    ...fieldsOf(tabelle.soggetti[table]!.colonne, flat.person, codici),
    NOMIN: `${flat.person.cognome}*${flat.person.nome}`,
  });
  const byHousehold = new Map<CsvRow, FlatPerson[]>();
  const gone: FlatPerson[] = [];
  for (const flat of flatPersons(register)) {
    if (flat.household === null) gone.push(flat);
    else byHousehold.set(flat.household, [...(byHousehold.get(flat.household) ?? []), flat]);
  }
  const lines: string[] = [];
  for (const [household, members] of byHousehold) {
    const kind = members[0]!.kind;
    const table = kind === 'F' ? tabelle.famiglie[0]! : tabelle.convivenze![0]!;
    lines.push(
      line('nucleo', {
        ...fieldsOf(table.colonne, household, codici),
        TIPO: kind,
        VIA: [household.specie, household.toponimo].filter((part) => part !== '').join(' '),
      }),
    );
    for (const flat of members)
      lines.push(
        line('persona', {
          ...person(flat, 0),
          ...fieldsOf(tabelle.legami[0]!.colonne, flat.legame!, codici),
        }),
      );
  }
  for (const flat of gone) lines.push(line('uscito', person(flat, 1)));
  // As DOS ends a text.
  return iconv.encode(`${lines.join('\r\n')}\r\n\u001a`, 'cp850');
}

/** anagrafica.txt and posizioni.txt of due-file; the second is in another order than the first. */
function twoFiles(register: CsvRegister): PackageFile[] {
  const { tabelle, sorgenti, codici } = packageMapping('due-file');
  const flats = flatPersons(register);
  const columns = tabelle.soggetti[0]!.colonne;
  const persons = flats.map(({ person }) => fieldsOf(columns, person, codici));
  const first = sorgenti.anagrafica!.colonne!;
  const positions = flats.map(({ person, legame, household, kind }, i): Record<string, string> => {
    const own = Object.entries(persons[i]!).flatMap(([field, text]) =>
      field.startsWith('posizioni.') ? [[field.slice('posizioni.'.length), text]] : [],
    );
    const table = kind === 'F' ? tabelle.famiglie[0]! : tabelle.convivenze![0]!;
    return {
      MATR: person.id_soggetto!,
      ...Object.fromEntries(own),
      TP_NUCLEO: { F: 'FAM', C: 'CONV', '': '' }[kind],
      COD_NUCLEO: '',
      ...(household === null ? {} : fieldsOf(table.colonne, household, codici)),
      INDIRIZZO: wholeAddress(household),
      ...(legame === null ? {} : fieldsOf(tabelle.legami[0]!.colonne, legame, codici)),
    };
  });
  const ofHouseholds = fieldsOf(tabelle.convivenze![0]!.colonne, {}, codici);
  const header = [...new Set([...positions, ofHouseholds].flatMap((row) => Object.keys(row)))];
  const text = (rows: readonly (readonly string[])[]): Buffer =>
    iconv.encode(rows.map((row) => `${row.join('|')}\n`).join(''), 'iso-8859-15');
  return [
    { name: 'anagrafica.txt', bytes: text(persons.map((row) => first.map((field) => row[field] ?? ''))) },
    {
      name: 'posizioni.txt',
      bytes: text([header, ...positions.map((row) => header.map((field) => row[field] ?? ''))]),
    },
  ];
}

/** popolazione.xlsx of foglio: days as days, identifiers as numbers. */
function workbook(register: CsvRegister): Buffer {
  const rows = flatPersons(register).map((flat) =>
    DELIMITED.map(([name, cell]): SheetCell => {
      const text = cell(flat) ?? '';
      const [day, month, year] = text.split('/');
      if (/^\d\d\/\d\d\/\d{4}$/.test(text)) {
        if (month === '00') return { text: year! };
        if (day === '00') return { text: `${month}/${year}` };
        // Days before March 1900 are texts: spreadsheets have no such days, or others.
        return `${year}-${month}` < '1900-03'
          ? { text: `${year}-${month}-${day}` }
          : { day: `${year}-${month}-${day}` };
      }
      return name === 'CAP' && text !== '' ? { number: text.replace(/^0+(?=.)/, '') } : { text };
    }),
  );
  return writeXlsx('Popolazione', [
    [{ text: 'Popolazione residente' }],
    DELIMITED.map(([name]) => ({ text: name })),
    ...rows,
  ]);
}

/** The register in the files of each package. */
export const PACKAGE_FILES: Readonly<Record<string, (register: CsvRegister) => PackageFile[]>> = {
  'csv-moderno': (register) => [{ name: 'persone.csv', bytes: Buffer.from(modernCsv(register)) }],
  'posizionale-2002': (register) => [{ name: 'anagrafe.dat', bytes: fixedFile(register) }],
  'due-file': twoFiles,
  foglio: (register) => [{ name: 'popolazione.xlsx', bytes: workbook(register) }],
};

/** Writes them into a folder of their own. @returns their paths */
export function writePackage(name: string, register: CsvRegister, folder: string): string[] {
  const target = mkdtempSync(join(folder, `${name}-`));
  return PACKAGE_FILES[name]!(register).map((file) => {
    writeFileSync(join(target, file.name), file.bytes);
    return join(target, file.name);
  });
}
