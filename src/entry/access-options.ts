/** What the commands of access share: their arguments, the leaf that each leaves, how the answer is told. */
import { parseArgs } from 'node:util';
import type { AccessContext } from '../access/accounts/change.service.ts';
import type { AccessKind } from '../access/audit/leaf.ts';
import { withAudit } from '../access/audit/with-audit.ts';
import type { OperationId } from '../access/rights/operations.ts';
import { commandLineCaller, openAudit } from './audit-context.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';
import { refusedArgument, usageError } from './options.ts';

type Values = Readonly<Record<string, string | undefined>>;
export interface Given {
  readonly words: readonly string[];
  readonly values: Values;
  readonly json: boolean;
  need(name: string): string;
  list(name: string): string[];
}

/** The arguments of one command: words by their number, options with a value by name. @throws AppError usage */
export function given(
  command: string,
  context: CommandContext,
  words: readonly string[],
  names: readonly string[],
): Given {
  const options: Record<string, { type: 'string' | 'boolean' }> = { json: { type: 'boolean' } };
  for (const name of names) options[name] = { type: 'string' };
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...context.args], allowPositionals: true, options });
  } catch (error) {
    const refused = refusedArgument(error);
    if (refused === null) throw error;
    throw usageError(command, refused.italian, refused.english);
  }
  if (parsed.positionals.length !== words.length)
    throw usageError(
      command,
      words.length === 0 ? 'non vuole altre parole' : `indicare ${words.join(', ')}`,
      words.length === 0 ? 'no other words are wanted' : `give ${words.join(', ')}`,
    );
  const values: Values = Object.fromEntries(
    Object.entries(parsed.values).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  return {
    words: parsed.positionals,
    values,
    json: parsed.values['json'] === true,
    need: (name) => {
      const value = values[name]?.trim() ?? '';
      if (value !== '') return value;
      throw usageError(command, `manca --${name}`, `--${name} is missing`);
    },
    list: (name) =>
      (values[name] ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
  };
}

/** Does it, with its leaf, and only then says it. @param operation the right of a server's caller who does the same */
export async function administer<A>(
  context: CommandContext,
  operation: OperationId | 'firstAdministrator' | 'invitationAccept',
  kind: AccessKind,
  work: (access: AccessContext, app: AppContext) => Promise<A>,
): Promise<A> {
  const app = await openContext(context);
  try {
    const audit = await openAudit(app);
    const caller = commandLineCaller();
    try {
      const released = await withAudit(
        audit,
        { caller, operation, kind, purpose: 'amministrazione-accessi', file: null, sought: [] },
        async (record) => {
          const about = { subjects: [], fields: [], count: 1 };
          const by = caller.user ?? 'cli';
          const access = { db: app.db, now: app.now, by, beforeCommit: () => record(about) };
          return { answer: await work(access, app), ...about };
        },
      );
      return released.answer;
    } finally {
      await audit.close();
    }
  } finally {
    await app.close();
  }
}

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function tell(context: CommandContext, asked: Given, value: object, text: string): number {
  context.out.write(asked.json ? json(value) : text);
  return 0;
}
