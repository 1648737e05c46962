/** Corrections (R) and annulments (A): which event or fact they speak of, whether they may, and what follows (tracciato.md 3). */
import type { EventFault } from './applier.ts';
import type { Directory } from './directory.ts';
import type { Corrector, EventEngine } from './engine.ts';
import type { EventLog } from './event-log.ts';
import type { EventRecord, Riferimento } from './event-records.ts';
import { currentEvent, currentVersions, type Known, knownOf, sameRoot, versionOf } from './known-event.ts';
import { mention, nothingMentioned } from './mentioned.ts';
import { PLAIN_DEPTH } from './plain-facts.ts';
import { refold } from './refold.ts';
import type { RegisterLoader } from './register-loader.ts';
import { factName, type Root } from './stored-event.ts';
import { findSupplyFact } from './supply-fact.ts';
import { endedFact, survivorTold } from './supply-fact-around.ts';
import { mayRefer } from './versions.ts';

const unfit = (riferimento: Riferimento): { faults: EventFault[] } => ({
  faults: [
    {
      codice: 'SIP-205',
      campo: 'riferimento',
      valore: 'id_evento' in riferimento ? riferimento.id_evento : JSON.stringify(riferimento),
    },
  ],
});

const stands = (engine: EventEngine, event: Known): boolean =>
  engine.fallenBy(event.eventId, event.fallenBy) === null;

const isCorrection = (version: Known, idEvento: string | null): boolean =>
  version.record.tipo === 'R' && version.record.id_evento === idEvento;

/** What the reference comes to: the root, its own id_evento, and the register just before it. */
interface Resolved {
  readonly root: Root;
  readonly rootId: string | null;
  readonly rank: Known['rank'] | null;
  readonly before: string | null;
  /** Whom and what a fact of a full supply concerned beside its subject. */
  readonly around: { readonly entries: readonly number[]; readonly households: readonly number[] };
}

const NOBODY = { entries: [], households: [] } as const;

export interface CorrectorContext {
  readonly directory: Directory;
  readonly log: EventLog;
  readonly loader: RegisterLoader;
  readonly supplyId: number;
  readonly progressivo: number;
  /** What stands set aside under an id, and is not applied; null where nothing does. */
  readonly aside: (idEvento: string) => AsideEvent | null;
}

export interface AsideEvent {
  /** The subjects for whom it waits (SIP-210); empty where it stands aside for another reason. */
  readonly waitsFor: readonly string[];
  /** Null where its form is at fault. */
  readonly event: EventRecord | null;
}

export function corrector(ctx: CorrectorContext): Corrector {
  return async (engine, line, eventId) => {
    const event = line.event!;
    const riferimento = event.riferimento!;
    const resolved =
      'id_evento' in riferimento
        ? await resolveEvent(ctx, engine, event, riferimento.id_evento)
        : await resolveFact(ctx, engine, event, riferimento);
    if (resolved === null) {
      if (!('id_evento' in riferimento)) return unfit(riferimento);
      const valore = riferimento.id_evento;
      const aside = ctx.aside(valore);
      if (aside === null) return unfit(riferimento);
      // What corrects an event that waits, waits with it.
      if (aside.waitsFor.length > 0) {
        const fault = { codice: 'SIP-210', campo: 'riferimento', valore } as const;
        return { faults: aside.waitsFor.map((id): EventFault => ({ ...fault, id_soggetto: id })) };
      }
      // "As if it had never been" is what it is already: nothing is left to be mended. A correction has nothing to correct.
      const same = aside.event === null || aside.event.operazione === event.operazione;
      return event.tipo === 'A' && same ? { withdrawn: valore } : unfit(riferimento);
    }
    const { root } = resolved;
    const stored = (await ctx.log.versions([root.eventId])).map(knownOf);
    const versions = [...stored, ...currentVersions(engine, ctx.progressivo, [root.eventId])].filter(
      (v) => sameRoot(v.root, root) && stands(engine, v),
    );
    const refersTo = 'id_evento' in riferimento ? riferimento.id_evento : null;
    if (!mayRefer(versions.map(versionOf), resolved.rootId, refersTo)) return unfit(riferimento);

    const rank = resolved.rank ?? { day: event.registrazione, event: eventId };
    const now: Known = {
      eventId,
      progressivo: ctx.progressivo,
      supplyId: null,
      recordedAt: null,
      record: event,
      rank,
      root,
      fallenBy: null,
    };
    // What had fallen with a correction is tried again where that is annulled: it restores what that had replaced.
    const undone = event.tipo === 'A' ? versions.find((v) => isCorrection(v, refersTo)) : undefined;
    if (undone !== undefined) engine.undone.add(undone.eventId);
    const { entries, households } = await touched(ctx, engine, event, [
      root.eventId,
      ...versions.map((v) => v.eventId),
    ]);
    for (const id of resolved.around.entries) entries.add(id);
    for (const id of resolved.around.households) households.add(id);
    const result = await refold({
      directory: ctx.directory,
      log: ctx.log,
      engine,
      progressivo: ctx.progressivo,
      before: resolved.before,
      now,
      entries,
      households,
      holdPlain: () => ctx.loader.loadPart(entries, PLAIN_DEPTH),
      // What is replaced must be in memory as it is held now, so that the difference can be written.
      hold: async (named) => {
        await ctx.loader.loadMentioned(named);
        await ctx.loader.loadEntryIds([...entries]);
        await ctx.loader.loadWhole(households);
      },
    });
    if ('faults' in result) {
      if (undone !== undefined) engine.undone.delete(undone.eventId);
      return result;
    }
    engine.register.commit(
      {
        newEntries: [],
        newHouseholds: [],
        entries: [],
        households: [],
        replacedEntries: result.states,
        ...(result.kinds === undefined ? {} : { replacedKinds: result.kinds }),
        replacedHouseholds: result.householdStates,
      },
      eventId,
    );
    engine.mend(result.states);
    for (const { eventId: fallen } of result.restored) engine.fell.delete(fallen);
    for (const { eventId: fallen } of result.fell) engine.fell.set(fallen, eventId);
    return { root, rank, ...result };
  };
}

/** What this supply brought under an id_evento. */
function currentUnder(ctx: CorrectorContext, engine: EventEngine, idEvento: string): Known | undefined {
  const applied = engine.appliedLast(idEvento);
  return applied === undefined ? undefined : currentEvent(engine, ctx.progressivo, applied);
}

async function resolveEvent(
  ctx: CorrectorContext,
  engine: EventEngine,
  event: EventRecord,
  idEvento: string,
): Promise<Resolved | null> {
  const here = currentUnder(ctx, engine, idEvento);
  const stored = here === undefined ? await ctx.log.byId([idEvento]) : [];
  const target = here ?? stored.map(knownOf).at(-1);
  if (target === undefined || target.record.tipo === 'A' || !stands(engine, target)) return null;
  if (target.record.operazione !== event.operazione) return null;
  if (target.root?.fact != null) {
    // The latest R of a fact that came with a full supply.
    const riferimento = target.record.riferimento!;
    if ('id_evento' in riferimento) return null;
    const resolved = await resolveFact(ctx, engine, event, riferimento);
    return resolved;
  }
  const rootId = target.root?.eventId ?? target.eventId;
  const current = engine.appliedAs(rootId);
  if (current !== undefined)
    return {
      root: { eventId: rootId, fact: null },
      rootId: current.line.idEvento,
      rank: current.rank,
      before: null,
      around: NOBODY,
    };
  const root = rootId === target.eventId ? target : await rootOf(ctx, engine, target);
  if (root === null) return null;
  if (root.supplyId === null) return null;
  return {
    root: { eventId: rootId, fact: null },
    rootId: root.record.id_evento,
    rank: root.rank,
    before: root.recordedAt,
    around: NOBODY,
  };
}

/** The root of a correction, with the supply that brought it. */
async function rootOf(ctx: CorrectorContext, engine: EventEngine, target: Known): Promise<Known | null> {
  // A chain of corrections ends at an N of the same comune; its id stands in the first correction's reference.
  let at: Known = target;
  for (;;) {
    const { riferimento } = at.record;
    if (riferimento === null) return at;
    if (!('id_evento' in riferimento)) return null;
    const here = currentUnder(ctx, engine, riferimento.id_evento);
    if (here !== undefined) {
      at = here;
      continue;
    }
    const stored = (await ctx.log.byId([riferimento.id_evento])).at(-1);
    if (stored === undefined) return null;
    if (stored.tipo === 'N') return knownOf(stored);
    at = knownOf(stored);
  }
}

async function resolveFact(
  ctx: CorrectorContext,
  engine: EventEngine,
  event: EventRecord,
  riferimento: Exclude<Riferimento, { readonly id_evento: string }>,
): Promise<Resolved | null> {
  if (riferimento.fatto !== event.operazione) return null;
  const supplies = await ctx.log.supplyEvents(riferimento.fornitura);
  const named = nothingMentioned();
  named.soggetti.add(riferimento.id_soggetto);
  named.wholly.add(riferimento.id_soggetto);
  await ctx.loader.loadMentioned(named);
  const entry = engine.register.entry(riferimento.id_soggetto);
  if (supplies[0]?.progressivo !== riferimento.fornitura || entry === undefined) return null;
  const ids = supplies.map((s) => s.event_id);
  const fact = factName(riferimento);
  const versions = [
    ...(await ctx.log.versions(ids)).map(knownOf),
    ...currentVersions(engine, ctx.progressivo, ids),
  ];
  const said = findSupplyFact(entry, ids, riferimento.fatto, riferimento.dal)?.eventId;
  // Once corrected it bears the correction's number, and is known by its versions.
  const supply = supplies.find((s) =>
    said === undefined
      ? versions.some((v) => sameRoot(v.root, { eventId: s.event_id, fact }))
      : s.event_id === said,
  );
  if (supply === undefined) return null;
  const ended = endedFact(entry, supply.event_id, riferimento.fatto, riferimento.dal);
  const survivor = ended === undefined ? undefined : survivorTold(engine.register, ended);
  return {
    root: { eventId: supply.event_id, fact },
    rootId: null,
    rank: null,
    before: supply.just_after,
    around: {
      entries: survivor === undefined ? [] : [survivor.entryId],
      households: entry.memberships.map((m) => m.value.householdId),
    },
  };
}

/** Whom and what the root and its versions touched, and what the new content names. */
async function touched(
  ctx: CorrectorContext,
  engine: EventEngine,
  event: EventRecord,
  eventIds: readonly number[],
): Promise<{ entries: Set<number>; households: Set<number> }> {
  const { entries, households } = await ctx.log.touched(eventIds);
  for (const eventId of eventIds) {
    const applied = engine.appliedAs(eventId);
    for (const id of applied?.entries ?? []) entries.add(id);
    for (const id of applied?.households ?? []) households.add(id);
  }
  const names = nothingMentioned();
  mention(names, event);
  for (const id of names.soggetti) {
    const entry = engine.register.entry(id);
    if (entry !== undefined) entries.add(entry.entryId);
  }
  for (const kind of ['famiglia', 'convivenza'] as const)
    for (const id of kind === 'famiglia' ? names.famiglie : names.convivenze) {
      const household = engine.register.household({ kind, id });
      if (household !== undefined) households.add(household.householdId);
    }
  return { entries, households };
}
