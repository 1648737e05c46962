/** `sipop reconciliation [refresh]`: what the registers of two comuni do not agree about, and whose turn it is to mend it. */

import type { FindingKind } from '../registry/reconciliation/finding.ts';
import type { FindingQuery } from '../registry/reconciliation/listing.sql.ts';
import type { ListedFinding } from '../registry/reconciliation/listing.ts';
import { FINDING_KINDS } from '../registry/reconciliation/messages.ts';
import { findingOwner, putOff } from '../registry/reconciliation/put-off.service.ts';
import {
  askFindingCounts,
  askFindings,
  type CountsAnswer,
  type FindingsAnswer,
  refreshFindings,
} from '../registry/reconciliation/reconciliation.service.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import { audited, type Question } from './audited.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { type Labels, labelsOf } from './labels.ts';
import { reasonOption } from './linkage-decide.command.ts';
import { entryKey } from './linkage-pair.ts';
import { ACTING, type AskOptions, dayOption, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

const COMMAND = 'reconciliation';
const STATES: readonly FindingQuery['state'][] = ['aperte', 'rinviate', 'chiuse', 'tutte'];

function stateOption(options: AskOptions): FindingQuery['state'] {
  const text = options.value('stato') ?? 'aperte';
  const state = STATES.find((s) => s === text);
  if (state !== undefined) return state;
  throw usageError(
    COMMAND,
    `--stato è uno di ${STATES.join(', ')}; «${text}» no`,
    `--stato is one of ${STATES.join(', ')}, not "${text}"`,
  );
}

function kindOption(command: string, options: AskOptions): FindingKind | null {
  const text = options.value('tipo');
  if (text === undefined) return null;
  const kind = FINDING_KINDS.find((k) => k === text.toUpperCase().replaceAll(/[ -]/g, '_'));
  if (kind !== undefined) return kind;
  throw usageError(
    command,
    `--tipo è uno di ${FINDING_KINDS.map((k) => `"${kindWords(k)}"`).join(', ')}; «${text}» no`,
    `--tipo is one of ${FINDING_KINDS.map((k) => `"${kindWords(k)}"`).join(', ')}, not "${text}"`,
  );
}

/** "manca cancellazione": the name of a kind, which --tipo takes too, as a reader writes it. */
const kindWords = (kind: FindingKind): string => kind.toLowerCase().replaceAll('_', ' ');

/** The line of its state: since when, until when it may, how it ended. */
function stateWords(f: ListedFinding, labels: Labels): string {
  if (f.stato === 'chiusa') {
    const by = f.chiusa_da;
    const event = by?.id_evento == null ? '' : `, evento ${by.id_evento}`;
    if (f.chiusa_da_decisione !== null) return `chiusa dalla decisione D${f.chiusa_da_decisione}`;
    return by === null
      ? 'chiusa'
      : `chiusa ${by.id_operazione === null ? `dalla fornitura ${by.progressivo}` : `dall’operazione ${by.id_operazione}`} di ${labels.comune(by.comune)}${event}`;
  }
  const { rinvio } = f;
  const putOff =
    rinvio === null
      ? ''
      : `, ${f.stato === 'rinviata' ? 'rinviata al' : 'era rinviata al'} ${rinvio.fino_al} da ${rinvio.operatore}: ${rinvio.motivo}`;
  const waited =
    f.giorni_di_attesa === null
      ? `aperta da ${f.giorni} giorni`
      : `in attesa da ${f.giorni_di_attesa} giorni${f.segnalata ? ', oltre i termini' : ''}`;
  return `${waited}, da sistemare entro il ${f.scadenza}${putOff}`;
}

function showFindings(
  context: CommandContext,
  labels: Labels,
  findings: readonly ListedFinding[],
  english: boolean,
): void {
  for (const f of findings) {
    const code = f.codice === null ? '' : ` ${f.codice}`;
    context.out.write(
      `${kindWords(f.genere)}${code}  ${labels.comune(f.comune)} — ${labels.comune(f.altro_comune)}\n`,
    );
    for (const p of f.persone) {
      const name = [p.cognome, p.nome].filter(Boolean).join(' ');
      const numbers = p.schede.map((s) => `${s.comune}:${s.id_soggetto}`).join(' ');
      context.out.write(`    ${name} ${p.codice_fiscale ?? ''}  ${numbers}\n`);
    }
    context.out.write(`    ${stateWords(f, labels)}\n    ${english ? f.messaggio_en : f.messaggio}\n`);
  }
  if (findings.length === 0) context.out.write('Nessuna segnalazione / no findings\n');
}

export async function reconciliationCommand(context: CommandContext): Promise<number> {
  const options = parseOptions(COMMAND, context.args, {
    values: ['comune', 'stato', 'tipo', ...ACTING],
    switches: ['altri', 'en'],
    without: ['al'],
  });
  const labels = labelsOf(context);
  const named = options.value('comune');
  if (options.words.length > 0 || (named === undefined && options.has('altri')))
    throw usageError(
      COMMAND,
      'il comune si indica con --comune, e --altri vuole un comune',
      'the comune is named with --comune, and --altri wants one',
    );
  const query: FindingQuery = {
    comune: named === undefined ? null : comuneOption(labels, COMMAND, named),
    side: options.has('altri') ? 'others' : 'mine',
    state: stateOption(options),
    kind: kindOption(COMMAND, options),
  };
  return answer(
    context,
    options,
    async (app, when): Promise<FindingsAnswer | CountsAnswer> => {
      if (query.comune === null) return askFindingCounts(app.db, query, when.notoAl);
      return askFindings(app.db, query, when.notoAl, (code) => labels.comune(code));
    },
    {
      operation: 'reconciliationList',
      ...(query.comune === null ? {} : { comuni: [query.comune] }),
      subjects: (found) =>
        'segnalazioni' in found ? found.segnalazioni.flatMap((f) => f.persone.flatMap((p) => p.schede)) : [],
    },
    (found) => {
      context.out.write(`Riconciliazione tra comuni\n${whenWords(null, found.noto_al)}\n\n`);
      if ('segnalazioni' in found) showFindings(context, labels, found.segnalazioni, options.has('en'));
      else
        context.out.write(
          table(
            found.conteggi,
            [
              { title: 'comune', text: (c) => labels.comune(c.comune) },
              { title: 'genere', text: (c) => kindWords(c.genere) },
              { title: 'segnalate', text: (c) => c.segnalate, right: true },
              { title: 'entro i termini', text: (c) => c.entro_i_termini, right: true },
              { title: 'rinviate', text: (c) => c.rinviate, right: true },
            ],
            context.out,
          ),
        );
    },
  );
}

export async function refreshCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('reconciliation refresh', context.args, { without: ['al', 'noto-al'] });
  const app = await openContext(context);
  try {
    const { opened, closed } = await refreshFindings(app.db);
    if (options.json) context.out.write(`${JSON.stringify({ aperte: opened, chiuse: closed })}\n`);
    else context.out.write(`Segnalazioni aperte / opened: ${opened}; chiuse / closed: ${closed}\n`);
    return 0;
  } finally {
    await app.close();
  }
}

/** `reconciliation later` and `reconciliation resume`: put off what waits for others, and take that back. */
async function putOffCommand(context: CommandContext, command: string, off: boolean): Promise<number> {
  const options = parseOptions(command, context.args, {
    values: ['tipo', 'reason', ...(off ? ['until'] : []), ...ACTING],
    switches: ['en'],
    without: ['al', 'noto-al'],
  });
  const labels = labelsOf(context);
  const [word, ...more] = options.words;
  const entry = entryKey(word ?? '');
  if (entry === null || more.length > 0)
    throw usageError(
      command,
      'indicare di chi è la segnalazione, COMUNE:ID_SOGGETTO: reconciliation --comune lo dice',
      'name whom the finding is about, COMUNE:ID_SOGGETTO: reconciliation --comune tells it',
    );
  const text = options.value('until');
  const until = text === undefined ? null : dayOption(command, 'until', text);
  if (off && until === null)
    throw usageError(command, 'manca --until: fino a quale giorno', '--until is missing: until which day');
  const named = { ...entry, kind: kindOption(command, options) };
  const reason = reasonOption(command, options);
  const app = await openContext(context);
  try {
    const question: Question<readonly ListedFinding[]> = {
      operation: 'reconciliationPutOff',
      comuni: [await findingOwner(app.db, named)],
      subjects: (found) => found.flatMap((f) => f.persone.flatMap((p) => p.schede)),
    };
    const found = await audited(app, options, question, (operator, record) =>
      putOff(app.db, named, { until, operator, reason }, (code) => labels.comune(code), record),
    );
    if (options.json) context.out.write(`${JSON.stringify(found, null, 2)}\n`);
    else showFindings(context, labels, found, options.has('en'));
    return 0;
  } finally {
    await app.close();
  }
}

export const laterCommand = (context: CommandContext): Promise<number> =>
  putOffCommand(context, 'reconciliation later', true);
export const resumeCommand = (context: CommandContext): Promise<number> =>
  putOffCommand(context, 'reconciliation resume', false);
