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
  {
    name: 'db start',
    usage: 'db start',
    italian:
      'avvia la base dati incorporata (lo fa già ogni comando che ne ha bisogno) e la porta all’ultima versione',
    english:
      'start the embedded database (every command that needs it does so) and bring it to the last version',
    examples: ['./sipop db start', 'SIPOP_DATA=/var/lib/sipop ./sipop db start'],
    run: async (context) => (await import('./db.command.ts')).startDatabase(context),
  },
  {
    name: 'db stop',
    usage: 'db stop',
    italian: 'ferma la base dati incorporata; ciò che è confermato resta',
    english: 'stop the embedded database; what was committed stays',
    examples: ['./sipop db stop'],
    run: async (context) => (await import('./db.command.ts')).stopDatabase(context),
  },
  {
    name: 'db status',
    usage: 'db status [--json]',
    italian: 'dice se la base dati è in funzione, dove sono i dati e il diario del server',
    english: 'tell whether the database runs, and where its data and its log are',
    examples: ['./sipop db status', './sipop db status --json'],
    run: async (context) => (await import('./db.command.ts')).databaseStatus(context),
  },
  {
    name: 'intake load',
    usage: 'intake load FILE… [--json] [--conferma FILE]',
    italian:
      'carica le forniture (ZIP del tracciato SIPOP): controllo, esito e ricevuta; --conferma accetta per nome una fornitura con troppi scarti (SIP-014)',
    english:
      'load supplies (ZIP of the tracciato SIPOP): checks, outcome and receipt; --conferma accepts by name a supply with too much set aside (SIP-014)',
    examples: [
      './sipop intake load SIPOP_036042_000001_COMPLETA.zip SIPOP_036047_000001_COMPLETA.zip',
      './sipop intake load --json consegne/*.zip',
    ],
    run: async (context) => (await import('./intake.command.ts')).loadCommand(context),
  },
  {
    name: 'intake outcome',
    usage: 'intake outcome RICEVUTA [--json] [--en]',
    italian: 'rilegge l’esito di una fornitura: conteggi per file e segnalazioni',
    english: 'read a supply’s outcome again: counts by file and findings',
    examples: ['./sipop intake outcome 2026/0000001', './sipop intake outcome 2026/0000001 --json'],
    run: async (context) => (await import('./intake.command.ts')).outcomeCommand(context),
  },
  {
    name: 'intake findings',
    usage: 'intake findings --comune CODICE [--codice CODICE] [--chiuse] [--json] [--en]',
    italian: 'elenca ciò che un comune deve ancora sistemare (con --chiuse anche ciò che ha sistemato)',
    english: 'list what a comune has still to mend (with --chiuse also what it has mended)',
    examples: [
      './sipop intake findings --comune 036042',
      './sipop intake findings --comune 036042 --codice EA048',
    ],
    run: async (context) => (await import('./intake.command.ts')).findingsCommand(context),
  },
  {
    name: 'backup',
    usage: 'backup --out DIR [--wal] [--key FILE] [--json]',
    italian:
      'copia cifrata della base dati incorporata, mentre lavora: intera, o con --wal soltanto ciò che è cambiato dall’ultima',
    english:
      'encrypted backup of the embedded database while it works: whole, or with --wal only what changed since the last',
    examples: [
      './sipop backup --out /mnt/copie',
      './sipop backup --out /mnt/copie --wal',
      './sipop backup --out /mnt/copie --key /root/sipop-backup.key',
    ],
    run: async (context) => (await import('./backup.command.ts')).backupCommand(context),
  },
  {
    name: 'backup list',
    usage: 'backup list --from DIR [--key FILE] [--json]',
    italian: 'elenca le copie e fino a quale istante si può tornare',
    english: 'list the backups, and up to which instant one can go back',
    examples: ['./sipop backup list --from /mnt/copie'],
    run: async (context) => (await import('./backup.command.ts')).listBackups(context),
  },
  {
    name: 'restore',
    usage: 'restore --from DIR --to CARTELLA [--at QUANDO] [--key FILE] [--json]',
    italian:
      'ripristina una copia in una nuova cartella dei dati, come era a un istante (un giorno, un’ora di Roma; senza --at, l’ultimo)',
    english:
      'restore a backup into a new data folder, as it was at an instant (a day, a time in Rome; without --at, the last)',
    examples: [
      './sipop restore --from /mnt/copie --to /var/lib/sipop-nuovo --at 2026-03-01T10:30',
      './sipop restore --from /mnt/copie --to /var/lib/sipop-nuovo --key /root/sipop-backup.key',
    ],
    run: async (context) => (await import('./backup.command.ts')).restoreCommand(context),
  },
];
