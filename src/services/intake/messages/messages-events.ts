/** Findings about events (VARIAZIONI). Source: tracciato.md 3 and 4, "Of events". */
import { because, becauseEn, type MessageRule, other, quoted } from './message-rule.ts';

export const EVENT_MESSAGES = {
  'SIP-201': {
    gravita: 'E',
    it: (p) =>
      `Operazione ${quoted(p.valore, 'non indicata')} sconosciuta: l'evento non è stato applicato. Usare una delle operazioni del tracciato.`,
    en: (p) =>
      `Operation ${quoted(p.valore, 'missing')} unknown: the event was not applied. Use one of the operations of the layout.`,
  },
  'SIP-202': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore, 'assente')}: ${because(p, 'il dato non è valido')}. Correggere l'evento e inviarlo di nuovo con lo stesso id_evento.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore, 'absent')}: ${becauseEn(p, 'the datum is not valid')}. Mend the event and send it again under the same id_evento.`,
  },
  'SIP-203': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)} non è nel registro. Correggere l'identificativo, o inviare prima l'evento che lo fa nascere.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)} is not in the register. Mend the identifier, or send first the event that brings it in.`,
  },
  'SIP-204': {
    gravita: 'E',
    it: (p) =>
      `L'evento non si può applicare a ${quoted(p.id_soggetto || p.id_famiglia, 'questi soggetti')}: ${because(p, 'lo stato in quel giorno non lo permette')}. Verificare la decorrenza e gli eventi precedenti.`,
    en: (p) =>
      `The event cannot be applied to ${quoted(p.id_soggetto || p.id_famiglia, 'these subjects')}: ${becauseEn(p, 'their state on that day does not allow it')}. Check the decorrenza and the events before it.`,
  },
  'SIP-205': {
    gravita: 'E',
    it: (p) =>
      `riferimento ${quoted(p.valore, 'assente')}: ${because(p, 'non è un evento che si possa rettificare o annullare')}. Indicare l'id_evento dell'evento o della sua ultima rettifica, con la stessa operazione.`,
    en: (p) =>
      `riferimento ${quoted(p.valore, 'absent')}: ${becauseEn(p, 'it is no event that can be corrected or annulled')}. Name the id_evento of the event or of its latest correction, with the same operazione.`,
  },
  'SIP-206': {
    gravita: 'E',
    it: (p) =>
      `L'evento ${quoted(p.altro)} è caduto con questa rettifica o annullamento: si fondava su ciò che è stato tolto. Inviarlo di nuovo se vale ancora.`,
    en: (p) =>
      `Event ${quoted(p.altro)} fell with this correction or annulment: it stood on what was taken away. Send it again if it still holds.`,
  },
  'SIP-207': {
    gravita: 'E',
    it: (p) =>
      `${p.campo} ${quoted(p.valore)}: ${p.campo === 'data_evento' ? "l'evento sarebbe avvenuto dopo la registrazione" : "l'evento sarebbe registrato dopo situazione_al"}${other(p, 'il')}. Correggere le date.`,
    en: (p) =>
      `${p.campo} ${quoted(p.valore)}: ${p.campo === 'data_evento' ? 'the event would have happened after it was registered' : 'the event would be registered after situazione_al'}${other(p, 'on')}. Mend the dates.`,
  },
  'SIP-208': {
    gravita: 'E',
    it: (p) =>
      `id_evento ${quoted(p.valore)} già usato con un altro contenuto. Dare al nuovo evento un suo id_evento; per correggere il precedente, inviare una rettifica (R).`,
    en: (p) =>
      `id_evento ${quoted(p.valore)} already used with other content. Give the new event an id_evento of its own; to correct the former one, send a correction (R).`,
  },
  'SIP-209': {
    gravita: 'W',
    it: (p) => `Evento ${quoted(p.valore)} già ricevuto, identico: non è stato applicato due volte.`,
    en: (p) => `Event ${quoted(p.valore)} already received, identical: it was not applied twice.`,
  },
  'SIP-210': {
    gravita: 'E',
    it: (p) =>
      `L'evento aspetta: ${quoted(p.id_soggetto)} è stato scartato. Inviare la sua SCHEDA corretta: l'evento sarà ripreso da solo.`,
    en: (p) =>
      `The event waits: ${quoted(p.id_soggetto)} was set aside. Send their mended SCHEDA: the event will be taken up by itself.`,
  },
} as const satisfies Record<string, MessageRule>;
