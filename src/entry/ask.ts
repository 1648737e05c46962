/** What the commands that ask the register have in common: the context, the two times, the key, JSON or words. */
import { romeDay } from '../kernel/day.ts';
import type { When } from '../registry/answers/ask-person.ts';
import { AmbiguousPerson, type Candidate } from '../registry/answers/find-person.ts';
import { type KnownAt, knownAtWords } from '../registry/answers/known-at.ts';
import { type PersonKey, parsePersonKey } from '../registry/answers/person-key.ts';
import { audited, type Question } from './audited.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';
import type { Labels } from './labels.ts';
import { type AskOptions, usageError } from './options.ts';
import { table } from './table.ts';

/** The key of a person, from the words of a command. @throws AppError usage */
export function personKeyOption(command: string, options: AskOptions): PersonKey {
  const key = parsePersonKey(options.words);
  if (key !== null) return key;
  throw usageError(
    command,
    'indicare la persona: codice fiscale, P e identificativo provinciale, COMUNE:ID_SOGGETTO, oppure COGNOME NOME [NASCITA] (cognomi di più parole tra virgolette)',
    'name the person: codice fiscale, P and provincial identifier, COMUNE:ID_SOGGETTO, or SURNAME NAME [BIRTH DATE] (surnames of several words in quotes)',
  );
}

/** The ISTAT code of a comune named on the command line. @throws AppError usage */
export function comuneOption(labels: Labels, command: string, text: string): string {
  const code = labels.comuneCode(text);
  if (code !== null) return code;
  const near = labels.comuniLike(text);
  throw usageError(
    command,
    `nessun comune «${text}»: ${near.length === 0 ? 'scrivere il nome intero di oggi o il codice ISTAT di 6 cifre' : `forse ${near.join(', ')}`}`,
    `no comune "${text}": ${near.length === 0 ? 'write its whole name of today or its 6-digit ISTAT code' : `perhaps ${near.join(', ')}`}`,
  );
}

function showCandidates(context: CommandContext, candidates: readonly Candidate[]): void {
  context.out.write(
    table(
      candidates,
      [
        { title: 'persona', text: (c) => c.persona },
        { title: 'codice fiscale', text: (c) => c.codice_fiscale },
        { title: 'cognome e nome', text: (c) => [c.cognome, c.nome].filter(Boolean).join(' ') },
        { title: 'nascita', text: (c) => c.data_nascita },
        { title: 'schede', text: (c) => c.schede.join(' ') },
      ],
      context.out,
    ),
  );
}

/** Persons that cannot be told apart are shown too, and are whom the answer is about. */
type Asked<A> = { readonly answered: A } | { readonly ambiguous: AmbiguousPerson };

async function orCandidates<A>(ask: () => Promise<A>): Promise<Asked<A>> {
  try {
    return { answered: await ask() };
  } catch (error) {
    if (error instanceof AmbiguousPerson) return { ambiguous: error };
    throw error;
  }
}

/** Whom the key of a question names by their own number. */
export const soughtOf = (key: PersonKey): string[] => (key.kind === 'provincial' ? [`P${key.entryId}`] : []);

/**
 * Asks, and writes the answer as JSON or as words, once its leaf is durable (audited.ts). Of persons that cannot be told apart, the
 * list: exit status 1.
 * @param show writes the answer in words
 */
export async function answer<A>(
  context: CommandContext,
  options: AskOptions,
  ask: (app: AppContext, when: When) => Promise<A>,
  question: Question<A>,
  show: (answered: A, when: When) => void,
): Promise<number> {
  const app = await openContext(context);
  try {
    const when = { al: options.al ?? romeDay(app.now()), notoAl: options.notoAl };
    const subjects = (asked: Asked<A>) =>
      'answered' in asked
        ? question.subjects(asked.answered)
        : asked.ambiguous.candidates.map((c) => c.persona);
    const asked = await audited(app, options, { ...question, subjects }, () =>
      orCandidates(() => ask(app, when)),
    );
    if ('ambiguous' in asked) throw asked.ambiguous;
    const { answered } = asked;
    if (options.json) context.out.write(`${JSON.stringify(answered, null, 2)}\n`);
    else show(answered, when);
    return 0;
  } catch (error) {
    if (options.json || !(error instanceof AmbiguousPerson)) throw error;
    context.err.write(`sipop: ${error.italian}\n       ${error.english}\n`);
    showCandidates(context, error.candidates);
    return 1;
  } finally {
    await app.close();
  }
}

/** "al 2024-12-31, come noto al 2025-01-02T10:15:03.607300 (ora italiana)": the instant as --noto-al takes it again. */
export function whenWords(al: string | null, knownAt: KnownAt): string {
  const words = knownAtWords(knownAt);
  const known = `come noto al ${words}${words.includes('T') && !words.endsWith('Z') ? ' (ora italiana)' : ''}`;
  return al === null ? known : `al ${al}, ${known}`;
}
