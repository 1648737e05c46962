/** STATO_CIVILE, CITTADINANZA, GENERALITA, GENITORI and the plain facts of one person (tracciato.md 3). */
import { addDays, certainlyBefore, firstDay } from '../../kernel/day.ts';
import type { EntryState, IdentityValue } from '../claims/entry-state.ts';
import { layOut } from '../claims/timeline.ts';
import {
  type AnyContext,
  type Applied,
  type Applier,
  applied,
  change,
  claimOf,
  type EventContext,
  type EventFault,
  isFault,
  namedEntry,
  notApplicable,
  refused,
} from './applier.ts';
import type { Patch } from './event-records.ts';
import { names, presentCode, SURVIVOR, spouseOf, statusOn } from './leaving.ts';
import { notResident } from './why-not.ts';
import { type EntryChange, registrationOn } from './working-register.ts';

/** The subject, resident on the day of the event; or the fault. */
function resident(ctx: AnyContext, idSoggetto: string): EntryState | EventFault {
  const entry = namedEntry(ctx, idSoggetto);
  if (isFault(entry)) return entry;
  return registrationOn(entry, ctx.event.decorrenza) === undefined
    ? notApplicable(idSoggetto, notResident(entry, ctx.event.decorrenza))
    : entry;
}

/** T1: married and in a union bind two; divorced and dissolved free two; widowed and survivor touch one alone. */
const MOVES_BOTH = new Set(['2', '6', '4', '8']);
const ENDED_BY_DEATH = new Set(['3', '7']);

/** The claim of a status that a death gave, which the survivor's own declaration moves to another day. */
function givenByDeath(entry: EntryState): EntryState['civilStatuses'][number] | undefined {
  return entry.civilStatuses.findLast((c) => ENDED_BY_DEATH.has(c.value.stato_civile));
}

function widowed(ctx: EventContext<'STATO_CIVILE'>, entry: EntryState): Applied {
  const { dati, decorrenza } = ctx.event;
  const given = givenByDeath(entry);
  const claim = claimOf(ctx, {
    stato_civile: dati.stato_civile,
    id_coniuge: null,
    cf_coniuge: null,
    atto: dati.atto,
  });
  if (given === undefined || given.rank.day === '')
    return applied({ entries: [change(entry, 'civilStatuses', claim)] });
  // "A STATO_CIVILE 3 or 7 of the survivor is absorbed (with another decorrenza it moves the day)."
  if (firstDay(given.from) === decorrenza) return applied({});
  return applied({
    replacedEntries: [
      { ...entry, civilStatuses: [...entry.civilStatuses.filter((c) => c !== given), claim] },
    ],
  });
}

export const applyStatoCivile: Applier<'STATO_CIVILE'> = (ctx) => {
  const { dati, decorrenza } = ctx.event;
  const entry = resident(ctx, dati.id_soggetto);
  if (isFault(entry)) return refused(entry);
  if (ENDED_BY_DEATH.has(dati.stato_civile)) return widowed(ctx, entry);
  const value = {
    stato_civile: dati.stato_civile,
    id_coniuge: dati.id_coniuge,
    cf_coniuge: dati.cf_coniuge,
    atto: dati.atto,
  };
  const spouse = spouseOf(ctx.register, value);
  const held = statusOn(entry, decorrenza);
  const alreadySo =
    spouse !== undefined &&
    held !== undefined &&
    held.stato_civile === dati.stato_civile &&
    names(held, spouse) &&
    entry.civilStatuses.some((c) => c.value === held && firstDay(c.from) === decorrenza);
  // The other spouse's event, come first, has moved both: this one changes nothing.
  if (alreadySo) return applied({});
  const lives = spouse !== undefined && !spouse.deaths.some((d) => firstDay(d.from) <= decorrenza);
  const both = spouse !== undefined && lives && spouse !== entry && MOVES_BOTH.has(dati.stato_civile);
  const mine = claimOf(ctx, value);
  const moved: readonly Moved[] = [
    { entry, claim: mine, other: both ? spouse : formerSpouse(ctx, entry) },
    ...(both
      ? [
          {
            entry: spouse,
            claim: claimOf(ctx, {
              ...value,
              id_coniuge: entry.idSoggetto,
              cf_coniuge: presentCode(entry),
            }),
            other: entry,
          },
        ]
      : []),
  ];
  const replacedEntries: EntryState[] = [];
  const changes: EntryChange[] = [];
  for (const one of moved) {
    const claims = withKnownDeath(ctx, one);
    if (claims.dropped === null)
      changes.push(...claims.added.map((c) => change(one.entry, 'civilStatuses', c)));
    else {
      const kept = one.entry.civilStatuses.filter((c) => c !== claims.dropped);
      replacedEntries.push({ ...one.entry, civilStatuses: [...kept, ...claims.added] });
    }
  }
  return applied({ entries: changes, replacedEntries });
};

type StatusClaim = EntryState['civilStatuses'][number];

/** Whose status changes, how, and who is or was on the other side. */
interface Moved {
  readonly entry: EntryState;
  readonly claim: StatusClaim;
  readonly other: EntryState | undefined;
}

function formerSpouse(ctx: EventContext<'STATO_CIVILE'>, entry: EntryState): EntryState | undefined {
  const before = statusOn(entry, addDays(ctx.event.decorrenza, -1));
  return before === undefined ? undefined : spouseOf(ctx.register, before);
}

/**
 * A status learned of late, before a death that is known: who was married when the other died is widowed on that day, and
 * who was no longer married is not ("a fact holds to the next of its kind, in whatever order they were registered").
 */
function withKnownDeath(
  ctx: EventContext<'STATO_CIVILE'>,
  { entry, claim, other }: Moved,
): { readonly added: StatusClaim[]; readonly dropped: StatusClaim | null } {
  const none = { added: [claim], dropped: null };
  const death = other?.deaths[0];
  const day = ctx.event.decorrenza;
  if (death === undefined || firstDay(death.from) <= day) return none;
  const since = entry.civilStatuses.filter((c) => firstDay(c.from) > day && c.from <= death.from);
  const widowing = since.find((c) => ENDED_BY_DEATH.has(c.value.stato_civile) && c.from === death.from);
  const otherwise = since.some((c) => c !== widowing);
  const outlives = !entry.deaths.some((d) => d.from <= death.from);
  const becomes = SURVIVOR[claim.value.stato_civile];
  if (otherwise || !outlives) return none;
  if (becomes === undefined) return { added: [claim], dropped: widowing ?? null };
  if (widowing !== undefined) return none;
  const widowed = { stato_civile: becomes, id_coniuge: null, cf_coniuge: null, atto: null };
  return { added: [claim, claimOf(ctx, widowed, { from: death.from })], dropped: null };
}

export const applyCittadinanza: Applier<'CITTADINANZA'> = (ctx) => {
  const { dati } = ctx.event;
  const entry = resident(ctx, dati.id_soggetto);
  if (isFault(entry)) return refused(entry);
  const stated = dati.altra_cittadinanza === undefined ? ['stato'] : null;
  const claim = claimOf(
    ctx,
    { stato: dati.cittadinanza, altra: dati.altra_cittadinanza ?? null },
    { ...(stated === null ? {} : { stated }) },
  );
  return applied({ entries: [change(entry, 'citizenships', claim)] });
};

/** The value of a patch under the register's names, with the columns it speaks of. */
function patched<T extends object>(blank: T, patch: Patch, names: Readonly<Record<string, string>>) {
  const stated: string[] = [];
  const value: Record<string, unknown> = Object.fromEntries(Object.entries(blank));
  for (const [column, given] of Object.entries(patch)) {
    const name = names[column] ?? column;
    if (!(name in blank)) continue;
    stated.push(name);
    value[name] = given;
  }
  return { value: value as T, stated };
}

const BIRTHPLACE = ['comune_nascita', 'stato_nascita', 'localita_nascita'] as const;

export const applyGeneralita: Applier<'GENERALITA'> = (ctx) => {
  const { dati } = ctx.event;
  const entry = namedEntry(ctx, dati.id_soggetto);
  if (isFault(entry)) return refused(entry);
  const held = layOut(entry.identities).at(-1)?.value;
  if (held === undefined || registrationOn(entry, ctx.event.decorrenza) === undefined)
    return refused(notApplicable(dati.id_soggetto, notResident(entry, ctx.event.decorrenza)));
  const columns: Record<string, string | null> = { ...dati.columns };
  // "A new codice_fiscale without validita_cf is 9."
  if (columns['codice_fiscale'] !== undefined && columns['validita_cf'] === undefined)
    columns['validita_cf'] = columns['codice_fiscale'] === null ? null : '9';
  placeWhole(columns, held);
  const blank: IdentityValue = { ...held, motivo: dati.motivo, sealed: false };
  const { value, stated } = patched(blank, columns, {});
  const claim = claimOf(ctx, value, { stated: [...stated, 'motivo', 'sealed'] });
  const faults = identityFaults(entry, claim, columns);
  if (faults.length > 0) return refused(...faults);
  return applied({ entries: [change(entry, 'identities', claim)] });
};

/**
 * The place of birth is told whole: a new comune or state replaces all that is held of it; where there is none of the two, what
 * is absent is left as it was (tracciato.md 3, How events read).
 */
function placeWhole(columns: Record<string, string | null>, held: IdentityValue): void {
  if (!BIRTHPLACE.some((column) => columns[column] !== undefined)) return;
  const anew = columns['comune_nascita'] != null || columns['stato_nascita'] != null;
  for (const column of BIRTHPLACE)
    if (columns[column] === undefined) columns[column] = anew ? null : held[column];
}

/** What a row of soggetti.csv may not say, said of whom the event leaves behind ("Rows inside events are checked like those of a full supply"). */
function identityFaults(
  entry: EntryState,
  claim: EntryState['identities'][number],
  columns: Patch,
): EventFault[] {
  const id_soggetto = entry.idSoggetto;
  const { data_nascita, comune_nascita, stato_nascita } = claim.value;
  const told = (...names: string[]): boolean => names.some((name) => columns[name] !== undefined);
  const faults: EventFault[] = [];
  if (told(...BIRTHPLACE) && comune_nascita === null && stato_nascita === null)
    faults.push({ codice: 'SIP-202', id_soggetto, campo: 'comune_nascita', valore: '' });
  // Names change from a day on, and what an event leaves as it was comes from the one before: each day is looked at.
  const nameless = told('cognome', 'nome')
    ? layOut([...entry.identities, claim]).some((s) => s.value.cognome === null && s.value.nome === null)
    : false;
  if (nameless) faults.push({ codice: 'ES049', id_soggetto, campo: 'cognome', valore: '' });
  const before = told('data_nascita')
    ? entry.registrations.find((r) => certainlyBefore(r.from, data_nascita))
    : undefined;
  if (before !== undefined)
    faults.push({
      codice: 'SIP-107',
      id_soggetto,
      campo: 'iscritto_dal',
      valore: before.from,
      altro: data_nascita,
    });
  return faults;
}

/** A claim of some columns, of one person resident on the day. */
function patch<
  O extends 'GENITORI' | 'DOCUMENTO' | 'SOGGIORNO',
  K extends 'parents' | 'documents' | 'permits',
>(kind: K, blank: EntryState[K][number]['value'], names: Readonly<Record<string, string>>): Applier<O> {
  return (ctx) => {
    const event: { readonly dati: { readonly id_soggetto: string; readonly columns: Patch } } = ctx.event;
    const { id_soggetto, columns } = event.dati;
    const entry = resident(ctx, id_soggetto);
    if (isFault(entry)) return refused(entry);
    const { value, stated } = patched(blank, columns, names);
    return applied({
      entries: [change(entry, kind, claimOf(ctx, value, { stated }) as EntryState[K][number])],
    });
  };
}

export const applyGenitori = patch<'GENITORI', 'parents'>(
  'parents',
  { id_padre: null, cf_padre: null, id_madre: null, cf_madre: null },
  {},
);

export const applyDocumento = patch<'DOCUMENTO', 'documents'>(
  'documents',
  { rilascio: null, scadenza: null, tipo: null, numero: null },
  {
    documento_rilascio: 'rilascio',
    documento_scadenza: 'scadenza',
    documento_tipo: 'tipo',
    documento_numero: 'numero',
  },
);

export const applySoggiorno = patch<'SOGGIORNO', 'permits'>(
  'permits',
  { scadenza: null, tipo: null },
  { soggiorno_scadenza: 'scadenza', soggiorno_tipo: 'tipo' },
);

export const applyRiservatezza: Applier<'RISERVATEZZA'> = (ctx) => {
  const entry = resident(ctx, ctx.event.dati.id_soggetto);
  if (isFault(entry)) return refused(entry);
  return applied({
    entries: [change(entry, 'protections', claimOf(ctx, { protetto: ctx.event.dati.riservatezza }))],
  });
};
