/** `sipop verify`: is what a citizen declares true? S, N or A, and why; never the register's own data. */
import type { z } from 'zod';
import { romeDay } from '../kernel/day.ts';
import { parsePersonKey } from '../registry/answers/person-key.ts';
import { DECLARATION, type Declaration, type NamedPerson } from '../services/verification/declaration.ts';
import type { Verdict } from '../services/verification/verdict.ts';
import { verifyDeclarations } from '../services/verification/verify.service.ts';
import { findingWords } from '../services/verification/words.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { type AskOptions, parseOptions, usageError } from './options.ts';

const OUTCOMES: Readonly<Record<Verdict['esito'], string>> = {
  S: 'S: confermato / confirmed',
  N: 'N: non confermato / not confirmed',
  A: 'A: non determinabile / cannot be determined',
};

/** Members of a declaration that stand one level down: via=… civico=… are of its address. */
const NESTED: Readonly<Record<string, readonly [string, string]>> = {
  via: ['indirizzo', 'via'],
  civico: ['indirizzo', 'civico'],
  scala: ['indirizzo', 'scala'],
  piano: ['indirizzo', 'piano'],
  interno: ['indirizzo', 'interno'],
};
/** Members that name somebody: coniuge=CODICE, figlio=CODICE, parente="COGNOME/NOME/NASCITA". */
const PERSONS: ReadonlySet<string> = new Set(['coniuge', 'figlio', 'parente']);

function named(text: string): NamedPerson {
  const [cognome = '', nome = '', data] = text.split('/').map((part) => part.trim());
  if (nome === '') return { codice_fiscale: cognome.toUpperCase() };
  return {
    cognome,
    nome,
    ...(data === undefined ? {} : { data_nascita: data as NonNullable<NamedPerson['data_nascita']> }),
  };
}

/** The declaration that words like `residenza comune=Carpi via="via Emilia" civico=12` make. @throws AppError usage */
function declarationOf([oggetto, ...pairs]: readonly string[], labels: Labels): Declaration {
  const value: Record<string, unknown> = { oggetto };
  const componenti: unknown[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw usageError('verify', `«${pair}» non è nome=valore`, `"${pair}" is not name=value`);
    const [name, text] = [pair.slice(0, at), pair.slice(at + 1)];
    const nested = NESTED[name];
    if (nested !== undefined)
      value[nested[0]] = { ...(value[nested[0]] as object | undefined), [nested[1]]: text };
    else if (name === 'componente') componenti.push(componentOf(text));
    else if (PERSONS.has(name)) value[name] = named(text);
    else if (name === 'comune') value[name] = comuneOption(labels, 'verify', text);
    else if (name === 'non') value[name] = text === 'si' || text === 'true';
    else value[name] = text;
  }
  if (oggetto === 'stato_di_famiglia') value['componenti'] = componenti;
  const read = DECLARATION.safeParse(value);
  if (read.success) return read.data;
  throw usageError(
    'verify',
    faults(read.error, 'dichiarazione non valida'),
    faults(read.error, 'invalid declaration'),
  );
}

/** "CODICE" or "CODICE:relazione". */
function componentOf(text: string): unknown {
  const [who = '', relazione] = text.split(':');
  return { persona: named(who), ...(relazione === undefined ? {} : { relazione }) };
}

const faults = (error: z.ZodError, title: string): string =>
  `${title}: ${error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.')} ${issue.message}`.trim())
    .join('; ')}`;

function personOf(options: AskOptions): readonly [NamedPerson, readonly string[]] {
  const [first = '', ...rest] = options.words;
  const key = parsePersonKey([first]);
  if (key?.kind === 'code') return [{ codice_fiscale: key.codice_fiscale }, rest];
  const person = named(first);
  if (person.nome !== undefined) return [person, rest];
  throw usageError(
    'verify',
    'indicare la persona per prima: codice fiscale, oppure "COGNOME/NOME/NASCITA"',
    'name the person first: codice fiscale, or "SURNAME/NAME/BIRTH"',
  );
}

export async function verifyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('verify', context.args, {});
  const [persona, words] = personOf(options);
  const labels = labelsOf(context);
  const declared = declarationOf(words, labels);
  return answer(
    context,
    options,
    async (app, when) => {
      const request = { persona, dichiarazioni: [declared], when, mayReadProtected: false };
      const { soggetto: _, ...verdicts } = await verifyDeclarations(app.db, request, romeDay(app.now()));
      return verdicts;
    },
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
