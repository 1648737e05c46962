/** `sipop verify`: is what a citizen declares true? S, N or A, and why; never the register's own data. */
import { romeDay } from '../kernel/day.ts';
import { parsePersonKey } from '../registry/answers/person-key.ts';
import type { Declaration, NamedPerson } from '../services/verification/declaration.ts';
import { directReads } from '../services/verification/reads.ts';
import type { Verdict } from '../services/verification/verdict.ts';
import { verifyDeclarations } from '../services/verification/verify.service.ts';
import { findingWords } from '../services/verification/words.ts';
import { readWritten, readWrittenPerson, writtenPerson } from '../services/verification/written.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, type AskOptions, parseOptions, usageError } from './options.ts';
import { FILE_OPTIONS, verifyFileCommand } from './verify-file.command.ts';

const OUTCOMES: Readonly<Record<Verdict['esito'], string>> = {
  S: 'S: confermato / confirmed',
  N: 'N: non confermato / not confirmed',
  A: 'A: non determinabile / cannot be determined',
};

/** The declaration that words like `residenza comune=Carpi via="via Emilia" civico=12` make. @throws AppError usage */
function declarationOf([oggetto = '', ...pairs]: readonly string[], labels: Labels): Declaration {
  const written = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1) throw usageError('verify', `«${pair}» non è nome=valore`, `"${pair}" is not name=value`);
    const [name, text] = [pair.slice(0, at), pair.slice(at + 1)];
    return [name, name === 'comune' ? comuneOption(labels, 'verify', text) : text];
  });
  const read = readWritten(oggetto, written);
  if (read.kind === 'read') return read.declared;
  throw usageError(
    'verify',
    `dichiarazione non valida: ${read.faults.map(({ nome, it }) => `${nome}: ${it}`).join('; ')}`,
    `invalid declaration: ${read.faults.map(({ nome, en }) => `${nome}: ${en}`).join('; ')}`,
  );
}

function personOf(options: AskOptions): readonly [NamedPerson, readonly string[]] {
  const [first = '', ...rest] = options.words;
  const key = parsePersonKey([first]);
  if (key?.kind === 'code') return [{ codice_fiscale: key.codice_fiscale }, rest];
  const read = readWrittenPerson(writtenPerson(first));
  if (read.kind === 'read' && first.includes('/')) return [read.persona, rest];
  throw usageError(
    'verify',
    'indicare la persona per prima: codice fiscale, oppure "COGNOME/NOME/NASCITA"',
    'name the person first: codice fiscale, or "SURNAME/NAME/BIRTH"',
  );
}

export async function verifyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('verify', context.args, {
    values: [...new Set([...ACTING, ...FILE_OPTIONS])],
  });
  if (options.value('file') !== undefined || options.value('lotto') !== undefined)
    return verifyFileCommand(context, options);
  const [persona, words] = personOf(options);
  const labels = labelsOf(context);
  const declared = declarationOf(words, labels);
  // Who was found is for the audit alone: the answer tells nothing of them.
  let subjects: string[] = [];
  return answer(
    context,
    options,
    async (app, when) => {
      const request = { persona, dichiarazioni: [declared], when, mayReadProtected: false };
      const { soggetto, ...verdicts } = await verifyDeclarations(
        directReads(app.db),
        request,
        romeDay(app.now()),
      );
      subjects = soggetto === null ? [] : [soggetto];
      return verdicts;
    },
    { operation: 'verify', subjects: () => subjects },
    ({ esiti, noto_al }, when) => {
      const [verdict] = esiti;
      if (verdict === undefined) return;
      context.out.write(`${OUTCOMES[verdict.esito]}\n`);
      for (const finding of verdict.elementi)
        context.out.write(`  ${findingWords(finding, 'it')}\n  ${findingWords(finding, 'en')}\n`);
      context.out.write(`${whenWords(when.al, noto_al)}\n`);
    },
  );
}
