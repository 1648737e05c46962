/** The command line. It wires nothing itself: it finds the command, explains, and reports what went wrong. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../kernel/app-error.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { demoEnvironment } from './config.ts';
import { commandHelp, generalHelp, nearestNames } from './help.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The command whose words begin the arguments ("intake load"), longest first. */
function findCommand(words: readonly string[]): Command | undefined {
  return [...COMMANDS]
    .sort((a, b) => b.name.length - a.name.length)
    .find((command) => command.name.split(' ').every((word, i) => words[i] === word));
}

async function main(typed: readonly string[]): Promise<number> {
  const onDemo = typed[0] === '--demo';
  const argv = onDemo ? typed.slice(1) : typed;
  const wantsHelp = argv.includes('--help') || argv.includes('-h');
  const words = argv.filter((word) => word !== '--help' && word !== '-h');
  if (words.length === 0 || words[0] === 'help') {
    process.stdout.write(generalHelp(COMMANDS));
    return 0;
  }
  const command = findCommand(words);
  if (command === undefined) {
    const unknown = words.slice(0, 2).join(' ');
    const near = nearestNames(words, COMMANDS);
    process.stderr.write(`sipop: comando sconosciuto «${unknown}» / unknown command "${unknown}"\n`);
    if (near.length > 0)
      process.stderr.write(`       forse / perhaps: ${near.map((n) => `./sipop ${n}`).join(', ')}\n`);
    process.stderr.write('       ./sipop --help elenca i comandi / lists the commands\n');
    return 2;
  }
  if (wantsHelp) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  const args = words.slice(command.name.split(' ').length);
  const env = onDemo ? demoEnvironment(process.env, root) : process.env;
  return command.run({ args, root, env, out: process.stdout, err: process.stderr });
}

/** Options that `node:util`'s parseArgs refused. */
function isUsage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Whoever reads may have read enough (| head).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof AppError) {
    process.stderr.write(`sipop: ${error.italian}\n       ${error.english}\n`);
    process.exitCode = error.code === 'usage' ? 2 : 1;
  } else if (isUsage(error)) {
    process.stderr.write(
      `sipop: opzione non riconosciuta o senza valore / unknown option, or one without its value: ${error.message.split('. ')[0]}\n`,
    );
    process.stderr.write('       ./sipop COMANDO --help spiega le opzioni / explains the options\n');
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `sipop: errore inatteso / unexpected error\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 70;
  }
}
