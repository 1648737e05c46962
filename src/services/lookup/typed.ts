/**
 * What a clerk types in one box, read as one of the closed searches (services.md, Lookup): a code, a document, names with a birth or a comune, a street with its
 * number and comune, a household. The reading is told; what is too vague is answered with what to add. Pure.
 */
import { type PartialDate, parsePartialDate } from '../../kernel/day.ts';
import { nameKey, streetKey } from '../../kernel/text-keys.ts';
import { QUESTION, type Question } from './question.ts';

export interface TypedWords {
  readonly it: string;
  readonly en: string;
}

/** One of the searches that what was typed may mean, with how it was read. */
export interface Read {
  readonly question: Question;
  readonly told: TypedWords;
}

/** `readings`: in the order in which to try them, one at least. */
export type Reading = { readonly readings: readonly Read[] } | { readonly missing: TypedWords };

/** Finds a comune by its name as typed: its ISTAT code, or null. */
export type ComuneByName = (name: string) => string | null;

const LONGEST = 200;
const MOST_WORDS = 12;

const STREET_KINDS =
  /^(?:VIA|VIALE|PIAZZA|PIAZZALE|CORSO|LARGO|VICOLO|STRADA|STRADELLO|LOCALITA|FRAZIONE|CONTRADA|BORGO|GALLERIA|TRAVERSA|RUA|CALLE|SALITA|RIVA|VIOTTOLO)$/;
const CODE = /^(?:[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]|\d{11})$/;
/** CIE (CA12345BC) and paper cards (AX1234567). */
const DOCUMENT = /^[A-Z]{2}(?:\d{5}[A-Z]{2}|\d{7})$/;
const CIVICO = /^\d{1,5}(?:[/-]?[A-Z0-9]{1,3})?$/;
const PARTICLES = new Set(
  'DE DI DA DEL DELLA DELLE DELLO DELL DEI DEGLI DAL DALLA LA LE LO LI VAN VON EL AL BEN D'.split(' '),
);

/** A search as it would be asked, with how it was read. */
type Draft = readonly [value: unknown, it: string, en: string];

/** The searches that the drafts make, one draft at least; what is missing, where the first makes none. */
function made(...drafts: readonly Draft[]): Reading {
  const readings: Read[] = [];
  for (const [value, it, en] of drafts) {
    const read = QUESTION.safeParse(value);
    if (read.success) readings.push({ question: read.data, told: { it, en } });
    else if (readings.length === 0) {
      const why = read.error.issues[0]?.message ?? '';
      return missing(`non si può cercare così: ${why}`, `it cannot be searched for like that: ${why}`);
    }
  }
  return { readings };
}
const missing = (it: string, en: string): Reading => ({ missing: { it, en } });

/** A date as Italians type it, whole or partial: 3/4/1974, 03-04-1974, 4/1974, 1974, 1974-04-03. */
export function typedDate(word: string): PartialDate | null {
  const iso = parsePartialDate(word);
  if (iso !== null) return /^(?:1[89]|20)\d\d/.test(word) ? iso : null;
  const [, day, month, year] = /^(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})$/.exec(word) ?? [];
  if (year === undefined || month === undefined) return null;
  const parts = [year, month.padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])];
  return parsePartialDate(parts.join('-'));
}

/** The comune that the last words name, the longest first, and what stands before it. */
function comuneAtEnd(
  words: readonly string[],
  comune: ComuneByName,
): { readonly rest: readonly string[]; readonly code: string; readonly name: string } | null {
  for (let from = 1; from < words.length; from++) {
    const name = words.slice(from).join(' ');
    const code = comune(name);
    if (code !== null) return { rest: words.slice(0, from), code, name };
  }
  return null;
}

/** Reads what was typed. @param comune finds a comune by its name */
export function readTyped(typed: string, comune: ComuneByName): Reading {
  const words = typed
    .slice(0, LONGEST)
    .trim()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const [first = '', second] = words;
  if (first === '')
    return missing(
      'scrivere un codice fiscale, cognome e nome con l’anno di nascita o il comune, oppure via, civico e comune',
      'type a codice fiscale, surname and name with the year of birth or the comune, or street, number and comune',
    );
  if (words.length > MOST_WORDS)
    return missing('troppe parole: bastano le essenziali', 'too many words: the essential ones will do');
  const alone = first.toUpperCase();
  if (second === undefined) return single(alone, first);
  if (alone === 'FAMIGLIA' || alone === 'CONVIVENZA')
    return household(alone === 'FAMIGLIA' ? 'famiglia' : 'convivenza', words.slice(1), comune);
  if (STREET_KINDS.test(streetKey(`${first} x`).split(' ')[0] ?? '')) return street(words, comune);
  return names(words, comune);
}

function single(word: string, typed: string): Reading {
  if (CODE.test(word))
    return made([
      { per: 'codice_fiscale', codice_fiscale: word },
      `codice fiscale ${word}`,
      `codice fiscale ${word}`,
    ]);
  if (/^P\d+$/.test(word))
    return made([
      { per: 'identificativo', persona: word },
      `identificativo provinciale ${word}`,
      `provincial identifier ${word}`,
    ]);
  if (DOCUMENT.test(word))
    return made([{ per: 'documento', numero: word }, `documento ${word}`, `document ${word}`]);
  if (/\d/.test(word))
    return missing(
      `«${typed.slice(0, 40)}» non è un codice fiscale (16 caratteri o 11 cifre), un documento né un identificativo P…: controllare`,
      `"${typed.slice(0, 40)}" is no codice fiscale (16 characters or 11 digits), document or identifier P…: check it`,
    );
  return missing(
    'il solo cognome non basta: aggiungere il nome e l’anno di nascita, o la data di nascita, o il nome e il comune',
    'a surname alone is not enough: add given name and year of birth, or the birth date, or given name and comune',
  );
}

function household(tipo: 'famiglia' | 'convivenza', words: readonly string[], comune: ComuneByName): Reading {
  const place = comuneAtEnd(words, comune);
  const id = place?.rest.length === 1 ? place.rest[0] : undefined;
  if (place !== null && id !== undefined && /\d/.test(id))
    return made([
      { per: 'famiglia', tipo, comune: place.code, id },
      `${tipo} ${id} di ${place.name}`,
      `household ${id} of ${place.name}`,
    ]);
  return missing(
    'una famiglia si cerca con il suo identificativo e il comune («famiglia F12 Zocca»); con un cognome: aggiungere il nome di un componente e l’anno di nascita o il comune',
    'a household is searched for by its identifier and comune ("famiglia F12 Zocca"); by a surname: add the given name of a member and the year of birth or the comune',
  );
}

function street(words: readonly string[], comune: ComuneByName): Reading {
  const place = comuneAtEnd(words, comune);
  if (place === null)
    return missing(
      'aggiungere il comune in fondo: «via Emilia 12 Carpi»',
      'add the comune at the end: "via Emilia 12 Carpi"',
    );
  const at = place.rest.findLastIndex((word) => CIVICO.test(word.toUpperCase()));
  if (at < 1 || (at === 1 && place.rest.length === 2 && !/[a-z]/i.test(place.rest[0] ?? '')))
    return missing(
      `aggiungere il civico: «${place.rest.join(' ')} 12 ${place.name}»`,
      `add the number: "${place.rest.join(' ')} 12 ${place.name}"`,
    );
  // "12 a", "12 / b": a letter that stands apart belongs to the number; an interior does not.
  const after = place.rest[at + 1]?.toUpperCase() ?? '';
  const civico = /^[A-Z]$/.test(after) ? `${place.rest[at]}/${after}` : (place.rest[at] ?? '');
  const via = place.rest.slice(0, at).join(' ');
  return made([
    { per: 'indirizzo', comune: place.code, via, civico },
    `chi abita in ${via} ${civico}, ${place.name}`,
    `who lives at ${via} ${civico}, ${place.name}`,
  ]);
}

/** Surname and given name. */
type Names = readonly [surname: string, given: string];

/** Surname first, with its particles; the other way round too, for who types "Mario Rossi". */
function surnameAndName(words: readonly string[]): readonly [Names, ...Names[]] {
  let end = 1;
  while (end < words.length - 1 && PARTICLES.has(nameKey(words[end - 1] ?? ''))) end++;
  const first: Names = [words.slice(0, end).join(' '), words.slice(end).join(' ')];
  const readings: [Names, ...Names[]] = [first];
  // Two surnames and a name; a name and a surname.
  if (words.length > end + 1)
    readings.push([words.slice(0, end + 1).join(' '), words.slice(end + 1).join(' ')]);
  readings.push([words.slice(1).join(' '), words[0] ?? '']);
  return readings;
}

function names(words: readonly string[], comune: ComuneByName): Reading {
  const date = typedDate(words.at(-1) ?? '');
  if (date !== null) return namesAndBirth(words.slice(0, -1), date);
  const place = comuneAtEnd(words, comune);
  if (place === null)
    return missing(
      `«${words.slice(0, 3).join(' ')}» è troppo poco: aggiungere l’anno di nascita o il comune`,
      `"${words.slice(0, 3).join(' ')}" is too little: add the year of birth or the comune`,
    );
  if (place.rest.length < 2)
    return missing(
      `aggiungere il nome: «${place.rest[0]} Mario ${place.name}»`,
      `add the given name: "${place.rest[0]} Mario ${place.name}"`,
    );
  const drafts = surnameAndName(place.rest).map(
    ([cognome, nome]): Draft => [
      { per: 'cognome_nome_comune', cognome, nome, comune: place.code },
      `cognome ${cognome}, nome ${nome}, comune ${place.name}`,
      `surname ${cognome}, given name ${nome}, comune ${place.name}`,
    ],
  );
  return made(...drafts);
}

function namesAndBirth(words: readonly string[], date: PartialDate): Reading {
  if (words.length === 1) {
    if (date.length === 10)
      return made([
        { per: 'cognome_nascita', cognome: words[0], data_nascita: date },
        `cognome ${words[0]}, nascita ${date}`,
        `surname ${words[0]}, birth ${date}`,
      ]);
    return missing(
      `con il solo anno serve anche il nome: «${words[0]} Mario ${date}»`,
      `with the year alone a given name is needed too: "${words[0]} Mario ${date}"`,
    );
  }
  const drafts = surnameAndName(words).map(
    ([cognome, nome]): Draft => [
      { per: 'cognome_nome_anno', cognome, nome, data_nascita: date },
      `cognome ${cognome}, nome ${nome}, nascita ${date}`,
      `surname ${cognome}, given name ${nome}, birth ${date}`,
    ],
  );
  return made(...drafts);
}
