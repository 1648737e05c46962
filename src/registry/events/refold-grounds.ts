/** Events whose ground is gone with what is corrected: a widowhood with the death, an end with the marriage. */
import { addDays } from '../../kernel/day.ts';
import type { EventWithData } from './appliers.ts';
import type { Known } from './known-event.ts';
import { names, SURVIVOR, statusOn } from './leaving.ts';
import type { RefoldRequest, Step } from './refold-window.ts';
import { hasData } from './stored-event.ts';
import type { WorkingRegister } from './working-register.ts';

/** The deaths that are annulled: a survivor's own declaration of widowhood falls with them (What follows from an event). */
export function annulledDeath(
  request: RefoldRequest,
  stepsLeft: readonly Step[],
  events: readonly Known[],
): string | null {
  const { now } = request;
  if (now.record.operazione !== 'MORTE' || now.root === null) return null;
  if (now.root.fact !== null) return now.record.tipo === 'A' ? (now.root.fact.split('|')[0] ?? null) : null;
  if (stepsLeft.some((s) => s.order === now.root!.eventId)) return null;
  const root = events.find((e) => e.eventId === now.root!.eventId);
  return root !== undefined && hasData(root.record) && root.record.operazione === 'MORTE'
    ? root.record.dati.id_soggetto
    : null;
}

export function declaresWidowhoodOf(
  register: WorkingRegister,
  event: EventWithData,
  dead: string | null,
): boolean {
  if (dead === null || event.operazione !== 'STATO_CIVILE') return false;
  if (event.dati.stato_civile !== '3' && event.dati.stato_civile !== '7') return false;
  const subject = register.entry(event.dati.id_soggetto);
  const spouse = register.entry(dead);
  const status = subject === undefined ? undefined : statusOn(subject, addDays(event.decorrenza, -1));
  return status !== undefined && spouse !== undefined && names(status, spouse);
}

/** T1 codes that put an end to a marriage or a union. */
const ENDINGS: ReadonlySet<string> = new Set(['3', '4', '7', '8']);

/** Does the event end the very marriage that is annulled or corrected, and that no longer is? Then its ground is gone. */
export function endsNoMarriage(
  request: RefoldRequest,
  events: readonly Known[],
  register: WorkingRegister,
  event: EventWithData,
): boolean {
  if (event.operazione !== 'STATO_CIVILE' || !ENDINGS.has(event.dati.stato_civile)) return false;
  const wedding = events.find((e) => e.eventId === request.now.root?.eventId)?.record;
  if (wedding === undefined || !hasData(wedding) || wedding.operazione !== 'STATO_CIVILE') return false;
  const id = event.dati.id_soggetto;
  if (wedding.dati.id_soggetto !== id && wedding.dati.id_coniuge !== id) return false;
  const subject = register.entry(id);
  const status = subject === undefined ? undefined : statusOn(subject, addDays(event.decorrenza, -1));
  return (
    SURVIVOR[wedding.dati.stato_civile] !== undefined && SURVIVOR[status?.stato_civile ?? ''] === undefined
  );
}
