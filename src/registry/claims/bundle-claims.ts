/**
 * What a full supply claims of a subject and of a household (tracciato.md 2). Pure.
 *
 * Where a history has no row for the subject each fact is one claim from `iscritto_dal`, or from its own `_dal`;
 * where it has, its rows are the claims, and the present stands in the open one or after the last.
 */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import { type EntryState, emptyEntry, type HouseholdState, type IdentityValue } from './entry-state.ts';
import type {
  EntryBundle,
  HouseholdLookup,
  HouseholdRecord,
  LegameRecord,
  SoggettoRecord,
} from './records.ts';
import { type SupplyFile, sourceRow } from './source-row.ts';
import { type Claim, earlierEnd, type Rank } from './timeline.ts';

/** The event that claims, and the numbers given to the supply before its rows were known. */
export interface ClaimContext {
  readonly comune: string;
  readonly eventId: number;
  readonly rank: Rank;
  readonly entryId: (soggetto: SoggettoRecord) => number;
  readonly householdId: (household: HouseholdRecord) => number;
}

function claim<T>(
  ctx: ClaimContext,
  source: number,
  from: PartialDate,
  statedTo: PartialDate | null,
  value: T,
): Claim<T> {
  return { from, statedTo, eventId: ctx.eventId, source, rank: ctx.rank, stated: null, value };
}

export const householdFile = (kind: HouseholdRecord['kind']): SupplyFile =>
  kind === 'famiglia' ? 'famiglie.csv' : 'convivenze.csv';

/** The latest stated end of a history, by first day: where the present begins when no open row says so. */
function latestEnd(rows: readonly { readonly al: PartialDate | null }[]): PartialDate | null {
  let latest: PartialDate | null = null;
  for (const { al } of rows)
    if (al !== null && (latest === null || firstDay(al) > firstDay(latest))) latest = al;
  return latest;
}

function registrationClaims(ctx: ClaimContext, b: EntryBundle, state: EntryState): void {
  for (const i of b.iscrizioni)
    state.registrations.push(
      claim(ctx, sourceRow('iscrizioni.csv', i.riga), i.dal, i.al, {
        motivo_iscrizione: i.motivo_iscrizione,
        comune_provenienza: i.comune_provenienza,
        stato_provenienza: i.stato_provenienza,
        motivo_cancellazione: i.motivo_cancellazione,
        comune_destinazione: i.comune_destinazione,
        stato_destinazione: i.stato_destinazione,
      }),
    );
  const s = b.soggetto;
  // For DECEDUTO the registration ends on data_morte, or on cancellato_dal where that is earlier.
  const end = s.posizione === 'RESIDENTE' ? null : earlierEnd(s.data_morte, s.cancellato_dal);
  state.registrations.push(
    claim(ctx, sourceRow('soggetti.csv', s.riga), s.iscritto_dal, end, {
      motivo_iscrizione: s.motivo_iscrizione,
      comune_provenienza: s.comune_provenienza,
      stato_provenienza: s.stato_provenienza,
      motivo_cancellazione:
        end === null ? null : (s.motivo_cancellazione ?? (s.posizione === 'DECEDUTO' ? '1' : null)),
      comune_destinazione: s.comune_destinazione,
      stato_destinazione: s.stato_destinazione,
    }),
  );
}

function identityClaims(ctx: ClaimContext, b: EntryBundle, state: EntryState): void {
  const s = b.soggetto;
  const present: IdentityValue = {
    data_nascita: s.data_nascita,
    codice_fiscale: s.codice_fiscale,
    validita_cf: s.codice_fiscale === null ? null : s.validita_cf,
    cognome: s.cognome,
    nome: s.nome,
    sesso: s.sesso,
    comune_nascita: s.comune_nascita,
    stato_nascita: s.stato_nascita,
    localita_nascita: s.localita_nascita,
    atto_nascita: s.atto_nascita,
    motivo: null,
    sealed: false,
  };
  for (const g of b.generalita)
    state.identities.push(
      claim(ctx, sourceRow('generalita.csv', g.riga), g.dal, g.al, {
        ...present,
        codice_fiscale: g.codice_fiscale ?? s.codice_fiscale,
        validita_cf: g.codice_fiscale === null ? present.validita_cf : null,
        cognome: g.cognome ?? s.cognome,
        nome: g.nome ?? s.nome,
        sesso: g.sesso ?? s.sesso,
        motivo: g.motivo,
        // L. 184/1983 art. 28, L. 164/1982 (registry.md, Sealed).
        sealed: g.motivo === 'ADOZIONE' || g.motivo === 'SESSO',
      }),
    );
  const from = latestEnd(b.generalita) ?? s.iscritto_dal;
  state.identities.push(claim(ctx, sourceRow('soggetti.csv', s.riga), from, null, present));
}

function civilStatusClaims(ctx: ClaimContext, b: EntryBundle, state: EntryState): void {
  const s = b.soggetto;
  let open = false;
  for (const r of b.stati_civili) {
    const present = r.al === null;
    open ||= present;
    // The open row is the present: soggetti.csv speaks of the spouse first (SIP-133 does not compare spouses).
    state.civilStatuses.push(
      claim(ctx, sourceRow('stati_civili.csv', r.riga), r.dal, r.al, {
        stato_civile: r.stato_civile,
        id_coniuge: present ? (s.id_coniuge ?? r.id_coniuge) : r.id_coniuge,
        cf_coniuge: present ? (s.cf_coniuge ?? r.cf_coniuge) : r.cf_coniuge,
        atto: r.atto,
      }),
    );
  }
  if (open) return;
  const from =
    s.stato_civile_dal ?? b.contradicted.stato_civile ?? latestEnd(b.stati_civili) ?? s.iscritto_dal;
  state.civilStatuses.push(
    claim(ctx, sourceRow('soggetti.csv', s.riga), from, null, {
      stato_civile: s.stato_civile,
      id_coniuge: s.id_coniuge,
      cf_coniuge: s.cf_coniuge,
      atto: null,
    }),
  );
}

function citizenshipClaims(ctx: ClaimContext, b: EntryBundle, state: EntryState): void {
  const s = b.soggetto;
  let open = false;
  for (const r of b.cittadinanze) {
    open ||= r.al === null;
    state.citizenships.push(
      claim(ctx, sourceRow('cittadinanze.csv', r.riga), r.dal, r.al, {
        stato: r.stato,
        altra: r.al === null ? s.altra_cittadinanza : null,
      }),
    );
  }
  if (open) return;
  const from =
    s.cittadinanza_dal ?? b.contradicted.cittadinanza ?? latestEnd(b.cittadinanze) ?? s.iscritto_dal;
  state.citizenships.push(
    claim(ctx, sourceRow('soggetti.csv', s.riga), from, null, {
      stato: s.cittadinanza,
      altra: s.altra_cittadinanza,
    }),
  );
}

/** The household whose address the subject has now, or had last: of the open membership, else of the latest. */
function presentMembership(legami: readonly LegameRecord[]): LegameRecord | undefined {
  let found: LegameRecord | undefined;
  for (const l of legami) {
    if (l.al === null) return l;
    if (found === undefined || firstDay(l.dal) >= firstDay(found.dal)) found = l;
  }
  return found;
}

function dwellingClaims(
  ctx: ClaimContext,
  b: EntryBundle,
  households: HouseholdLookup,
  state: EntryState,
): void {
  const s = b.soggetto;
  const legame = presentMembership(b.legami);
  const home = legame === undefined ? undefined : households.get(legame.kind, legame.id_household);
  const homeId = home === undefined ? null : ctx.householdId(home);
  let open = false;
  for (const r of b.residenze) {
    const present = r.al === null;
    open ||= present;
    // An open dwelling is the family's address, or it would have been set aside (SIP-133): it follows the family.
    const follows = present && s.posizione === 'RESIDENTE' ? homeId : null;
    state.dwellings.push(
      claim(ctx, sourceRow('residenze.csv', r.riga), r.dal, r.al, {
        follows,
        address: follows === null ? r.indirizzo : null,
      }),
    );
  }
  // Somebody who left and has a history of dwellings needs no other; a resident always has the family's address.
  if (home === undefined || open) return;
  if (s.posizione !== 'RESIDENTE' && state.dwellings.length > 0) return;
  const from = b.contradicted.residenza ?? latestEnd(b.residenze) ?? s.iscritto_dal;
  state.dwellings.push(
    claim(ctx, sourceRow(householdFile(home.kind), home.riga), from, null, {
      follows: homeId,
      address: null,
    }),
  );
}

function membershipClaims(
  ctx: ClaimContext,
  b: EntryBundle,
  households: HouseholdLookup,
  state: EntryState,
): void {
  for (const l of b.legami) {
    const household = households.get(l.kind, l.id_household);
    if (household === undefined) continue;
    state.memberships.push(
      claim(ctx, sourceRow('legami.csv', l.riga), l.dal, l.al, {
        householdId: ctx.householdId(household),
        progressivo: l.progressivo,
        relazione: l.relazione,
      }),
    );
  }
}

/** Facts that the row of soggetti.csv alone gives, and that hold from the registration on. */
function plainClaims(ctx: ClaimContext, s: SoggettoRecord, state: EntryState): void {
  const source = sourceRow('soggetti.csv', s.riga);
  const since = <T>(value: T): Claim<T> => claim(ctx, source, s.iscritto_dal, null, value);
  if (s.id_padre !== null || s.cf_padre !== null || s.id_madre !== null || s.cf_madre !== null)
    state.parents.push(
      since({ id_padre: s.id_padre, cf_padre: s.cf_padre, id_madre: s.id_madre, cf_madre: s.cf_madre }),
    );
  if (s.documento_numero !== null || s.documento_tipo !== null || s.documento_rilascio !== null)
    state.documents.push(
      claim(ctx, source, s.documento_rilascio ?? s.iscritto_dal, null, {
        rilascio: s.documento_rilascio,
        scadenza: s.documento_scadenza,
        tipo: s.documento_tipo,
        numero: s.documento_numero,
      }),
    );
  if (s.soggiorno_tipo !== null || s.soggiorno_scadenza !== null)
    state.permits.push(since({ scadenza: s.soggiorno_scadenza, tipo: s.soggiorno_tipo }));
  if (
    s.titolo_studio !== null ||
    s.posizione_professionale !== null ||
    s.condizione_non_professionale !== null
  )
    state.declarations.push(
      since({
        titolo_studio: s.titolo_studio,
        posizione_professionale: s.posizione_professionale,
        condizione_non_professionale: s.condizione_non_professionale,
      }),
    );
  if (s.riservatezza) state.protections.push(since({ protetto: true }));
  if (s.data_morte !== null)
    state.deaths.push(
      claim(ctx, source, s.data_morte, null, { comune_morte: s.comune_morte, stato_morte: s.stato_morte }),
    );
}

/** Everything that one subject of a full supply claims. */
export function entryClaims(ctx: ClaimContext, b: EntryBundle, households: HouseholdLookup): EntryState {
  const state = emptyEntry(ctx.entryId(b.soggetto), ctx.comune, b.soggetto.id_soggetto, ctx.eventId);
  registrationClaims(ctx, b, state);
  identityClaims(ctx, b, state);
  civilStatusClaims(ctx, b, state);
  citizenshipClaims(ctx, b, state);
  dwellingClaims(ctx, b, households, state);
  membershipClaims(ctx, b, households, state);
  plainClaims(ctx, b.soggetto, state);
  return state;
}

/** Everything that one household of a full supply claims. */
export function householdClaims(ctx: ClaimContext, h: HouseholdRecord): HouseholdState {
  const source = sourceRow(householdFile(h.kind), h.riga);
  return {
    householdId: ctx.householdId(h),
    comune: ctx.comune,
    kind: h.kind,
    idHousehold: h.id,
    eventId: ctx.eventId,
    attributes: [
      claim(ctx, source, h.dal, h.al, {
        motivo: h.motivo,
        denominazione: h.denominazione,
        id_intestatario: h.id_intestatario,
      }),
    ],
    addresses: [claim(ctx, source, h.dal, h.al, h.indirizzo)],
  };
}
