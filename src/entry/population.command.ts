/** `sipop population`: residents of a comune, or of the province, by sex and age, on a day, as known when. */
import { type AgeLine, askPopulation, type PopulationState } from '../registry/answers/population.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { ACTING, parseOptions, usageError } from './options.ts';
import { fields, table, thousands } from './table.ts';

const CLASS_YEARS = 5;
/** Ages from here on are one class, as in the tables of ISTAT. */
const OPEN_CLASS = 100;

interface Line extends Omit<AgeLine, 'eta'> {
  readonly classe: string;
}

/** Five-year classes, or single years; 100 and over together. */
export function ageClasses(lines: readonly AgeLine[], single: boolean): Line[] {
  const classes = new Map<number, Line>();
  for (const line of lines) {
    const width = single ? 1 : CLASS_YEARS;
    const start = line.eta >= OPEN_CLASS ? OPEN_CLASS : line.eta - (line.eta % width);
    const classe =
      start === OPEN_CLASS
        ? `${OPEN_CLASS}+`
        : single
          ? String(start)
          : `${start}-${start + CLASS_YEARS - 1}`;
    const sum = classes.get(start) ?? { classe, maschi: 0, femmine: 0, totale: 0, stranieri: 0 };
    classes.set(start, {
      classe,
      maschi: sum.maschi + line.maschi,
      femmine: sum.femmine + line.femmine,
      totale: sum.totale + line.totale,
      stranieri: sum.stranieri + line.stranieri,
    });
  }
  return [...classes].sort((a, b) => a[0] - b[0]).map(([, line]) => line);
}

const COUNTS = [
  { title: 'maschi', text: (l: { maschi: number }) => thousands(l.maschi), right: true },
  { title: 'femmine', text: (l: { femmine: number }) => thousands(l.femmine), right: true },
  { title: 'totale', text: (l: { totale: number }) => thousands(l.totale), right: true },
  { title: 'stranieri', text: (l: { stranieri: number }) => thousands(l.stranieri), right: true },
];

function show(
  state: PopulationState,
  { context, labels }: { readonly context: CommandContext; readonly labels: Labels },
  single: boolean,
  byComune: boolean,
): void {
  const where = state.comune === null ? 'Provincia' : labels.comune(state.comune);
  const r = state.residenti;
  context.out.write(`${where}: popolazione residente\n${whenWords(state.al, state.noto_al)}\n\n`);
  context.out.write(
    fields(
      [
        [
          'residenti',
          `${thousands(r.totale)} (${thousands(r.maschi)} maschi, ${thousands(r.femmine)} femmine)`,
        ],
        ['stranieri', thousands(r.stranieri)],
        ['famiglie', thousands(state.famiglie)],
        ['convivenze', thousands(state.convivenze)],
      ],
      context.out,
    ),
  );
  if (r.totale === 0) {
    context.out.write(
      '\nnessun residente nel registro in quel giorno / nobody resident in the register on that day\n',
    );
    return;
  }
  context.out.write('\n');
  if (byComune) {
    context.out.write(
      table(
        state.per_comune,
        [
          { title: 'comune', text: (l) => labels.comune(l.comune) },
          ...COUNTS,
          { title: 'famiglie', text: (l) => thousands(l.famiglie), right: true },
          { title: 'convivenze', text: (l) => thousands(l.convivenze), right: true },
        ],
        context.out,
      ),
    );
    // Each comune counts its own open registrations, the province people: the difference is a line of its own.
    const registrations = r.totale + state.iscrizioni_doppie;
    context.out.write(
      `\n${fields([
        ['somma dei comuni', thousands(registrations)],
        ['iscritti in due comuni', thousands(0 - state.iscrizioni_doppie)],
        ['persone', thousands(r.totale)],
      ])}`,
    );
    return;
  }
  context.out.write(
    table(
      ageClasses(state.per_eta, single),
      [{ title: 'età', text: (l) => l.classe }, ...COUNTS],
      context.out,
    ),
  );
}

export async function populationCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('population', context.args, {
    values: ACTING,
    switches: ['provincia', 'eta', 'anni'],
  });
  const labels = labelsOf(context);
  const [comune] = options.words;
  if (options.words.length > 1 || (comune !== undefined && options.has('provincia')))
    throw usageError(
      'population',
      'indicare un comune solo, o --provincia (nomi di più parole tra virgolette)',
      'name one comune alone, or --provincia (names of several words in quotes)',
    );
  const code = comune === undefined ? null : comuneOption(labels, 'population', comune);
  const single = options.has('anni');
  const byAge = code !== null || options.has('eta') || single;
  return answer(
    context,
    options,
    (app, when) => askPopulation(app.db, code, when.al, when.notoAl),
    { operation: 'populationCount', subjects: () => [] },
    (state) => show(state, { context, labels }, single, !byAge),
  );
}
