/** `sipop linkage queue|show`: the pairs of entries that may be one person, and one of them side by side. */
import { romeDay } from '../kernel/day.ts';
import {
  askPair,
  askQueue,
  type PairAnswer,
  type QueueAnswer,
  type QueueQuery,
} from '../registry/review/ask-queue.ts';
import { COORDINATION, type DecisionAct } from '../registry/review/decisions.ts';
import type { PairEntry, QueuedPair } from '../registry/review/queue.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { type Labels, labelsOf } from './labels.ts';
import { pairOption } from './linkage-pair.ts';
import { ACTING, type AskOptions, parseOptions, usageError } from './options.ts';
import { flagWords } from './person.command.ts';
import { fields, table } from './table.ts';

const STATES: readonly QueueQuery['state'][] = [
  'da-fare',
  'aperta',
  'rinviata',
  'riaperta',
  'decisa',
  'tutte',
];
/** Undecided pairs listed where nothing else is said. */
const SHOWN = 50;

const OUTCOMES: Readonly<Record<DecisionAct['kind'], string>> = {
  same: 'stessa persona / same person',
  different: 'persone diverse / different people',
  later: 'rinviata / put off',
  undo: 'annullamento / undone',
};

const entryName = (e: { readonly comune: string; readonly id_soggetto: string }): string =>
  `${e.comune}:${e.id_soggetto}`;

function stateOption(options: AskOptions): QueueQuery['state'] {
  const text = options.value('stato') ?? 'da-fare';
  const state = STATES.find((s) => s === text);
  if (state !== undefined) return state;
  throw usageError(
    'linkage queue',
    `--stato è uno di ${STATES.join(', ')}; «${text}» no`,
    `--stato is one of ${STATES.join(', ')}, not "${text}"`,
  );
}

function limitOption(options: AskOptions): number {
  const text = options.value('max');
  const limit = text === undefined ? SHOWN : Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 10_000) return limit;
  throw usageError(
    'linkage queue',
    `--max è un numero da 1 a 10000; «${text}» no`,
    `--max is a number from 1 to 10000, not "${text}"`,
  );
}

function ownerOption(labels: Labels, options: AskOptions): string | null {
  const text = options.value('owner');
  if (text === undefined) return null;
  return text === COORDINATION ? text : comuneOption(labels, 'linkage queue', text);
}

const nameOf = (e: PairEntry): string => [e.cognome, e.nome].filter(Boolean).join(' ');

const stateWords = (p: QueuedPair): string => {
  if (p.stato === 'riaperta') return `riaperta: ${p.contraddetta_da.join(', ')}`;
  if (p.stato === 'decisa') return p.decisione?.esito === 'same' ? 'stessa persona' : 'persone diverse';
  return p.stato === 'rinviata' && p.decisione?.fino_al != null
    ? `rinviata al ${p.decisione.fino_al}`
    : p.stato;
};

export async function queueCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage queue', context.args, {
    values: ['comune', 'owner', 'stato', 'max', ...ACTING],
    without: ['al'],
  });
  const labels = labelsOf(context);
  if (options.words.length > 0)
    throw usageError(
      'linkage queue',
      'il comune si indica con --comune o --owner',
      'the comune is named with --comune or --owner',
    );
  const comune = options.value('comune');
  const query: QueueQuery = {
    comune: comune === undefined ? null : comuneOption(labels, 'linkage queue', comune),
    owner: ownerOption(labels, options),
    state: stateOption(options),
    limit: limitOption(options),
  };
  return answer(
    context,
    options,
    (app, when): Promise<QueueAnswer> => askQueue(app.db, query, when.notoAl),
    { operation: 'reconciliationList', subjects: ({ coppie }) => coppie.flatMap((p) => p.schede) },
    ({ coppie, noto_al }) => {
      context.out.write(`Coppie da giudicare / pairs to judge\n${whenWords(null, noto_al)}\n\n`);
      if (coppie.length === 0) context.out.write('Nessuna coppia / no pairs\n');
      else
        context.out.write(
          table(
            coppie,
            [
              { title: 'coppia', text: (p) => (p.candidato === null ? '' : `C${p.candidato}`) },
              { title: 'scheda', text: (p) => entryName(p.schede[0]) },
              { title: 'chi', text: (p) => nameOf(p.schede[0]) },
              { title: 'altra scheda', text: (p) => entryName(p.schede[1]) },
              { title: 'chi', text: (p) => nameOf(p.schede[1]) },
              { title: 'peso', text: (p) => p.peso?.toFixed(1), right: true },
              {
                title: 'di chi',
                text: (p) => (p.proprietario === COORDINATION ? COORDINATION : labels.comune(p.proprietario)),
              },
              { title: 'giorni', text: (p) => p.giorni, right: true },
              { title: 'stato', text: stateWords },
              { title: 'decisione', text: (p) => (p.decisione === null ? '' : `D${p.decisione.decisione}`) },
            ],
            context.out,
          ),
        );
    },
  );
}

function showPair(
  context: CommandContext,
  labels: Labels,
  { coppia, stati, persone, decisioni }: PairAnswer,
): void {
  const [a, b] = coppia.schede;
  const rows: (readonly [string, string | null | undefined, string | null | undefined, string])[] = [
    ['scheda', entryName(a), entryName(b), ''],
    ['persona', persone[0], persone[1], persone[0] === persone[1] ? 'la stessa' : ''],
    ['cognome', a.cognome, b.cognome, coppia.accordi.cognome],
    ['nome', a.nome, b.nome, coppia.accordi.nome],
    ['sesso', a.sesso, b.sesso, coppia.accordi.sesso],
    ['nascita', a.data_nascita, b.data_nascita, coppia.accordi.data_nascita],
    [
      'luogo di nascita',
      birthplace(stati[0], labels),
      birthplace(stati[1], labels),
      coppia.accordi.luogo_nascita,
    ],
    ['codice fiscale', a.codice_fiscale, b.codice_fiscale, coppia.accordi.codice_fiscale],
    ['residenza', residence(stati[0], labels), residence(stati[1], labels), ''],
    ['stato civile', civilStatus(stati[0], labels), civilStatus(stati[1], labels), ''],
    ['segnali', flagWords(stati[0], labels).join('; '), flagWords(stati[1], labels).join('; '), ''],
  ];
  context.out.write(
    table(
      rows,
      [
        { title: '', text: (r) => r[0] },
        { title: 'scheda', text: (r) => r[1] },
        { title: 'altra scheda', text: (r) => r[2] },
        { title: 'accordo', text: (r) => r[3] },
      ],
      context.out,
    ),
  );
  if (coppia.campi.length > 0) {
    context.out.write('\nPesi della somiglianza (bit) / match weights\n');
    context.out.write(
      table(
        coppia.campi,
        [
          { title: 'campo', text: (f) => f.field },
          { title: 'livello', text: (f) => f.level ?? 'manca' },
          { title: 'peso', text: (f) => f.weight.toFixed(2), right: true },
        ],
        context.out,
      ),
    );
  }
  context.out.write('\n');
  context.out.write(
    fields(
      [
        ['stato', `${stateWords(coppia)}, da ${coppia.giorni} giorni`],
        ['di chi', coppia.proprietario === COORDINATION ? COORDINATION : labels.comune(coppia.proprietario)],
        [
          'peso',
          coppia.peso === null
            ? null
            : `${coppia.peso.toFixed(2)} (probabilità ${coppia.probabilita?.toFixed(4)})`,
        ],
        [
          'decisioni',
          decisioni
            .map(
              (d) =>
                `D${d.decisione} ${romeDay(new Date(d.il))} ${OUTCOMES[d.esito]}${d.annulla === null ? '' : ` di D${d.annulla}`}${d.fino_al === null ? '' : ` al ${d.fino_al}`}, ${d.operatore}: ${d.motivo}`,
            )
            .join('\n'),
        ],
      ],
      context.out,
    ),
  );
}

type State = PairAnswer['stati'][number];
const birthplace = ({ generalita: g }: State, labels: Labels): string =>
  [labels.comune(g?.comune_nascita), g?.localita_nascita, labels.state(g?.stato_nascita)]
    .filter(Boolean)
    .join(', ');
const residence = ({ residenza: r }: State, labels: Labels): string =>
  r.residente ? `${labels.comune(r.comune)} dal ${r.iscritto_dal}` : 'non residente';

const civilStatus = ({ stato_civile: s }: State, labels: Labels): string =>
  labels.code('T1', s?.stato_civile);

export async function showCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage show', context.args, { values: ACTING });
  return answer(
    context,
    options,
    async (app, when): Promise<PairAnswer> =>
      askPair(app.db, await pairOption(app.db, 'linkage show', options.words), options.al, when.notoAl),
    { operation: 'reconciliationList', subjects: ({ persone }) => persone },
    (found) => {
      context.out.write(`${whenWords(found.al, found.noto_al)}\n\n`);
      showPair(context, labelsOf(context), found);
    },
  );
}
