/** The commands of supplies, and of codici fiscali; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const INTAKE_COMMANDS: readonly Command[] = [
  {
    name: 'intake load',
    usage:
      'intake load FILE… [--json] [--conferma FILE] [[--mappa MAPPATURA] --comune COMUNE --progressivo N --situazione-al GIORNO]',
    italian:
      'carica le forniture: controllo, esito e ricevuta. Uno ZIP del tracciato SIPOP è una fornitura; con --comune, --progressivo e --situazione-al i file sono un solo subentro di ANPR (uno o più XML, o uno ZIP che li contiene), o con --mappa quelli di un programma anagrafico, letti con una mappatura (un file .yaml, o il nome di una del programma). --conferma accetta per nome una fornitura con troppi scarti (SIP-014). Detto l’esito, cerca chi di ciò che ha portato può essere la stessa persona di un’altra scheda (linkage queue; SIPOP_LINKAGE_AFTER_LOAD=no per non cercare)',
    english:
      'load supplies: checks, outcome and receipt. A ZIP of the tracciato SIPOP is a supply; with --comune, --progressivo and --situazione-al the files are one subentro of ANPR (one or more XML files, or a ZIP of them), or with --mappa those of a registry package, read by a mapping (a .yaml file, or the name of one that comes with the program). --conferma accepts by name a supply with too much set aside (SIP-014). Once the outcome is told it looks for entries of what it brought that may be the same person as another (linkage queue; SIPOP_LINKAGE_AFTER_LOAD=no not to look)',
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
    usage: 'intake outcome RICEVUTA [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] [--en]',
    italian: 'rilegge l’esito di una fornitura: conteggi per file e segnalazioni',
    english: 'read a supply’s outcome again: counts by file and findings',
    examples: ['./sipop intake outcome 2026/0000001', './sipop intake outcome 2026/0000001 --json'],
    run: async (context) => (await import('./findings.command.ts')).outcomeCommand(context),
  },
  {
    name: 'intake findings',
    usage:
      'intake findings --comune COMUNE [--codice CODICE] [--chiuse] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] [--en]',
    italian:
      'elenca ciò che un comune, per nome o per codice ISTAT, deve ancora sistemare (con --chiuse anche ciò che ha sistemato)',
    english:
      'list what a comune, by name or by ISTAT code, has still to mend (with --chiuse also what it has mended)',
    examples: [
      './sipop intake findings --comune 036042',
      './sipop intake findings --comune 036042 --codice EA048',
    ],
    run: async (context) => (await import('./findings.command.ts')).findingsCommand(context),
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
];
