/** Where the cancellations say that somebody went, for as long as no register of the province has them. Pure. */
import { type Day, firstDay, type PartialDate } from '../../kernel/day.ts';
import { type Dated, heldOn, holdsByFirstDays } from './certainty.ts';
import type { EntryFacts } from './facts.ts';

/** Outside the registers of the province, as far as the cancellation tells. */
export type Elsewhere = { readonly comune: string } | { readonly stato: string };

export interface StayElsewhere extends Dated {
  /** T15. */
  readonly motivo_cancellazione: string | null;
  /** null: the cancellation does not say. */
  readonly altrove: Elsewhere | null;
}

export function staysElsewhere(entries: readonly EntryFacts[]): StayElsewhere[] {
  const registrations = entries.flatMap((e) => e.registrations);
  return registrations.flatMap((left): StayElsewhere[] => {
    if (left.to === null) return [];
    const { comune_destinazione: comune, stato_destinazione: stato, motivo_cancellazione } = left;
    const altrove = comune !== null ? { comune } : stato !== null ? { stato } : null;
    const day = firstDay(left.to);
    if (registrations.some((r) => holdsByFirstDays(r, day))) return [];
    const next = registrations
      .map((r) => r.from)
      .filter((from) => firstDay(from) > day)
      .sort()[0];
    return [{ from: left.to, to: next ?? null, motivo_cancellazione, altrove }];
  });
}

/** T15: by death, and by a judicial declaration of presumed death: they went nowhere. */
const BY_DEATH = new Set(['1', '2']);

export interface GoneAnswer {
  readonly cancellato_dal?: PartialDate;
  /** T15. */
  readonly motivo_cancellazione?: string;
  readonly altrove?: Elsewhere;
}

/** Since when, why and where to somebody is gone who is resident nowhere on the day; nothing of the dead. */
export function goneOn(entries: readonly EntryFacts[], d: Day): GoneAnswer {
  const held = heldOn(staysElsewhere(entries), d)[0]?.spell;
  if (held === undefined || BY_DEATH.has(held.motivo_cancellazione ?? '')) return {};
  const { from, motivo_cancellazione, altrove } = held;
  return {
    cancellato_dal: from,
    ...(motivo_cancellazione === null ? {} : { motivo_cancellazione }),
    ...(altrove === null ? {} : { altrove }),
  };
}
