/** `sipop relations`: parents, spouse and children of somebody on a day, with how each is known. */
import { askRelations } from '../registry/answers/ask-relations.ts';
import type { RelationAnswer, RelationsAnswer } from '../registry/answers/relations.ts';
import { answer, personKeyOption, soughtOf, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, parseOptions } from './options.ts';
import { table } from './table.ts';

/** "in vita a Zocca (036047)", "deceduto il 2020-03-01"; nothing where the register does not know. */
function lifeWords({ in_vita, data_decesso, comune }: RelationAnswer, labels: Labels): string {
  if (in_vita === false) return `deceduto il ${data_decesso}`;
  if (in_vita === null) return data_decesso === null ? 'non risulta' : `forse deceduto il ${data_decesso}`;
  return `in vita, a ${labels.comune(comune)}`;
}

function show(state: RelationsAnswer, context: CommandContext, labels: Labels): void {
  context.out.write(`${state.persona}\n${whenWords(state.al, state.noto_al)}\n\n`);
  if (state.relazioni.length === 0) {
    context.out.write('nessuna relazione nota / no relation known\n');
    return;
  }
  context.out.write(
    table(
      state.relazioni,
      [
        { title: 'relazione', text: (r) => r.relazione.replace('_', ' ') },
        { title: 'cognome e nome', text: (r) => [r.cognome, r.nome].filter(Boolean).join(' ') },
        { title: 'codice fiscale', text: (r) => r.codice_fiscale },
        { title: 'nascita', text: (r) => r.data_nascita },
        { title: 'dal', text: (r) => r.dal },
        { title: 'nel giorno', text: (r) => lifeWords(r, labels) },
        { title: 'noto per', text: (r) => `${r.noto_per.replaceAll('_', ' ')}, ${labels.comune(r.secondo)}` },
        { title: 'segnali', text: (r) => (r.protetto ? 'DATI RISERVATI' : null) },
        { title: 'persona', text: (r) => r.persona },
      ],
      context.out,
    ),
  );
}

export async function relationsCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('relations', context.args, { values: ACTING });
  const key = personKeyOption('relations', options);
  return answer(
    context,
    options,
    (app, when) => askRelations(app.db, key, when),
    {
      operation: 'relationsRead',
      sought: soughtOf(key),
      subjects: ({ persona, relazioni }) => [
        persona,
        ...relazioni.flatMap((r) => (r.persona === null ? [] : [r.persona])),
      ],
    },
    (state) => show(state, context, labelsOf(context)),
  );
}
