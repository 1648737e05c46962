/** What a citizen may declare (DPR 445/2000 art. 46), as a form shows it, and the declaration that the server takes. */
import type { Request } from '../../api/client.ts';

export type Declaration = Request<'verify'>['dichiarazioni'][number];
export type Matter = Declaration['oggetto'];

type Input = 'text' | 'date' | 'comune' | 'state' | 'sex' | 'status' | 'kin' | 'yes' | 'other' | 'members';
export interface MatterField {
  /** The path in the declaration: "indirizzo.via". */
  readonly name: string;
  readonly input: Input;
  readonly label: { readonly it: string; readonly en: string };
  readonly required?: true;
}

const f = (name: string, input: Input, it: string, en: string, required?: true): MatterField => ({
  name,
  input,
  label: { it, en },
  ...(required === undefined ? {} : { required }),
});
const other = (path: string, it: string, en: string): readonly MatterField[] => [
  f(`${path}.cognome`, 'text', `Cognome ${it}`, `Surname ${en}`),
  f(`${path}.nome`, 'text', `Nome ${it}`, `Given name ${en}`),
  f(`${path}.data_nascita`, 'date', `Nascita ${it}`, `Birth ${en}`),
  f(`${path}.codice_fiscale`, 'text', `Codice fiscale ${it}`, `Codice fiscale ${en}`),
];

export const MATTERS: Readonly<
  Record<
    Matter,
    { readonly label: { readonly it: string; readonly en: string }; readonly fields: readonly MatterField[] }
  >
> = {
  residenza: {
    label: { it: 'Residenza', en: 'Residence' },
    fields: [
      f('comune', 'comune', 'Comune', 'Comune', true),
      f('indirizzo.via', 'text', 'Via o piazza', 'Street'),
      f('indirizzo.civico', 'text', 'Numero civico', 'Number'),
      f('indirizzo.interno', 'text', 'Interno', 'Flat'),
      f('dal', 'date', 'Dal', 'Since'),
      f('non', 'yes', 'Dichiara di NON risiedervi', 'Declares NOT to live there'),
    ],
  },
  stato_di_famiglia: {
    label: { it: 'Stato di famiglia', en: 'Family' },
    fields: [f('componenti', 'members', 'Gli altri componenti', 'The other members')],
  },
  stato_civile: {
    label: { it: 'Stato civile', en: 'Civil status' },
    fields: [
      f('valore', 'status', 'Stato dichiarato', 'Declared status', true),
      ...other('coniuge', 'del coniuge', 'of the spouse'),
      f('dal', 'date', 'Dal', 'Since'),
    ],
  },
  nascita: {
    label: { it: 'Data e luogo di nascita', en: 'Date and place of birth' },
    fields: [
      f('data', 'date', 'Data di nascita', 'Birth date'),
      f('comune', 'comune', 'Comune di nascita', 'Comune of birth'),
      f('stato', 'state', 'Stato di nascita', 'State of birth'),
    ],
  },
  cittadinanza: {
    label: { it: 'Cittadinanza', en: 'Citizenship' },
    fields: [f('stato', 'state', 'Stato', 'State', true), f('dal', 'date', 'Dal', 'Since')],
  },
  esistenza_in_vita: { label: { it: 'Esistenza in vita', en: 'Being alive' }, fields: [] },
  decesso: {
    label: { it: 'Decesso', en: 'Death' },
    fields: [f('data', 'date', 'Data del decesso', 'Date of death')],
  },
  generalita: {
    label: { it: 'Generalità', en: 'Identity' },
    fields: [
      f('cognome', 'text', 'Cognome', 'Surname'),
      f('nome', 'text', 'Nome', 'Given name'),
      f('sesso', 'sex', 'Sesso', 'Sex'),
    ],
  },
  nascita_figlio: {
    label: { it: 'Nascita del figlio', en: 'Birth of a child' },
    fields: other('figlio', 'del figlio', 'of the child'),
  },
  decesso_familiare: {
    label: { it: 'Decesso di un familiare', en: 'Death of a relative' },
    fields: [
      f('relazione', 'kin', 'Chi era', 'Who it was', true),
      ...other('parente', 'del familiare', 'of the relative'),
      f('data', 'date', 'Data del decesso', 'Day of death'),
    ],
  },
  codice_fiscale: {
    label: { it: 'Codice fiscale', en: 'Codice fiscale' },
    fields: [f('codice', 'text', 'Codice fiscale dichiarato', 'Declared codice fiscale', true)],
  },
  altro: {
    label: { it: 'Altro (titolo di studio, reddito…)', en: 'Other (education, income…)' },
    fields: [f('materia', 'other', 'Materia', 'Matter', true)],
  },
};

export const STATUSES: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  celibe_nubile: { it: 'celibe o nubile', en: 'never married' },
  coniugato: { it: 'coniugato/a', en: 'married' },
  vedovo: { it: 'vedovo/a', en: 'widowed' },
  divorziato: { it: 'divorziato/a', en: 'divorced' },
  unito_civilmente: { it: 'unito/a civilmente', en: 'in a civil union' },
  libero_da_unione: { it: 'già in unione civile', en: 'formerly in a civil union' },
  libero: { it: 'stato libero', en: 'free to marry' },
};
export const KIN: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  coniuge: { it: 'coniuge', en: 'spouse' },
  ascendente: { it: 'ascendente (genitore, nonno…)', en: 'ascendant (parent, grandparent…)' },
  discendente: { it: 'discendente (figlio, nipote…)', en: 'descendant (child, grandchild…)' },
};
export const OTHER_MATTERS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  titolo_studio: { it: 'titolo di studio', en: 'education' },
  professione: { it: 'professione', en: 'profession' },
  reddito: { it: 'reddito', en: 'income' },
  diritti_politici: { it: 'diritti politici', en: 'political rights' },
  carichi_pendenti: { it: 'carichi pendenti', en: 'pending charges' },
  casellario: { it: 'casellario giudiziale', en: 'criminal record' },
  obblighi_militari: { it: 'obblighi militari', en: 'military service' },
  disoccupazione: { it: 'disoccupazione', en: 'unemployment' },
  pensione: { it: 'pensione', en: 'pension' },
  carico_fiscale: { it: 'vivenza a carico', en: 'being a dependant' },
};

/** The fields that a declaration cannot do without and that are empty. */
export const missingOf = (matter: Matter, values: Readonly<Record<string, string>>): readonly string[] =>
  MATTERS[matter].fields
    .filter(({ name, required }) => required && (values[name] ?? '').trim() === '')
    .map(({ name }) => name);

/** Puts values of paths together; empty ones are left out. */
export function declarationOf(
  matter: Matter,
  values: Readonly<Record<string, string>>,
  members: readonly Readonly<Record<string, string>>[],
): Declaration {
  const made: Record<string, unknown> = { oggetto: matter };
  for (const { name, input } of MATTERS[matter].fields) {
    if (input === 'members') {
      made[name] = members.flatMap((member) => {
        const persona = Object.fromEntries(
          Object.entries(member).filter(
            ([part, value]) => part !== 'relazione' && part !== 'key' && value.trim() !== '',
          ),
        );
        const kin = member['relazione'] ?? '';
        return Object.keys(persona).length === 0
          ? []
          : [{ persona, ...(kin === '' ? {} : { relazione: kin }) }];
      });
      continue;
    }
    const value = values[name]?.trim() ?? '';
    if (value === '') continue;
    const [outer = '', inner] = name.split('.');
    const told = input === 'yes' ? value === 'true' : value;
    if (inner === undefined) made[outer] = told;
    else made[outer] = { ...(made[outer] as object | undefined), [inner]: told };
  }
  return made as Declaration;
}
