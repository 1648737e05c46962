/** `sipop reconciliation [refresh]`: what the registers of two comuni do not agree about, and whose turn it is to mend it. */

import type { FindingKind } from '../registry/reconciliation/finding.ts';
import type { FindingQuery } from '../registry/reconciliation/listing.sql.ts';
import type { ListedFinding } from '../registry/reconciliation/listing.ts';
import { FINDING_KINDS } from '../registry/reconciliation/messages.ts';
import {
  askFindingCounts,
  askFindings,
  type CountsAnswer,
  type FindingsAnswer,
  refreshFindings,
} from '../registry/reconciliation/reconciliation.service.ts';
import { answer, comuneOption, whenWords } from './ask.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { type Labels, labelsOf } from './labels.ts';
import { type AskOptions, parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

const COMMAND = 'reconciliation';
const STATES: readonly FindingQuery['state'][] = ['aperte', 'chiuse', 'tutte'];

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

function kindOption(options: AskOptions): FindingKind | null {
  const text = options.value('tipo');
  if (text === undefined) return null;
  const kind = FINDING_KINDS.find((k) => k === text.toUpperCase().replaceAll(/[ -]/g, '_'));
  if (kind !== undefined) return kind;
  throw usageError(
    COMMAND,
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
  const waited =
    f.giorni_di_attesa === null
      ? `aperta da ${f.giorni} giorni`
      : `in attesa da ${f.giorni_di_attesa} giorni${f.segnalata ? ', oltre i termini' : ''}`;
  return `${waited}, da sistemare entro il ${f.scadenza}`;
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
    values: ['comune', 'stato', 'tipo'],
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
    kind: kindOption(options),
  };
  return answer(
    context,
    options,
    async (app, when): Promise<FindingsAnswer | CountsAnswer> => {
      if (query.comune === null) return askFindingCounts(app.db, query, when.notoAl);
      return askFindings(app.db, query, when.notoAl, (code) => labels.comune(code));
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
