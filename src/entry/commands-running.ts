/** The commands that run the program: the demonstration, the tests, the database, the server, an invented province; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const RUNNING_COMMANDS: readonly Command[] = [
  {
    name: 'demo',
    usage: 'demo [--persons N] [--months M] [--seed S] [--fresh] | demo --keys | demo --stop',
    italian:
      'mostra il lavoro principale su una provincia inventata, in un registro a parte: la scrive, carica le forniture dei 47 comuni, dice che cosa è entrato e che cosa no, risponde a tre domande, e lascia aperte le pagine con una chiave per ogni ruolo. Si può ripetere; --fresh ricomincia da capo, --keys ridice le chiavi con i codici di adesso, --stop ferma tutto',
    english:
      'show the main job on an invented province, in a register of its own: write it, load the supplies of the 47 comuni, tell what came in and what did not, answer three questions, and leave the pages open with a key for each role. Repeatable; --fresh starts over, --keys tells the keys again with the codes of now, --stop stops everything',
    examples: ['./sipop demo', './sipop demo --persons 710000 --fresh', './sipop --demo population'],
    run: async (context) => (await import('./demo.command.ts')).demoCommand(context),
  },
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
    name: 'serve',
    usage:
      'serve [--host H] [--port P] [--cert FILE --key FILE] [--proxy INDIRIZZI] [--metrics-port P] [--requests-per-minute N] [--no-pages]',
    italian:
      'avvia il server HTTP (pagine, API, stato, OpenAPI; senza pagine con --no-pages) finché non lo si ferma con Ctrl-C o SIGTERM. Ascolta solo questa macchina, se non si danno certificato e chiave o un proxy che termina TLS; le metriche per Prometheus stanno su una porta della sola macchina',
    english:
      'start the HTTP server (pages, API, status, OpenAPI; no pages with --no-pages) until Ctrl-C or SIGTERM. It listens to this machine alone, unless certificate and key or a proxy that ends TLS are given; the figures for Prometheus are on a port of this machine alone',
    examples: [
      './sipop serve',
      './sipop serve --host 0.0.0.0 --port 443 --cert sipop.crt --key sipop.key',
      './sipop serve --host 10.0.0.5 --proxy 10.0.0.2,10.0.0.3',
    ],
    run: async (context) => (await import('./serve.command.ts')).serveCommand(context),
  },
  {
    name: 'generate',
    usage:
      'generate [--persons N] [--months M] [--seed S] [--defects R] [--duplicates D] [--door sipop|subentro] [--invii N] [--comune CODICE] [--out CARTELLA]',
    italian:
      'scrive le forniture di una provincia inventata: 47 comuni nelle proporzioni vere al 2024-12-31, poi M mesi di variazioni, con una quota R di difetti e una quota D di persone iscritte due volte sotto dati diversi; sempre le stesse a parità di seme. Accanto alle forniture: popolazione.csv (residenti a fine mese, con le variazioni), difetti.csv (le segnalazioni attese) e duplicati.csv (le coppie di schede che sono una persona, con gli errori). Con --door subentro le stesse popolazioni nell’XML di ANPR, ognuna in --invii file; con --comune una sola',
    english:
      'write the supplies of an invented province: 47 comuni in their real proportions on 2024-12-31, then M months of changes, with a share R of defects and a share D of persons registered twice under different data; always the same for the same seed. Beside the supplies: popolazione.csv (residents at each month end, with the changes), difetti.csv (the findings to expect) and duplicati.csv (the pairs of entries that are one person, with the errors). With --door subentro the same populations in the XML of ANPR, each in --invii files; with --comune one alone',
    examples: [
      './sipop generate --persons 5000 --out /tmp/provincia',
      './sipop generate --persons 50000 --months 12 --defects 0.02',
      './sipop generate --persons 710000',
      './sipop generate --persons 5000 --door subentro --invii 3 --out /tmp/subentri',
    ],
    run: async (context) => (await import('./generate.command.ts')).generate(context),
  },
];
