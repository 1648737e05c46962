/**
 * What each finding tells a clerk, in Italian and in English: what does not agree, and what to do about it. It names of the
 * other register the fact that must be mended, its day, and nothing more: of parents not even who they are.
 */
import type { FindingKind } from './finding.ts';

/** What the sentences are made of; comuni by name and code, persons by name and codice fiscale. */
export interface FindingWords {
  readonly who: string;
  /** The other person, where it is about two: the spouse, the bearer of the other form of a code. */
  readonly whom: string;
  /** Whether `who` are several. */
  readonly several: boolean;
  readonly owner: string;
  readonly other: string;
  readonly about: string;
  readonly detail: Readonly<Record<string, string>>;
}

type Sentence = (w: FindingWords) => { readonly italian: string; readonly english: string };

const d = (w: FindingWords, name: string): string => w.detail[name] ?? '';

/** T1, as sentences say it. */
const STATUS: Readonly<Record<string, readonly [italian: string, english: string]>> = {
  1: ['celibe/nubile', 'single'],
  2: ['coniugato/a', 'married'],
  3: ['vedovo/a', 'widowed'],
  4: ['divorziato/a', 'divorced'],
  6: ['unito/a civilmente', 'in a civil union'],
  7: ['libero/a per decesso della parte unita civilmente', 'free by the death of the civil partner'],
  8: ['libero/a per scioglimento dell’unione', 'free by the end of the civil union'],
};
const status = (w: FindingWords, name: string, language: 0 | 1): string =>
  STATUS[d(w, name)]?.[language] ?? d(w, name);

const FIELDS: Readonly<Record<string, readonly [italian: string, english: string]>> = {
  cognome: ['cognome', 'surname'],
  nome: ['nome', 'name'],
  sesso: ['sesso', 'sex'],
  data_nascita: ['data di nascita', 'birth date'],
  luogo_nascita: ['luogo di nascita', 'place of birth'],
  codice_fiscale: ['codice fiscale', 'codice fiscale'],
  coniuge: ['coniuge', 'spouse'],
  padre: ['padre', 'father'],
  madre: ['madre', 'mother'],
};
const fields = (w: FindingWords, language: 0 | 1): string =>
  d(w, 'campi')
    .split(' ')
    .map((field) => FIELDS[field]?.[language] ?? field)
    .join(', ');

const until = (day: string, italian: boolean): string =>
  day === '' ? '' : italian ? ` al ${day}` : ` until ${day}`;

/** Where two entries of one person differ in some fields on a day. */
const differing =
  (italian: string, english: string): Sentence =>
  (w) => ({
    italian: `${w.who}: ${italian} a ${w.owner} e a ${w.other} non coincidono al ${w.about} (${fields(w, 0)}). ${w.owner} confronti i propri atti con ${w.other} e rettifichi ciò che è errato.`,
    english: `${w.who}: ${english} in ${w.owner} and in ${w.other} do not agree on ${w.about} (${fields(w, 1)}). ${w.owner} should compare its records with ${w.other} and correct what is wrong.`,
  });

/** EA036: the bearer of a base form, and another of an omocodic form of it. */
const ofTwoPeople: Sentence = (w) => ({
  italian: `${w.who}: il codice fiscale ${d(w, 'codice_fiscale')} è la forma base di ${d(w, 'altra_forma')}, attribuito a ${w.whom} di ${w.other} (EA036). ${w.owner} verifichi con l’Agenzia delle Entrate che il codice sia ancora questo; se è una persona sola, i due comuni ne usino uno solo.`,
  english: `${w.who}: the codice fiscale ${d(w, 'codice_fiscale')} is the base form of ${d(w, 'altra_forma')}, borne by ${w.whom} of ${w.other} (EA036). ${w.owner} should check with the Agenzia delle Entrate that the code is still this one; if it is one person, the two comuni should use one code.`,
});

/** Of entries that operators joined, one of which came to bear another form. */
const ofJoinedEntries: Sentence = (w) => ({
  italian: `${w.who}: le schede ${d(w, 'scheda')} di ${w.owner} e ${d(w, 'altra_scheda')} di ${w.other}, unite da un operatore, hanno dal ${w.about} i codici fiscali ${d(w, 'codice_fiscale')} e ${d(w, 'altra_forma')}, forme omocodiche dello stesso codice, per definizione di persone diverse. ${w.owner} verifichi con l’Agenzia delle Entrate che il codice sia ancora questo; se sono due persone, lo comunichi perché la decisione sia annullata.`,
  english: `${w.who}: entries ${d(w, 'scheda')} of ${w.owner} and ${d(w, 'altra_scheda')} of ${w.other}, joined by an operator, bear since ${w.about} the codici fiscali ${d(w, 'codice_fiscale')} and ${d(w, 'altra_forma')}, omocodic forms of one code, by definition of different people. ${w.owner} should check with the Agenzia delle Entrate that the code is still this one; if they are two people, tell so that the decision be undone.`,
});

export const SENTENCES: Readonly<Record<FindingKind, Sentence>> = {
  MANCA_CANCELLAZIONE: (w) => ({
    italian: `${w.who}: iscritt${w.several ? 'i' : 'o/a'} a ${w.other} dal ${w.about} con provenienza ${w.owner}, da cui non risulta la cancellazione. ${w.owner} registri la cancellazione per trasferimento con decorrenza ${w.about}; se la provenienza è errata, ${w.other} rettifichi l’iscrizione.`,
    english: `${w.who}: registered in ${w.other} from ${w.about} as coming from ${w.owner}, which has not cancelled. ${w.owner} should record the cancellation from ${w.about}; if the origin is wrong, ${w.other} should correct the registration.`,
  }),
  MANCA_ISCRIZIONE: (w) => ({
    italian: `${w.who}: cancellat${w.several ? 'i' : 'o/a'} da ${w.other} dal ${w.about} per trasferimento a ${w.owner}, dove l’iscrizione non risulta. ${w.owner} registri l’iscrizione con decorrenza ${w.about}; se il trasferimento non è avvenuto, ${w.other} annulli o rettifichi la cancellazione.`,
    english: `${w.who}: cancelled in ${w.other} from ${w.about} for a move to ${w.owner}, which has not registered. ${w.owner} should record the registration from ${w.about}; if the move did not happen, ${w.other} should annul or correct the cancellation.`,
  }),
  DECORRENZE_DIVERSE: (w) => ({
    italian: `${w.who}: la cancellazione da ${w.owner} decorre dal ${d(w, 'cancellazione')}, l’iscrizione a ${w.other} dal ${d(w, 'iscrizione')}, ma il giorno è uno solo (DPR 223/1989 art. 18). ${w.owner} rettifichi la decorrenza della cancellazione, o ${w.other} quella dell’iscrizione se è errata.`,
    english: `${w.who}: the cancellation in ${w.owner} counts from ${d(w, 'cancellazione')}, the registration in ${w.other} from ${d(w, 'iscrizione')}, but the day is one (DPR 223/1989 art. 18). ${w.owner} should correct the day of the cancellation, or ${w.other} that of the registration if it is wrong.`,
  }),
  DOPPIA_RESIDENZA: (w) => ({
    italian: `${w.who}: risulta residente a ${w.owner} dal ${d(w, 'iscritto_dal')} e a ${w.other} dal ${d(w, 'corrente_dal')} (EA030). ${w.owner} verifichi e registri la cancellazione; se la persona è rimasta, ${w.other} annulli la propria iscrizione.`,
    english: `${w.who}: resident in ${w.owner} from ${d(w, 'iscritto_dal')} and in ${w.other} from ${d(w, 'corrente_dal')} (EA030). ${w.owner} should check and record the cancellation; if the person stayed, ${w.other} should annul its registration.`,
  }),
  RESIDENZE_SOVRAPPOSTE: (w) => ({
    italian: `${w.who}: risulta residente sia a ${w.owner} (dal ${d(w, 'iscritto_dal')}${until(d(w, 'cancellato_dal'), true)}) sia a ${w.other} (dal ${d(w, 'altra_dal')}${until(d(w, 'altra_al'), true)}) il ${w.about}. ${w.owner} rettifichi la decorrenza della cancellazione, o ${w.other} la propria iscrizione.`,
    english: `${w.who}: resident both in ${w.owner} (from ${d(w, 'iscritto_dal')}${until(d(w, 'cancellato_dal'), false)}) and in ${w.other} (from ${d(w, 'altra_dal')}${until(d(w, 'altra_al'), false)}) on ${w.about}. ${w.owner} should correct the day of the cancellation, or ${w.other} its registration.`,
  }),
  SCHEDE_SOVRAPPOSTE: (w) => ({
    italian: `${w.who}: nel registro di ${w.owner} è residente due volte, con la scheda ${d(w, 'scheda')} dal ${d(w, 'iscritto_dal')} e con la scheda ${d(w, 'altra_scheda')} dal ${d(w, 'altra_dal')}, che un operatore ha detto della stessa persona. ${w.owner} dica quale vale e chiuda o annulli l’altra; se sono due persone, lo comunichi perché la decisione sia annullata.`,
    english: `${w.who}: resident twice in the register of ${w.owner}, by entry ${d(w, 'scheda')} from ${d(w, 'iscritto_dal')} and by entry ${d(w, 'altra_scheda')} from ${d(w, 'altra_dal')}, which an operator said to be one person. ${w.owner} should say which one holds and end or annul the other; if they are two people, tell so that the decision be undone.`,
  }),
  DECEDUTO_RESIDENTE: (w) => ({
    italian: `${w.who}: deceduto/a il ${d(w, 'data_morte')} secondo ${w.other}, ma residente a ${w.owner} il ${w.about}. ${w.owner} registri il decesso, o ${w.other} annulli il proprio se è errato.`,
    english: `${w.who}: dead on ${d(w, 'data_morte')} according to ${w.other}, but resident in ${w.owner} on ${w.about}. ${w.owner} should record the death, or ${w.other} annul its own if it is wrong.`,
  }),
  INTESTATARIO_ALTROVE: (w) => ({
    italian: `${w.who}: intestatario/a della famiglia ${d(w, 'id_famiglia')} di ${w.owner}, ma ${d(w, 'data_morte') === '' ? `residente a ${w.other} dal ${d(w, 'iscritto_dal')}` : `deceduto/a il ${d(w, 'data_morte')} secondo ${w.other}`}. ${w.owner} verifichi e indichi il nuovo intestatario.`,
    english: `${w.who}: head of family ${d(w, 'id_famiglia')} of ${w.owner}, but ${d(w, 'data_morte') === '' ? `resident in ${w.other} from ${d(w, 'iscritto_dal')}` : `dead on ${d(w, 'data_morte')} according to ${w.other}`}. ${w.owner} should check and name the new head.`,
  }),
  CONIUGE_DECEDUTO: (w) => ({
    italian: `${w.who}: coniuge o unito/a civilmente di ${w.whom}, deceduto/a il ${d(w, 'data_morte')} secondo ${w.other}. ${w.owner} registri lo stato civile del superstite con decorrenza ${d(w, 'data_morte')}.`,
    english: `${w.who}: spouse or civil partner of ${w.whom}, dead on ${d(w, 'data_morte')} according to ${w.other}. ${w.owner} should record the survivor’s civil status from ${d(w, 'data_morte')}.`,
  }),
  CONIUGI_DISCORDI: (w) => ({
    italian: `${w.who}: risulta ${status(w, 'dice', 0)} con ${w.whom}, che nell’altro comune risulta ${status(w, 'coniuge', 0)}${d(w, 'dice') === d(w, 'coniuge') ? ' con un’altra persona' : ''} (dal ${w.about}). ${w.owner}, la cui annotazione è la meno recente, verifichi l’atto con ${w.other} e rettifichi.`,
    english: `${w.who}: ${status(w, 'dice', 1)} to ${w.whom}, who in the other comune is ${status(w, 'coniuge', 1)}${d(w, 'dice') === d(w, 'coniuge') ? ' to somebody else' : ''} (from ${w.about}). ${w.owner}, whose record is the older, should check the act with ${w.other} and correct.`,
  }),
  GENERALITA_DISCORDI: differing('le generalità', 'the identities'),
  STATO_CIVILE_DISCORDE: (w) =>
    d(w, 'campi') === ''
      ? {
          italian: `${w.who}: al ${w.about} risulta ${status(w, 'dice', 0)} a ${w.owner} e ${status(w, 'altro', 0)} a ${w.other}. ${w.owner} verifichi l’atto e rettifichi, o ${w.other} se l’errore è suo.`,
          english: `${w.who}: on ${w.about} ${status(w, 'dice', 1)} in ${w.owner} and ${status(w, 'altro', 1)} in ${w.other}. ${w.owner} should check the act and correct, or ${w.other} if the mistake is its own.`,
        }
      : differing('lo stato civile', 'the civil status')(w),
  CITTADINANZA_DISCORDE: (w) => ({
    italian: `${w.who}: al ${w.about} la cittadinanza è ${d(w, 'dice')} a ${w.owner} e ${d(w, 'altro')} a ${w.other}. ${w.owner} verifichi e rettifichi, o ${w.other} se l’errore è suo.`,
    english: `${w.who}: on ${w.about} the citizenship is ${d(w, 'dice')} in ${w.owner} and ${d(w, 'altro')} in ${w.other}. ${w.owner} should check and correct, or ${w.other} if the mistake is its own.`,
  }),
  GENITORI_DISCORDI: differing('i genitori', 'the parents'),
  CODICE_OMOCODICO: (w) => (d(w, 'scheda') === '' ? ofTwoPeople(w) : ofJoinedEntries(w)),
};

/** National codes, where one exists (tracciato.md 4). */
export const NATIONAL_CODES: Readonly<Partial<Record<FindingKind, string>>> = {
  DOPPIA_RESIDENZA: 'EA030',
  CODICE_OMOCODICO: 'EA036',
};

export const FINDING_KINDS = Object.keys(SENTENCES) as readonly FindingKind[];
