/**
 * Three questions worked out on the register just loaded, by the very commands that anybody would type: a person's history,
 * a family on a past day, the same question as known before a correction and after it.
 */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import type { Client } from '../platform/db/pool.ts';
import { askPerson } from '../registry/answers/ask-person.ts';
import {
  findMovedPerson,
  findPastFamily,
  listCorrections,
  type WorkedCorrection,
} from '../registry/answers/examples.sql.ts';
import type { KnownAt } from '../registry/answers/known-at.ts';
import type { CommandContext } from './command.ts';
import { familyCommand } from './family.command.ts';
import { historyCommand } from './history.command.ts';
import { personCommand } from './person.command.ts';

type Run = (context: CommandContext) => Promise<number>;

/** Shows the command as one would type it, then what it answers. */
async function ask(context: CommandContext, name: string, run: Run, args: readonly string[]): Promise<void> {
  context.out.write(`\n$ ./sipop --demo ${name} ${args.join(' ')}\n`);
  await run({ ...context, args });
}

/** Corrections that are tried until one is found whose answer differs. */
const TRIED = 200;

/** A correction with the parts of the answer that it changed, by their names in JSON. */
interface VisibleCorrection extends WorkedCorrection {
  readonly changed: readonly string[];
}

/** What is told of the person on the correction's day; null where nothing was known yet. */
async function told(db: Client, { entryId, al }: WorkedCorrection, notoAl: KnownAt) {
  try {
    return await askPerson(db, { kind: 'provincial', entryId }, { al, notoAl });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The first correction that changed what is told of the person on its day. */
async function findVisibleCorrection(db: Client): Promise<VisibleCorrection | null> {
  for (const correction of await listCorrections(db, TRIED)) {
    const before = await told(db, correction, correction.before);
    const after = await told(db, correction, correction.after);
    if (before === null || after === null) continue;
    const changed = Object.entries(after)
      .filter(
        ([key, value]) => key !== 'noto_al' && !isDeepStrictEqual(value, before[key as keyof typeof before]),
      )
      .map(([key]) => key);
    if (changed.length > 0) return { ...correction, changed };
  }
  return null;
}

const WHAT: Readonly<Record<WorkedCorrection['tipo'], string>> = {
  R: 'una rettifica / a correction',
  A: 'un annullamento / an annulment',
};

export async function askWorkedQuestions(db: Client, context: CommandContext): Promise<void> {
  const moved = await findMovedPerson(db);
  context.out.write('\na) La storia di una persona che due comuni conoscono / a person whom two comuni know');
  if (moved === null) context.out.write(': nessuna / nobody\n');
  else await ask(context, 'history', historyCommand, [`P${moved}`]);

  const family = await findPastFamily(db);
  context.out.write('\nb) Una famiglia in un giorno passato / a family on a past day');
  if (family === null) context.out.write(': nessuna / none\n');
  else await ask(context, 'family', familyCommand, [`P${family.entryId}`, '--al', family.al]);

  const correction = await findVisibleCorrection(db);
  context.out.write('\nc) La stessa domanda prima e dopo / the same question before and after');
  if (correction === null) {
    context.out.write(': nessuna rettifica in queste forniture / no correction in these supplies\n');
    return;
  }
  context.out.write(` ${WHAT[correction.tipo]} (${correction.operazione})`);
  for (const instant of [correction.before, correction.after])
    await ask(context, 'person', personCommand, [
      `P${correction.entryId}`,
      '--al',
      correction.al,
      '--noto-al',
      instant,
    ]);
  context.out.write(`\nÈ cambiato / what changed: ${correction.changed.join(', ').replaceAll('_', ' ')}\n`);
}
