/** What the commands that ask the register have in common: the context, the two times, the key, JSON or words. */
import { AppError } from '../kernel/app-error.ts';
import { romeDay } from '../kernel/day.ts';
import type { When } from '../registry/answers/ask-person.ts';
import { AmbiguousPerson, type Candidate } from '../registry/answers/find-person.ts';
import type { KnownAt } from '../registry/answers/known-at.ts';
import { type PersonKey, parsePersonKey } from '../registry/answers/person-key.ts';
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
  const hint = near.length === 0 ? '' : `; forse / perhaps: ${near.join(', ')}`;
  throw usageError(command, `nessun comune «${text}»${hint}`, `no comune "${text}"`);
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

/** JSON of an expected refusal, for programs. */
function refusalJson(error: AppError): string {
  const candidati = error instanceof AmbiguousPerson ? { candidati: error.candidates } : {};
  return `${JSON.stringify({ errore: error.code, messaggio: error.italian, message: error.english, ...candidati }, null, 2)}\n`;
}

/**
 * Asks, and writes the answer as JSON or as words. Unknown and ambiguous are answers too: exit status 1.
 * @param show writes the answer in words
 */
export async function answer<A>(
  context: CommandContext,
  options: AskOptions,
  ask: (app: AppContext, when: When) => Promise<A>,
  show: (answered: A, when: When) => void,
): Promise<number> {
  const app = await openContext(context);
  try {
    const when = { al: options.al ?? romeDay(app.now()), notoAl: options.notoAl };
    const answered = await ask(app, when);
    if (options.json) context.out.write(`${JSON.stringify(answered, null, 2)}\n`);
    else show(answered, when);
    return 0;
  } catch (error) {
    const expected = error instanceof AppError && (error.code === 'not-found' || error.code === 'ambiguous');
    if (!expected || (!options.json && !(error instanceof AmbiguousPerson))) throw error;
    if (options.json) context.out.write(refusalJson(error));
    else if (error instanceof AmbiguousPerson) {
      context.err.write(`sipop: ${error.italian}\n       ${error.english}\n`);
      showCandidates(context, error.candidates);
    }
    return 1;
  } finally {
    await app.close();
  }
}

/** "al 2024-12-31, come noto al 2025-01-02 09:15:03 UTC". */
export function whenWords(al: string | null, knownAt: KnownAt): string {
  const known = `come noto a ${knownAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}`;
  return al === null ? known : `al ${al}, ${known}`;
}
