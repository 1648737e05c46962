/** 5012: a mutation annulled, as if it had never been (5000mutazione.xsd). */
import { childOf } from '../../../../platform/xml/xml-records.ts';
import { plainCode } from '../rules.ts';
import { isOperationKind } from './kinds.ts';
import type { Telling } from './telling.ts';

const OF = 'datiOperazioneDaAnnullare';
const CARD = 'datiSchedaSoggettoFamigliaConvivenza';

export async function tell5012(t: Telling): Promise<void> {
  const id = t.text(`${OF}/idOperazioneComune`);
  const operation = await t.view.findOperation(id);
  if (operation === null) {
    t.fault('EN078', `${OF}/idOperazioneComune`, id);
    return;
  }
  const asked = plainCode(t.text(`${OF}/operazioneRichiesta`));
  // Registrations and cancellations are annulled by requests of their own (1013, 2011).
  if (asked !== operation.richiesta || !isOperationKind(asked) || !asked.startsWith('5')) {
    t.fault('EN314', `${OF}/operazioneRichiesta`, asked, { atteso: operation.richiesta });
    return;
  }
  const card = t.part(CARD);
  await t.subject(card === null ? null : childOf(card, 'soggetto'), `${CARD}/soggetto`);
  if (t.findings.length > 0) return;
  // What was applied last stands on what came before it.
  for (const event of (await t.view.eventsOf(operation)).reverse())
    t.annulment(event.operazione, event.id_evento, { decorrenza: event.decorrenza });
}
