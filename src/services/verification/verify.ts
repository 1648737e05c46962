/**
 * The check of a self-certification (DPR 445/2000 art. 46, 71; services.md, Verification): one rule a matter, from what was declared and what the register
 * holds to how each declared element stands. "N needs certain contrary evidence, for a false declaration is a crime." Pure.
 */
import type { PartialDate } from '../../kernel/day.ts';
import { type Comparison, compareDates, compareNamed, compareNames } from './compare.ts';
import {
  CIVIL_STATUSES,
  type Declaration,
  type DeclarationOf,
  ELSEWHERE,
  type Matter,
} from './declaration.ts';
import { doubtAbout } from './doubts.ts';
import { type Evidence, VERIFICATION_POLICY, type VerificationPolicy } from './evidence.ts';
import { agrees, disagrees, type Element, type Finding, unsure, type Verdict, verdictOf } from './verdict.ts';
import { familyFindings } from './verify-family.ts';
import { childFindings, deathOfRelative } from './verify-relatives.ts';
import { residenceFindings } from './verify-residence.ts';

type Verifier<M extends Matter> = (declared: DeclarationOf<M>, evidence: Evidence) => readonly Finding[];

const VERIFIERS: { readonly [M in Matter]: Verifier<M> } = {
  generalita: identityFindings,
  nascita: birthFindings,
  residenza: residenceFindings,
  cittadinanza: citizenshipFindings,
  stato_civile: civilStatusFindings,
  stato_di_famiglia: familyFindings,
  esistenza_in_vita: lifeFindings,
  decesso: deathFindings,
  nascita_figlio: childFindings,
  decesso_familiare: deathOfRelative,
  codice_fiscale: codeFindings,
  altro: ({ materia }) => [unsure('materia', 'altro_ufficio', ELSEWHERE[materia])],
};

/** The element under which a doubt about the whole matter is told. */
const WHOLE: Readonly<Record<Matter, Element>> = {
  generalita: 'persona',
  nascita: 'persona',
  residenza: 'comune',
  cittadinanza: 'cittadinanza',
  stato_civile: 'stato_civile',
  stato_di_famiglia: 'componenti',
  esistenza_in_vita: 'esistenza_in_vita',
  decesso: 'decesso',
  nascita_figlio: 'legame',
  decesso_familiare: 'decesso',
  codice_fiscale: 'codice_fiscale',
  altro: 'materia',
};

/** @returns the verdict on one declaration about one person */
export function verify(
  declared: Declaration,
  evidence: Evidence,
  policy: VerificationPolicy = VERIFICATION_POLICY,
): Verdict {
  const doubt =
    declared.oggetto === 'altro'
      ? null
      : doubtAbout(declared.oggetto, WHOLE[declared.oggetto], evidence, policy);
  if (doubt !== null) return verdictOf([doubt]);
  const rule = VERIFIERS[declared.oggetto] as Verifier<Matter>;
  return verdictOf(rule(declared, evidence));
}

/** How a compared value stands: what cannot be told says why. */
function standing(elemento: Element, compared: Comparison, why: 'data_incerta' | 'simile'): Finding {
  if (compared === 'same') return agrees(elemento);
  return compared === 'different' ? disagrees(elemento, 'diverso') : unsure(elemento, why);
}

const date = (elemento: Element, declared: PartialDate, held: PartialDate): Finding =>
  standing(elemento, compareDates(declared, held), 'data_incerta');

function identityFindings(declared: DeclarationOf<'generalita'>, { state }: Evidence): Finding[] {
  const held = state.generalita;
  if (held === null) return [unsure('persona', 'dato_assente')];
  const found: Finding[] = [];
  if (declared.cognome !== undefined)
    found.push(standing('cognome', compareNames(declared.cognome, held.cognome), 'simile'));
  if (declared.nome !== undefined)
    found.push(standing('nome', compareNames(declared.nome, held.nome), 'simile'));
  if (declared.sesso !== undefined)
    found.push(standing('sesso', declared.sesso === held.sesso ? 'same' : 'different', 'simile'));
  return found;
}

function birthFindings(declared: DeclarationOf<'nascita'>, { state }: Evidence): Finding[] {
  const held = state.generalita;
  if (held === null) return [unsure('persona', 'dato_assente')];
  const found: Finding[] = [];
  if (declared.data !== undefined) found.push(date('data_nascita', declared.data, held.data_nascita));
  const place = placeOf(declared, held);
  return place === null ? found : [...found, place];
}

/** The place of birth: a comune, or a state. Italy (100) is the state of who was born in a comune. */
function placeOf(
  declared: Pick<DeclarationOf<'nascita'>, 'comune' | 'stato'>,
  held: { readonly comune_nascita: string | null; readonly stato_nascita: string | null },
): Finding | null {
  if (declared.comune === undefined && declared.stato === undefined) return null;
  const state = held.comune_nascita === null ? held.stato_nascita : '100';
  if (state === null) return unsure('luogo_nascita', 'dato_assente');
  if (declared.stato !== undefined && declared.stato !== state) return disagrees('luogo_nascita', 'diverso');
  if (declared.comune !== undefined && declared.comune !== held.comune_nascita)
    return disagrees('luogo_nascita', 'diverso');
  return agrees('luogo_nascita');
}

function citizenshipFindings(declared: DeclarationOf<'cittadinanza'>, { state }: Evidence): Finding[] {
  const held = state.cittadinanza;
  if (held === null) return [unsure('cittadinanza', 'dato_assente')];
  if (held.certezza !== 'certa') return [unsure('cittadinanza', 'data_incerta')];
  // Several at a time are possible: the other one is no less held.
  if (declared.stato !== held.cittadinanza && declared.stato !== held.altra_cittadinanza)
    return [disagrees('cittadinanza', 'diverso')];
  if (declared.dal === undefined) return [agrees('cittadinanza')];
  if (declared.stato !== held.cittadinanza) return [agrees('cittadinanza'), unsure('dal', 'dato_assente')];
  return [agrees('cittadinanza'), date('dal', declared.dal, held.dal)];
}

function civilStatusFindings(declared: DeclarationOf<'stato_civile'>, evidence: Evidence): Finding[] {
  const held = evidence.state.stato_civile;
  // T1 9: not classifiable, or not known.
  if (held === null || held.stato_civile === '9') return [unsure('stato_civile', 'dato_assente')];
  if (held.certezza !== 'certa') return [unsure('stato_civile', 'data_incerta')];
  const codes: readonly string[] = CIVIL_STATUSES[declared.valore];
  if (!codes.includes(held.stato_civile)) return [disagrees('stato_civile', 'diverso')];
  const found: Finding[] = [agrees('stato_civile')];
  if (declared.coniuge !== undefined) found.push(spouse(declared.coniuge, evidence));
  if (declared.dal !== undefined) found.push(date('dal', declared.dal, held.dal));
  return found;
}

function spouse(named: NonNullable<DeclarationOf<'stato_civile'>['coniuge']>, evidence: Evidence): Finding {
  const held = evidence.state.stato_civile;
  const known = evidence.relatives.find(({ legame }) => legame === 'coniuge')?.persona;
  if (known !== undefined) return standing('coniuge', compareNamed(named, known), 'simile');
  // Only a code, of somebody whom no register of the province knows.
  const code = held?.cf_coniuge ?? null;
  if (code === null || named.codice_fiscale === undefined) return unsure('coniuge', 'dato_assente');
  return code === named.codice_fiscale ? agrees('coniuge') : disagrees('coniuge', 'diverso');
}

function lifeFindings(_declared: DeclarationOf<'esistenza_in_vita'>, { state }: Evidence): Finding[] {
  if (state.decesso !== null)
    return state.decesso.certezza === 'certa'
      ? [disagrees('esistenza_in_vita', 'deceduto')]
      : [unsure('esistenza_in_vita', 'data_incerta')];
  // Only who is resident is followed: a death elsewhere is told to the comune of residence.
  if (state.residenza.residente && state.residenza.certezza === 'certa') return [agrees('esistenza_in_vita')];
  return [unsure('esistenza_in_vita', state.residenza.residente ? 'data_incerta' : 'fuori_provincia')];
}

function deathFindings({ data }: DeclarationOf<'decesso'>, { state }: Evidence): Finding[] {
  const { decesso, residenza } = state;
  if (decesso === null)
    return [
      residenza.residente && residenza.certezza === 'certa'
        ? disagrees('decesso', 'in_vita')
        : unsure('decesso', residenza.residente ? 'data_incerta' : 'fuori_provincia'),
    ];
  if (decesso.certezza !== 'certa') return [unsure('decesso', 'data_incerta')];
  return [agrees('decesso'), ...(data === undefined ? [] : [date('data_decesso', data, decesso.data)])];
}

function codeFindings({ codice }: DeclarationOf<'codice_fiscale'>, { state, self }: Evidence): Finding[] {
  const held = state.generalita;
  if (held === null || held.codice_fiscale === null) return [unsure('codice_fiscale', 'dato_assente')];
  if (held.codice_fiscale === codice)
    return held.validita_cf === '1'
      ? [agrees('codice_fiscale')]
      : [unsure('codice_fiscale', 'non_convalidato')];
  if (self.codici.has(codice)) return [disagrees('codice_fiscale', 'diverso')];
  return held.validita_cf === '1'
    ? [disagrees('codice_fiscale', 'diverso')]
    : [unsure('codice_fiscale', 'non_convalidato')];
}
