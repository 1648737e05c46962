/** Findings with which a row is loaded all the same (gravità W). Source: tracciato.md 4, "Loaded with a warning". */
import { because, becauseEn, type MessageRule, other, quoted } from './message-rule.ts';

/** A code that is not in its national table. */
function code(it: string, en: string, table: string, tableEn = table): MessageRule {
  return {
    gravita: 'W',
    it: (p) =>
      `${it} ${quoted(p.valore)} non è nella tabella ${table}: il dato è caricato come sconosciuto. Correggere il codice.`,
    en: (p) =>
      `${en} ${quoted(p.valore)} is not in table ${tableEn}: the datum is loaded as unknown. Mend the code.`,
  };
}

/** What the codice fiscale says differs from what the record says. */
function differs(it: string, en: string): MessageRule {
  return {
    gravita: 'W',
    it: (p) =>
      `${it} non corrisponde al codice fiscale ${quoted(p.valore)}${other(p, 'il codice dice')}. Verificare quale dei due è giusto e correggere l'altro.`,
    en: (p) =>
      `${en} does not agree with the codice fiscale ${quoted(p.valore)}${other(p, 'the code says')}. Find which of the two is right and mend the other.`,
  };
}

export const WARNING_MESSAGES = {
  EA001: {
    gravita: 'W',
    it: (p) =>
      `Codice fiscale ${quoted(p.valore)} di lunghezza errata: 16 caratteri, o 11 cifre se provvisorio. Correggerlo.`,
    en: (p) =>
      `Codice fiscale ${quoted(p.valore)} of wrong length: 16 characters, or 11 digits if provisional. Mend it.`,
  },
  EA048: {
    gravita: 'W',
    it: (p) =>
      `Codice fiscale ${quoted(p.valore)} non valido: ${because(p, 'il carattere di controllo o la forma non sono giusti')}. Verificarlo con l'Agenzia delle Entrate e correggerlo.`,
    en: (p) =>
      `Codice fiscale ${quoted(p.valore)} not valid: ${becauseEn(p, 'its check character or its form is wrong')}. Check it with the Agenzia delle Entrate and mend it.`,
  },
  EA038: differs('La data di nascita', 'The date of birth'),
  EA042: differs('Il sesso', 'The sex'),
  'SIP-120': differs('Il cognome o il nome', 'The surname or the name'),
  'SIP-121': differs('Il luogo di nascita', 'The place of birth'),
  'SIP-122': {
    gravita: 'W',
    it: (p) =>
      `Manca il codice fiscale di ${quoted(p.id_soggetto)}. Chiederlo all'Agenzia delle Entrate e inviarlo.`,
    en: (p) =>
      `The codice fiscale of ${quoted(p.id_soggetto)} is missing. Ask the Agenzia delle Entrate for it and send it.`,
  },
  'SIP-123': {
    gravita: 'W',
    it: (p) =>
      `Codice fiscale ${quoted(p.valore)} già di un altro residente${other(p, 'soggetto')}. Verificare a chi appartiene; se è la stessa persona iscritta due volte, eliminare il doppione.`,
    en: (p) =>
      `Codice fiscale ${quoted(p.valore)} already of another resident${other(p, 'soggetto')}. Find whose it is; if one person is registered twice, drop the duplicate.`,
  },
  EA036: {
    gravita: 'W',
    it: (p) =>
      `Codice fiscale ${quoted(p.valore)}: nel registro c'è anche la sua forma base o omocodica${other(p, 'del soggetto')}. Verificare se sono due persone o una sola.`,
    en: (p) =>
      `Codice fiscale ${quoted(p.valore)}: its base or omocodic form is in the register too${other(p, 'of soggetto')}. Find whether they are two persons or one.`,
  },
  EC001: code('Stato civile', 'Civil status', 'T1'),
  EC002: code('Relazione di parentela', 'Kinship', 'T5'),
  EC003: code('Legame di convivenza', 'Relation in a convivenza', 'T6'),
  EC004: code('Motivo di costituzione della famiglia', 'Reason of the family', 'T26'),
  EC005: code('Specie della convivenza', 'Kind of convivenza', 'T27'),
  EC006: code('Motivo di iscrizione', 'Reason of registration', 'T7'),
  'SIP-124': code('Motivo di cancellazione', 'Reason of cancellation', 'T15'),
  EC030: code('Stato di nascita', 'State of birth', 'degli Stati (ISTAT)', '2, the states (ISTAT)'),
  EC036: code('Cittadinanza', 'Citizenship', 'degli Stati (ISTAT)', '2, the states (ISTAT)'),
  EC063: code('Tipo di soggiorno', 'Kind of residence permit', 'T8'),
  EC064: code('Posizione professionale', 'Professional position', 'T9'),
  EC065: code('Condizione non professionale', 'Non-professional condition', 'T10'),
  EC066: code('Titolo di studio', 'Degree', 'T11'),
  EC007: {
    gravita: 'W',
    it: (p) =>
      `Il comune di nascita ${quoted(p.valore)} ${because(p, 'non esisteva in quel giorno')}. Indicare il codice ISTAT che il comune aveva alla data di nascita.`,
    en: (p) =>
      `The comune of birth ${quoted(p.valore)} ${becauseEn(p, 'did not exist on that day')}. Give the ISTAT code that the comune had on the date of birth.`,
  },
  EN064: {
    gravita: 'W',
    it: (p) =>
      `La relazione ${quoted(p.valore)} non era più in uso il giorno in cui il legame comincia. Usare il codice in vigore.`,
    en: (p) =>
      `Kinship ${quoted(p.valore)} was no longer in use on the day on which the membership begins. Use the code in force.`,
  },
  EF004: {
    gravita: 'W',
    it: (p) =>
      `Progressivo ${quoted(p.valore)} già usato nella famiglia ${quoted(p.id_famiglia)}${other(p, 'soggetto')}. Dare a ogni componente il suo.`,
    en: (p) =>
      `Progressivo ${quoted(p.valore)} already used in family ${quoted(p.id_famiglia)}${other(p, 'soggetto')}. Give each member their own.`,
  },
  EF008: {
    gravita: 'W',
    it: (p) =>
      `La famiglia ${quoted(p.id_famiglia)} non ha intestatario${other(p, 'ne fa le veci')}. Indicare chi lo è (relazione 1).`,
    en: (p) =>
      `Family ${quoted(p.id_famiglia)} has no intestatario${other(p, 'acting')}. Say who it is (relazione 1).`,
  },
  EF009: {
    gravita: 'W',
    it: (p) =>
      `${quoted(p.id_famiglia)} ha più di un intestatario o responsabile${other(p, 'soggetti')}. Lasciare relazione 1 a uno solo.`,
    en: (p) =>
      `${quoted(p.id_famiglia)} has more than one intestatario or responsabile${other(p, 'soggetti')}. Leave relazione 1 to one alone.`,
  },
  EF010: {
    gravita: 'W',
    it: (p) =>
      `La famiglia ${quoted(p.id_famiglia)} è aperta ma non ha componenti. Chiuderla con al, o inviare i legami di chi ne fa parte.`,
    en: (p) =>
      `Family ${quoted(p.id_famiglia)} is open but has no members. Close it with al, or send the memberships of those who belong to it.`,
  },
  'SIP-131': {
    gravita: 'W',
    it: (p) =>
      `${quoted(p.id_soggetto)} è in famiglia come coniuge o unito civilmente, ma il suo stato civile ${quoted(p.altro)} dice altro. Correggere la relazione o lo stato civile.`,
    en: (p) =>
      `${quoted(p.id_soggetto)} stands in the family as spouse or civil partner, but their civil status ${quoted(p.altro)} says otherwise. Mend the kinship or the civil status.`,
  },
  'SIP-132': {
    gravita: 'W',
    it: (p) =>
      `Coniugi dello stesso registro che non si indicano a vicenda${other(p, 'il coniuge indica')}. Correggere il coniuge su una delle due schede.`,
    en: (p) =>
      `Spouses of one register who do not name each other${other(p, 'the spouse names')}. Mend the spouse on one of the two records.`,
  },
  'SIP-134': {
    gravita: 'W',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)} non è nel registro: il riferimento resta com'è scritto. Correggere l'identificativo, o inviare anche quella persona.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)} is not in the register: the reference stays as written. Mend the identifier, or send that person too.`,
  },
  'SIP-135': {
    gravita: 'W',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)} non è chi ha relazione 1 in ${quoted(p.id_famiglia)}${other(p, 'è')}. Correggere l'uno o l'altra.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)} is not the member with relazione 1 in ${quoted(p.id_famiglia)}${other(p, 'it is')}. Mend the one or the other.`,
  },
  ES009: {
    gravita: 'W',
    it: (p) =>
      `La cittadinanza decorre dal ${quoted(p.valore)}, prima della nascita${other(p, 'nascita')}. Correggere la data.`,
    en: (p) =>
      `The citizenship holds from ${quoted(p.valore)}, before the birth${other(p, 'birth')}. Mend the date.`,
  },
  ES010: {
    gravita: 'W',
    it: (p) =>
      `Il matrimonio o l'unione è del ${quoted(p.valore)}, prima della nascita${other(p, 'nascita')}. Correggere la data.`,
    en: (p) =>
      `The marriage or union is of ${quoted(p.valore)}, before the birth${other(p, 'birth')}. Mend the date.`,
  },
  ES127: {
    gravita: 'W',
    it: (p) =>
      `iscritto_dal ${quoted(p.valore)} è dopo data_aggiornamento${other(p, 'aggiornamento')}. Correggere una delle due date.`,
    en: (p) =>
      `iscritto_dal ${quoted(p.valore)} is after data_aggiornamento${other(p, 'updated')}. Mend one of the two dates.`,
  },
} as const satisfies Record<string, MessageRule>;
