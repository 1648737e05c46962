/**
 * Registrations told again (tracciato.md 1 and 2): `posizione` and `iscritto_dal` say whether, and since when, somebody is
 * registered, so that an end or a death known before gives way to a RESIDENTE told later. Pure.
 */
import { firstDay } from '../../kernel/day.ts';
import type { EntryState, RegistrationValue } from '../claims/entry-state.ts';
import { type Registration, registrationSpells } from '../claims/registration-spells.ts';
import type { Claim } from '../claims/timeline.ts';
import { type AsOf, isClaim, splitAt } from './realign-claims.ts';
import { mergeDeath, sameValue } from './told-values.ts';

type Told = Pick<EntryState, 'registrations' | 'departures' | 'deaths'>;

/** What a registration says, to be compared. */
const flat = (r: Registration) => ({
  from: r.spell.from,
  to: r.spell.to,
  motivo: r.spell.value.motivo_iscrizione,
  comune: r.spell.value.comune_provenienza,
  stato: r.spell.value.stato_provenienza,
  departure: r.departure,
});

const pair = (a: string | null, b: string | null): boolean => a !== null || b !== null;

/** Where from and where to, where they are not told, as they are held of the same registration. */
function completed(told: Registration, held: Registration | undefined): Registration {
  if (held === undefined) return told;
  const { value } = told.spell;
  const from = pair(value.comune_provenienza, value.stato_provenienza) ? value : held.spell.value;
  const { departure } = told;
  const to =
    told.spell.to === null || pair(departure.comune_destinazione, departure.stato_destinazione)
      ? departure
      : held.departure;
  const places = { comune_destinazione: to.comune_destinazione, stato_destinazione: to.stato_destinazione };
  return {
    ...told,
    departure: { ...departure, ...places },
    spell: {
      ...told.spell,
      value: {
        ...value,
        ...places,
        comune_provenienza: from.comune_provenienza,
        stato_provenienza: from.stato_provenienza,
      },
    },
  };
}

const claimOf = ({ spell: { to: _, ...claim } }: Registration): Claim<RegistrationValue> => claim;

/** Did this leaving end the registration? */
const ended = (r: Registration, leaving: Claim<unknown>): boolean =>
  r.endEventId === leaving.eventId && r.spell.to === leaving.from;

/** @param history iscrizioni.csv has a row of the subject: it tells every registration, not the present one alone */
export function registrationsTold(held: EntryState, told: EntryState, history: boolean, asOf: AsOf): Told {
  const toldSpells = registrationSpells(told);
  const present = toldSpells.at(-1);
  if (present === undefined) return held;
  const start = firstDay(present.spell.from);
  const end = present.spell.to;
  const speaksLater = asOf !== null && (start > asOf || (end !== null && firstDay(end) > asOf));
  const day = speaksLater ? null : asOf;
  const registrations = splitAt(held.registrations, day);
  const departures = splitAt(held.departures, day);
  const deaths = splitAt(held.deaths, day);
  const before = registrationSpells({
    ...held,
    registrations: [...registrations.until],
    departures: [...departures.until],
    deaths: [...deaths.until],
  });
  const last = before.at(-1);
  // One that begins where or after the held one ended is another registration; else it is the same, told better.
  const lasts =
    last !== undefined &&
    (last.spell.to === null || firstDay(last.spell.to) > start || last.spell.from === present.spell.from);
  const wanted = (history ? toldSpells : [present]).map((t) =>
    completed(
      t,
      before.find((b) => b.spell.from === t.spell.from) ?? (t === present && lasts ? last : undefined),
    ),
  );
  const replaced = before.filter((b) => history || firstDay(b.spell.from) >= start || (lasts && b === last));
  const twins = wanted.map((w) => replaced.find((b) => sameValue(flat(b), flat(w))));
  const gone = replaced.filter((b) => !twins.includes(b));
  const come = wanted.filter((_, i) => twins[i] === undefined);
  const deathsNow = deathsTold(held, told, asOf);
  if (gone.length === 0 && come.length === 0)
    return { registrations: held.registrations, departures: held.departures, deaths: deathsNow };
  const stay = before.filter((b) => !gone.includes(b));
  return {
    registrations: [
      ...registrations.until.filter((c) => stay.some((b) => isClaim(c, b.spell))),
      ...come.map(claimOf),
      ...registrations.later,
    ],
    // A leaving that found nobody there would end what is told to go on.
    departures: [
      ...departures.until.filter(
        (d) => stay.some((b) => ended(b, d)) || (!history && firstDay(d.from) < start),
      ),
      ...departures.later,
    ],
    deaths: deathsNow,
  };
}

/**
 * Who died is told as DECEDUTO, cancelled before or not; anybody else is not dead, whatever an event had said (tracciato.md 2). One dies once:
 * the death that is told takes the place of any held, of an earlier day and of one to come too (a death of the dead is SIP-204).
 */
function deathsTold(held: EntryState, told: EntryState, asOf: AsOf): EntryState['deaths'] {
  const death = told.deaths[0];
  if (death === undefined) {
    const { until, later } = splitAt(held.deaths, asOf);
    return until.length === 0 ? held.deaths : [...later];
  }
  const was = held.deaths.find((d) => d.from === death.from) ?? held.deaths.at(-1);
  if (was === undefined) return [death];
  const value = mergeDeath(was.value, death.value);
  if (was.from !== death.from || !sameValue(value, was.value)) return [{ ...death, value }];
  return held.deaths.length === 1 ? held.deaths : [was];
}
