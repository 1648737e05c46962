/**
 * What keeps an answer from being S or N whatever the values say (services.md: "where the record is set aside, in conflict, in transit,
 * uncertain or too old … the answer is A, and says why"). Pure.
 */
import { daysBetween } from '../../kernel/day.ts';
import type { FindingKind } from '../../registry/reconciliation/finding.ts';
import type { Matter } from './declaration.ts';
import type { Evidence, VerificationPolicy } from './evidence.ts';
import { type Element, type Finding, unsure } from './verdict.ts';

/** The open findings of the reconciliation that make a matter doubtful. */
const DOUBTFUL: Readonly<Record<Matter, readonly FindingKind[]>> = {
  generalita: ['GENERALITA_DISCORDI'],
  nascita: ['GENERALITA_DISCORDI'],
  residenza: ['DOPPIA_RESIDENZA', 'RESIDENZE_SOVRAPPOSTE', 'DECEDUTO_RESIDENTE'],
  cittadinanza: ['CITTADINANZA_DISCORDE'],
  stato_civile: ['STATO_CIVILE_DISCORDE', 'CONIUGE_DECEDUTO', 'CONIUGI_DISCORDI', 'DECEDUTO_RESIDENTE'],
  stato_di_famiglia: [
    'DOPPIA_RESIDENZA',
    'RESIDENZE_SOVRAPPOSTE',
    'DECEDUTO_RESIDENTE',
    'INTESTATARIO_ALTROVE',
  ],
  esistenza_in_vita: ['DECEDUTO_RESIDENTE'],
  decesso: ['DECEDUTO_RESIDENTE'],
  nascita_figlio: ['GENITORI_DISCORDI'],
  decesso_familiare: ['GENITORI_DISCORDI', 'CONIUGE_DECEDUTO', 'CONIUGI_DISCORDI'],
  codice_fiscale: ['GENERALITA_DISCORDI', 'CODICE_OMOCODICO'],
  altro: [],
};

/** Matters that may have changed since the comune last told: an old supply leaves them open. */
const CHANGING: ReadonlySet<Matter> = new Set<Matter>([
  'residenza',
  'cittadinanza',
  'stato_civile',
  'stato_di_famiglia',
  'esistenza_in_vita',
  'decesso',
]);
/** Matters of where somebody lives, and with whom. */
const OF_HOME: ReadonlySet<Matter> = new Set<Matter>(['residenza', 'stato_di_famiglia']);

/** What a death settles for good: no later supply can change it. */
const SETTLED_BY_DEATH: ReadonlySet<Matter> = new Set<Matter>(['esistenza_in_vita', 'decesso', 'residenza']);

/** The first doubt about a matter; null where the register may be believed. @param elemento what the answer names */
export function doubtAbout(
  matter: Matter,
  elemento: Element,
  { al, state, quality, mayReadProtected }: Evidence,
  policy: VerificationPolicy,
): Finding | null {
  const { segnali } = state;
  if (OF_HOME.has(matter) && segnali.protetto && !mayReadProtected) return unsure(elemento, 'protetto');
  if (quality.setAside) return unsure(elemento, 'dato_scartato');
  if (segnali.in_conflitto && CHANGING.has(matter)) return unsure(elemento, 'in_conflitto');
  if (segnali.in_transito !== null && OF_HOME.has(matter)) return unsure(elemento, 'in_transito');
  if (segnali.doppia_residenza !== null && OF_HOME.has(matter)) return unsure(elemento, 'doppia_residenza');
  if (quality.findings.some((kind) => DOUBTFUL[matter].includes(kind)))
    return unsure(elemento, 'segnalazione_aperta');
  if (!CHANGING.has(matter)) return null;
  if (state.decesso?.certezza === 'certa' && SETTLED_BY_DEATH.has(matter)) return null;
  if (quality.situazioneAl === null) return unsure(elemento, 'fornitura_vecchia');
  const late = daysBetween(quality.situazioneAl, al);
  return late > policy.oldAfterDays ? unsure(elemento, 'fornitura_vecchia', String(late)) : null;
}
