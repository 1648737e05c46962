/** The commands that ask the register about persons, families, addresses and populations; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const ASKING_COMMANDS: readonly Command[] = [
  {
    name: 'person',
    usage:
      'person CHI [--al GIORNO] [--noto-al GIORNO|ISTANTE] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    usage:
      'family CHI | --famiglia COMUNE:ID | --convivenza COMUNE:ID [--al GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    usage:
      'history CHI [--tutto] [--fatto GENERE] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    usage:
      'residence CHI [--al GIORNO] [--dal GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    name: 'relations',
    usage:
      'relations CHI [--al GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
    italian:
      'dice chi sono i genitori, il coniuge (o unito civilmente) e i figli di una persona in un giorno, come ciascuno è noto al registro, e se era in vita',
    english:
      'tell who are the parents, the spouse (or partner) and the children of a person on a day, how each is known to the register, and whether alive',
    examples: [
      './sipop relations RSSMRA80A01F257G',
      './sipop relations 036042:00000074 --al 2010-05-26 --json',
    ],
    run: async (context) => (await import('./relations.command.ts')).relationsCommand(context),
  },
  {
    name: 'movements',
    usage:
      'movements COMUNE ["VIA" CIVICO] --dal GIORNO [--al GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
    italian:
      'dice chi è arrivato in un comune, o a un indirizzo, e chi è partito, nel periodo da --dal ad --al; oltre 100 solo quanti per motivo',
    english:
      'tell who came to a comune, or to an address, and who left, in the period from --dal to --al; above 100 only how many for each reason',
    examples: [
      './sipop movements Zocca --dal 2025-01-01 --al 2025-02-01',
      './sipop movements Modena "Via Emilia Est" 12 --dal 2020-01-01',
    ],
    run: async (context) => (await import('./movements.command.ts')).movementsCommand(context),
  },
  {
    name: 'address',
    usage:
      'address COMUNE "VIA" [CIVICO] [--al GIORNO] [--dal GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    usage:
      'search PAROLE… [--simile] [--passati] [--al GIORNO] [--noto-al ISTANTE] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
    italian:
      'cerca una persona come la si direbbe: codice fiscale; documento; cognome, nome e anno di nascita o comune; cognome e data di nascita; via, civico e comune; «famiglia» con identificativo e comune. Dice come ha letto, e dà un breve elenco (oltre 10, solo quanti sono). Un * in fondo cerca chi comincia così (almeno tre lettere); --simile cerca anche nomi che suonano o si scrivono quasi così, i più vicini per primi, con il perché; --passati anche i defunti e gli usciti. Nomi e indirizzi di prima si cercano e si segnalano',
    english:
      'search for a person as one would say it: codice fiscale; document; surname, given name and year of birth or comune; surname and birth date; street, number and comune; "famiglia" with identifier and comune. It tells how it read them, and gives a short list (above 10 only how many). A * at the end finds who begins like that (three letters at least); --simile also looks for names that sound or are spelt almost so, the nearest first, with the reason; --passati also the dead and the departed. Former names and addresses are searched too, and marked',
    examples: [
      './sipop search rossi mario 1974',
      './sipop search "via emilia 12 carpi"',
      './sipop search "ros* mario zocca"',
      './sipop search --simile muhamad hasan 1980',
    ],
    run: async (context) => (await import('./search.command.ts')).searchCommand(context),
  },
  {
    name: 'verify',
    usage:
      'verify PERSONA OGGETTO [NOME=VALORE…] [--al GIORNO] [--noto-al ISTANTE] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] | verify --file FILE.csv [--esiti FILE.csv] [--ricevuta FILE] [--purpose SCOPO] [--pratica N] [--al GIORNO] | verify --lotto L12',
    italian:
      'controlla ciò che un cittadino dichiara (DPR 445/2000 art. 46): S confermato, N non confermato, A non determinabile, con il perché; i dati del registro non si mostrano. OGGETTO: generalita, nascita, residenza, cittadinanza, stato_civile, stato_di_famiglia, esistenza_in_vita, decesso, nascita_figlio, decesso_familiare, codice_fiscale, altro. PERSONA: codice fiscale o "COGNOME/NOME/NASCITA". Con --file un elenco (CSV, fino a 100.000 righe, colonne nel manuale: verifiche): una riga di esito per ogni riga, e la ricevuta del tutto; --lotto riprende un elenco interrotto',
    english:
      'check what a citizen declares (DPR 445/2000 art. 46): S confirmed, N not confirmed, A cannot be determined, with the reason; the data of the register are not shown. OGGETTO: generalita, nascita, residenza, cittadinanza, stato_civile, stato_di_famiglia, esistenza_in_vita, decesso, nascita_figlio, decesso_familiare, codice_fiscale, altro. PERSONA: codice fiscale or "SURNAME/NAME/BIRTH". With --file a list (CSV, up to 100,000 rows, columns in the manual): a row of outcome for each row, and one receipt; --lotto goes on with a list that was stopped',
    examples: [
      './sipop verify RSSMRA74A01F257X residenza comune=Zocca via="via Emilia" civico=12',
      './sipop verify "ROSSI/MARIO/1974" stato_civile valore=coniugato coniuge=BNCLRA75B41F257Y --al 2024-12-31',
      './sipop verify --file dichiarazioni.csv --esiti esiti.csv --ricevuta ricevuta.jws --pratica 2026/123',
      './sipop verify RSSMRA74A01F257X stato_di_famiglia componente=BNCLRA75B41F257Y:2 componente="ROSSI/LUCA/2003"',
    ],
    run: async (context) => (await import('./verify.command.ts')).verifyCommand(context),
  },
  {
    name: 'receipt verify',
    usage: 'receipt verify FILE [--chiavi JWKS] [--json]',
    italian:
      'controlla una ricevuta di verifica senza rete e senza base dati: firma, contenuto e, se è allegato («ricevuta~dichiarato~»), ciò che fu dichiarato. FILE è la ricevuta o il suo PDF; --chiavi è l’elenco pubblicato da /v1/receipts/keys (se manca, quello di questo sistema)',
    english:
      'check a receipt of a verification without network or database: signature, content and, where it comes with it ("receipt~declaration~"), what was declared. FILE is the receipt or its PDF; --chiavi is the list published by /v1/receipts/keys (that of this system where absent)',
    examples: [
      './sipop receipt verify ricevuta.pdf',
      './sipop receipt verify ricevuta.jws --chiavi keys.json',
    ],
    run: async (context) => (await import('./receipt.command.ts')).receiptVerifyCommand(context),
  },
  {
    name: 'receipt keys',
    usage: 'receipt keys',
    italian: 'scrive le chiavi pubbliche delle ricevute (JWKS), quella che firma e tutte quelle di prima',
    english: 'write the public keys of receipts (JWKS), the one that signs and all those before it',
    examples: ['./sipop receipt keys > keys.json'],
    run: async (context) => (await import('./receipt.command.ts')).receiptKeysCommand(context),
  },
  {
    name: 'receipt rotate',
    usage: 'receipt rotate',
    italian:
      'fa firmare le ricevute da una chiave nuova; quella di prima non firma più, ma resta pubblicata e le sue ricevute restano valide',
    english:
      'have receipts signed by a new key; the one before signs no more, but stays published, and its receipts stay good',
    examples: ['./sipop receipt rotate'],
    run: async (context) => (await import('./receipt.command.ts')).receiptRotateCommand(context),
  },
  {
    name: 'population',
    usage:
      'population [COMUNE | --provincia] [--eta] [--anni] [--al GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
];
