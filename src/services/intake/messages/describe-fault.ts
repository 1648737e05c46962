/** What the register finds while events are applied, in the words of the catalogue. */
import type { Finding } from '../../../kernel/findings.ts';
import type { FaultPlace } from '../../../registry/events/left-behind.ts';
import { type FindingCode, finding } from './messages.ts';

/** The finding of a fault that the state of the register has, with its sentences. */
export function describeFault(codice: string, where: FaultPlace): Finding {
  const { dettaglio, ...place } = where;
  const altro = dettaglio?.id_evento_dipendente ?? dettaglio?.facente_funzione;
  const made = finding(codice as FindingCode, {
    file: 'eventi.jsonl',
    ...place,
    ...(altro === undefined ? {} : { altro: String(altro) }),
  });
  return dettaglio === undefined ? made : { ...made, dettaglio };
}
