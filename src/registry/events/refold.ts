/**
 * The state as it should have been: from the register just before an event, every event since that touched the same people
 * and households is applied again, each with the content in force (docs/adr/0009).
 */
import { realignAgain } from '../realignment/realigned-again.ts';
import type { EventFault } from './applier.ts';
import { applyEvent } from './appliers.ts';
import { correctFact } from './correct-fact.ts';
import { touchedBy } from './engine.ts';
import type { FallenEvent } from './event-line.ts';
import type { EventRecord } from './event-records.ts';
import { LateSteps } from './late-steps.ts';
import {
  collect,
  collectPlain,
  holdsAllPlain,
  isAllPlain,
  plainBase,
  type Refolded,
  wholeBase,
} from './refold-base.ts';
import { annulledDeath, declaresWidowhoodOf, endsNoMarriage } from './refold-grounds.ts';
import { isSupply, type RefoldRequest, type Step, steps, windowOf } from './refold-window.ts';
import { factName, hasData } from './stored-event.ts';
import type { Changes } from './working-register.ts';

const subjectOf = (event: EventRecord): string =>
  hasData(event) && 'id_soggetto' in event.dati
    ? event.dati.id_soggetto
    : hasData(event) && event.operazione === 'NASCITA'
      ? event.dati.soggetto.id_soggetto
      : '';

const toldAs = ({ order, content }: Step): FallenEvent => ({
  eventId: order,
  idEvento: content.record.id_evento,
  progressivo: content.progressivo,
  idSoggetto: subjectOf(content.record),
});

/**
 * Computes the state as it should have been. Nothing of the engine's register is changed.
 * @returns the states, or why the correction itself does not apply
 */
export async function refold(request: RefoldRequest): Promise<{ faults: readonly EventFault[] } | Refolded> {
  for (;;) {
    const refolded = await refoldWithin(request);
    if (refolded !== 'spread') return refolded;
  }
}

/**
 * Notes whom and what changes touch beyond those concerned so far: another content may say something of others than the old one did.
 * @returns is there anybody among them of whom other events may speak?
 */
function spreads(request: RefoldRequest, changes: Changes): boolean {
  const touched = touchedBy(changes);
  const fresh = new Set([
    ...changes.newEntries.map((e) => e.entryId),
    ...changes.newHouseholds.map((h) => h.householdId),
  ]);
  let spread = false;
  const note = (into: Set<number>, ids: ReadonlySet<number>): void => {
    for (const id of ids) {
      if (into.has(id)) continue;
      into.add(id);
      if (!fresh.has(id)) spread = true;
    }
  };
  note(request.entries, touched.entries);
  note(request.households, touched.households);
  return spread;
}

/** @returns 'spread' where others are concerned too, who have been noted: it is to be computed again with them */
async function refoldWithin(
  request: RefoldRequest,
): Promise<{ faults: readonly EventFault[] } | Refolded | 'spread'> {
  const { before, events } = await windowOf(request);
  const list = await steps(request, events);
  const plain = isAllPlain(request, events) && (await holdsAllPlain(request));
  const base = plain ? await plainBase(request, before) : await wholeBase(request, before, list);
  const dead = annulledDeath(request, list, events);
  const fell: FallenEvent[] = [];
  const restored: FallenEvent[] = [];
  let spread = false;
  let refused: readonly EventFault[] | null = null;
  const attempt = (step: Step): readonly EventFault[] | null => {
    const { content } = step;
    const event = content.record;
    if (!hasData(event)) return null;
    if (declaresWidowhoodOf(base, event, dead) || endsNoMarriage(request, events, base, event)) return [];
    const result = applyEvent({
      register: base,
      event,
      eventId: content.eventId,
      rank: step.rank,
      numbering: request.engine.numbering,
      isSetAside: request.engine.isSetAside,
    });
    if ('faults' in result) return result.faults;
    if (spreads(request, result.changes)) spread = true;
    base.commit(result.changes, content.eventId);
    return null;
  };
  const late = new LateSteps<Step>({
    attempt,
    applied: (step) => {
      if (events.some((e) => e.eventId === step.order && e.fallenBy !== null)) restored.push(toldAs(step));
    },
    failed: (step, faults) => {
      if (step.content === request.now) refused = faults;
      else fell.push(toldAs(step));
    },
  });
  for (const step of list) {
    const { content } = step;
    late.reach(step.order);
    if (isSupply(content.record)) {
      const supply = { eventId: content.eventId, supplyId: content.supplyId! };
      await realignAgain(request.directory, base, supply, [...request.entries], [...request.households]);
      late.again();
    } else if (content.root?.fact == null) late.take(step);
    else {
      const faults = correctFact(base, step);
      if (faults === null) continue;
      if (content === request.now) {
        const valore = factName(content.record.riferimento!) ?? '';
        return { faults: faults.length > 0 ? faults : [{ codice: 'SIP-205', campo: 'riferimento', valore }] };
      }
      if (faults.length > 0) fell.push(toldAs(step));
    }
    if (refused !== null) break;
  }
  late.reach(Number.POSITIVE_INFINITY);
  if (spread) return 'spread';
  if (refused !== null) return { faults: refused };
  return { ...(plain ? collectPlain(request, base, fell) : collect(request, base, fell)), restored };
}
