/**
 * An answer about a person cut to the fields of the profile (security.md 19, 23): what is not allowed is left out, not emptied. Pure.
 */
import type { Field } from '../../access/rights/profiles.ts';
import type { Day } from '../../kernel/day.ts';
import type { PersonAnswer } from '../../registry/answers/ask-person.ts';
import type { RelatedPerson } from '../../registry/answers/person-state.ts';
import type { ListedPerson } from './match.ts';

export type Fields = ReadonlySet<Field>;

type Signals = PersonAnswer['segnali'];
type Transit = NonNullable<Signals['in_transito']>;

/** How far the data of the comune that speaks go, and how late they are (rhythms.ts). */
export interface SupplyView {
  readonly comune?: string;
  readonly situazione_al: Day;
  readonly giorni_di_ritardo: number | null;
}

/** Flags as they may be shown: what is wrong always, which comuni only to who reads residences. */
export interface SignalsView {
  readonly in_transito: (Omit<Transit, 'da' | 'verso'> & Partial<Transit>) | null;
  readonly trasferimento_pendente: Partial<NonNullable<Signals['trasferimento_pendente']>> | null;
  readonly doppia_residenza: { readonly corrente?: string; readonly anche?: string[] } | null;
  readonly decorrenze_diverse: boolean;
  readonly protetto: boolean;
  readonly data_incerta: boolean;
  readonly in_conflitto: boolean;
  readonly in_correzione: boolean;
  readonly fornitura: SupplyView | null;
}

/** @param protetto whether some register protects the person, on the day or now */
export function cutSignals(
  { situazione_al: _, in_transito, trasferimento_pendente, doppia_residenza, ...flags }: Signals,
  protetto: boolean,
  supply: SupplyView | null,
  fields: Fields,
): SignalsView {
  const rest = { ...flags, protetto };
  if (fields.has('residence'))
    return {
      ...rest,
      in_transito,
      trasferimento_pendente,
      doppia_residenza:
        doppia_residenza === null ? null : { ...doppia_residenza, anche: [...doppia_residenza.anche] },
      fornitura: supply,
    };
  return {
    ...rest,
    in_transito: in_transito === null ? null : withoutComuni(in_transito),
    trasferimento_pendente: trasferimento_pendente === null ? null : {},
    doppia_residenza: doppia_residenza === null ? null : {},
    fornitura:
      supply === null
        ? null
        : { situazione_al: supply.situazione_al, giorni_di_ritardo: supply.giorni_di_ritardo },
  };
}

function withoutComuni({ da: _, verso: __, ...waiting }: Transit): Omit<Transit, 'da' | 'verso'> {
  return waiting;
}

/** A person as it may be shown: the parts that the profile reads. */
export type PersonView = Partial<
  Omit<PersonAnswer, 'generalita' | 'residenza' | 'genitori' | 'figli' | 'segnali'>
> & {
  readonly generalita?: Partial<NonNullable<PersonAnswer['generalita']>> | null;
  readonly segnali: SignalsView;
  readonly residenza?: PersonAnswer['residenza'];
  readonly genitori?: PersonAnswer['genitori'];
  readonly figli?: readonly RelatedPerson[];
};

const IDENTITY_FIELDS: Readonly<Record<keyof NonNullable<PersonAnswer['generalita']>, Field>> = {
  codice_fiscale: 'codiceFiscale',
  validita_cf: 'codiceFiscale',
  cognome: 'names',
  nome: 'names',
  sesso: 'sex',
  data_nascita: 'birth',
  comune_nascita: 'birth',
  stato_nascita: 'birth',
  localita_nascita: 'birth',
  atto_nascita: 'birth',
  eta: 'birth',
  scheda: 'names',
};

/** Where somebody lives, beyond the comune: never of who is protected, but to who may (control 23). */
const ADDRESS_PARTS = [
  'indirizzo',
  'senza_fissa_dimora',
  'certezza_indirizzo',
  'abitazione_dal',
  'oppure',
] as const;

function residence(answer: PersonAnswer, fields: Fields, hidden: boolean): PersonAnswer['residenza'] {
  const mayRead = fields.has('address') && (!hidden || fields.has('protectedAddress'));
  if (mayRead) return answer.residenza;
  const rest: Record<string, unknown> = { ...answer.residenza };
  for (const part of ADDRESS_PARTS) delete rest[part];
  return rest as unknown as PersonAnswer['residenza'];
}

function identity(answer: PersonAnswer, fields: Fields): PersonView['generalita'] {
  if (answer.generalita === null) return null;
  const kept = Object.entries(answer.generalita).filter(([name]) =>
    fields.has(IDENTITY_FIELDS[name as keyof typeof IDENTITY_FIELDS]),
  );
  return Object.fromEntries(kept);
}

/**
 * @param segnali the flags, cut
 * @param hidden whether the address is that of somebody protected
 * @returns what may be shown; flags, times and the person's identifier always
 */
export function cutPerson(
  answer: PersonAnswer,
  segnali: SignalsView,
  hidden: boolean,
  fields: Fields,
): PersonView {
  const may = <T>(field: Field, part: T): T | undefined => (fields.has(field) ? part : undefined);
  const status = answer.stato_civile;
  const {
    coniuge: _,
    cf_coniuge: __,
    ...statusAlone
  } = status ?? { stato_civile: '', dal: '', certezza: 'certa' };
  const view = {
    persona: answer.persona,
    al: answer.al,
    noto_al: answer.noto_al,
    segnali,
    generalita: identity(answer, fields),
    residenza: may('residence', residence(answer, fields, hidden)),
    famiglia: may('household', answer.famiglia),
    stato_civile: may(
      'civilStatus',
      status === null || fields.has('relations') ? status : (statusAlone as typeof status),
    ),
    cittadinanza: may('citizenship', answer.cittadinanza),
    genitori: may('relations', answer.genitori),
    figli: may('relations', answer.figli),
    decesso: may('death', answer.decesso),
    documento: may('documents', answer.documento),
    soggiorno: may('permits', answer.soggiorno),
    dichiarati: may('declarations', answer.dichiarati),
  };
  return Object.fromEntries(Object.entries(view).filter(([, part]) => part !== undefined)) as PersonView;
}

/** A line of a short list: enough to choose by, and no more than the profile reads. */
export function cutListed(person: ListedPerson, fields: Fields): Partial<ListedPerson> {
  const kept = {
    persona: person.persona,
    trovato_per: person.trovato_per,
    somiglianza: person.somiglianza,
    segnali: person.segnali,
    ...(fields.has('codiceFiscale') ? { codice_fiscale: person.codice_fiscale } : {}),
    ...(fields.has('names') ? { cognome: person.cognome, nome: person.nome } : {}),
    ...(fields.has('sex') ? { sesso: person.sesso } : {}),
    ...(fields.has('birth') ? { data_nascita: person.data_nascita } : {}),
    ...(fields.has('residence') ? { comune: person.comune } : {}),
  };
  return kept;
}
