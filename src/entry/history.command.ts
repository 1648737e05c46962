/** `sipop history`: every fact of a person in both times, with who said so; with --tutto also what was corrected since. */
import { askHistory } from '../registry/answers/ask-history.ts';
import type { EntryTable } from '../registry/answers/facts.ts';
import {
  type HistoryLine,
  KINDS,
  type PersonHistory,
  type SourceAnswer,
} from '../registry/answers/history.ts';
import { type KnownAt, knownAtWords } from '../registry/answers/known-at.ts';
import { answer, personKeyOption, soughtOf, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { addressWords, type Labels, labelsOf } from './labels.ts';
import { ACTING, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

type Value = Readonly<Record<string, string | undefined>>;

const joined = (...parts: (string | undefined | null)[]): string =>
  parts.filter((part) => part !== undefined && part !== null && part !== '').join(', ');
const from = (text: string): string => (text === '' ? '' : `da ${text}`);
const towards = (text: string): string => (text === '' ? '' : `verso ${text}`);

/** A line's value in words, a writer for each kind. */
const WORDS: Readonly<Record<EntryTable, (v: Value, labels: Labels) => string>> = {
  identities: (v) =>
    joined(
      [v['cognome'], v['nome']].filter(Boolean).join(' '),
      v['sesso'],
      v['codice_fiscale'],
      `nascita ${v['data_nascita']}`,
    ),
  registrations: (v, labels) =>
    joined(
      labels.comune(v['comune']),
      labels.code('T7', v['motivo_iscrizione']),
      from(labels.comune(v['comune_provenienza']) || labels.state(v['stato_provenienza'])),
      v['motivo_cancellazione'] === undefined
        ? null
        : `fine: ${labels.code('T15', v['motivo_cancellazione'])}`,
      towards(labels.comune(v['comune_destinazione']) || labels.state(v['stato_destinazione'])),
    ),
  deaths: (v, labels) => joined(labels.comune(v['comune_morte']), labels.state(v['stato_morte'])),
  dwellings: (v) => (v['senza_fissa_dimora'] ? 'senza fissa dimora' : addressWords(v)),
  memberships: (v, labels) =>
    joined(
      `${v['tipo']} ${v['comune']}:${v['id']}`,
      labels.code(v['tipo'] === 'convivenza' ? 'T6' : 'T5', v['relazione']),
    ),
  civil_statuses: (v, labels) =>
    joined(
      labels.code('T1', v['stato_civile']),
      v['cf_coniuge'] ?? v['id_coniuge'],
      v['atto'] && `atto ${v['atto']}`,
    ),
  citizenships: (v, labels) => joined(labels.state(v['stato']), labels.state(v['altra_cittadinanza'])),
  parents: (v) =>
    joined(
      (v['cf_padre'] ?? v['id_padre']) && `padre ${v['cf_padre'] ?? v['id_padre']}`,
      (v['cf_madre'] ?? v['id_madre']) && `madre ${v['cf_madre'] ?? v['id_madre']}`,
    ),
  documents: (v) => joined(v['tipo'], v['numero'], v['scadenza'] && `scade il ${v['scadenza']}`),
  permits: (v, labels) => joined(labels.code('T8', v['tipo']), v['scadenza'] && `scade il ${v['scadenza']}`),
  declarations: (v, labels) =>
    joined(
      labels.code('T11', v['titolo_studio']),
      labels.code('T9', v['posizione_professionale']),
      labels.code('T10', v['condizione_non_professionale']),
    ),
  protections: (v) => (v['protetto'] ? 'dati riservati' : 'non più riservati'),
};

function sourceWords(s: SourceAnswer | null): string {
  if (s === null) return '';
  const event = s.id_evento === null ? '' : ` ${s.id_evento}${s.tipo === 'N' ? '' : ` (${s.tipo})`}`;
  const row = s.file === undefined ? '' : `, ${s.file} riga ${s.riga}`;
  return `${s.ricevuta} ${s.operazione}${event}${row}`;
}

/** To the second, in the time of Rome, as the heading is. */
const instantWords = (instant: KnownAt | null): string =>
  instant === null ? '' : knownAtWords(instant).replace('T', ' ').slice(0, 19);

/** Whose the entries are and were, and by what: a code, or somebody's decision. */
function showJoins({ unioni }: PersonHistory, context: CommandContext): void {
  if (!unioni.some((j) => j.base !== 'propria')) return;
  context.out.write('\nSchede unite / joined entries\n');
  context.out.write(
    table(
      unioni,
      [
        { title: 'scheda', text: (j) => `${j.scheda.comune}:${j.scheda.id_soggetto}` },
        { title: 'persona', text: (j) => j.persona },
        { title: 'per', text: (j) => j.base },
        { title: 'registrato', text: (j) => instantWords(j.registrato_dal) },
        { title: 'fino a', text: (j) => instantWords(j.registrato_al) },
        {
          title: 'fonte',
          text: ({ decisione: d, fonte }) =>
            d === null ? sourceWords(fonte) : `decisione D${d.decisione} di ${d.operatore}: ${d.motivo}`,
        },
      ],
      context.out,
    ),
  );
}

function show(history: PersonHistory, context: CommandContext, labels: Labels, whole: boolean): void {
  context.out.write(
    `${history.persona}  schede: ${history.schede.map((s) => `${s.comune}:${s.id_soggetto}`).join('  ')}\n${whenWords(null, history.noto_al)}\n\n`,
  );
  const several = history.schede.length > 1;
  context.out.write(
    table(
      history.fatti,
      [
        { title: 'dal', text: (f) => f.dal },
        { title: 'al', text: (f) => f.al },
        { title: 'fatto', text: (f) => KINDS[f.genere] },
        { title: 'che cosa', text: (f) => WORDS[f.genere](f.valore as Value, labels) },
        { title: 'comune', text: (f) => (several ? f.scheda.comune : null) },
        { title: 'registrato', text: (f) => instantWords(f.registrato_dal) },
        { title: 'fino a', text: (f) => instantWords(f.registrato_al) },
        { title: 'fonte', text: (f) => sourceWords(f.fonte) },
        { title: 'ritrattato da', text: (f) => sourceWords(f.ritrattato_da) },
      ],
      context.out,
    ),
  );
  showJoins(history, context);
  if (!whole)
    context.out.write(
      '\n--tutto mostra anche ciò che è stato corretto o annullato / shows what was corrected too\n',
    );
}

/** The kinds asked for with --fatto, by the Italian name; all where it is absent. @throws AppError usage */
function kindOption(text: string | undefined): (line: HistoryLine) => boolean {
  if (text === undefined) return () => true;
  const kinds = Object.entries(KINDS)
    .filter(([, name]) => name.startsWith(text.toLowerCase()))
    .map(([kind]) => kind);
  if (kinds.length > 0) return (line) => kinds.includes(line.genere);
  const known = Object.values(KINDS).join(', ');
  throw usageError(
    'history',
    `--fatto «${text}»: i fatti sono ${known}`,
    `--fatto "${text}": the facts are ${known}`,
  );
}

export async function historyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('history', context.args, {
    values: ['fatto', ...ACTING],
    switches: ['tutto'],
    without: ['al'],
  });
  const key = personKeyOption('history', options);
  const wanted = kindOption(options.value('fatto'));
  const whole = options.has('tutto');
  return answer(
    context,
    options,
    async (app, when) => {
      const history = await askHistory(app.db, key, when, whole);
      return { ...history, fatti: history.fatti.filter(wanted) };
    },
    { operation: 'historyRead', sought: soughtOf(key), subjects: (history) => [history.persona] },
    (history) => show(history, context, labelsOf(context), whole),
  );
}
