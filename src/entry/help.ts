/** Texts of `--help`, and the nearest command to a mistyped one. */
import { editDistance } from '../kernel/nearest.ts';
import type { Command } from './command.ts';
import { foldWords } from './table.ts';

/** Lines are folded at the terminal's width, and never wider than a page. */
const PAGE = 110;

function folded(text: string, indent: number, columns: number | undefined): string[] {
  const lines = foldWords(text, Math.min(columns ?? PAGE, PAGE) - indent);
  return lines.map((line) => `${' '.repeat(indent)}${line}`);
}

/** @param columns of the terminal; undefined elsewhere */
export function generalHelp(commands: readonly Command[], columns?: number): string {
  const lines = [
    'SIPOP: Sistema Informativo della Popolazione provinciale',
    '',
    'Uso / usage: ./sipop [--demo] COMANDO [OPZIONI]',
    '',
    ...folded(
      '--demo prima del comando lavora sul registro della dimostrazione (./sipop demo), non su quello vero',
      2,
      columns,
    ),
    ...folded(
      '--demo before the command works on the register of the demo (./sipop demo), not on the real one',
      2,
      columns,
    ),
    '',
  ];
  for (const command of commands) {
    lines.push(
      ...folded(command.usage, 2, columns),
      ...folded(command.italian, 6, columns),
      ...folded(command.english, 6, columns),
    );
    for (const example of command.examples) lines.push(`        $ ${example}`);
    lines.push('');
  }
  lines.push('./sipop COMANDO --help spiega un comando solo / explains one command.', '');
  return lines.join('\n');
}

export function commandHelp(command: Command, columns?: number): string {
  return [
    ...folded(`./sipop ${command.usage}`, 0, columns),
    '',
    ...folded(command.italian, 2, columns),
    ...folded(command.english, 2, columns),
    '',
    'Esempi / examples:',
    ...command.examples.map((example) => `  $ ${example}`),
    '',
  ].join('\n');
}

/** Up to three commands near what was typed: by spelling, or because it is their first word. */
export function nearestNames(words: readonly string[], commands: readonly Command[]): string[] {
  const scored = commands.map((command) => {
    const typed = words.slice(0, command.name.split(' ').length).join(' ').slice(0, 60);
    const firstWord = command.name.split(' ')[0] === words[0] ? -10 : 0;
    return {
      name: command.name,
      score: editDistance(typed, command.name) + firstWord,
      limit: Math.max(2, command.name.length / 3),
    };
  });
  return scored
    .filter((s) => s.score <= s.limit)
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map((s) => s.name);
}
