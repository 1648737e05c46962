/** A register as the packages of the third door export it: the same population, in the files that their mappings read. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CsvRegister, CsvRow, CsvTable } from './csv-register.ts';

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

/** Writes persone.csv of csv-moderno. @returns its path, in a folder of its own */
export function writeModernCsv(register: CsvRegister, folder: string): string[] {
  const columns = Object.entries(MODERN);
  const lines = [
    columns.map(([name]) => name).join(';'),
    ...flatPersons(register).map((flat) => columns.map(([, cell]) => quoted(cell(flat) ?? '')).join(';')),
  ];
  return [written(folder, 'persone.csv', Buffer.from(`${lines.join('\r\n')}\r\n`))];
}

function written(folder: string, name: string, bytes: Buffer): string {
  const path = join(mkdtempSync(join(folder, 'mapped-')), name);
  writeFileSync(path, bytes);
  return path;
}
