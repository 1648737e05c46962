/** Spells of legal residence: each registration with whatever ended it (registry.md; tracciato.md 3, In time). Pure. */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import type { DepartureValue, EntryState, RegistrationValue } from './entry-state.ts';
import { type Claim, layOut, type Spell } from './timeline.ts';

export interface Registration {
  readonly spell: Spell<RegistrationValue>;
  /** The event that ended it; null while it lasts. */
  readonly endEventId: number | null;
  /** Why and where to; nulls while it lasts. */
  readonly departure: {
    readonly motivo_cancellazione: string | null;
    readonly comune_destinazione: string | null;
    readonly stato_destinazione: string | null;
  };
}

const NOWHERE = { motivo_cancellazione: null, comune_destinazione: null, stato_destinazione: null };
/** T15: cancelled because dead. */
const BY_DEATH: DepartureValue = {
  motivo_cancellazione: '1',
  comune_destinazione: null,
  stato_destinazione: null,
};

interface Leaving {
  readonly claim: Claim<unknown>;
  readonly day: Day;
  readonly value: DepartureValue;
}

/** The spell that somebody who leaves on `day` was in: that of the day before, or the one that begins on that very day. */
function leftSpell(
  spells: readonly Spell<RegistrationValue>[],
  day: Day,
): Spell<RegistrationValue> | undefined {
  const covers = spells.find((s) => firstDay(s.from) < day && (s.to === null || firstDay(s.to) >= day));
  return covers ?? spells.find((s) => firstDay(s.from) === day && (s.to === null || firstDay(s.to) >= day));
}

/** Ends and deaths that came as events of their own; a death that came with the row has ended it already. */
function leavings(state: EntryState): Leaving[] {
  return [
    ...state.departures.map((claim) => ({ claim, day: firstDay(claim.from), value: claim.value })),
    ...state.deaths.map((claim) => ({ claim, day: firstDay(claim.from), value: BY_DEATH })),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.claim.rank.event - b.claim.rank.event));
}

/** A spell that nothing ended but what its own row told. */
function asTold(spell: Spell<RegistrationValue>): Registration {
  if (spell.to === null) return { spell, endEventId: null, departure: NOWHERE };
  const { motivo_cancellazione, comune_destinazione, stato_destinazione } = spell.value;
  return {
    spell,
    endEventId: spell.eventId,
    departure: { motivo_cancellazione, comune_destinazione, stato_destinazione },
  };
}

export function registrationSpells(state: EntryState): Registration[] {
  const spells = layOut(state.registrations);
  // Most are neither gone nor dead, and are asked for again and again.
  if (state.departures.length === 0 && state.deaths.length === 0) return spells.map(asTold);
  const ended = new Map<Spell<RegistrationValue>, Leaving>();
  // The earliest leaving ends a spell; a later one finds nobody there (a death after a cancellation is counted nowhere).
  for (const leaving of leavings(state)) {
    const spell = leftSpell(
      spells.filter((s) => !ended.has(s)),
      leaving.day,
    );
    if (spell !== undefined && (spell.to === null || firstDay(spell.to) > leaving.day))
      ended.set(spell, leaving);
  }
  return spells.map((spell) => {
    const leaving = ended.get(spell);
    if (leaving !== undefined)
      return {
        spell: { ...spell, to: leaving.claim.from },
        endEventId: leaving.claim.eventId,
        departure: leaving.value,
      };
    return asTold(spell);
  });
}

/** The end of the registration that covers a day, else of the first one: what a dwelling or a tie cannot outlive. */
export function registrationBound(registrations: readonly Registration[]): (from: Day) => PartialDate | null {
  return (from) => {
    let found = registrations[0];
    for (const r of registrations) if (firstDay(r.spell.from) <= from) found = r;
    return found === undefined ? null : found.spell.to;
  };
}
