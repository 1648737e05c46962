/** The linkage of what loads brought, behind them: their outcomes are told before it begins, and whatever becomes of it they stand. */
import { AppError } from '../kernel/app-error.ts';
import type { Reference } from '../reference/load-reference.ts';
import { linkNew } from '../registry/linkage/link-new.service.ts';
import type { CommandContext } from './command.ts';
import type { AppContext } from './context.ts';
import { linkageRoom } from './linkage-room.ts';
import { thousands } from './table.ts';

/** @param quiet says nothing but what went wrong */
export async function linkBehind(
  { out, err, program }: Pick<CommandContext, 'out' | 'err' | 'program'>,
  app: AppContext,
  reference: Reference,
  quiet: boolean,
): Promise<void> {
  if (!app.config.linksAfterLoad) return;
  try {
    const linked = await linkNew(app.db, reference, linkageRoom(app));
    if (linked === null || quiet || linked.report.begun === 0) return;
    const found = thousands(linked.report.begun);
    out.write(
      `La stessa persona? ${found} coppie da giudicare / the same person? ${found} pairs to be judged: ${program} linkage queue\n`,
    );
  } catch (error) {
    const [italian, english] =
      error instanceof AppError ? [error.italian, error.english] : [String(error), String(error)];
    err.write(
      `Le forniture sono caricate; il collegamento si è interrotto (${italian}) e riprende dopo il prossimo caricamento, o con ${program} linkage run --since ultima\n` +
        `The supplies are loaded; the linkage broke off (${english}) and goes on after the next load, or with ${program} linkage run --since ultima\n`,
    );
  }
}
