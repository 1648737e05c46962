/** `sipop search`: one box, read as one of the closed searches; a short list, enough to choose the right person. */

import type { When } from '../registry/answers/ask-person.ts';
import type { SearchAnswer } from '../services/lookup/answering.ts';
import type { ListedPerson } from '../services/lookup/match.ts';
import type { SearchOptions } from '../services/lookup/question.ts';
import { search } from '../services/lookup/search.service.ts';
import { nearest } from '../services/lookup/search-similar.ts';
import { type Read, readTyped } from '../services/lookup/typed.ts';
import { answer, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import type { AppContext } from './context.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

/** Names that a list shows at the most (services.md: 10 by default). */
const CAP = 10;

interface Told extends SearchAnswer {
  readonly lettura: { readonly it: string; readonly en: string };
}

function show(
  { lettura, numero, almeno, persone, noto_al, meno_simili }: Told,
  when: When,
  context: CommandContext,
  labels: Labels,
): void {
  context.out.write(`${lettura.it} / ${lettura.en}\n${whenWords(when.al, noto_al)}\n\n`);
  if (persone === null) {
    const count = `${almeno ? 'almeno ' : ''}${numero}`;
    context.out.write(
      `${count} persone: troppe per elencarle, aggiungere la data di nascita o il comune / too many to list, add the birth date or the comune\n`,
    );
    return;
  }
  if (persone.length === 0) {
    context.out.write(
      'nessuno: controllare come è scritto; --simile cerca anche nomi quasi così, --passati anche defunti e usciti / nobody: check the spelling; --simile also looks for names almost so, --passati also among the dead and the departed\n',
    );
    return;
  }
  context.out.write(
    table(
      persone,
      [
        { title: 'persona', text: (p: ListedPerson) => p.persona },
        { title: 'cognome e nome', text: (p) => [p.cognome, p.nome].filter(Boolean).join(' ') },
        { title: 'nascita', text: (p) => p.data_nascita },
        { title: 'codice fiscale', text: (p) => p.codice_fiscale },
        { title: 'residenza', text: (p) => labels.comune(p.comune) },
        {
          title: 'trovato per',
          text: (p) => (p.trovato_per === 'attuale' ? '' : p.trovato_per.replace('_', ' ')),
        },
        { title: 'perché', text: (p) => p.somiglianza?.it },
        { title: 'segnali', text: (p) => p.segnali.join(', ').replaceAll('_', ' ') },
      ],
      context.out,
    ),
  );
  if (meno_simili !== undefined && meno_simili > 0)
    context.out.write(`\naltri ${meno_simili}, meno simili / ${meno_simili} others, less similar\n`);
}

/** The first reading under which somebody is found, told as it was read: "Mario Rossi" is tried the other way round. */
async function searchAll(
  app: AppContext,
  readings: readonly Read[],
  when: When,
  options: SearchOptions,
): Promise<Told> {
  const answers: Told[] = [];
  for (const { question, told } of readings) {
    const found = { lettura: told, ...(await search(app.db, { question, options, when, cap: CAP })) };
    if (found.numero > 0 && !options.simile) return found;
    answers.push(found);
  }
  const first = nearest(answers);
  if (first === undefined) throw new Error('no reading');
  return first;
}

export async function searchCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('search', context.args, {
    values: ACTING,
    switches: ['passati', 'simile'],
  });
  const labels = labelsOf(context);
  const read = readTyped(options.words.join(' '), (name) => labels.comuneCode(name));
  if ('missing' in read) throw usageError('search', read.missing.it, read.missing.en);
  return answer(
    context,
    options,
    (app, when) =>
      searchAll(app, read.readings, when, {
        simile: options.has('simile'),
        anche_passati: options.has('passati'),
      }),
    { operation: 'personSearch', subjects: ({ persone }) => (persone ?? []).map((p) => p.persona) },
    (told, when) => show(told, when, context, labels),
  );
}
