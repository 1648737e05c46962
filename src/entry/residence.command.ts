/** `sipop residence`: where somebody was resident on a day, or in a period, with how sure that is. */
import { AppError } from '../kernel/app-error.ts';
import { askResidences } from '../registry/answers/ask-residences.ts';
import type { HeldResidence, ResidencesAnswer } from '../registry/answers/residences.ts';
import { answer, personKeyOption, soughtOf, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { addressWords, elsewhereWords, type Labels, labelsOf } from './labels.ts';
import { ACTING, dayOption, parseOptions } from './options.ts';
import { table } from './table.ts';

function placeWords(r: HeldResidence, labels: Labels): string {
  if (r.altrove === undefined) return labels.comune(r.comune);
  return `fuori provincia: ${elsewhereWords(r.altrove, labels)}`;
}

function suretyWords(r: HeldResidence): string | null {
  if (r.certezza === 'certa') return null;
  return r.secondo_il_primo_giorno ? 'possibile (così dal primo giorno della data incerta)' : 'possibile';
}

function show(state: ResidencesAnswer, context: CommandContext, labels: Labels): void {
  const { periodo } = state;
  const period = periodo === null ? '' : `dal ${periodo.dal} al ${periodo.al} (escluso), `;
  context.out.write(`${state.persona}\n${period}${whenWords(state.al, state.noto_al)}\n\n`);
  if (state.residenze.length === 0) {
    context.out.write('non risulta residente / not known to be resident\n');
    return;
  }
  context.out.write(
    table(
      state.residenze,
      [
        { title: 'dal', text: (r) => r.dal },
        { title: 'al', text: (r) => r.al },
        { title: 'dove', text: (r) => placeWords(r, labels) },
        {
          title: 'indirizzo',
          text: (r) => (r.senza_fissa_dimora ? 'senza fissa dimora' : addressWords(r.indirizzo)),
        },
        { title: 'certezza', text: suretyWords },
        { title: 'scheda', text: (r) => r.scheda && `${r.scheda.comune}:${r.scheda.id_soggetto}` },
      ],
      context.out,
    ),
  );
}

export async function residenceCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('residence', context.args, { values: ['dal', ...ACTING] });
  const key = personKeyOption('residence', options);
  const since = options.value('dal');
  const from = since === undefined ? null : dayOption('residence', 'dal', since);
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
      return askResidences(app.db, key, from, when);
    },
    { operation: 'residenceRead', sought: soughtOf(key), subjects: (state) => [state.persona] },
    (state) => show(state, context, labelsOf(context)),
  );
}
