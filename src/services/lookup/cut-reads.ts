/** Families, relations, residences, histories, addresses and movements cut to the fields of the profile (security.md 19, 23). Pure. */
import type { Field } from '../../access/rights/profiles.ts';
import type { PartialDate } from '../../kernel/day.ts';
import type { OccupantAnswer } from '../../registry/answers/address.ts';
import type { EntryTable } from '../../registry/answers/facts.ts';
import type { FamilyState, MemberAnswer } from '../../registry/answers/family.ts';
import type { HistoryLine } from '../../registry/answers/history.ts';
import type { MovementAnswer } from '../../registry/answers/movements.ts';
import type { RelationAnswer } from '../../registry/answers/relations.ts';
import type { HeldResidence } from '../../registry/answers/residences.ts';
import type { Fields } from './cut.ts';

interface Somebody {
  readonly codice_fiscale: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly data_nascita: PartialDate | null;
}

/** Of somebody named in an answer about others: the parts that the profile reads. */
const who = ({ codice_fiscale, cognome, nome, data_nascita }: Somebody, fields: Fields) => ({
  ...(fields.has('codiceFiscale') ? { codice_fiscale } : {}),
  ...(fields.has('names') ? { cognome, nome } : {}),
  ...(fields.has('birth') ? { data_nascita } : {}),
});

const cutMember = (m: MemberAnswer, protetto: boolean, fields: Fields) => ({
  persona: m.persona,
  relazione: m.relazione,
  ...(m.ultima_dichiarata === undefined ? {} : { ultima_dichiarata: m.ultima_dichiarata }),
  dal: m.dal,
  certezza: m.certezza,
  protetto,
  ...who(m, fields),
  ...(fields.has('sex') ? { sesso: m.sesso } : {}),
});

/** @param hidden whether somebody of the family is protected: its address is theirs */
export function cutFamily(
  family: FamilyState,
  isProtected: (member: MemberAnswer) => boolean,
  hidden: boolean,
  fields: Fields,
) {
  const { indirizzo, senza_fissa_dimora, componenti, ...rest } = family;
  const mayRead = fields.has('address') && (!hidden || fields.has('protectedAddress'));
  return {
    ...rest,
    ...(mayRead && indirizzo !== undefined ? { indirizzo } : {}),
    ...(mayRead && senza_fissa_dimora !== undefined ? { senza_fissa_dimora } : {}),
    componenti: componenti.map((m) => cutMember(m, isProtected(m), fields)),
  };
}

export const cutRelation = (r: RelationAnswer, protetto: boolean, fields: Fields) => ({
  relazione: r.relazione,
  noto_per: r.noto_per,
  dal: r.dal,
  certezza: r.certezza,
  persona: r.persona,
  protetto,
  ...who(r, fields),
  scheda: fields.has('residence') ? r.scheda : null,
  ...(fields.has('residence') ? { secondo: r.secondo, comune: r.comune } : {}),
  ...(fields.has('death') ? { in_vita: r.in_vita, data_decesso: r.data_decesso } : {}),
});

/** @param mayRead whether the address may be told */
export function cutResidence(residence: HeldResidence, mayRead: boolean) {
  const { indirizzo, senza_fissa_dimora, ...rest } = residence;
  return mayRead ? residence : rest;
}

const HISTORY_FIELDS: Readonly<Record<EntryTable, Field>> = {
  identities: 'names',
  registrations: 'residence',
  deaths: 'death',
  dwellings: 'address',
  memberships: 'household',
  civil_statuses: 'civilStatus',
  citizenships: 'citizenship',
  parents: 'relations',
  documents: 'documents',
  permits: 'permits',
  declarations: 'declarations',
  protections: 'protectedAddress',
};

/** Columns of a fact that another field lets through than the fact's own. */
const COLUMN_FIELDS: Readonly<Record<string, Field>> = {
  codice_fiscale: 'codiceFiscale',
  validita_cf: 'codiceFiscale',
  sesso: 'sex',
  data_nascita: 'birth',
  comune_nascita: 'birth',
  stato_nascita: 'birth',
  localita_nascita: 'birth',
  atto_nascita: 'birth',
  id_coniuge: 'relations',
  cf_coniuge: 'relations',
};

/** The lines that the profile reads, each with the columns that it reads; null: not at all. */
export function cutLine(line: HistoryLine, hidden: boolean, fields: Fields) {
  const { genere, valore } = line;
  if (!fields.has(HISTORY_FIELDS[genere])) return null;
  if (genere === 'dwellings' && hidden && !fields.has('protectedAddress')) return null;
  const kept = Object.entries(valore).filter(([column]) => {
    const field = COLUMN_FIELDS[column];
    return field === undefined || fields.has(field);
  });
  return { ...line, valore: Object.fromEntries(kept) as Record<string, string> };
}

export const cutOccupant = (o: OccupantAnswer, fields: Fields) => ({
  persona: o.persona,
  dal: o.dal,
  al: o.al,
  certezza: o.certezza,
  interno: o.interno,
  protetto: o.protetto,
  ...who(o, fields),
});

/** @param protetto whether the person is protected: where they came from and went to is left out for who may not know */
export const cutMovement = (m: MovementAnswer, protetto: boolean, fields: Fields) => ({
  persona: m.persona,
  verso: m.verso,
  data: m.data,
  certezza: m.certezza,
  motivo: m.motivo,
  protetto,
  ...(protetto && !fields.has('protectedAddress') ? {} : { comune: m.comune, stato: m.stato }),
  ...who(m, fields),
});
