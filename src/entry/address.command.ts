/** `sipop address`: who lives at a street and number on a day, or lived there in a period. */
import { AppError } from '../kernel/app-error.ts';
import type { AddressState } from '../registry/answers/address.ts';
import { askAddress } from '../registry/answers/ask-address.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, dayOption, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

function show(state: AddressState, context: CommandContext, labels: Labels): void {
  const time = state.periodo === null ? state.al : null;
  const period = state.periodo === null ? '' : `dal ${state.periodo.dal} al ${state.periodo.al}, `;
  context.out.write(
    `${labels.comune(state.comune)}, ${state.via}${state.civico === null ? '' : ` ${state.civico === '' ? 's.n.c.' : state.civico}`}\n${period}${whenWords(time, state.noto_al)}\n\n`,
  );
  if (state.occupanti === null) {
    context.out.write(`${state.numero} persone: troppe per elencarle / too many to be listed\n`);
    return;
  }
  if (state.numero === 0) {
    context.out.write('nessuno / nobody\n');
    return;
  }
  context.out.write(
    table(
      state.occupanti,
      [
        { title: 'interno', text: (o) => o.interno },
        { title: 'cognome e nome', text: (o) => [o.cognome, o.nome].filter(Boolean).join(' ') },
        { title: 'codice fiscale', text: (o) => o.codice_fiscale },
        { title: 'nascita', text: (o) => o.data_nascita },
        { title: 'dal', text: (o) => o.dal },
        { title: 'al', text: (o) => o.al },
        { title: 'certezza', text: (o) => (o.certezza === 'possibile' ? 'possibile' : null) },
        { title: 'segnali', text: (o) => (o.protetto ? 'DATI RISERVATI' : null) },
        { title: 'persona', text: (o) => o.persona },
      ],
      context.out,
    ),
  );
}

export async function addressCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('address', context.args, { values: ['dal', ...ACTING] });
  const [comune, street, number] = options.words;
  if (comune === undefined || street === undefined || options.words.length > 3)
    throw usageError(
      'address',
      'indicare COMUNE "VIA" [CIVICO], per esempio Modena "Via Emilia Est" 12/A',
      'give COMUNE "STREET" [NUMBER], for example Modena "Via Emilia Est" 12/A',
    );
  const labels = labelsOf(context);
  const code = comuneOption(labels, 'address', comune);
  const since = options.value('dal');
  const from = since === undefined ? null : dayOption('address', 'dal', since);
  return answer(
    context,
    options,
    async (app, when) => {
      if (from !== null && from >= when.al)
        throw new AppError(
          'usage',
          `--dal ${from} deve venire prima di --al ${when.al}: il periodo comprende il primo e non l’ultimo giorno`,
          `--dal ${from} must come before --al ${when.al}: the period holds the first day and not the last`,
        );
      const span = from === null ? { on: when.al } : { from, to: when.al };
      return askAddress(app.db, { comune: code, street, number: number ?? null, span, notoAl: when.notoAl });
    },
    {
      operation: 'addressRead',
      subjects: ({ occupanti }) => (occupanti ?? []).map((o) => o.persona),
    },
    (state) => show(state, context, labels),
  );
}
