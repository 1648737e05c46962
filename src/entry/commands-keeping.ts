/** The commands that keep the register: reference data, replay, backup, restore; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const KEEPING_COMMANDS: readonly Command[] = [
  {
    name: 'reference import',
    usage: 'reference import CARTELLA [--json]',
    italian:
      'legge i file ufficiali (archivio dei comuni, stati esteri, tabelle ANPR, CAP, confini), dice che cosa cambia e li mette in uso: tutti o nessuno',
    english:
      'read the official files (archive of comuni, states, ANPR tables, postcodes, boundaries), say what changes and put them to use: all or none',
    examples: ['./sipop reference import ../shared/reference', './sipop reference import /mnt/anpr --json'],
    run: async (context) => (await import('./reference.command.ts')).importReferenceCommand(context),
  },
  {
    name: 'reference status',
    usage: 'reference status [--json]',
    italian: 'dice quali comuni, stati, tabelle, CAP e confini sono in uso, e da quali file vengono',
    english: 'tell which comuni, states, tables, postcodes and boundaries are in use, and from which files',
    examples: ['./sipop reference status'],
    run: async (context) => (await import('./reference.command.ts')).referenceStatusCommand(context),
  },
  {
    name: 'registry replay',
    usage: 'registry replay [--json] [--keep]',
    italian:
      'ricostruisce il registro dalle forniture conservate in un secondo schema e confronta ogni tabella, riga per riga; il registro resta in uso. Stato d’uscita 0 se tutto è uguale, 1 altrimenti; con --keep lo schema registry_replay resta per essere esaminato',
    english:
      'rebuild the register from the stored supplies in a second schema and compare every table, row by row; the register stays in use. Exit status 0 when all is equal, 1 otherwise; with --keep the schema registry_replay is left to be looked at',
    examples: ['./sipop registry replay', './sipop registry replay --json --keep'],
    run: async (context) => (await import('./replay.command.ts')).replayCommand(context),
  },
  {
    name: 'registry names',
    usage: 'registry names [--json]',
    italian:
      'porta l’indice dei nomi simili a ciò che il registro contiene: serve una volta, a un registro caricato prima che l’indice ci fosse; poi lo tengono le forniture',
    english:
      'bring the index of similar names up to what the register holds: needed once, by a register loaded before there was an index; supplies keep it from then on',
    examples: ['./sipop registry names'],
    run: async (context) => (await import('./names.command.ts')).namesCommand(context),
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
