/** The command line. It wires nothing itself: it finds the command, explains, and reports what went wrong. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../kernel/app-error.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { demoEnvironment } from './config.ts';
import { commandHelp, generalHelp, nearestNames } from './help.ts';
import { refusalOf, tellRefusal } from './refusal.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The command whose words begin the arguments ("intake load"), longest first. */
function findCommand(words: readonly string[]): Command | undefined {
  return [...COMMANDS]
    .sort((a, b) => b.name.length - a.name.length)
    .find((command) => command.name.split(' ').every((word, i) => words[i] === word));
}

/** The words that name a command among those typed: all of the command's, or the first as it was typed. */
const nameOf = (words: readonly string[]): string => findCommand(words)?.name ?? words[0] ?? '';

/** What is typed, without the options that come before or belong to no command. */
function wordsOf(typed: readonly string[]): readonly string[] {
  const argv = typed[0] === '--demo' ? typed.slice(1) : typed;
  const words = argv.filter((word) => word !== '--help' && word !== '-h');
  return words[0] === 'help' ? words.slice(1) : words;
}

async function main(typed: readonly string[]): Promise<number> {
  const onDemo = typed[0] === '--demo';
  const words = wordsOf(typed);
  const wantsHelp =
    typed.some((word) => word === '--help' || word === '-h') || typed[onDemo ? 1 : 0] === 'help';
  if (words.length === 0) {
    process.stdout.write(generalHelp(COMMANDS, process.stdout.columns));
    return 0;
  }
  if (words[0] === '--version') {
    process.stdout.write(
      `SIPOP ${JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')).version}\n`,
    );
    return 0;
  }
  const command = findCommand(words);
  if (command === undefined) {
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${words[0]} `));
    if (wantsHelp && group.length > 0) {
      process.stdout.write(group.map((one) => commandHelp(one, process.stdout.columns)).join('\n'));
      return 0;
    }
    const unknown = words.slice(0, 2).join(' ');
    const near = nearestNames(words, COMMANDS).map((name) => `./sipop ${name}`);
    throw new AppError(
      'usage',
      `comando sconosciuto «${unknown}»${near.length === 0 ? '' : `: forse ${near.join(', ')}`} (./sipop --help elenca i comandi)`,
      `unknown command "${unknown}"${near.length === 0 ? '' : `: perhaps ${near.join(', ')}`} (./sipop --help lists the commands)`,
    );
  }
  if (words.includes('--demo'))
    throw new AppError(
      'usage',
      `--demo va prima del comando: ./sipop --demo ${command.name} …`,
      `--demo goes before the command: ./sipop --demo ${command.name} …`,
    );
  if (wantsHelp) {
    process.stdout.write(commandHelp(command, process.stdout.columns));
    return 0;
  }
  const args = words.slice(command.name.split(' ').length);
  const env = onDemo ? demoEnvironment(process.env, root) : process.env;
  const program = onDemo ? './sipop --demo' : './sipop';
  return command.run({ args, root, program, env, out: process.stdout, err: process.stderr });
}

// Whoever reads may have read enough (| head).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
const typed = process.argv.slice(2);
try {
  process.exitCode = await main(typed);
} catch (error) {
  process.exitCode = tellRefusal(refusalOf(error, nameOf(wordsOf(typed))), typed.includes('--json'), {
    out: process.stdout,
    err: process.stderr,
  });
}
