/** `sipop registry names`: brings the index of names up to what the register holds (docs/adr/0025); supplies keep it from then on. */
import { addNames, listUnknownNames } from '../registry/names/names.sql.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { parseOptions } from './options.ts';

export async function namesCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('registry names', context.args, { without: ['al', 'noto-al'] });
  const app = await openContext(context);
  try {
    const added = await app.db.transaction((client) => addAll(client));
    context.out.write(
      options.json
        ? `${JSON.stringify({ nomi: added })}\n`
        : `${added} nomi aggiunti all’indice / names added to the index\n`,
    );
    return 0;
  } finally {
    await app.close();
  }
}

async function addAll(client: Parameters<typeof listUnknownNames>[0]): Promise<number> {
  return addNames(client, await listUnknownNames(client));
}
