/** `sipop movements`: who came to a comune or an address, and who left, over a period. */
import { AppError } from '../kernel/app-error.ts';
import { askMovements } from '../registry/answers/ask-movements.ts';
import type { MovementAnswer, MovementsAnswer } from '../registry/answers/movements.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, dayOption, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

const reasonWords = (m: Pick<MovementAnswer, 'verso' | 'motivo'>, labels: Labels): string =>
  labels.code(m.verso === 'ingresso' ? 'T7' : 'T15', m.motivo);

function show(state: MovementsAnswer, context: CommandContext, labels: Labels): void {
  const { periodo, via, civico } = state;
  context.out.write(
    `${labels.comune(state.comune)}${via === null ? '' : `, ${via} ${civico === '' ? 's.n.c.' : civico}`}\ndal ${periodo.dal} al ${periodo.al} (escluso), ${whenWords(null, state.noto_al)}\n\n`,
  );
  if (state.conteggi.length === 0) {
    context.out.write('nessun movimento / no movement\n');
    return;
  }
  context.out.write(
    table(
      state.conteggi,
      [
        { title: 'verso', text: (c) => c.verso },
        { title: 'motivo', text: (c) => reasonWords(c, labels) },
        { title: 'numero', text: (c) => String(c.numero) },
      ],
      context.out,
    ),
  );
  if (state.movimenti === null) {
    context.out.write('\ntroppi per elencarli / too many to be listed\n');
    return;
  }
  context.out.write('\n');
  context.out.write(
    table(
      state.movimenti,
      [
        { title: 'data', text: (m) => m.data },
        { title: 'verso', text: (m) => m.verso },
        { title: 'cognome e nome', text: (m) => [m.cognome, m.nome].filter(Boolean).join(' ') },
        { title: 'nascita', text: (m) => m.data_nascita },
        { title: 'motivo', text: (m) => reasonWords(m, labels) },
        { title: 'da / verso', text: (m) => labels.comune(m.comune) || labels.state(m.stato) },
        { title: 'certezza', text: (m) => (m.certezza === 'possibile' ? 'possibile' : null) },
        { title: 'persona', text: (m) => m.persona },
      ],
      context.out,
    ),
  );
}

export async function movementsCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('movements', context.args, { values: ['dal', ...ACTING] });
  const [comune, street, number] = options.words;
  const since = options.value('dal');
  if (comune === undefined || options.words.length === 2 || options.words.length > 3 || since === undefined)
    throw usageError(
      'movements',
      'indicare COMUNE ["VIA" CIVICO] --dal GIORNO, per esempio Zocca --dal 2025-01-01 --al 2025-02-01',
      'give COMUNE ["STREET" NUMBER] --dal DAY, for example Zocca --dal 2025-01-01 --al 2025-02-01',
    );
  const labels = labelsOf(context);
  const code = comuneOption(labels, 'movements', comune);
  const from = dayOption('movements', 'dal', since);
  return answer(
    context,
    options,
    async (app, when) => {
      if (from >= when.al)
        throw new AppError(
          'usage',
          `--dal ${from} deve venire prima di --al ${when.al}: il periodo comprende il primo e non l’ultimo giorno`,
          `--dal ${from} must come before --al ${when.al}: the period holds the first day and not the last`,
        );
      const address = street === undefined || number === undefined ? null : { street, number };
      const period = { from, to: when.al };
      return askMovements(app.db, { comune: code, address, period, notoAl: when.notoAl });
    },
    {
      operation: 'movementsRead',
      subjects: ({ movimenti }) => (movimenti ?? []).map((m) => m.persona),
    },
    (state) => show(state, context, labels),
  );
}
