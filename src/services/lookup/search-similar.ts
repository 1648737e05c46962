/** Search for similar names (services.md, Lookup): the names near those typed, who bears them, and the nearest first. */
import type { Client } from '../../platform/db/pool.ts';
import type { PersonFacts } from '../../registry/answers/facts.ts';
import { type NameKind, soughtKeys } from '../../registry/names/name-forms.ts';
import { findForms } from '../../registry/names/names.sql.ts';
import {
  type Answering,
  answering,
  answeringOf,
  loadFew,
  loadMany,
  orderOf,
  type SearchAnswer,
  type SearchRequest,
} from './answering.ts';
import { nameAsked, similarBy } from './match.ts';
import { bounds, type NamePattern, type Question } from './question.ts';
import { findPersonsByHits, type Hits, hitsByEntries } from './search.sql.ts';
import { findSimilarHits } from './similar.sql.ts';
import { likenessOf, type NearQuestion, nearNames } from './similar.ts';

/** Persons whose names are near enough to be looked at, the nearest first. */
const MOST_SIMILAR = 120;

/** The names near those of a question; null where it asks for no name, or for the beginning of one. */
export async function nearTo(db: Client, question: Question): Promise<NearQuestion | null> {
  const asked = nameAsked(question);
  if (asked === null || asked.cognome.prefix || asked.nome?.prefix === true) return null;
  const { cognome, nome } = asked;
  const as = (kind: NameKind, { typed }: NamePattern) => ({ kind, typed, keys: soughtKeys(typed) });
  const sought =
    nome === null ? [as('C', cognome)] : [as('C', cognome), as('N', nome), as('C', nome), as('N', cognome)];
  const forms = await findForms(db, sought);
  const [surnames, givens, swappedSurnames, swappedGivens] = sought.map(({ typed }, i) =>
    nearNames(typed, forms[i]!),
  );
  return {
    surnames: surnames!,
    givens: givens ?? null,
    swapped:
      swappedSurnames === undefined || swappedGivens === undefined
        ? null
        : { surnames: swappedSurnames, givens: swappedGivens },
  };
}

/** Persons of whom all that a list shows is read at once. */
const FEW = 30;

const loadNow = async (db: Client, { question, when }: SearchRequest, led: Hits) =>
  (await loadFew(db, question, led, when.al, FEW)) ??
  (await loadMany(db, question, led, when.al, MOST_SIMILAR));

/** The nearest first: whole steps of likeness, as many as the cap holds; where the first alone is more, only how many. */
export async function searchSimilar(
  db: Client,
  request: SearchRequest,
  near: NearQuestion,
): Promise<SearchAnswer> {
  const { question, when, cap } = request;
  const asked = nameAsked(question)!;
  const birth = asked.nascita === null ? null : bounds(asked.nascita);
  const comune = question.per === 'cognome_nome_comune' ? question.comune : null;
  const orders = [near, ...(near.swapped === null ? [] : [near.swapped])];
  const hits = await Promise.all(
    orders.map(({ surnames, givens }) =>
      findSimilarHits(db, {
        names: { surnames: [...surnames.keys()], givens: givens === null ? null : [...givens.keys()] },
        birth,
        comune,
        notoAl: when.notoAl,
      }),
    ),
  );
  const scores = new Map<number, number>();
  for (const hit of hits.flat()) {
    const score = likenessOf(hit, near)?.score ?? 0;
    if (score > (scores.get(hit.entry_id) ?? 0)) scores.set(hit.entry_id, score);
  }
  const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_SIMILAR);
  const led = hitsByEntries(best.map(([id]) => id));
  const by = (person: PersonFacts) => similarBy(question, person, when.al, near);
  const found =
    when.notoAl === null
      ? await answeringOf(db, request, await loadNow(db, request, led), by)
      : await answering(db, request, await findPersonsByHits(db, led, when.notoAl, MOST_SIMILAR), by);
  const steps = [...Map.groupBy(found.persons, ({ answers }) => answers.level ?? 0)].sort(
    (a, b) => a[0] - b[0],
  );
  const shown: Answering[] = [];
  for (const [, step] of steps) {
    if (shown.length + step.length > cap) break;
    shown.push(...step);
  }
  const numero = found.persons.length;
  const passi = steps[0]?.[0] ?? 0;
  const almeno = scores.size > MOST_SIMILAR;
  if (numero > 0 && shown.length === 0)
    return { noto_al: found.noto_al, numero, almeno, meno_simili: 0, passi, persone: null };
  const lines = await found.list(shown);
  const ranked = lines.map((line, i) => ({ line, answers: shown[i]!.answers }));
  const inOrder = orderOf(request);
  ranked.sort(
    (a, b) =>
      (a.answers.level ?? 0) - (b.answers.level ?? 0) ||
      (b.answers.score ?? 0) - (a.answers.score ?? 0) ||
      inOrder(a.line, b.line),
  );
  return {
    noto_al: found.noto_al,
    numero,
    almeno,
    meno_simili: numero - shown.length,
    passi,
    persone: ranked.map(({ line }) => line),
  };
}

/** Of what several readings of one text found, that with the nearest persons; the first of those alike, and of none. */
export function nearest<A extends SearchAnswer>(answers: readonly A[]): A | undefined {
  const steps = ({ numero, passi }: SearchAnswer): number =>
    numero === 0 ? Number.MAX_SAFE_INTEGER : (passi ?? 0);
  return answers.toSorted((a, b) => steps(a) - steps(b))[0];
}
