/** Everything that the facts of one person ask for (registry.md, Reconciliation between comuni). Pure. */

import { areTwoForms, isOmocodic } from '../../kernel/codice-fiscale.ts';
import { firstDay } from '../../kernel/day.ts';
import type { EntryFacts, IdentityFact } from '../answers/facts.ts';
import { contradictions } from './contradictions.ts';
import type { WantedFinding } from './finding.ts';
import { moveFindings } from './moves.ts';
import { spouseFindings } from './spouses.ts';
import { type Concerned, later, type World } from './world.ts';

/** The registers in which an open registration does not hold: the person is resident later elsewhere, or died elsewhere. */
export function headsElsewhere({ entries, open }: Concerned): readonly (readonly [EntryFacts, EntryFacts])[] {
  return entries.flatMap((e) => {
    if (!e.registrations.some((r) => r.to === null)) return [];
    const died = entries.find((other) => other.comune !== e.comune && other.deaths.length > 0);
    const elsewhere = died ?? (open.double.includes(e) ? open.current : null);
    return elsewhere === null || elsewhere.comune === e.comune ? [] : [[e, elsewhere] as const];
  });
}

/** A family whose intestatario lives, or died, in another comune: only the two registers together show that nobody heads it. */
function headFindings(person: Concerned, world: World): WantedFinding[] {
  return headsElsewhere(person).flatMap(([entry, elsewhere]): WantedFinding[] => {
    const family = world.headedBy(entry.entryId);
    if (family === undefined) return [];
    const death = elsewhere.deaths[0];
    const since = death?.from ?? elsewhere.registrations.find((r) => r.to === null)?.from;
    if (since === undefined) return [];
    return [
      {
        kind: 'INTESTATARIO_ALTROVE',
        entryId: entry.entryId,
        otherEntryId: elsewhere.entryId,
        owner: entry.comune,
        other: elsewhere.comune,
        about: firstDay(since),
        waitsFrom: null,
        eventId: family.eventId,
        detail: {
          id_famiglia: family.idFamiglia,
          ...(death === undefined ? { iscritto_dal: since } : { data_morte: since }),
        },
      },
    ];
  });
}

/**
 * EA036 across registers: omocodic codes belong to different people, so the bearer of the base form must be another one;
 * its comune looks whether the code is still the right one.
 */
function omocodicFindings({ entries }: Concerned, world: World): WantedFinding[] {
  return entries.flatMap((entry) => {
    const forms = world.otherForms(entry.entryId);
    if (forms === undefined) return [];
    const { base } = forms;
    return forms.omocodic.map(
      (form): WantedFinding => ({
        kind: 'CODICE_OMOCODICO',
        entryId: entry.entryId,
        otherEntryId: form.entryId,
        owner: entry.comune,
        other: form.comune,
        about: later(base.since, form.since),
        waitsFrom: null,
        eventId: base.eventId,
        detail: { codice_fiscale: base.code, altra_forma: form.code },
      }),
    );
  });
}

/** What an entry says at present of a code that is validated; undefined: nothing, or what is sealed. */
const presentCode = (e: EntryFacts): (IdentityFact & { readonly codice_fiscale: string }) | undefined =>
  e.identities.find(
    (f): f is IdentityFact & { readonly codice_fiscale: string } =>
      f.to === null && !f.sealed && f.validita_cf === '1' && f.codice_fiscale !== null,
  );

/**
 * Two validated forms of one code on entries that operators joined: a supply brought one of them after the decision, which stands
 * until it is looked at again (docs/adr/0015). The comune of the base form, or of the form that came first, looks whether its own is still right.
 */
function joinedForms({ entries }: Concerned): WantedFinding[] {
  return entries.flatMap((e, i) =>
    entries.slice(i + 1).flatMap((f): WantedFinding[] => {
      const [x, y] = [presentCode(e), presentCode(f)];
      if (x === undefined || y === undefined || !areTwoForms(x.codice_fiscale, y.codice_fiscale)) return [];
      const isFirst = isOmocodic(x.codice_fiscale)
        ? isOmocodic(y.codice_fiscale) && (x.from < y.from || (x.from === y.from && e.entryId < f.entryId))
        : true;
      const [mine, theirs, own, other] = isFirst ? [e, f, x, y] : [f, e, y, x];
      return [
        {
          kind: 'CODICE_OMOCODICO',
          entryId: mine.entryId,
          otherEntryId: theirs.entryId,
          owner: mine.comune,
          other: theirs.comune,
          about: later(firstDay(x.from), firstDay(y.from)),
          waitsFrom: null,
          eventId: own.eventId,
          detail: {
            codice_fiscale: own.codice_fiscale,
            altra_forma: other.codice_fiscale,
            scheda: mine.idSoggetto,
            altra_scheda: theirs.idSoggetto,
          },
        },
      ];
    }),
  );
}

export function findingsOf(person: Concerned, world: World): WantedFinding[] {
  return [
    ...moveFindings(person, world.evidence),
    ...headFindings(person, world),
    ...spouseFindings(person, world),
    ...contradictions(person, world),
    ...omocodicFindings(person, world),
    ...joinedForms(person),
  ];
}
