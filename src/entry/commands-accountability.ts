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
  {
    name: 'processing list',
    usage: 'processing list [--csv|--json]',
    italian: 'il registro dei trattamenti (GDPR art. 30), anche da consegnare in CSV o JSON',
    english: 'the register of processing activities (GDPR art. 30), also to hand over as CSV or JSON',
    examples: ['./sipop processing list', './sipop processing list --csv > trattamenti.csv'],
    run: async (context) => (await import('./accountability.command.ts')).processingListCommand(context),
  },
  {
    name: 'processing put',
    usage: 'processing put FILE [--json]',
    italian:
      'dice un trattamento da ora in poi, da un file di JSON come quelli di processing list --json; come era resta nella storia',
    english:
      'say an activity from now on, from a file of JSON like those of processing list --json; what it was stays in the history',
    examples: ['./sipop processing put verifiche.json'],
    run: async (context) => (await import('./accountability.command.ts')).processingPutCommand(context),
  },
  {
    name: 'breach open',
    usage:
      'breach open --nota-dal ISTANTE --fatto TESTO --dati TESTO --conseguenze TESTO --misure TESTO [--persone N] [--json]',
    italian:
      'registra una violazione di dati personali: le 72 ore per notificarla al Garante corrono da quando se ne è a conoscenza',
    english:
      'record a personal data breach: the 72 hours to notify it to the authority run since one is aware of it',
    examples: [
      './sipop breach open --nota-dal 2026-11-24T08:00:00Z --fatto "portatile smarrito" --dati nomi --conseguenze "nessuna nota" --misure "disco cifrato" --persone 12',
    ],
    run: async (context) => (await import('./accountability.command.ts')).breachOpenCommand(context),
  },
  {
    name: 'breach close',
    usage: 'breach close VIOLAZIONE --come notificata|rischio-improbabile [--motivo TESTO] [--json]',
    italian:
      'dice che una violazione è notificata al Garante (oltre le 72 ore con il motivo del ritardo), o perché il rischio è improbabile',
    english:
      'say that a breach is notified to the authority (past the 72 hours with the reason for the delay), or why a risk is unlikely',
    examples: [
      './sipop breach close V1 --come notificata',
      './sipop breach close V2 --come rischio-improbabile --motivo "dati cifrati, chiave al sicuro"',
    ],
    run: async (context) => (await import('./accountability.command.ts')).breachCloseCommand(context),
  },
  {
    name: 'breach list',
    usage: 'breach list [--json]',
    italian: 'elenca le violazioni con la scadenza e le ore che restano',
    english: 'list the breaches with their deadline and the hours left',
    examples: ['./sipop breach list'],
    run: async (context) => (await import('./accountability.command.ts')).breachListCommand(context),
  },
  {
    name: 'audit erase',
    usage: 'audit erase CHI --pratica N [--conferma PERSONA] [--json]',
    italian:
      'cancella la chiave che lega una persona alle foglie dell’audit: non si torna indietro. Senza --conferma dice soltanto che cosa ne segue',
    english:
      'delete the key that ties a person to the leaves of the audit: it cannot be undone. Without --conferma it only tells what follows',
    examples: [
      './sipop audit erase P123 --pratica 2026/77',
      './sipop audit erase P123 --pratica 2026/77 --conferma P123',
    ],
    run: async (context) => (await import('./audit-erase.command.ts')).eraseCommand(context),
  },
];
