/** The closed list of searches (services.md, Lookup), as a form shows it: which fields each has, and the question they make. */
import type { Request } from '../../api/client.ts';

export type Question = NonNullable<Request<'personSearch'>['domanda']>;
export type Way = Question['per'];

export type Input = 'text' | 'date' | 'comune';
export interface WayField {
  readonly name: string;
  readonly input: Input;
  readonly label: { readonly it: string; readonly en: string };
}

const field = (name: string, input: Input, it: string, en: string): WayField => ({
  name,
  input,
  label: { it, en },
});
const surname = field('cognome', 'text', 'Cognome', 'Surname');
const given = field('nome', 'text', 'Nome', 'Given name');
const comune = field('comune', 'comune', 'Comune', 'Comune');

export const WAYS: Readonly<
  Record<
    Way,
    { readonly label: { readonly it: string; readonly en: string }; readonly fields: readonly WayField[] }
  >
> = {
  codice_fiscale: {
    label: { it: 'Codice fiscale', en: 'Codice fiscale' },
    fields: [field('codice_fiscale', 'text', 'Codice fiscale', 'Codice fiscale')],
  },
  cognome_nascita: {
    label: { it: 'Cognome e data di nascita', en: 'Surname and birth date' },
    fields: [surname, field('data_nascita', 'date', 'Data di nascita', 'Birth date')],
  },
  cognome_nome_anno: {
    label: { it: 'Cognome, nome e anno di nascita', en: 'Surname, given name and year of birth' },
    fields: [
      surname,
      given,
      field('data_nascita', 'date', 'Anno o data di nascita', 'Year or date of birth'),
    ],
  },
  cognome_nome_comune: {
    label: { it: 'Cognome, nome e comune', en: 'Surname, given name and comune' },
    fields: [surname, given, comune],
  },
  indirizzo: {
    label: { it: 'Comune, via e numero', en: 'Comune, street and number' },
    fields: [
      comune,
      field('via', 'text', 'Via o piazza', 'Street'),
      field('civico', 'text', 'Numero civico', 'Number'),
    ],
  },
  famiglia: {
    label: { it: 'Numero della famiglia', en: 'Household number' },
    fields: [comune, field('id', 'text', 'Identificativo della famiglia', 'Household identifier')],
  },
  documento: {
    label: { it: 'Numero del documento', en: 'Document number' },
    fields: [field('numero', 'text', 'Numero', 'Number')],
  },
  identificativo: {
    label: { it: 'Identificativo provinciale', en: 'Provincial identifier' },
    fields: [field('persona', 'text', 'Identificativo (P…)', 'Identifier (P…)')],
  },
};

/** @returns the question of a form; null where a field is empty */
export function questionOf(way: Way, given: Readonly<Record<string, string>>): Question | null {
  const values = WAYS[way].fields.map(({ name }) => [name, given[name]?.trim() ?? ''] as const);
  if (values.some(([, value]) => value === '')) return null;
  return { per: way, ...Object.fromEntries(values) } as Question;
}
