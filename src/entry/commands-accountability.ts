/** The commands by which the province answers for what it keeps (GDPR art. 5(2)), a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const ACCOUNTABILITY_COMMANDS: readonly Command[] = [
  {
    name: 'retention list',
    usage: 'retention list [--storia] [--json]',
    italian:
      'elenca per quanto si tiene ciò che non è fatto del registro: termine, norma, se la regola è accesa; con --storia anche come era',
    english:
      'list how long whatever is no fact of the register is kept: term, source of law, whether the rule is on; with --storia also what it was',
    examples: ['./sipop retention list', './sipop retention list --storia --json'],
    run: async (context) => (await import('./retention.command.ts')).listCommand(context),
  },
  {
    name: 'retention set',
    usage: 'retention set REGOLA [--giorni N] [--norma TESTO] [--stato accesa|spenta] [--json]',
    italian: 'dice un termine di conservazione da ora in poi; come era resta nella storia',
    english: 'say a term of retention from now on; what it was stays in the history',
    examples: [
      './sipop retention set verification-batches --giorni 20 --norma "regolamento provinciale 4/2026"',
      './sipop retention set quota-uses --stato spenta',
    ],
    run: async (context) => (await import('./retention.command.ts')).setCommand(context),
  },
  {
    name: 'retention apply',
    usage: 'retention apply [--json]',
    italian:
      'toglie ora ciò che è oltre il suo termine, come il server fa ogni ora; ogni volta è una foglia dell’audit',
    english:
      'take away now what is past its term, as the server does every hour; each time is a leaf of the audit',
    examples: ['./sipop retention apply'],
    run: async (context) => (await import('./retention.command.ts')).applyCommand(context),
  },
];
