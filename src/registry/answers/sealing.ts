/**
 * Sealed identities (registry.md, Sealed; L. 184/1983 art. 28, L. 164/1982): no search finds them and no history shows
 * them. "A seal set in one register covers every entry of the person: an older entry that still bears the sealed
 * identity is hidden with it." Pure: facts in, the facts that may be shown out.
 */
import { firstDay } from '../../kernel/day.ts';
import {
  ENTRY_TABLES,
  type EntryFacts,
  type Fact,
  type IdentityFact,
  type ParentsFact,
  withoutShadowed,
} from './facts.ts';

/** What of an identity a seal is told by. */
export type SealableIdentity = Pick<
  IdentityFact,
  'sealed' | 'codice_fiscale' | 'surname_key' | 'given_key' | 'sesso'
>;

const nameOf = (f: SealableIdentity): string => `${f.surname_key}|${f.given_key}|${f.sesso}`;

/**
 * Tells whether an identity is sealed, or bears what a seal hides.
 * @param seals every identity that the sealing entries of the person hold now, sealed or not
 */
export function hiding(seals: readonly SealableIdentity[]): (f: SealableIdentity) => boolean {
  const shownCodes = new Set<string | null>();
  const shownNames = new Set<string>();
  for (const f of seals) {
    if (f.sealed) continue;
    shownCodes.add(f.codice_fiscale);
    shownNames.add(nameOf(f));
  }
  const codes = new Set<string>();
  const names = new Set<string>();
  for (const f of seals) {
    if (!f.sealed) continue;
    if (f.codice_fiscale !== null && !shownCodes.has(f.codice_fiscale)) codes.add(f.codice_fiscale);
    if (!shownNames.has(nameOf(f))) names.add(nameOf(f));
  }
  return (f) =>
    f.sealed || (f.codice_fiscale !== null && codes.has(f.codice_fiscale)) || names.has(nameOf(f));
}

/** Each hidden identity gives way to the next that may be shown, as if that had always been (L. 184/1983 art. 28). */
function shownIdentities(
  identities: readonly IdentityFact[],
  hidden: (f: IdentityFact) => boolean,
  fallback: IdentityFact | undefined,
): IdentityFact[] {
  const shown: IdentityFact[] = [];
  let since: IdentityFact | undefined;
  for (const f of identities) {
    if (hidden(f)) {
      since ??= f;
    } else {
      shown.push(since === undefined ? f : { ...f, from: since.from });
      since = undefined;
    }
  }
  const last = shown[shown.length - 1] ?? fallback;
  if (since !== undefined && last !== undefined) shown.push({ ...last, from: since.from, to: null });
  return shown;
}

/**
 * The day of the last adoption: that on which a former identity of generalita.csv ended, or from which an event of GENERALITA
 * holds. Null where there was none.
 */
function adoptedOn(identities: readonly IdentityFact[]): string | null {
  let adopted: string | null = null;
  for (const f of identities) {
    if (f.motivo !== 'ADOZIONE') continue;
    const at = f.sealed ? f.to : f.from;
    if (at !== null && (adopted === null || firstDay(at) > adopted)) adopted = firstDay(at);
  }
  return adopted;
}

/**
 * Parents but those that an adoption put an end to: they hold from before it, and are no longer said, or are said still by an entry
 * that knows nothing of it and bears the sealed identity. An entry that bears the new one may say its parents as of birth.
 */
function shownParents(
  entry: EntryFacts,
  hidden: (f: IdentityFact) => boolean,
  adopted: string | null,
): readonly ParentsFact[] {
  if (adopted === null) return entry.parents;
  const last = entry.identities.filter((f) => f.recordedTo === null).at(-1);
  const isOld = last !== undefined && hidden(last);
  return entry.parents.filter((p) => firstDay(p.from) >= adopted || (p.to === null && !isOld));
}

/** The same for entries that are each somebody else's; `seals` by entry. */
export function unsealedApart(
  entries: readonly EntryFacts[],
  seals: ReadonlyMap<number, readonly IdentityFact[]>,
): EntryFacts[] {
  return entries.flatMap((entry) => unsealed([entry], seals.get(entry.entryId) ?? []));
}

/**
 * The facts of one person that may be shown.
 * @param seals every identity that the sealing entries hold now, sealed or not
 */
export function unsealed(entries: readonly EntryFacts[], seals: readonly IdentityFact[]): EntryFacts[] {
  // A seal that was annulled, or corrected away, seals no more.
  const own = entries.flatMap((e) => e.identities.filter((f) => f.sealed && f.recordedTo === null));
  const anySealed = seals.length > 0 || entries.some((e) => e.identities.some((f) => f.sealed));
  if (!anySealed) return [...entries];
  const known = [...seals, ...own];
  const hidden = hiding(known);
  const fallback = seals.filter((f) => !hidden(f)).at(-1);
  const openly = entries.flatMap((e) => e.identities.filter((f) => !f.sealed && f.recordedTo === null));
  const adopted = adoptedOn([...known, ...openly]);
  return entries.map((e) => ({
    ...e,
    identities: shownIdentities(e.identities, hidden, fallback),
    parents: shownParents(e, hidden, adopted),
  }));
}

/** What may be shown of one person's entries: nothing sealed, and nothing that holds on no day. */
export function shownFacts(entries: readonly EntryFacts[], seals: readonly IdentityFact[]): EntryFacts[] {
  return unsealed(entries, seals).map((entry) => {
    const lists: Record<string, unknown> = { ...entry };
    for (const kind of ENTRY_TABLES) lists[kind] = withoutShadowed<Fact>(entry[kind]);
    return lists as unknown as EntryFacts;
  });
}
