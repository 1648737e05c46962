/**
 * The quality of search (issue 6, "Shown by"): of persons who alone answer to their exact data, the data mistyped; the right person must come first among
 * the similar ones, and nothing that exact search lists may bear another name than the one typed, unmarked.
 */
import type { Day } from '../../src/kernel/day.ts';
import { nameKey } from '../../src/kernel/text-keys.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type { SearchAnswer } from '../../src/services/lookup/answering.ts';
import { QUESTION } from '../../src/services/lookup/question.ts';
import { search } from '../../src/services/lookup/search.service.ts';
import { MISTAKES, type Mistake, mistype, pickMistake, type TypedName } from './mistyped.ts';
import type { SampledPerson } from './sample.sql.ts';

/** How a person is asked for beside the name. */
type Way = 'data' | 'anno' | 'comune';

export interface Miss {
  readonly mistake: Mistake;
  readonly typed: string;
  readonly wanted: string;
  readonly got: string;
}

export interface Quality {
  readonly asked: number;
  readonly first: number;
  /** Listed by the exact search under another name than typed, without a mark. */
  readonly silentlyWrong: number;
  readonly byMistake: Readonly<Record<Mistake, { readonly asked: number; readonly first: number }>>;
  readonly misses: readonly Miss[];
}

function questionOf(name: TypedName, person: SampledPerson, way: Way) {
  const rest =
    way === 'comune'
      ? { per: 'cognome_nome_comune', comune: person.comune }
      : {
          per: 'cognome_nome_anno',
          data_nascita: way === 'data' ? person.birth_text : person.birth_text.slice(0, 4),
        };
  return QUESTION.safeParse({ ...rest, ...name });
}

const line = (found: SearchAnswer): string =>
  found.persone === null
    ? `${found.numero} persone`
    : found.persone
        .slice(0, 3)
        .map((p) => `${p.cognome} ${p.nome} ${p.data_nascita} [${p.somiglianza?.it ?? ''}]`)
        .join('; ');

/** @param persons taken at random; those who do not answer alone are passed over, until `count` have been asked for */
export async function searchQuality(
  db: Database,
  persons: readonly SampledPerson[],
  al: Day,
  count: number,
  random: () => number,
): Promise<Quality> {
  const byMistake = Object.fromEntries(
    MISTAKES.map(([mistake]) => [mistake, { asked: 0, first: 0 }]),
  ) as Record<Mistake, { asked: number; first: number }>;
  const misses: Miss[] = [];
  let [asked, first, silentlyWrong] = [0, 0, 0];
  const ask = (question: ReturnType<typeof questionOf>, simile: boolean): Promise<SearchAnswer | null> =>
    question.success
      ? search(db, {
          question: question.data,
          options: { simile, anche_passati: true },
          when: { al, notoAl: null },
          cap: 10,
        })
      : Promise.resolve(null);
  for (const person of persons) {
    if (asked >= count) break;
    const { cognome, nome } = person;
    if (cognome === null || nome === null || person.birth_text.length < 10) continue;
    const way: Way = random() < 0.6 ? 'data' : random() < 0.5 ? 'anno' : 'comune';
    const right = await ask(questionOf({ cognome, nome }, person, way), false);
    const wanted = right?.persone?.length === 1 ? right.persone[0] : undefined;
    const mistake = pickMistake(random);
    const typed = mistype(random, mistake, { cognome, nome });
    if (wanted === undefined || wanted.cognome !== cognome || typed === null) continue;
    const question = questionOf(typed, person, way);
    const found = await ask(question, true);
    if (found === null) continue;
    asked++;
    byMistake[mistake].asked++;
    if (found.persone?.[0]?.persona === wanted.persona) {
      first++;
      byMistake[mistake].first++;
    } else
      misses.push({
        mistake,
        typed: `${typed.cognome} | ${typed.nome} | ${way}`,
        wanted: `${cognome} | ${nome} | ${person.birth_text}`,
        got: line(found),
      });
    const exact = await ask(question, false);
    for (const p of exact?.persone ?? [])
      if (
        p.trovato_per === 'attuale' &&
        (nameKey(p.cognome) !== nameKey(typed.cognome) || nameKey(p.nome) !== nameKey(typed.nome))
      )
        silentlyWrong++;
  }
  return { asked, first, silentlyWrong, byMistake, misses };
}
