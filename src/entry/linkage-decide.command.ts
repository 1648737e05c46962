/** `sipop linkage same|join|different|later|undo`: what an operator decides of a pair, and what it changes, before and right after. */
import { type Day, romeDay } from '../kernel/day.ts';
import type { DecisionKind } from '../registry/review/decisions.ts';
import {
  type Deciding,
  type DecisionOutcome,
  decide,
  decidedPair,
  undoDecision,
} from '../registry/review/review.service.ts';
import { findEntryNames } from '../registry/review/review.sql.ts';
import { audited, type Question } from './audited.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';
import { labelsOf } from './labels.ts';
import { pairOption } from './linkage-pair.ts';
import { showEffects } from './linkage-words.ts';
import { ACTING, type AskOptions, dayOption, parseOptions, usageError } from './options.ts';

/** Why it is decided. @throws AppError usage */
export function reasonOption(command: string, options: AskOptions): string {
  const text = options.value('reason')?.trim() ?? '';
  if (text !== '') return text;
  throw usageError(
    command,
    'manca --reason: ogni decisione dice il suo motivo',
    '--reason is missing: every decision says why',
  );
}

/** The pair that is decided of, and what is done. */
interface Act {
  readonly pair: readonly [number, number];
  readonly run: (deciding: Deciding) => Promise<DecisionOutcome>;
}

/** Reads the words common to all acts, runs one, and tells what it changed or would. */
async function act(
  context: CommandContext,
  command: string,
  options: AskOptions,
  prepare: (app: AppContext) => Promise<Act>,
): Promise<number> {
  const labels = labelsOf(context);
  const reason = reasonOption(command, options);
  const app = await openContext(context);
  try {
    const { pair, run } = await prepare(app);
    const entries = await findEntryNames(app.db, pair);
    const question: Question<DecisionOutcome> = {
      operation: 'linkageDecide',
      comuni: [...new Set(entries.map((e) => e.comune))],
      subjects: () => entries,
    };
    const outcome = await audited(app, options, question, (operator, record) =>
      run({
        operator,
        reason,
        al: options.al ?? romeDay(app.now()),
        dryRun: options.has('dry-run'),
        beforeCommit: record,
        comuneName: (code) => labels.comune(code),
      }),
    );
    if (options.json) context.out.write(`${JSON.stringify(outcome, null, 2)}\n`);
    else {
      context.out.write(
        outcome.decisione === null
          ? 'PROVA: nulla è cambiato; così cambierebbe / DRY RUN: nothing has changed; so it would\n\n'
          : `Decisione D${outcome.decisione} registrata: si annulla con linkage undo D${outcome.decisione} / decision recorded: undo it so\n\n`,
      );
      showEffects(context, labels, outcome.effetti, options.has('en'));
    }
    return 0;
  } finally {
    await app.close();
  }
}

const ACT = { values: ['reason', ...ACTING], switches: ['dry-run', 'en'], without: ['noto-al'] } as const;

async function decisionCommand(
  context: CommandContext,
  command: string,
  kind: DecisionKind,
): Promise<number> {
  const spec = kind === 'later' ? { ...ACT, values: [...ACT.values, 'until'] } : ACT;
  const options = parseOptions(command, context.args, spec);
  const text = kind === 'later' ? options.value('until') : undefined;
  const until: Day | null = text === undefined ? null : dayOption(command, 'until', text);
  return act(context, command, options, async (app) => {
    const pair = await pairOption(app.db, command, options.words);
    return { pair, run: (deciding) => decide(app.db, kind, pair, until, deciding) };
  });
}

export const sameCommand = (context: CommandContext): Promise<number> =>
  decisionCommand(context, 'linkage same', 'same');
export const joinCommand = (context: CommandContext): Promise<number> =>
  decisionCommand(context, 'linkage join', 'same');
export const differentCommand = (context: CommandContext): Promise<number> =>
  decisionCommand(context, 'linkage different', 'different');
export const laterCommand = (context: CommandContext): Promise<number> =>
  decisionCommand(context, 'linkage later', 'later');

export async function undoCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage undo', context.args, ACT);
  const number = /^D?(\d{1,15})$/i.exec(options.words[0] ?? '');
  if (options.words.length !== 1 || number === null)
    throw usageError(
      'linkage undo',
      'indicare la decisione, per esempio D12: le elenca linkage queue --stato decisa',
      'name the decision, such as D12: linkage queue --stato decisa lists them',
    );
  const decision = Number(number[1]);
  return act(context, 'linkage undo', options, async (app) => ({
    pair: await decidedPair(app.db, decision),
    run: (deciding) => undoDecision(app.db, decision, deciding),
  }));
}
