/** Findings that set a row aside (gravità E), of a full supply or inside an event. Source: tracciato.md 4. */
import { because, becauseEn, type MessageRule, other, quoted } from './message-rule.ts';

export const ROW_MESSAGES = {
  'SIP-101': {
    gravita: 'E',
    it: (p) =>
      `Manca il dato obbligatorio ${p.campo}: ${because(p, 'la riga non si può caricare')}. Completare la scheda e inviarla di nuovo.`,
    en: (p) =>
      `The mandatory field ${p.campo} is missing: ${becauseEn(p, 'the row cannot be loaded')}. Complete the record and send it again.`,
  },
  'SIP-102': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore, 'vuoto')}: ${because(p, 'il valore non è scritto come vuole il tracciato')}. Correggerlo e inviare di nuovo la scheda.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore, 'empty')}: ${becauseEn(p, 'the value is not written as the layout asks')}. Mend it and send the record again.`,
  },
  'SIP-103': {
    gravita: 'E',
    it: (p) =>
      `Identificativo ${quoted(p.valore)} ripetuto nel file: vale la prima riga. Dare a ciascuno il suo identificativo, o togliere il doppione.`,
    en: (p) =>
      `Identifier ${quoted(p.valore)} repeated in the file: the first row holds. Give each its own identifier, or drop the duplicate.`,
  },
  'SIP-104': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)} non si trova nella fornitura. Inviare anche la riga a cui si riferisce, o correggere l'identificativo.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)} is not in the supply. Send also the row it refers to, or mend the identifier.`,
  },
  'SIP-105': {
    gravita: 'E',
    it: (p) =>
      `Il periodo si sovrappone a un altro dello stesso tipo${other(p, 'riga')} per ${quoted(p.id_soggetto)}. Correggere dal e al: un periodo finisce il giorno in cui comincia il successivo.`,
    en: (p) =>
      `The spell overlaps another of its kind${other(p, 'row')} of ${quoted(p.id_soggetto)}. Mend dal and al: a spell ends on the day on which the next one begins.`,
  },
  'SIP-106': {
    gravita: 'E',
    it: (p) => `${p.campo} ${quoted(p.valore)} è prima dell'inizio${other(p, 'inizio')}. Correggere le date.`,
    en: (p) => `${p.campo} ${quoted(p.valore)} is before the start${other(p, 'start')}. Mend the dates.`,
  },
  'SIP-107': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)} è prima della nascita${other(p, 'nascita')}. Correggere la data di nascita o quella di iscrizione.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)} is before the birth${other(p, 'birth')}. Mend the date of birth or that of registration.`,
  },
  'SIP-108': {
    gravita: 'E',
    it: (p) =>
      `${quoted(p.id_soggetto)} è già in un'altra famiglia o convivenza${other(p, 'riga')}: vale la prima. Chiudere con al il legame che è finito.`,
    en: (p) =>
      `${quoted(p.id_soggetto)} is already in another famiglia or convivenza${other(p, 'row')}: the first holds. Close with al the membership that has ended.`,
  },
  'SIP-109': {
    gravita: 'E',
    it: (p) =>
      `Il legame esce dalla vita della famiglia o convivenza ${quoted(p.id_famiglia)}${other(p, 'aperta')}. Correggere le date del legame o della famiglia.`,
    en: (p) =>
      `The membership lies outside the life of the famiglia or convivenza ${quoted(p.id_famiglia)}${other(p, 'open')}. Mend the dates of the one or of the other.`,
  },
  'SIP-133': {
    gravita: 'E',
    it: (p) =>
      `${p.campo === '' ? 'Il dato' : p.campo}: la riga aperta dice ${quoted(p.valore, 'altro')}, la scheda attuale ${quoted(p.atteso, 'un altro valore')}: vale la scheda attuale. Chiudere la riga con al, o correggere la scheda.`,
    en: (p) =>
      `${p.campo === '' ? 'The datum' : p.campo}: the open row says ${quoted(p.valore, 'otherwise')}, the present record ${quoted(p.atteso, 'another value')}: the present record holds. Close the row with al, or mend the record.`,
  },
  ES008: {
    gravita: 'E',
    it: (p) =>
      `Nato il ${quoted(p.valore)}, dopo il giorno della fornitura${other(p, 'situazione al')}. Correggere la data di nascita.`,
    en: (p) =>
      `Born on ${quoted(p.valore)}, after the day of the supply${other(p, 'situazione al')}. Mend the date of birth.`,
  },
  ES049: {
    gravita: 'E',
    it: () => 'Mancano sia il cognome sia il nome. Indicarne almeno uno.',
    en: () => 'Neither surname nor name is given. Give one of them at least.',
  },
  ES092: {
    gravita: 'E',
    it: (p) =>
      `Il residente ${quoted(p.id_soggetto)} non è in nessuna famiglia o convivenza. Inviare il suo legame aperto in legami.csv.`,
    en: (p) =>
      `Resident ${quoted(p.id_soggetto)} is in no famiglia or convivenza. Send their open membership in legami.csv.`,
  },
} as const satisfies Record<string, MessageRule>;
