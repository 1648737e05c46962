/** The commands of `./sipop`: one table from which help, suggestions and dispatch are made. */
import type { Command } from './command.ts';
import { ACCESS_COMMANDS } from './commands-access.ts';

export const COMMANDS: readonly Command[] = [
  {
    name: 'demo',
    usage: 'demo [--persons N] [--months M] [--seed S] [--fresh]',
    italian:
      'mostra il lavoro principale su una provincia inventata, in un registro a parte: la scrive, carica le forniture dei 47 comuni, dice che cosa è entrato e che cosa no, risponde a tre domande. Si può ripetere; --fresh ricomincia da capo',
    english:
      'show the main job on an invented province, in a register of its own: write it, load the supplies of the 47 comuni, tell what came in and what did not, answer three questions. Repeatable; --fresh starts over',
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
      'serve [--host H] [--port P] [--cert FILE --key FILE] [--proxy INDIRIZZI] [--metrics-port P] [--requests-per-minute N]',
    italian:
      'avvia il server HTTP (API, stato, OpenAPI) finché non lo si ferma con Ctrl-C o SIGTERM. Ascolta solo questa macchina, se non si danno certificato e chiave o un proxy che termina TLS; le metriche per Prometheus stanno su una porta della sola macchina',
    english:
      'start the HTTP server (API, status, OpenAPI) until Ctrl-C or SIGTERM. It listens to this machine alone, unless certificate and key or a proxy that ends TLS are given; the figures for Prometheus are on a port of this machine alone',
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
  {
    name: 'intake load',
    usage:
      'intake load FILE… [--json] [--conferma FILE] [[--mappa MAPPATURA] --comune COMUNE --progressivo N --situazione-al GIORNO]',
    italian:
      'carica le forniture: controllo, esito e ricevuta. Uno ZIP del tracciato SIPOP è una fornitura; con --comune, --progressivo e --situazione-al i file sono un solo subentro di ANPR (uno o più XML, o uno ZIP che li contiene), o con --mappa quelli di un programma anagrafico, letti con una mappatura (un file .yaml, o il nome di una del programma). --conferma accetta per nome una fornitura con troppi scarti (SIP-014)',
    english:
      'load supplies: checks, outcome and receipt. A ZIP of the tracciato SIPOP is a supply; with --comune, --progressivo and --situazione-al the files are one subentro of ANPR (one or more XML files, or a ZIP of them), or with --mappa those of a registry package, read by a mapping (a .yaml file, or the name of one that comes with the program). --conferma accepts by name a supply with too much set aside (SIP-014)',
    examples: [
      './sipop intake load SIPOP_036042_000001_COMPLETA.zip SIPOP_036047_000001_COMPLETA.zip',
      './sipop intake load --json consegne/*.zip',
      './sipop intake load --comune Vignola --progressivo 1 --situazione-al 2024-12-31 subentro.xml',
      './sipop intake load --mappa csv-moderno --comune Vignola --progressivo 1 --situazione-al 2024-12-31 persone.csv',
    ],
    run: async (context) => (await import('./intake.command.ts')).loadCommand(context),
  },
  {
    name: 'intake check',
    usage:
      'intake check FILE… [--esempi N] [--json] [[--mappa MAPPATURA] --comune COMUNE --situazione-al GIORNO [--progressivo N]]',
    italian:
      'controlla una fornitura prima di consegnarla, senza base dati: tutto ciò che si vede dal solo file, contato per codice, con i primi esempi di ognuno (3, o N). Con --comune e --situazione-al i file sono un subentro di ANPR, con --mappa quelli di un programma anagrafico. Stato d’uscita: 0 nessuna segnalazione, 3 soltanto avvisi (W), 4 righe scartate (E), 5 fornitura rifiutata (B); 1 se il file non si legge, 2 se il comando è scritto male',
    english:
      'check a supply before it is delivered, without a database: all that the file alone tells, counted by code, with the first examples of each (3, or N). With --comune and --situazione-al the files are a subentro of ANPR, with --mappa those of a registry package. Exit status: 0 no findings, 3 warnings only (W), 4 rows set aside (E), 5 supply refused (B); 1 when the file cannot be read, 2 when the command is wrong',
    examples: [
      './sipop intake check SIPOP_036042_000001_COMPLETA.zip',
      './sipop intake check --json --esempi 10 consegne/*.zip',
      './sipop intake check --mappa csv-moderno --comune 036042 --situazione-al 2024-12-31 persone.csv',
    ],
    run: async (context) => (await import('./intake-check.command.ts')).checkCommand(context),
  },
  {
    name: 'intake operation',
    usage: 'intake operation FILE… [--out CARTELLA] [--json]',
    italian:
      'registra le operazioni ANPR (richieste XML 1001, 1002, 2001, 2003, 5001, 5005, 5008, 5012, 5014; un file ciascuna o uno ZIP di molte), ognuna per intero o per niente, nell’ordine di idOperazioneComune; scrive le risposte nella forma nazionale (esito 2, 3 o 6), una dopo l’altra o, con --out, un file ciascuna. Un idOperazioneComune già accettato riceve la stessa risposta',
    english:
      'register ANPR operations (XML requests 1001, 1002, 2001, 2003, 5001, 5005, 5008, 5012, 5014; one a file, or a ZIP of many), each whole or not at all, in the order of idOperazioneComune; write the answers in the national form (esito 2, 3 or 6), one after the other or, with --out, a file each. An idOperazioneComune accepted before is given the same answer',
    examples: [
      './sipop intake operation richiesta-5008.xml',
      './sipop intake operation operazioni.zip --out risposte',
    ],
    run: async (context) => (await import('./operation.command.ts')).operationCommand(context),
  },
  {
    name: 'intake map',
    usage:
      'intake map --check MAPPATURA FILE… [--comune COMUNE] [--situazione-al GIORNO] [--json] | --suggest FILE [--out MAPPATURA]',
    italian:
      'prova una mappatura, senza base dati: gli errori con riga e colonna, le prime righe prima e dopo, i campi che non legge, ciò che si troverebbe (stato d’uscita come intake check). --suggest ne propone una dall’intestazione e dall’aspetto dei valori: 0 se passa la prova, 4 se manca qualcosa',
    english:
      'try a mapping, without a database: its errors with line and column, the first rows before and after, the fields it does not read, what would be found (exit status as of intake check). --suggest proposes one from the header and the look of the values: 0 when it passes, 4 when something is missing',
    examples: [
      './sipop intake map --check csv-moderno persone.csv',
      './sipop intake map --check la-mia.yaml anagrafica.txt posizioni.txt --situazione-al 2024-12-31',
      './sipop intake map --suggest esportazione.csv --out la-mia.yaml',
    ],
    run: async (context) => (await import('./intake-map.command.ts')).mapCommand(context),
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
    usage: 'intake findings --comune COMUNE [--codice CODICE] [--chiuse] [--json] [--en]',
    italian:
      'elenca ciò che un comune, per nome o per codice ISTAT, deve ancora sistemare (con --chiuse anche ciò che ha sistemato)',
    english:
      'list what a comune, by name or by ISTAT code, has still to mend (with --chiuse also what it has mended)',
    examples: [
      './sipop intake findings --comune 036042',
      './sipop intake findings --comune 036042 --codice EA048',
    ],
    run: async (context) => (await import('./intake.command.ts')).findingsCommand(context),
  },
  {
    name: 'codice-fiscale',
    usage:
      'codice-fiscale CODICE | --cognome C --nome N --sesso M|F --nascita GIORNO --luogo LUOGO [--forme] [--json]',
    italian:
      'controlla un codice fiscale e dice che cosa contiene; con i dati di una persona dice dove non corrisponde; senza codice lo calcola. LUOGO è un comune o uno Stato, per nome o per codice; --forme elenca le 128 forme omocodiche',
    english:
      'check a codice fiscale and tell what it says; with the data of a person tell where it differs; without a code compute it. LUOGO is a comune or a state, by name or code; --forme lists the 128 omocodic forms',
    examples: [
      './sipop codice-fiscale RSSMRA80A01F257G',
      './sipop codice-fiscale RSSMRA80A01F25TD --cognome Rossi --nome Mario --sesso M --nascita 1980-01-01 --luogo Modena',
      './sipop codice-fiscale --cognome Popescu --nome Ana --sesso F --nascita 1985-03-12 --luogo Romania',
    ],
    run: async (context) => (await import('./codice-fiscale.command.ts')).codiceFiscaleCommand(context),
  },
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
  {
    name: 'person',
    usage: 'person CHI [--al GIORNO] [--noto-al GIORNO|ISTANTE] [--json]',
    italian:
      'dice chi è una persona in un giorno (oggi se manca --al), come noto in un momento (adesso se manca --noto-al): residenza, famiglia, stato civile, cittadinanza. CHI è un codice fiscale, P e l’identificativo provinciale, COMUNE:ID_SOGGETTO, oppure COGNOME NOME [NASCITA]',
    english:
      'tell who a person is on a day (today without --al), as known at a moment (now without --noto-al): residence, family, civil status, citizenship. CHI is a codice fiscale, P and the provincial identifier, COMUNE:ID_SOGGETTO, or SURNAME NAME [BIRTH DATE]',
    examples: [
      './sipop person RSSMRA80A01F257G',
      './sipop person 036042:00000074 --al 2006-10-31',
      './sipop person "DE LUCA" ANNA 1980 --al 2020-01-01 --noto-al 2025-01-31 --json',
    ],
    run: async (context) => (await import('./person.command.ts')).personCommand(context),
  },
  {
    name: 'family',
    usage: 'family CHI | --famiglia COMUNE:ID | --convivenza COMUNE:ID [--al GIORNO] [--noto-al …] [--json]',
    italian:
      'dice con chi vive una persona in un giorno: i componenti in ordine con la relazione all’intestatario, le famiglie di prima e di dopo',
    english:
      'tell with whom a person lives on a day: members in order with their kinship to the head, the families before and after',
    examples: [
      './sipop family RSSMRA80A01F257G --al 2018-07-30',
      './sipop family --famiglia 036042:90000025 --al 2025-02-28',
    ],
    run: async (context) => (await import('./family.command.ts')).familyCommand(context),
  },
  {
    name: 'history',
    usage: 'history CHI [--tutto] [--fatto GENERE] [--noto-al …] [--json]',
    italian:
      'racconta ogni fatto di una persona nei due tempi, con la fornitura, la ricevuta e l’evento che l’ha detto; --tutto aggiunge ciò che è stato corretto o annullato',
    english:
      'tell every fact of a person in both times, with the supply, receipt and event that said it; --tutto adds what was corrected or annulled',
    examples: [
      './sipop history RSSMRA80A01F257G --tutto',
      './sipop history 036042:00000074 --fatto abitazione --noto-al 2025-01-31',
    ],
    run: async (context) => (await import('./history.command.ts')).historyCommand(context),
  },
  {
    name: 'residence',
    usage: 'residence CHI [--al GIORNO] [--dal GIORNO] [--noto-al …] [--json]',
    italian:
      'dice dove una persona era residente in un giorno, o nel periodo da --dal ad --al, e se è certo o, per una data nota solo in parte, possibile',
    english:
      'tell where a person was resident on a day, or in the period from --dal to --al, and whether that is certain or, for a date known only in part, possible',
    examples: [
      './sipop residence RSSMRA80A01F257G --al 2010-05-26',
      './sipop residence 036042:00000074 --dal 2009-01-01 --al 2012-01-01 --json',
    ],
    run: async (context) => (await import('./residence.command.ts')).residenceCommand(context),
  },
  {
    name: 'address',
    usage: 'address COMUNE "VIA" [CIVICO] [--al GIORNO] [--dal GIORNO] [--noto-al …] [--json]',
    italian:
      'dice chi abita a un indirizzo in un giorno, o chi vi ha abitato nel periodo da --dal ad --al; il civico senza esponente è quello che non ne ha; oltre 100 persone dice solo il numero',
    english:
      'tell who lives at an address on a day, or lived there in the period from --dal to --al; a number without suffix is the one that has none; above 100 persons only the number is told',
    examples: [
      './sipop address Modena "Via Emilia Est" 12/A',
      './sipop address 036042 "Piazza Santa Lucia" 82/BIS --dal 2010-01-01 --al 2020-01-01',
    ],
    run: async (context) => (await import('./address.command.ts')).addressCommand(context),
  },
  {
    name: 'search',
    usage: 'search PAROLE… [--passati] [--al GIORNO] [--noto-al ISTANTE] [--json]',
    italian:
      'cerca una persona come la si direbbe: codice fiscale; documento; cognome, nome e anno di nascita o comune; cognome e data di nascita; via, civico e comune; «famiglia» con identificativo e comune. Dice come ha letto, e dà un breve elenco (oltre 10, solo quanti sono). Un * in fondo cerca chi comincia così (almeno tre lettere); --passati anche i defunti e gli usciti. Nomi e indirizzi di prima si cercano e si segnalano',
    english:
      'search for a person as one would say it: codice fiscale; document; surname, given name and year of birth or comune; surname and birth date; street, number and comune; "famiglia" with identifier and comune. It tells how it read them, and gives a short list (above 10 only how many). A * at the end finds who begins like that (three letters at least); --passati also the dead and the departed. Former names and addresses are searched too, and marked',
    examples: [
      './sipop search rossi mario 1974',
      './sipop search "via emilia 12 carpi"',
      './sipop search "ros* mario zocca"',
    ],
    run: async (context) => (await import('./search.command.ts')).searchCommand(context),
  },
  {
    name: 'verify',
    usage: 'verify PERSONA OGGETTO [NOME=VALORE…] [--al GIORNO] [--noto-al ISTANTE] [--json]',
    italian:
      'controlla ciò che un cittadino dichiara (DPR 445/2000 art. 46): S confermato, N non confermato, A non determinabile, con il perché; i dati del registro non si mostrano. OGGETTO: generalita, nascita, residenza, cittadinanza, stato_civile, stato_di_famiglia, esistenza_in_vita, nascita_figlio, decesso_familiare, codice_fiscale, altro. PERSONA: codice fiscale o "COGNOME/NOME/NASCITA"',
    english:
      'check what a citizen declares (DPR 445/2000 art. 46): S confirmed, N not confirmed, A cannot be determined, with the reason; the data of the register are not shown. OGGETTO: generalita, nascita, residenza, cittadinanza, stato_civile, stato_di_famiglia, esistenza_in_vita, nascita_figlio, decesso_familiare, codice_fiscale, altro. PERSONA: codice fiscale or "SURNAME/NAME/BIRTH"',
    examples: [
      './sipop verify RSSMRA74A01F257X residenza comune=Zocca via="via Emilia" civico=12',
      './sipop verify "ROSSI/MARIO/1974" stato_civile valore=coniugato coniuge=BNCLRA75B41F257Y --al 2024-12-31',
      './sipop verify RSSMRA74A01F257X stato_di_famiglia componente=BNCLRA75B41F257Y:2 componente="ROSSI/LUCA/2003"',
    ],
    run: async (context) => (await import('./verify.command.ts')).verifyCommand(context),
  },
  {
    name: 'population',
    usage: 'population [COMUNE | --provincia] [--eta] [--anni] [--al GIORNO] [--noto-al …] [--json]',
    italian:
      'conta i residenti: della provincia comune per comune, o di un comune per sesso ed età (--eta anche per la provincia, --anni per anno di età)',
    english:
      'count residents: of the province comune by comune, or of one comune by sex and age (--eta for the province too, --anni by single year)',
    examples: [
      './sipop population',
      './sipop population Modena --al 2024-12-31',
      './sipop population --provincia --eta',
    ],
    run: async (context) => (await import('./population.command.ts')).populationCommand(context),
  },
  {
    name: 'reconciliation',
    usage:
      'reconciliation [--comune COMUNE [--altri]] [--stato aperte|chiuse|tutte] [--tipo GENERE] [--noto-al …] [--json] [--en]',
    italian:
      'dice ciò che i registri di due comuni non dicono allo stesso modo (trasferimenti a metà, doppie residenze, decessi): senza --comune quante segnalazioni ha ciascuno; con --comune ciò che il comune deve sistemare, con --altri ciò che attende da altri',
    english:
      'tell what the registers of two comuni do not agree about (half transfers, double residences, deaths): without --comune how many findings each has; with it what the comune must mend, with --altri what it awaits from others',
    examples: [
      './sipop reconciliation',
      './sipop reconciliation --comune Serramazzoni',
      './sipop reconciliation --comune 036047 --altri --stato tutte --json',
    ],
    run: async (context) => (await import('./reconciliation.command.ts')).reconciliationCommand(context),
  },
  {
    name: 'reconciliation refresh',
    usage: 'reconciliation refresh [--json]',
    italian:
      'ricalcola tutte le segnalazioni tra comuni da ciò che i registri dicono ora; di norma non trova differenze',
    english:
      'compute every finding between comuni anew from what the registers say now; as a rule it finds no difference',
    examples: ['./sipop reconciliation refresh'],
    run: async (context) => (await import('./reconciliation.command.ts')).refreshCommand(context),
  },
  {
    name: 'linkage run',
    usage: 'linkage run [--comune COMUNE | --since FORNITURA] [--json]',
    italian:
      'cerca le schede che possono essere una sola persona sotto dati diversi, in uno o più comuni, e stima il modello; con --since (COMUNE:PROGRESSIVO, ricevuta, o «ultima»: tutto ciò che non è ancora collegato) solo quelle portate o toccate da ciò che è stato registrato dopo, forniture e decisioni, con --comune quelle di un comune, col modello che c’è. Propone soltanto: non unisce nessuno',
    english:
      'look for entries that may be one person under different data, within and across comuni, and estimate the model; with --since (COMUNE:PROGRESSIVO, a receipt, or "ultima": whatever is not linked yet) only those brought or touched by what was recorded after it, supplies and decisions, with --comune those of one comune, by the model that is held. It proposes, and joins nobody',
    examples: [
      './sipop linkage run',
      './sipop linkage run --since ultima',
      './sipop linkage run --since 036023:4',
    ],
    run: async (context) => (await import('./linkage.command.ts')).linkageRunCommand(context),
  },
  {
    name: 'linkage pairs',
    usage: 'linkage pairs [--comune COMUNE] [--limite N] [--json]',
    italian: 'elenca i candidati, i più probabili per primi, con ciò che concorda e ciò che differisce',
    english: 'list the candidates, the likeliest first, with what agrees and what differs',
    examples: ['./sipop linkage pairs', './sipop linkage pairs --comune Zocca --limite 20'],
    run: async (context) => (await import('./linkage.command.ts')).linkagePairsCommand(context),
  },
  {
    name: 'linkage explain',
    usage: 'linkage explain A B [--json]',
    italian:
      'spiega campo per campo quanto pesa, in bit, ciò che due schede dicono uguale o diverso, e la probabilità che siano una persona sola; A e B come in person, senza nomi',
    english:
      'explain field by field how much, in bits, what two entries say alike or otherwise weighs, and the probability that they are one person; A and B as in person, names excepted',
    examples: ['./sipop linkage explain 036042:00000125 036047:036047-37'],
    run: async (context) => (await import('./linkage.command.ts')).linkageExplainCommand(context),
  },
  {
    name: 'linkage model',
    usage: 'linkage model [--json]',
    italian:
      'mostra il modello: per ogni livello di ogni campo le probabilità m e u e il peso in bit, la probabilità a priori, la soglia',
    english:
      'show the model: for each level of each field the probabilities m and u and the weight in bits, the prior, the threshold',
    examples: ['./sipop linkage model'],
    run: async (context) => (await import('./linkage.command.ts')).linkageModelCommand(context),
  },
  {
    name: 'linkage queue',
    usage:
      'linkage queue [--comune COMUNE] [--owner COMUNE|coordinamento] [--stato da-fare|aperta|rinviata|riaperta|decisa|tutte] [--max N] [--noto-al …] [--json]',
    italian:
      'elenca le coppie di schede che forse sono una persona sola, la più probabile per prima: di chi sono da giudicare, da quanti giorni, come stanno. Di uno stesso registro giudica il comune, di due il coordinamento; riaperta è una coppia decisa che i dati poi contraddicono',
    english:
      'list the pairs of entries that may be one person, the likeliest first: who is to judge them, since how many days, how they stand. Within one register the comune judges, across two the coordination; riaperta is a pair decided of that its data then contradict',
    examples: [
      './sipop linkage queue',
      './sipop linkage queue --owner coordinamento --max 20',
      './sipop linkage queue --comune Modena --stato decisa',
    ],
    run: async (context) => (await import('./linkage-queue.command.ts')).queueCommand(context),
  },
  {
    name: 'linkage show',
    usage: 'linkage show COPPIA|SCHEDA SCHEDA [--al GIORNO] [--noto-al …] [--json]',
    italian:
      'mostra due schede fianco a fianco: i dati che concordano e quelli che differiscono, con il loro peso, e tutto ciò che ne è stato deciso. COPPIA è il numero dato da linkage queue, SCHEDA è COMUNE:ID_SOGGETTO',
    english:
      'show two entries side by side: what agrees and what differs, with its weight, and everything that was decided of them. COPPIA is the number given by linkage queue, SCHEDA is COMUNE:ID_SOGGETTO',
    examples: ['./sipop linkage show C12', './sipop linkage show 036001:S12 036023:4711'],
    run: async (context) => (await import('./linkage-queue.command.ts')).showCommand(context),
  },
  {
    name: 'linkage same',
    usage:
      'linkage same COPPIA|SCHEDA SCHEDA --operator NOME --reason TESTO [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'decide che due schede sono la stessa persona, e dice che cosa cambia (residenza, famiglie, coniuge, figli, trasferimenti, segnalazioni, conteggi); con --dry-run lo dice soltanto. La persona risponde a entrambi gli identificativi; si annulla con linkage undo',
    english:
      'decide that two entries are the same person, and tell what changes (residence, families, spouse, children, moves, findings, counts); with --dry-run only tell it. The person answers to both identifiers; linkage undo takes it back',
    examples: [
      './sipop linkage same C12 --operator "Anna Verdi" --reason "stesso atto di nascita" --dry-run',
      './sipop linkage same C12 --operator "Anna Verdi" --reason "stesso atto di nascita"',
    ],
    run: async (context) => (await import('./linkage-decide.command.ts')).sameCommand(context),
  },
  {
    name: 'linkage join',
    usage:
      'linkage join SCHEDA SCHEDA --operator NOME --reason TESTO [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'lo stesso che linkage same per due schede che nessuno ha proposto, anche di uno stesso registro (chi è tornato con un numero nuovo)',
    english:
      'the same as linkage same for two entries that nobody proposed, of one register too (somebody who came back under a new number)',
    examples: [
      './sipop linkage join 036001:S12 036001:S90 --operator "Anna Verdi" --reason "rientrato dopo l’irreperibilità"',
    ],
    run: async (context) => (await import('./linkage-decide.command.ts')).joinCommand(context),
  },
  {
    name: 'linkage different',
    usage:
      'linkage different COPPIA|SCHEDA SCHEDA --operator NOME --reason TESTO [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'decide che due schede sono persone diverse: se un codice fiscale le univa si separano, e nessuna fornitura le riunisce finché la decisione sta',
    english:
      'decide that two entries are different people: where a codice fiscale had joined them they part, and no supply joins them again while the decision stands',
    examples: [
      './sipop linkage different 036001:S12 036023:4711 --operator "Anna Verdi" --reason "padre e figlio"',
    ],
    run: async (context) => (await import('./linkage-decide.command.ts')).differentCommand(context),
  },
  {
    name: 'linkage later',
    usage:
      'linkage later COPPIA|SCHEDA SCHEDA --operator NOME --reason TESTO [--until GIORNO] [--dry-run] [--json] [--en]',
    italian:
      'rinvia la decisione, con una nota e, se si vuole, il giorno in cui la coppia torna fra quelle da fare',
    english:
      'put the decision off, with a note and, if wanted, the day on which the pair comes back to the queue',
    examples: [
      './sipop linkage later C12 --operator "Anna Verdi" --reason "chiesto l’atto a Bologna" --until 2026-12-15',
    ],
    run: async (context) => (await import('./linkage-decide.command.ts')).laterCommand(context),
  },
  {
    name: 'linkage undo',
    usage: 'linkage undo DECISIONE --operator NOME --reason TESTO [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'annulla una decisione: torna a valere ciò che c’era prima, e il registro risponde come allora; ciò che ha risposto nel frattempo resta con --noto-al',
    english:
      'undo a decision: what stood before it stands again, and the register answers as then; what it answered meanwhile stays with --noto-al',
    examples: ['./sipop linkage undo D3 --operator "Anna Verdi" --reason "coppia sbagliata"'],
    run: async (context) => (await import('./linkage-decide.command.ts')).undoCommand(context),
  },
  ...ACCESS_COMMANDS,
];
