/**
 * What each finding tells a clerk, in Italian and in English: what does not agree, and what to do about it. It names of the
 * other register the day of the fact and nothing more.
 */
import type { FindingKind } from './finding.ts';

/** What the sentences are made of; comuni by name and code, persons by name and codice fiscale. */
export interface FindingWords {
  readonly who: string;
  /** "la persona risulta" or "le persone risultano": whether they are several. */
  readonly several: boolean;
  readonly owner: string;
  readonly other: string;
  readonly about: string;
  readonly detail: Readonly<Record<string, string>>;
}

type Sentence = (w: FindingWords) => { readonly italian: string; readonly english: string };

const d = (w: FindingWords, name: string): string => w.detail[name] ?? '';

export const SENTENCES: Readonly<Record<FindingKind, Sentence>> = {
  MANCA_CANCELLAZIONE: (w) => ({
    italian: `${w.who}: iscritt${w.several ? 'i' : 'o/a'} a ${w.other} dal ${w.about} con provenienza ${w.owner}, da cui non risulta cancellazione. ${w.owner} registri la cancellazione per trasferimento con decorrenza ${w.about}; se la provenienza è errata, ${w.other} rettifichi l’iscrizione.`,
    english: `${w.who}: registered in ${w.other} from ${w.about} as coming from ${w.owner}, which has not cancelled. ${w.owner} should record the cancellation from ${w.about}; if the origin is wrong, ${w.other} should correct the registration.`,
  }),
  MANCA_ISCRIZIONE: (w) => ({
    italian: `${w.who}: cancellat${w.several ? 'i' : 'o/a'} da ${w.other} dal ${w.about} per trasferimento a ${w.owner}, dove l’iscrizione non risulta. ${w.owner} registri l’iscrizione con decorrenza ${w.about}; se il trasferimento non è avvenuto, ${w.other} annulli o rettifichi la cancellazione.`,
    english: `${w.who}: cancelled in ${w.other} from ${w.about} for a move to ${w.owner}, which has not registered. ${w.owner} should record the registration from ${w.about}; if the move did not happen, ${w.other} should annul or correct the cancellation.`,
  }),
  DECORRENZE_DIVERSE: (w) => ({
    italian: `${w.who}: la cancellazione da ${w.owner} decorre dal ${d(w, 'cancellazione')}, l’iscrizione a ${w.other} dal ${d(w, 'iscrizione')}, ma il giorno è uno solo (DPR 223/1989 art. 18). ${w.owner} rettifichi la decorrenza, o ${w.other} quella dell’iscrizione se è errata.`,
    english: `${w.who}: the cancellation in ${w.owner} counts from ${d(w, 'cancellazione')}, the registration in ${w.other} from ${d(w, 'iscrizione')}, but the day is one (DPR 223/1989 art. 18). ${w.owner} should correct its day, or ${w.other} that of the registration if it is wrong.`,
  }),
  DOPPIA_RESIDENZA: (w) => ({
    italian: `${w.who}: risulta residente a ${w.owner} dal ${d(w, 'iscritto_dal')} e a ${w.other} dal ${d(w, 'corrente_dal')} (EA030). ${w.owner} verifichi e registri la cancellazione; se la persona è rimasta, ${w.other} annulli la propria iscrizione.`,
    english: `${w.who}: resident in ${w.owner} from ${d(w, 'iscritto_dal')} and in ${w.other} from ${d(w, 'corrente_dal')} (EA030). ${w.owner} should check and record the cancellation; if the person stayed, ${w.other} should annul its registration.`,
  }),
  DECEDUTO_RESIDENTE: (w) => ({
    italian: `${w.who}: deceduto/a il ${d(w, 'data_morte')} secondo ${w.other}, ma residente a ${w.owner} il ${w.about}. ${w.owner} registri il decesso, o ${w.other} annulli il proprio se è errato.`,
    english: `${w.who}: dead on ${d(w, 'data_morte')} according to ${w.other}, but resident in ${w.owner} on ${w.about}. ${w.owner} should record the death, or ${w.other} annul its own if it is wrong.`,
  }),
};

/** National codes, where one exists (tracciato.md 4). */
export const NATIONAL_CODES: Readonly<Partial<Record<FindingKind, string>>> = { DOPPIA_RESIDENZA: 'EA030' };

export const FINDING_KINDS = Object.keys(SENTENCES) as readonly FindingKind[];
