/** CONVIVENZA: an institute opens, changes or closes, with who comes in and who goes (tracciato.md 3). */
import { firstDay } from '../../kernel/day.ts';
import type { HouseholdState, HouseholdValue } from '../claims/entry-state.ts';
import {
  type Applier,
  applied,
  claimOf,
  type EventContext,
  isFault,
  namedHousehold,
  notApplicable,
  type Reason,
  refused,
} from './applier.ts';
import { newHousehold } from './arriving.ts';
import { move } from './moving.ts';
import { notOpen, stillIn } from './why-not.ts';
import { type HouseholdChange, isOpen, keyOf } from './working-register.ts';

/** Names of the tracciato and of the register's household. */
const COLUMNS: Readonly<Record<string, keyof HouseholdValue>> = {
  specie_convivenza: 'motivo',
  denominazione: 'denominazione',
  id_responsabile: 'id_intestatario',
};

function attributes(columns: Readonly<Record<string, string | null>>): HouseholdValue {
  return {
    motivo: columns['specie_convivenza'] ?? null,
    denominazione: columns['denominazione'] ?? null,
    id_intestatario: columns['id_responsabile'] ?? null,
  };
}

function changesOf(ctx: EventContext<'CONVIVENZA'>, household: HouseholdState): HouseholdChange[] {
  const { dati } = ctx.event;
  const changes: HouseholdChange[] = [];
  const stated = Object.keys(dati.columns).flatMap((column) => COLUMNS[column] ?? []);
  const closed = dati.azione === 'CHIUSURA' ? (dati.al ?? ctx.event.decorrenza) : null;
  // What is told on the very day of the closing is told by the claim that closes: a household has one row of an event and a day.
  const atOnce = closed !== null && firstDay(closed) === ctx.event.decorrenza;
  if (stated.length > 0 && !atOnce)
    changes.push({
      household,
      kind: 'attributes',
      claim: claimOf(ctx, attributes(dati.columns), { stated }),
    });
  if (dati.indirizzo !== null)
    changes.push({
      household,
      kind: 'addresses',
      // "An absent key leaves a value as it was."
      claim: claimOf(ctx, dati.indirizzo, { stated: dati.indirizzo_dato }),
    });
  // A claim that ends as it begins closes the life of what came before it.
  if (closed !== null)
    changes.push({
      household,
      kind: 'attributes',
      claim: claimOf(ctx, attributes(atOnce ? dati.columns : {}), {
        from: closed,
        to: closed,
        stated: atOnce ? stated : [],
      }),
    });
  return changes;
}

const KNOWN: Reason = ['la convivenza è già nel registro', 'the convivenza is in the register already'];

const NOWHERE: Reason = ['manca il suo indirizzo', 'its address is missing'];

export const applyConvivenza: Applier<'CONVIVENZA'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const key = { kind: 'convivenza', id: dati.id_convivenza } as const;
  const known = ctx.register.household(key);
  const notNow = (perche: Reason) =>
    refused({ codice: 'SIP-204', campo: 'id_convivenza', valore: key.id, perche });
  if (dati.azione === 'APERTURA') {
    if (known !== undefined) return notNow(KNOWN);
    if (dati.indirizzo === null) return notNow(NOWHERE);
    const household = newHousehold(ctx, key, attributes(dati.columns), dati.indirizzo);
    const moved = move(ctx, dati.movimenti, new Map([[keyOf(key), household]]));
    if (moved.faults.length > 0) return refused(...moved.faults);
    return applied({ newHouseholds: [household], entries: moved.entries });
  }
  const household = namedHousehold(ctx, key);
  if (isFault(household)) return refused(household);
  if (!isOpen(ctx.register, household, decorrenza))
    return notNow(notOpen(ctx.register, household, decorrenza));
  const moved = move(ctx, dati.movimenti, new Map());
  if (moved.faults.length > 0) return refused(...moved.faults);
  if (dati.azione === 'CHIUSURA') {
    // Nobody can be in what is no more (registry.md, invariant 2); where they went is for the comune to say.
    const left = ctx.register
      .membersOn(household.householdId, dati.al === null ? decorrenza : firstDay(dati.al))
      .filter((m) => !moved.into.has(m.entry));
    if (left.length > 0)
      return refused(...left.map((m) => notApplicable(m.entry.idSoggetto, stillIn(household))));
  }
  return applied({ households: changesOf(ctx, household), entries: moved.entries });
};
