/** The commands of `./sipop`: one table from which help, suggestions and dispatch are made. */
import type { Command } from './command.ts';

export const COMMANDS: readonly Command[] = [
  {
    name: 'test',
    usage: 'test [FILE…]',
    italian:
      'installa ciò che serve alle prove ed esegue tutti i controlli (stile, tipi, importazioni, prove)',
    english: 'install what the tests need and run every check (style, types, imports, tests)',
    examples: ['./sipop test', './sipop test src/kernel/day.test.ts'],
    run: async (context) => (await import('./test.command.ts')).runTests(context),
  },
];
