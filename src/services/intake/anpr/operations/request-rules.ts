/** Which element of each request fills which column: shared rules of ANPR's elements, put where each request has them. */
import type { Rule } from '../rules.ts';
import {
  addressRules,
  CIVIL_STATUS_RULES,
  identityRules,
  PAPER_RULES,
  PARENT_RULES,
} from '../subject-rules.ts';

const startingWith = (part: string): readonly Rule[] =>
  PAPER_RULES.filter(({ from }) => from.some(({ path }) => path.startsWith(`${part}/`)));

export const DECLARED_RULES = startingWith('altriDati');
export const DOCUMENT_RULES = startingWith('cartaIdentita');
export const PERMIT_RULES = startingWith('permessoSoggiorno');

export const BORN_RULES: readonly Rule[] = [...identityRules('generalita1001/generalita'), ...PARENT_RULES];

export const ARRIVING_RULES: readonly Rule[] = [
  ...identityRules('generalita1002/generalita'),
  ...PARENT_RULES,
  ...PAPER_RULES,
];

/** Spouse and day, by the civil status; the status itself stands with the identity (generalita1002). */
export const ARRIVING_STATUS_RULES = CIVIL_STATUS_RULES.filter(({ column }) => column !== 'stato_civile');

export const CHANGED_IDENTITY_RULES = identityRules('generalitaDaModificare/generalita');

/** Of a tipoResidenza. */
export const RESIDENCE_RULES = addressRules('indirizzo');

/** Another as a row names them: by this comune's number, and by codice fiscale. @param at the element of tipoGeneralita */
export const namedRules = (at: string, id: string, code: string): readonly Rule[] => [
  { column: id, from: [{ path: `${at}/idSchedaSoggettoComune` }], by: 'ownId' },
  { column: code, from: [{ path: `${at}/codiceFiscale/codFiscale` }], by: 'upper' },
];

export const FATHER_RULES = PARENT_RULES.filter(({ column }) => column.endsWith('_padre'));
export const MOTHER_RULES = PARENT_RULES.filter(({ column }) => column.endsWith('_madre'));
export const SPOUSE_RULES = namedRules('matrimonio/coniuge', 'id_coniuge', 'cf_coniuge');
export const PARTNER_RULES = namedRules('unioneCivile/unitoCivilmente', 'id_coniuge', 'cf_coniuge');

/** Of the element of a rettifica (richiestaRettifica105). */
export const BIRTHPLACE_RULES = identityRules('').flatMap((rule) =>
  rule.from.some(({ path }) => path.startsWith('/luogoNascita/'))
    ? [{ ...rule, from: rule.from.map((source) => ({ ...source, path: source.path.slice(1) })) }]
    : [],
);
