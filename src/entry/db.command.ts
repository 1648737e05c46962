/** `sipop db start|stop|status`: the embedded server by hand. */
import { parseArgs } from 'node:util';
import { ensureRunning, type ServerStatus, serverStatus, stopServer } from '../platform/db/embedded.ts';
import { withoutPassword } from '../platform/db/errors.ts';
import type { CommandContext } from './command.ts';
import { type Config, readConfig } from './config.ts';
import { openContext } from './context.ts';

const STATES: Readonly<Record<ServerStatus['state'], string>> = {
  running: 'in funzione / running',
  starting: 'in avvio / starting',
  stopping: 'in arresto / stopping',
  stopped: 'ferma / stopped',
  crashed: 'caduta: riparte da sola al prossimo comando / crashed: the next command starts it again',
  absent: 'non ancora creata: ./sipop db start / not made yet: ./sipop db start',
};

/** Says so, and stops there, where the database is not ours to start or stop. */
function isExternal(context: CommandContext, config: Config): boolean {
  if (config.databaseUrl === null) return false;
  context.out.write(
    `DATABASE_URL indica un server esterno, che si avvia e si ferma con i suoi strumenti / names an external server, started and stopped with its own tools: ${withoutPassword(config.databaseUrl)}\n`,
  );
  return true;
}

export async function startDatabase(context: CommandContext): Promise<number> {
  parseArgs({ args: [...context.args], options: {} });
  const config = readConfig(context.env, context.root);
  if (isExternal(context, config)) return 0;
  const server = await ensureRunning({ dataFolder: config.dataFolder });
  await (await openContext(context)).close();
  context.out.write(
    `${server.started ? 'avviata / started' : 'già in funzione / already running'}: 127.0.0.1:${server.port} (pid ${server.pid}), ${config.dataFolder}\n`,
  );
  return 0;
}

export async function stopDatabase(context: CommandContext): Promise<number> {
  parseArgs({ args: [...context.args], options: {} });
  const config = readConfig(context.env, context.root);
  if (isExternal(context, config)) return 0;
  const stopped = await stopServer(config.dataFolder);
  context.out.write(stopped ? 'fermata / stopped\n' : 'era già ferma / was not running\n');
  return 0;
}

/** Exit status 0 when the database is there and answers, 1 otherwise. */
export async function databaseStatus(context: CommandContext): Promise<number> {
  const { values } = parseArgs({ args: [...context.args], options: { json: { type: 'boolean' } } });
  const config = readConfig(context.env, context.root);
  if (isExternal(context, config)) {
    await (await openContext(context)).close();
    context.out.write('risponde / answers\n');
    return 0;
  }
  const status = serverStatus(config.dataFolder);
  if (values.json === true) context.out.write(`${JSON.stringify(status)}\n`);
  else {
    const where = status.port === null ? '' : ` 127.0.0.1:${status.port} (pid ${status.pid})`;
    context.out.write(
      `base dati / database: ${STATES[status.state]}${where}\ndati / data: ${status.dataFolder}\ndiario / log: ${status.logFile}\n`,
    );
  }
  return status.state === 'running' ? 0 : 1;
}
