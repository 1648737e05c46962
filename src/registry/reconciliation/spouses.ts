/**
 * A spouse of another register: who died there while the survivor is still married here, or who says there not to be
 * married to the one who names them (registry.md, Reconciliation). Within one register this is the outcome's (SIP-132). Pure.
 */
import { firstDay, lastDay } from '../../kernel/day.ts';
import type { CivilStatusFact, EntryFacts } from '../answers/facts.ts';
import type { WantedFinding } from './finding.ts';
import type { Concerned, World } from './world.ts';

/** T1: married, in a civil union. */
const BOUND = new Set(['2', '6']);
const says = (code: string): boolean => !code.startsWith('~') && code !== '9';

interface Present {
  readonly entry: EntryFacts;
  readonly status: CivilStatusFact;
}

/** The civil status that still holds, in the words of the register where the person is resident; null for the dead and the gone. */
function presentStatus(person: Concerned): Present | null {
  const entry = person.open.current;
  if (entry === null || person.entries.some((e) => e.deaths.length > 0)) return null;
  const status = entry.civil_statuses.find((s) => s.to === null);
  return status === undefined ? null : { entry, status };
}

const meant = (world: World, { entry, status }: Present): number | null =>
  world.personMeant({ comune: entry.comune, id: status.id_coniuge, code: status.cf_coniuge });

/** Of a spouse who died in another register the comune of the survivor is told, unless its own register knows. */
function deadSpouse(survivor: Present, spouse: Concerned): WantedFinding[] {
  const { entry } = survivor;
  const dead = spouse.entries.filter((e) => e.deaths.length > 0);
  if (dead.some((e) => e.comune === entry.comune)) return [];
  const [first] = [...dead].sort((a, b) =>
    a.comune === b.comune ? a.entryId - b.entryId : a.comune < b.comune ? -1 : 1,
  );
  if (first === undefined) return [];
  const death = first.deaths[0]!;
  return [
    {
      kind: 'CONIUGE_DECEDUTO',
      entryId: entry.entryId,
      otherEntryId: first.entryId,
      owner: entry.comune,
      other: first.comune,
      about: firstDay(death.from),
      waitsFrom: null,
      eventId: death.eventId,
      detail: { data_morte: death.from },
    },
  ];
}

/** Of two statements about one couple, the older is the one that has not heard of the other: its comune must look first. */
function discordant(mine: Present, theirs: Present, personId: number, world: World): WantedFinding[] {
  if (!says(theirs.status.stato_civile) || mine.entry.comune === theirs.entry.comune) return [];
  const named = BOUND.has(theirs.status.stato_civile) ? meant(world, theirs) : null;
  const same = theirs.status.stato_civile === mine.status.stato_civile;
  // Who names nobody, or somebody unknown, contradicts nobody.
  if (same && (named === null || named === personId)) return [];
  // Where each names the other it is one finding.
  if (named === personId && theirs.entry.comune < mine.entry.comune) return [];
  const [x, y] = [lastDay(mine.status.from), lastDay(theirs.status.from)];
  const olderIsMine = x < y || (x === y && mine.entry.comune < theirs.entry.comune);
  return [
    {
      kind: 'CONIUGI_DISCORDI',
      entryId: mine.entry.entryId,
      otherEntryId: theirs.entry.entryId,
      owner: olderIsMine ? mine.entry.comune : theirs.entry.comune,
      other: olderIsMine ? theirs.entry.comune : mine.entry.comune,
      about: olderIsMine ? y : x,
      waitsFrom: null,
      eventId: mine.status.eventId,
      detail: { dice: mine.status.stato_civile, coniuge: theirs.status.stato_civile },
    },
  ];
}

/** What the present civil status of a person asks for. */
export function spouseFindings(person: Concerned, world: World): WantedFinding[] {
  const mine = presentStatus(person);
  if (mine === null || !BOUND.has(mine.status.stato_civile)) return [];
  const spouseId = meant(world, mine);
  const spouse = spouseId === null ? undefined : world.person(spouseId);
  if (spouse === undefined || spouse.personId === person.personId) return [];
  if (spouse.entries.some((e) => e.deaths.length > 0)) return deadSpouse(mine, spouse);
  const theirs = presentStatus(spouse);
  return theirs === null ? [] : discordant(mine, theirs, person.personId, world);
}
