/** `sipop linkage same|join|different|later|undo`: what an operator decides of a pair, and what it changes, before and right after. */
import { type Day, romeDay } from '../kernel/day.ts';
import type { DecisionKind } from '../registry/review/decisions.ts';
import {
  type Deciding,
  type DecisionOutcome,
  decide,
  undoDecision,
} from '../registry/review/review.service.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';
import { labelsOf } from './labels.ts';
import { pairOption } from './linkage-pair.ts';
import { showEffects } from './linkage-words.ts';
import { type AskOptions, dayOption, parseOptions, usageError } from './options.ts';

function required(command: string, options: AskOptions, name: 'operator' | 'reason'): string {
  const text = options.value(name)?.trim() ?? '';
  if (text !== '') return text;
  throw usageError(
    command,
    `manca --${name}: ogni decisione ha il nome di chi la prende e il suo motivo`,
    `--${name} is missing: every decision bears the name of who takes it, and why`,
  );
}

/** Reads the words common to all acts, runs one, and tells what it changed or would. */
async function act(
  context: CommandContext,
  command: string,
  options: AskOptions,
  run: (app: AppContext, deciding: Deciding) => Promise<DecisionOutcome>,
): Promise<number> {
  const labels = labelsOf(context);
  const operator = required(command, options, 'operator');
  const reason = required(command, options, 'reason');
  const app = await openContext(context);
  try {
    const outcome = await run(app, {
      operator,
      reason,
      al: options.al ?? romeDay(app.now()),
      dryRun: options.has('dry-run'),
      comuneName: (code) => labels.comune(code),
    });
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

const ACT = { values: ['operator', 'reason'], switches: ['dry-run', 'en'], without: ['noto-al'] } as const;

async function decisionCommand(
  context: CommandContext,
  command: string,
  kind: DecisionKind,
): Promise<number> {
  const spec = kind === 'later' ? { ...ACT, values: [...ACT.values, 'until'] } : ACT;
  const options = parseOptions(command, context.args, spec);
  const text = kind === 'later' ? options.value('until') : undefined;
  const until: Day | null = text === undefined ? null : dayOption(command, 'until', text);
  return act(context, command, options, async (app, deciding) =>
    decide(app.db, kind, await pairOption(app.db, command, options.words), until, deciding),
  );
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
  return act(context, 'linkage undo', options, (app, deciding) =>
    undoDecision(app.db, Number(number[1]), deciding),
  );
}
