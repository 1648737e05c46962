/**
 * What a full supply says of one subject, as facts in valid time (tracciato.md 2; registry.md). Pure: rows in, rows out.
 *
 * Where a history has no row for the subject each fact is one spell from `iscritto_dal`, or from its own `_dal`;
 * where it has, its rows are the spells, and the present stands in the open one or after the last.
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../kernel/day.ts';
import { civicoKey, nameKey, streetKey } from '../kernel/text-keys.ts';
import type {
  AddressRecord,
  EntryBundle,
  HouseholdLookup,
  HouseholdRecord,
  LegameRecord,
  SoggettoRecord,
} from './records.ts';
import { sourceRow } from './source-row.ts';
import { type Cell, OPEN, type RowSink } from './tables.ts';
import { type Assertion, earlierEnd, layOut, type Spell } from './timeline.ts';

/** Numbers given to the supply before its rows are known (reserved in blocks). */
export interface FactContext {
  readonly comune: string;
  readonly eventId: number;
  /** entry_id = entryBase + row of soggetti.csv. */
  readonly entryId: (soggetto: SoggettoRecord) => number;
  readonly householdId: (household: HouseholdRecord) => number;
}

/** A date's partial form, kept beside its first day; null for a whole day. */
const partialText = (date: PartialDate | null): string | null =>
  date === null || date.length === 10 ? null : date;
const start = (date: PartialDate): Day => firstDay(date);
const end = (date: PartialDate | null): string => (date === null ? OPEN : firstDay(date));

/** The key of a parent: the register's number where given, else the codice fiscale. */
export function parentKey(comune: string, id: string | null, cf: string | null): string | null {
  return id !== null ? `${comune}:${id}` : cf;
}

function addressCells(a: AddressRecord): Cell[] {
  return [
    a.specie,
    a.toponimo,
    a.civico,
    a.esponente,
    a.scala,
    a.piano,
    a.interno,
    a.cap,
    a.frazione,
    a.sezione,
    a.lat,
    a.lon,
    a.senza_fissa_dimora,
  ];
}

/** Street and number as they are searched: "VIA EMILIA" and "12/A" (services.md, Lookup). */
export function addressKeys(a: AddressRecord): readonly [street: string, civico: string] {
  return [
    streetKey(`${a.specie ?? ''} ${a.toponimo ?? ''}`.trim()),
    civicoKey(a.esponente === null ? (a.civico ?? '') : `${a.civico ?? ''}/${a.esponente}`),
  ];
}

interface Registration {
  readonly from: PartialDate;
  readonly to: PartialDate | null;
}

/** The end of the registration that covers `from`, else of the first one: what a dwelling cannot outlive. */
function registrationBound(registrations: readonly Registration[]): (from: Day) => PartialDate | null {
  return (from) => {
    let found = registrations[0]!;
    for (const r of registrations) if (start(r.from) <= from) found = r;
    return found.to;
  };
}

/** The day on which the last registration ended, or null while it lasts. */
function lastEnd(s: SoggettoRecord): PartialDate | null {
  return s.posizione === 'RESIDENTE' ? null : earlierEnd(s.data_morte, s.cancellato_dal);
}

function registrationFacts(ctx: FactContext, b: EntryBundle, entryId: number, out: RowSink): Registration[] {
  const spells: Registration[] = [];
  for (const i of b.iscrizioni) {
    out('registrations', [
      entryId,
      start(i.dal),
      end(i.al),
      ctx.eventId,
      sourceRow('iscrizioni.csv', i.riga),
      ctx.comune,
      i.motivo_iscrizione,
      i.comune_provenienza,
      i.stato_provenienza,
      i.motivo_cancellazione,
      i.comune_destinazione,
      i.stato_destinazione,
      ctx.eventId,
      partialText(i.dal),
      partialText(i.al),
    ]);
    spells.push({ from: i.dal, to: i.al });
  }
  const s = b.soggetto;
  const stop = lastEnd(s);
  const to = stop !== null && start(stop) < start(s.iscritto_dal) ? s.iscritto_dal : stop;
  out('registrations', [
    entryId,
    start(s.iscritto_dal),
    end(to),
    ctx.eventId,
    sourceRow('soggetti.csv', s.riga),
    ctx.comune,
    s.motivo_iscrizione,
    s.comune_provenienza,
    s.stato_provenienza,
    to === null ? null : (s.motivo_cancellazione ?? (s.posizione === 'DECEDUTO' ? '1' : null)),
    s.comune_destinazione,
    s.stato_destinazione,
    to === null ? null : ctx.eventId,
    partialText(s.iscritto_dal),
    partialText(to),
  ]);
  spells.push({ from: s.iscritto_dal, to });
  return spells.sort((x, y) => (start(x.from) < start(y.from) ? -1 : 1));
}

interface IdentityValue {
  readonly codice_fiscale: string | null;
  readonly validita_cf: string | null;
  readonly cognome: string | null;
  readonly nome: string | null;
  readonly sesso: string;
  readonly motivo: string | null;
  readonly sealed: boolean;
  readonly source: number;
}

/** The latest stated end of a history, by first day. */
function latestEnd(rows: readonly { readonly al: PartialDate | null }[]): PartialDate | null {
  let latest: PartialDate | null = null;
  for (const { al } of rows) if (al !== null && (latest === null || start(al) > start(latest))) latest = al;
  return latest;
}

function identityFacts(ctx: FactContext, b: EntryBundle, entryId: number, out: RowSink): void {
  const s = b.soggetto;
  const present: Assertion<IdentityValue> = {
    from: latestEnd(b.generalita) ?? s.iscritto_dal,
    statedTo: null,
    value: {
      codice_fiscale: s.codice_fiscale,
      validita_cf: s.validita_cf,
      cognome: s.cognome,
      nome: s.nome,
      sesso: s.sesso,
      motivo: null,
      sealed: false,
      source: sourceRow('soggetti.csv', s.riga),
    },
  };
  const spells =
    b.generalita.length === 0
      ? [{ ...present, to: null }]
      : layOut<IdentityValue>([
          ...b.generalita.map((g) => ({
            from: g.dal,
            statedTo: g.al,
            value: {
              codice_fiscale: g.codice_fiscale ?? s.codice_fiscale,
              validita_cf: g.codice_fiscale === null ? s.validita_cf : null,
              cognome: g.cognome ?? s.cognome,
              nome: g.nome ?? s.nome,
              sesso: g.sesso ?? s.sesso,
              motivo: g.motivo,
              sealed: g.motivo === 'ADOZIONE' || g.motivo === 'SESSO',
              source: sourceRow('generalita.csv', g.riga),
            },
          })),
          present,
        ]);
  const keys = new Set<string>();
  for (const spell of spells) {
    const v = spell.value;
    out('identities', [
      entryId,
      start(spell.from),
      end(spell.to),
      ctx.eventId,
      v.source,
      firstDay(s.data_nascita),
      lastDay(s.data_nascita),
      spell.statedTo === null ? null : start(spell.statedTo),
      v.sesso,
      s.data_nascita,
      v.codice_fiscale,
      v.validita_cf,
      v.cognome,
      v.nome,
      nameKey(v.cognome ?? ''),
      nameKey(v.nome ?? ''),
      s.comune_nascita,
      s.stato_nascita,
      s.localita_nascita,
      s.atto_nascita,
      v.motivo,
      v.sealed,
      partialText(spell.from),
      partialText(spell.to),
    ]);
    // A sealed identity is found by no search (registry.md, Sealed), so its code is no key.
    if (v.codice_fiscale !== null && !v.sealed) keys.add(v.codice_fiscale);
  }
  for (const key of keys) out('person_keys', [key, entryId]);
}

function civilStatusFacts(ctx: FactContext, b: EntryBundle, entryId: number, out: RowSink): void {
  const s = b.soggetto;
  const open = b.stati_civili.find((r) => r.al === null);
  const assertions: Assertion<readonly Cell[]>[] = b.stati_civili.map((r) => ({
    from: r.dal,
    statedTo: r.al,
    value: [
      sourceRow('stati_civili.csv', r.riga),
      r.stato_civile,
      r === open ? (s.id_coniuge ?? r.id_coniuge) : r.id_coniuge,
      r === open ? (s.cf_coniuge ?? r.cf_coniuge) : r.cf_coniuge,
      r.atto,
    ],
  }));
  if (open === undefined)
    assertions.push({
      from: s.stato_civile_dal ?? b.contradicted.stato_civile ?? latestEnd(b.stati_civili) ?? s.iscritto_dal,
      statedTo: null,
      value: [sourceRow('soggetti.csv', s.riga), s.stato_civile, s.id_coniuge, s.cf_coniuge, null],
    });
  for (const spell of layOut(assertions, () => s.data_morte)) {
    const [source, ...value] = spell.value;
    out('civil_statuses', [
      entryId,
      ...times(ctx, spell, source!),
      stated(spell),
      ...value,
      ...partials(spell),
    ]);
  }
}

function citizenshipFacts(ctx: FactContext, b: EntryBundle, entryId: number, out: RowSink): void {
  const s = b.soggetto;
  const open = b.cittadinanze.find((r) => r.al === null);
  const assertions: Assertion<readonly Cell[]>[] = b.cittadinanze.map((r) => ({
    from: r.dal,
    statedTo: r.al,
    value: [sourceRow('cittadinanze.csv', r.riga), r.stato, r === open ? s.altra_cittadinanza : null],
  }));
  if (open === undefined)
    assertions.push({
      from: s.cittadinanza_dal ?? b.contradicted.cittadinanza ?? latestEnd(b.cittadinanze) ?? s.iscritto_dal,
      statedTo: null,
      value: [sourceRow('soggetti.csv', s.riga), s.cittadinanza, s.altra_cittadinanza],
    });
  for (const spell of layOut(assertions, () => s.data_morte)) {
    const [source, ...value] = spell.value;
    out('citizenships', [
      entryId,
      ...times(ctx, spell, source!),
      stated(spell),
      ...value,
      ...partials(spell),
    ]);
  }
}

const times = (ctx: FactContext, spell: Spell<unknown>, source: Cell): Cell[] => [
  start(spell.from),
  end(spell.to),
  ctx.eventId,
  source,
];
const stated = (spell: Spell<unknown>): Cell => (spell.statedTo === null ? null : start(spell.statedTo));
const partials = (spell: Spell<unknown>): Cell[] => [partialText(spell.from), partialText(spell.to)];

/** The household whose address the subject has now, or had last: of the open membership, else of the latest. */
function presentMembership(legami: readonly LegameRecord[]): LegameRecord | undefined {
  let found: LegameRecord | undefined;
  for (const l of legami) {
    if (l.al === null) return l;
    if (found === undefined || start(l.dal) >= start(found.dal)) found = l;
  }
  return found;
}

function dwellingFacts(
  ctx: FactContext,
  b: EntryBundle,
  entryId: number,
  households: HouseholdLookup,
  bound: (from: Day) => PartialDate | null,
  out: RowSink,
): void {
  const s = b.soggetto;
  const assertions: Assertion<{ source: number; address: AddressRecord }>[] = b.residenze.map((r) => ({
    from: r.dal,
    statedTo: r.al,
    value: { source: sourceRow('residenze.csv', r.riga), address: r.indirizzo },
  }));
  const open = b.residenze.some((r) => r.al === null);
  const legame = presentMembership(b.legami);
  const home = legame === undefined ? undefined : households.get(legame.kind, legame.id_household);
  // Somebody who left and has a history of dwellings needs no other; a resident always has the family's address.
  if (home !== undefined && !open && (s.posizione === 'RESIDENTE' || assertions.length === 0))
    assertions.push({
      from: b.contradicted.residenza ?? latestEnd(b.residenze) ?? s.iscritto_dal,
      statedTo: null,
      value: {
        source: sourceRow(home.kind === 'famiglia' ? 'famiglie.csv' : 'convivenze.csv', home.riga),
        address: home.indirizzo,
      },
    });
  for (const spell of layOut(assertions, bound)) {
    const { source, address } = spell.value;
    const [street, civico] = addressKeys(address);
    out('dwellings', [
      entryId,
      ...times(ctx, spell, source),
      stated(spell),
      ctx.comune,
      street,
      civico,
      ...addressCells(address),
      ...partials(spell),
    ]);
  }
}

function membershipFacts(
  ctx: FactContext,
  b: EntryBundle,
  entryId: number,
  households: HouseholdLookup,
  bound: (from: Day) => PartialDate | null,
  out: RowSink,
): void {
  const known = b.legami.flatMap((l) => {
    const household = households.get(l.kind, l.id_household);
    return household === undefined ? [] : [{ l, household }];
  });
  const spells = layOut(
    known.map(({ l, household }) => ({ from: l.dal, statedTo: l.al, value: { l, household } })),
    bound,
  );
  const joined = new Set<number>();
  for (const spell of spells) {
    const { l, household } = spell.value;
    const householdId = ctx.householdId(household);
    out('memberships', [
      entryId,
      ...times(ctx, spell, sourceRow('legami.csv', l.riga)),
      householdId,
      l.progressivo,
      stated(spell),
      l.relazione,
      ...partials(spell),
    ]);
    if (!joined.has(householdId)) {
      joined.add(householdId);
      out('household_members', [householdId, entryId]);
    }
  }
}

/** Facts of one kind each, that the present row alone gives and that hold from the registration on. */
function plainFacts(ctx: FactContext, s: SoggettoRecord, entryId: number, out: RowSink): void {
  const source = sourceRow('soggetti.csv', s.riga);
  const since: Cell[] = [entryId, start(s.iscritto_dal), OPEN, ctx.eventId, source];
  if (s.id_padre !== null || s.cf_padre !== null || s.id_madre !== null || s.cf_madre !== null)
    out('parents', [
      ...since,
      s.id_padre,
      s.cf_padre,
      s.id_madre,
      s.cf_madre,
      parentKey(ctx.comune, s.id_padre, s.cf_padre),
      parentKey(ctx.comune, s.id_madre, s.cf_madre),
    ]);
  if (s.documento_numero !== null || s.documento_tipo !== null)
    out('documents', [
      entryId,
      s.documento_rilascio ?? start(s.iscritto_dal),
      OPEN,
      ctx.eventId,
      source,
      s.documento_rilascio,
      s.documento_scadenza,
      s.documento_tipo,
      s.documento_numero,
    ]);
  if (s.soggiorno_tipo !== null || s.soggiorno_scadenza !== null)
    out('permits', [...since, s.soggiorno_scadenza, s.soggiorno_tipo]);
  if (
    s.titolo_studio !== null ||
    s.posizione_professionale !== null ||
    s.condizione_non_professionale !== null
  )
    out('declarations', [
      ...since,
      s.titolo_studio,
      s.posizione_professionale,
      s.condizione_non_professionale,
    ]);
  if (s.riservatezza) out('protections', [...since, true]);
  if (s.data_morte !== null)
    out('deaths', [
      entryId,
      start(s.data_morte),
      OPEN,
      ctx.eventId,
      source,
      s.comune_morte,
      s.stato_morte,
      partialText(s.data_morte),
      null,
    ]);
}

/** Every row that a subject of a first full supply brings into the register. */
export function entryFacts(
  ctx: FactContext,
  b: EntryBundle,
  households: HouseholdLookup,
  out: RowSink,
): void {
  const s = b.soggetto;
  const entryId = ctx.entryId(s);
  out('entries', [entryId, ctx.comune, s.id_soggetto, ctx.eventId]);
  out('register_numbers', [ctx.comune, s.id_soggetto, entryId]);
  const registrations = registrationFacts(ctx, b, entryId, out);
  const bound = registrationBound(registrations);
  identityFacts(ctx, b, entryId, out);
  civilStatusFacts(ctx, b, entryId, out);
  citizenshipFacts(ctx, b, entryId, out);
  dwellingFacts(ctx, b, entryId, households, bound, out);
  membershipFacts(ctx, b, entryId, households, bound, out);
  plainFacts(ctx, s, entryId, out);
}

/** Every row that a household of a first full supply brings. */
export function householdFacts(ctx: FactContext, h: HouseholdRecord, out: RowSink): void {
  const householdId = ctx.householdId(h);
  const source = sourceRow(h.kind === 'famiglia' ? 'famiglie.csv' : 'convivenze.csv', h.riga);
  const life: Cell[] = [
    householdId,
    start(h.dal),
    end(h.al),
    ctx.eventId,
    source,
    h.al === null ? null : start(h.al),
  ];
  out('household_numbers', [ctx.comune, h.kind, h.id, householdId]);
  out('households', [
    ...life,
    ctx.comune,
    h.kind,
    h.id,
    h.motivo,
    h.denominazione,
    h.id_intestatario,
    partialText(h.dal),
    partialText(h.al),
  ]);
  out('household_addresses', [...life, ...addressCells(h.indirizzo), partialText(h.dal), partialText(h.al)]);
}
