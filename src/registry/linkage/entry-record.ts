/** One identity of an entry, ready to be compared with that of another. Equal names, dates and places are one object. Pure. */
import { baseForm } from '../../kernel/codice-fiscale.ts';
import type { PartialDate } from '../../kernel/day.ts';
import type { Keys } from './blocking.ts';
import { type CodeForm, codeForm } from './codes.ts';
import { type DateForm, dateForm, isWhole } from './dates.ts';
import { type NameForm, NameForms } from './names.ts';
import { type PlaceForm, PlaceForms } from './places.ts';

/** A row of `listRecordRows` (linkage.sql.ts). */
export interface RecordRow {
  readonly entry_id: number;
  readonly person_id: number;
  readonly comune: string;
  /** Sealed itself. Whether a seal of the person hides it, see seals.sql.ts. */
  readonly sealed: boolean;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly surname_key: string;
  readonly given_key: string;
  readonly sesso: string;
  readonly birth_text: PartialDate;
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly comune_nascita: string | null;
  readonly stato_nascita: string | null;
  readonly localita_nascita: string | null;
  readonly cf_padre: string | null;
  readonly cf_madre: string | null;
  readonly street_key: string | null;
  readonly civico_key: string | null;
}

export interface EntryRecord {
  readonly entryId: number;
  readonly personId: number;
  /** An identity that is sealed, or bears what a seal of the person hides: what it finds is shown to the profile that names the court order alone. */
  readonly sealed: boolean;
  readonly surname: NameForm | null;
  readonly given: NameForm | null;
  readonly sex: string;
  readonly birth: DateForm | null;
  readonly place: PlaceForm | null;
  readonly code: CodeForm | null;
  readonly father: string | null;
  readonly mother: string | null;
  /** Where the entry dwells now: the comune, which others do not share, the street and the number. */
  readonly comune: string;
  readonly street: string | null;
  readonly civico: string | null;
}

/** What `validita_cf` says of a code that the Agenzia confirmed (T3). */
const VALIDATED = '1';

/** Makes records of rows. */
export class EntryRecords {
  readonly #names = new NameForms();
  readonly #places: PlaceForms;
  readonly #dates = new Map<string, DateForm | null>();
  readonly #texts = new Map<string, string>();

  readonly #hides: (row: RecordRow) => boolean;

  /**
   * @param cadastralOf every cadastral code that the comune of an ISTAT code has had
   * @param hides whether a seal hides the identity
   */
  constructor(cadastralOf: (istat: string) => readonly string[], hides: (row: RecordRow) => boolean) {
    this.#places = new PlaceForms(cadastralOf);
    this.#hides = hides;
  }

  of(row: RecordRow): EntryRecord {
    const place = this.#places.of(row.comune_nascita, row.stato_nascita, row.localita_nascita);
    const owner = {
      cognome: row.cognome,
      nome: row.nome,
      sesso: row.sesso,
      birth: row.birth_text,
      cadastral: place?.cadastral ?? [],
    };
    const sealed = this.#hides(row);
    return {
      entryId: row.entry_id,
      personId: row.person_id,
      sealed,
      surname: this.#names.of(row.cognome),
      given: this.#names.of(row.nome),
      sex: this.#one(row.sesso) ?? '',
      birth: this.#date(row.birth_text),
      place,
      code: codeForm(row.codice_fiscale, row.validita_cf === VALIDATED, owner),
      // The parents of the present do not go with what is hidden.
      father: sealed ? null : parentCode(row.cf_padre),
      mother: sealed ? null : parentCode(row.cf_madre),
      comune: this.#one(row.comune)!,
      street: this.#one(row.street_key),
      civico: row.civico_key,
    };
  }

  #date(text: string): DateForm | null {
    let form = this.#dates.get(text);
    if (form === undefined) {
      form = dateForm(text);
      this.#dates.set(text, form);
    }
    return form;
  }

  #one(text: string | null): string | null {
    if (text === null) return null;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

/** Of a parent's code the base form, which is written from the data; another text stays as it is. */
const parentCode = (code: string | null): string | null =>
  code === null || code === '' ? null : (baseForm(code) ?? code.toUpperCase());

const whole = (r: EntryRecord): DateForm | null => (r.birth !== null && isWhole(r.birth) ? r.birth : null);
const both = (a: string | undefined, b: string | undefined): string | null =>
  a === undefined || b === undefined ? null : a < b ? `${a} ${b}` : `${b} ${a}`;

/** Surname and given name in whatever order; null where one is not known. */
export const bothNames = (r: EntryRecord): string | null => both(r.surname?.key, r.given?.key);

/** The keys that blocking rules may name. */
export const ENTRY_KEYS: Keys<EntryRecord> = {
  codice: (r) => r.code?.base ?? null,
  cognome: (r) => r.surname?.key ?? null,
  'cognome.suono': (r) => r.surname?.sound ?? null,
  nome: (r) => r.given?.key ?? null,
  'nome.suono': (r) => r.given?.sound ?? null,
  nomi: bothNames,
  'nomi.suono': (r) => both(r.surname?.sound, r.given?.sound),
  sesso: (r) => r.sex,
  nascita: (r) => {
    const d = whole(r);
    return d === null ? null : `${d.year}-${d.month}-${d.day}`;
  },
  'nascita.anno': (r) => (r.birth === null ? null : String(r.birth.year)),
  'nascita.giorno e mese': (r) => {
    const d = whole(r);
    return d === null ? null : `${d.month}-${d.day}`;
  },
  'nascita.scambiata': (r) => {
    const d = whole(r);
    return d === null ? null : `${d.year}-${Math.min(d.month, d.day)}-${Math.max(d.month, d.day)}`;
  },
  luogo: (r) => {
    if (r.place === null) return null;
    return r.place.comune === '' ? r.place.state : (r.place.cadastral[0] ?? r.place.comune);
  },
  madre: (r) => r.mother,
  padre: (r) => r.father,
  indirizzo: (r) => (r.street === null ? null : `${r.comune} ${r.street} ${r.civico ?? ''}`),
};
