/** 5012: a mutation annulled, as if it had never been (5000mutazione.xsd). */
import { addDays } from '../../../../kernel/day.ts';
import { childOf } from '../../../../platform/xml/xml-records.ts';
import type { EntryState, HouseholdState } from '../../../../registry/claims/entry-state.ts';
import { layOut } from '../../../../registry/claims/timeline.ts';
import { holdsOn } from '../../../../registry/events/working-register.ts';
import type { OperationEvent } from '../../../../registry/supplies/operations.sql.ts';
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
  const entry = await t.subject(card === null ? null : childOf(card, 'soggetto'), `${CARD}/soggetto`);
  const part = card === null ? null : childOf(card, 'schedaFamigliaConvivenza');
  const household = part === null ? null : await t.heldHousehold(part, `${CARD}/schedaFamigliaConvivenza`);
  if (entry === null || t.findings.length > 0) return;
  const events = await t.view.eventsOf(operation);
  if (!(await concerns(t, events, entry, household))) {
    t.fault('EN314', `${CARD}/soggetto`, id, {
      id_soggetto: entry.idSoggetto,
      perche: [
        'non riguarda questo soggetto, né la famiglia o la convivenza indicata',
        'is not about this subject, nor about the household named',
      ],
    });
    return;
  }
  // What was applied last stands on what came before it.
  for (const event of events.reverse())
    t.annulment(event.operazione, event.id_evento, { decorrenza: event.decorrenza });
}

/**
 * The number of an operation alone is easily mistaken: what is annulled must have touched the subject named, their household
 * of those days, or the household named. One that came to no event touched nobody, and nothing is undone.
 */
async function concerns(
  t: Telling,
  events: readonly OperationEvent[],
  entry: EntryState,
  household: HouseholdState | null,
): Promise<boolean> {
  if (events.length === 0) return true;
  const { entries, households } = await t.view.touchedBy(events);
  const days = [t.decorrenza, ...events.flatMap(({ decorrenza }) => [decorrenza, addDays(decorrenza, -1)])];
  const near = ({ entryId, memberships }: EntryState): boolean =>
    entries.has(entryId) ||
    layOut(memberships).some(
      (tie) => households.has(tie.value.householdId) && days.some((day) => holdsOn(tie, day)),
    );
  if (near(entry)) return true;
  if (household === null) return false;
  return (
    households.has(household.householdId) ||
    days.some((day) => t.view.membersOn(household, day).some((member) => near(member.entry)))
  );
}
