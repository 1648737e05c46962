/** The commands of access and audit (src/access), a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const ACCESS_COMMANDS: readonly Command[] = [
  {
    name: 'access first-admin',
    usage: 'access first-admin --cognome C --nome N --codice-fiscale CF [--ente NOME] [--json]',
    italian:
      'invita il primo amministratore degli accessi di un sistema nuovo, con i profili e gli scopi di partenza; non si può più fare appena ce n’è uno',
    english:
      'invite the first administrator of access of a new system, with the profiles and purposes to begin with; refused as soon as there is one',
    examples: ['./sipop access first-admin --cognome Verdi --nome Luca --codice-fiscale VRDLCU80A01F257K'],
    run: async (context) => (await import('./access.command.ts')).firstAdminCommand(context),
  },
  {
    name: 'access body add',
    usage: 'access body add NOME --tipo TIPO [--comune ISTAT] [--json]',
    italian: 'aggiunge un ente',
    english: 'add a body',
    examples: [
      './sipop access body add "Comune di Modena" --tipo comune --comune 036023',
      './sipop access body add "AUSL di Modena" --tipo sanita',
    ],
    run: async (context) => (await import('./access.command.ts')).addBodyCommand(context),
  },
  {
    name: 'access body end',
    usage: 'access body end ENTE [--json]',
    italian: 'fa cessare un ente: da quel momento nessuna delle sue chiavi apre più nulla',
    english: 'end a body: from that moment none of its keys opens anything',
    examples: ['./sipop access body end B7'],
    run: async (context) => (await import('./access.command.ts')).endBodyCommand(context),
  },
  {
    name: 'access agreement add',
    usage:
      'access agreement add ENTE --base NORMA --servizi S,… --profili P,… --scopi S,… --fino-al GIORNO [--dal GIORNO] [--rete CIDR,…] [--certificato richiesto] [--consegna CHE] [--ogni-giorni N] [--json]',
    italian:
      'registra una convenzione: che cosa l’ente consegna, quali servizi, profili e scopi ha, da quale rete e se solo con certificato, fino a quando (escluso)',
    english:
      'record an agreement: what the body delivers, which services, profiles and purposes it has, from which network and whether by certificate alone, until when (excluded)',
    examples: [
      './sipop access agreement add B2 --base "convenzione 12/2026" --servizi lookup,verification,supplies --profili comuneClerk,registryOfficer --scopi anagrafe,certificazione --fino-al 2031-01-01 --rete 10.20.0.0/16',
    ],
    run: async (context) => (await import('./access.command.ts')).addAgreementCommand(context),
  },
  {
    name: 'access agreement end',
    usage: 'access agreement end CONVENZIONE [--dal GIORNO] [--json]',
    italian:
      'fa finire una convenzione da un giorno (oggi se manca): tutti gli accessi dell’ente si chiudono',
    english: 'end an agreement from a day (today without it): every access of the body closes',
    examples: ['./sipop access agreement end A3', './sipop access agreement end A3 --dal 2027-01-01'],
    run: async (context) => (await import('./access.command.ts')).endAgreementCommand(context),
  },
  {
    name: 'access user invite',
    usage:
      'access user invite ENTE --cognome C --nome N --codice-fiscale CF [--ufficio U] [--accesso ordinario|amministrazione] [--json]',
    italian:
      'invita una persona di un ente: un accesso per persona, più uno a parte per chi amministra; l’invito vale una volta, sette giorni',
    english:
      'invite a person of a body: one account a person, and one apart for who administers; the invitation is good once, for seven days',
    examples: [
      './sipop access user invite B2 --cognome Bianchi --nome Anna --codice-fiscale BNCNNA80A41F257Y --ufficio anagrafe',
    ],
    run: async (context) => (await import('./access.command.ts')).inviteUserCommand(context),
  },
  {
    name: 'access user accept',
    usage: 'access user accept [--json]',
    italian:
      'primo uso di un accesso: legge dall’ingresso una riga con l’invito, una con la nuova password, una con il primo codice dell’app (il segreto da darle è mostrato dopo l’invito); il codice manca solo a chi non vede persone',
    english:
      'first use of an account: reads from the input a line with the invitation, one with the new password, one with the app’s first code (the secret to give it is shown after the invitation); only who sees no persons may leave the code out',
    examples: ['./sipop access user accept'],
    run: async (context) => (await import('./access.command.ts')).acceptCommand(context),
  },
  {
    name: 'access user suspend',
    usage: 'access user suspend UTENTE --motivo TESTO [--json]',
    italian: 'sospende un accesso e ne toglie le chiavi',
    english: 'suspend an account and take its keys away',
    examples: ['./sipop access user suspend U4 --motivo "in verifica"'],
    run: async (context) => (await import('./access.command.ts')).stopUserCommand(context, 'suspend'),
  },
  {
    name: 'access user resume',
    usage: 'access user resume UTENTE [--json]',
    italian: 'riapre un accesso sospeso, con un nuovo invito',
    english: 'open a suspended account again, with a new invitation',
    examples: ['./sipop access user resume U4'],
    run: async (context) => (await import('./access.command.ts')).inviteAgainCommand(context, 'resume'),
  },
  {
    name: 'access user invite-again',
    usage: 'access user invite-again UTENTE [--json]',
    italian: 'dà un nuovo invito a chi ha perso le chiavi, o non ha usato il primo in tempo',
    english: 'give a new invitation to who lost the keys, or did not use the first in time',
    examples: ['./sipop access user invite-again U4'],
    run: async (context) => (await import('./access.command.ts')).inviteAgainCommand(context, 'invite-again'),
  },
  {
    name: 'access user end',
    usage: 'access user end UTENTE --motivo TESTO [--json]',
    italian: 'fa cessare un accesso per sempre, con i suoi profili; l’identificativo non si riusa',
    english: 'end an account for ever, with its profiles; the identifier is not used again',
    examples: ['./sipop access user end U4 --motivo "trasferita ad altro ufficio"'],
    run: async (context) => (await import('./access.command.ts')).stopUserCommand(context, 'end'),
  },
  {
    name: 'access user history',
    usage: 'access user history UTENTE [--json]',
    italian: 'racconta la vita di un accesso: quando e da chi è stato cambiato',
    english: 'tell the life of an account: when and by whom it was changed',
    examples: ['./sipop access user history U4'],
    run: async (context) => (await import('./access-list.command.ts')).historyOfUserCommand(context),
  },
  {
    name: 'access client add',
    usage: 'access client add ENTE NOME [--json]',
    italian: 'aggiunge un sistema (programma) di un ente',
    english: 'add a system (program) of a body',
    examples: ['./sipop access client add B2 "gestionale anagrafe"'],
    run: async (context) => (await import('./access.command.ts')).addClientCommand(context),
  },
  {
    name: 'access client end',
    usage: 'access client end SISTEMA --motivo TESTO [--json]',
    italian: 'fa cessare un sistema',
    english: 'end a system',
    examples: ['./sipop access client end C1 --motivo sostituito'],
    run: async (context) => (await import('./access.command.ts')).endClientCommand(context),
  },
  {
    name: 'access key list',
    usage: 'access key list UTENTE [--json]',
    italian:
      'elenca le chiavi di un utente (password, codice, passkey, certificati, fornitori di identità); mai ciò che sono',
    english:
      'list the keys of a user (password, code, passkeys, certificates, identity providers); never what they are',
    examples: ['./sipop access key list U4'],
    run: async (context) => (await import('./access-keys.command.ts')).listKeysCommand(context),
  },
  {
    name: 'access key bind',
    usage:
      'access key bind UTENTE --tipo certificato|carta|oidc --valore VALORE [--fornitore FORNITORE] [--json]',
    italian:
      'lega a un utente un certificato (impronta SHA-256), la carta CNS con il suo codice fiscale, o una persona di un fornitore di identità: da ora apre il suo accesso; di un utente invitato è anche il primo uso',
    english:
      'tie to a user a certificate (SHA-256 fingerprint), the CNS card with their codice fiscale, or a person of an identity provider: from now on it opens their access; for an invited user it is the first use too',
    examples: [
      './sipop access key bind U4 --tipo carta --valore BNCNNA80A41F257Y',
      './sipop access key bind U4 --tipo oidc --fornitore spid --valore BNCNNA80A41F257Y',
    ],
    run: async (context) => (await import('./access-keys.command.ts')).bindKeyCommand(context),
  },
  {
    name: 'access key revoke',
    usage: 'access key revoke UTENTE CHIAVE [--json]',
    italian: 'toglie una chiave a un utente, e ne finisce la sessione',
    english: 'take a key away from a user, and end their session',
    examples: ['./sipop access key revoke U4 K0A1B2C3D4E5F'],
    run: async (context) => (await import('./access-keys.command.ts')).revokeKeyCommand(context),
  },
  {
    name: 'access key requests',
    usage: 'access key requests ENTE [--json]',
    italian: 'elenca le richieste di chiavi nuove che aspettano un collega dell’ente',
    english: 'list the requests for new keys that wait for a colleague of the body',
    examples: ['./sipop access key requests B2'],
    run: async (context) => (await import('./access-keys.command.ts')).requestsCommand(context),
  },
  {
    name: 'access key recover',
    usage: 'access key recover UTENTE NUMERO [--json]',
    italian:
      'approva la richiesta di chiavi nuove di un utente riconosciuto di persona, che legge lo stesso numero; dà il codice da consegnargli. Le chiavi di prima non aprono più nulla. Per un ente che non ha un custode delle chiavi',
    english:
      'approve the request for new keys of a user recognised in person, who reads the same number; gives the code to hand over. The keys from before open nothing any more. For a body that has no keeper of its keys',
    examples: ['./sipop access key recover U4 40718823'],
    run: async (context) => (await import('./access-keys.command.ts')).recoverCommand(context),
  },
  {
    name: 'access grant',
    usage: 'access grant ACCESSO PROFILO [--comuni ISTAT,…] [--json]',
    italian: 'dà un profilo a un utente o a un sistema',
    english: 'grant a profile to a user or a system',
    examples: [
      './sipop access grant U4 comuneClerk',
      './sipop access grant U9 socialServices --comuni 036023,036015',
    ],
    run: async (context) => (await import('./access.command.ts')).grantCommand(context),
  },
  {
    name: 'access review',
    usage: 'access review ACCESSO PROFILO [--json]',
    italian: 'la revisione annuale: conferma che il profilo serve ancora; senza, dopo un anno non vale più',
    english:
      'the yearly review: confirm that the profile is still needed; without it, it expires after a year',
    examples: ['./sipop access review U4 comuneClerk'],
    run: async (context) => (await import('./access.command.ts')).reviewCommand(context),
  },
  {
    name: 'access revoke',
    usage: 'access revoke ACCESSO PROFILO [--json]',
    italian: 'toglie un profilo',
    english: 'revoke a profile',
    examples: ['./sipop access revoke U4 comuneClerk'],
    run: async (context) => (await import('./access.command.ts')).revokeCommand(context),
  },
  {
    name: 'access list',
    usage: 'access list [--ente ENTE] [--json]',
    italian: 'elenca enti, convenzioni, utenti e profili che valgono ora',
    english: 'list the bodies, agreements, users and profiles that hold now',
    examples: ['./sipop access list', './sipop access list --ente B2 --json'],
    run: async (context) => (await import('./access-list.command.ts')).listCommand(context),
  },
  {
    name: 'access profiles',
    usage: 'access profiles [--json]',
    italian: 'elenca i profili (operazioni, campi, territorio, scopi) e gli scopi',
    english: 'list the profiles (operations, fields, territory, purposes) and the purposes',
    examples: ['./sipop access profiles'],
    run: async (context) => (await import('./access-list.command.ts')).profilesCommand(context),
  },
  {
    name: 'access renew',
    usage: 'access renew [--accetta tutti|PROFILO,…] [--json]',
    italian:
      'dice che cosa questa versione del programma porta ai profili e agli scopi (profili nuovi, operazioni, campi): non vale nulla finché non lo si prende con --accetta; ciò che la provincia ha aggiunto resta, ciò che ha tolto è proposto di nuovo',
    english:
      'tell what this version of the program brings to the profiles and purposes (new profiles, operations, fields): none of it holds before it is taken with --accetta; what the province added stays, what it took away is proposed again',
    examples: [
      './sipop access renew',
      './sipop access renew --accetta tutti',
      './sipop access renew --accetta keyCustodian,auditor',
    ],
    run: async (context) => (await import('./access-renew.command.ts')).renewCommand(context),
  },
  {
    name: 'access may',
    usage:
      'access may ACCESSO OPERAZIONE [--scopo S] [--pratica N] [--comuni ISTAT,…] [--indirizzo IP] [--json]',
    italian: 'dice a chi amministra se un accesso può fare un’operazione, e altrimenti perché no',
    english: 'tell who administers whether an access may do an operation, and why not otherwise',
    examples: [
      './sipop access may U4 personRead --scopo anagrafe --pratica 2026/1 --comuni 036023 --indirizzo 10.20.3.4',
    ],
    run: async (context) => (await import('./access-list.command.ts')).mayCommand(context),
  },
  {
    name: 'audit verify',
    usage: 'audit verify [NOTA|CARTELLA…] [--export CARTELLA] [--chiave CHIAVE|FILE] [--json]',
    italian:
      'prova che nell’audit nulla è stato cambiato, tolto, spostato, aggiunto o troncato, e altrimenti dice dove; NOTA è un checkpoint conservato da un comune. Con --export controlla i file di audit export, senza base dati. Stato d’uscita 0 se è integro',
    english:
      'prove that nothing in the audit was changed, removed, moved, added or cut, and tell where otherwise; NOTA is a checkpoint that a comune has kept. With --export it checks the files of audit export, without a database. Exit status 0 where it is intact',
    examples: [
      './sipop audit verify',
      './sipop audit verify checkpoint-di-maggio.note',
      './sipop audit verify --export /mnt/audit-2026 --chiave chiavi-ricevute.txt',
    ],
    run: async (context) => (await import('./audit.command.ts')).verifyCommand(context),
  },
  {
    name: 'audit prove',
    usage: 'audit prove FOGLIA [--size N]',
    italian:
      'dà una foglia dell’audit con la prova (RFC 6962) che sta nell’albero di tutte le foglie, o delle prime N',
    english:
      'give a leaf of the audit with the proof (RFC 6962) that it stands in the tree of all leaves, or of the first N',
    examples: ['./sipop audit prove 4711', './sipop audit prove 4711 --size 10000'],
    run: async (context) => (await import('./audit.command.ts')).proveCommand(context),
  },
  {
    name: 'audit consistency',
    usage: 'audit consistency PRIMA [DOPO]',
    italian:
      'dà la prova (RFC 6962) che l’audit di DOPO foglie, o di adesso, comincia con quello di PRIMA: nulla è stato riscritto tra due checkpoint',
    english:
      'give the proof (RFC 6962) that the audit of DOPO leaves, or of now, begins with that of PRIMA: nothing was rewritten between two checkpoints',
    examples: ['./sipop audit consistency 1200', './sipop audit consistency 1200 5000'],
    run: async (context) => (await import('./audit.command.ts')).consistencyCommand(context),
  },
  {
    name: 'audit checkpoint',
    usage: 'audit checkpoint [--out FILE] [--json]',
    italian:
      'firma quante foglie ha l’audit e la loro radice: la nota si dà ai comuni, che la conservano come testimoni',
    english:
      'sign how many leaves the audit has, and their root: the note is given to comuni, who keep it as witnesses',
    examples: ['./sipop audit checkpoint --out audit-2026-11-24.note'],
    run: async (context) => (await import('./audit.command.ts')).checkpointCommand(context),
  },
  {
    name: 'audit export',
    usage: 'audit export --out CARTELLA [--json]',
    italian:
      'scrive tutto l’audit in file che chiunque può controllare senza la base dati, con i checkpoint e le chiavi pubbliche',
    english:
      'write the whole audit as files that anybody can check without the database, with its checkpoints and public keys',
    examples: ['./sipop audit export --out /mnt/audit-2026'],
    run: async (context) => (await import('./audit.command.ts')).exportCommand(context),
  },
  {
    name: 'audit search',
    usage:
      'audit search --pratica N [--persona CHI] [--utente U] [--ente E] [--operazione O] [--esito answered|refused|failed] [--dal GIORNO] [--fino-al GIORNO] [--limite N] [--json]',
    italian:
      'cerca nell’audit: chi ha visto che cosa, quando, da dove e perché; le più recenti prima. Anche questa ricerca è una foglia, con la pratica per cui si fa',
    english:
      'search the audit: who saw what, when, from where and why; the latest first. This search is a leaf too, with the file it is made for',
    examples: [
      './sipop audit search --pratica 2026/118 --utente U12 --dal 2026-11-01',
      './sipop audit search --pratica 2026/118 --persona RSSMRA80A01F257G --esito refused --json',
    ],
    run: async (context) => (await import('./audit-search.command.ts')).searchCommand(context),
  },
  {
    name: 'audit person',
    usage: 'audit person CHI --pratica N [--dal GIORNO] [--fino-al GIORNO] [--json]',
    italian:
      'dà a una persona l’elenco di chi ha consultato i suoi dati, quando e perché; ciò che la legge non fa dire non compare',
    english:
      'give a person the list of who consulted their data, when and why; what the law hides is left out',
    examples: ['./sipop audit person RSSMRA80A01F257G --pratica 2026/201'],
    run: async (context) => (await import('./audit-search.command.ts')).personCommand(context),
  },
  {
    name: 'audit alerts',
    usage: 'audit alerts --pratica N [--dal GIORNO] [--fino-al GIORNO] [--json]',
    italian:
      'dice gli avvisi delle regole accese sugli accessi del periodo (ieri e oggi se manca): orari insoliti, volume, rifiuti, colleghi, vicini, persone note, persone cercate da molti',
    english:
      'tell the alerts of the active rules over the accesses of a period (yesterday and today without it): odd hours, volume, refusals, colleagues, neighbours, well-known people, people looked up by many',
    examples: [
      './sipop audit alerts --pratica 2026/202',
      './sipop audit alerts --pratica 2026/202 --dal 2026-11-01 --fino-al 2026-11-30 --json',
    ],
    run: async (context) => (await import('./audit-alerts.command.ts')).alertsCommand(context),
  },
  {
    name: 'audit rule',
    usage: 'audit rule [REGOLA [--genere GENERE] [--parametri JSON] [--spenta]] [--json]',
    italian: 'elenca le regole degli avvisi, o dice come è una di esse da ora in poi',
    english: 'list the rules of alerts, or say what one of them is from now on',
    examples: [
      './sipop audit rule',
      './sipop audit rule volume --parametri \'{"minutes": 60, "most": 50}\'',
      './sipop audit rule noti --parametri \'{"subjects": ["P12", "P345"]}\'',
    ],
    run: async (context) => (await import('./audit-alerts.command.ts')).ruleCommand(context),
  },
  {
    name: 'audit administrators',
    usage: 'audit administrators [--anno AAAA] [--json]',
    italian:
      'la verifica annuale di chi amministra: che cosa ha fatto, con quali profili, e che cosa c’è da decidere',
    english:
      'the yearly review of administrators: what they did, with which profiles, and what there is to decide',
    examples: ['./sipop audit administrators', './sipop audit administrators --anno 2026 --json'],
    run: async (context) => (await import('./audit-search.command.ts')).administratorsCommand(context),
  },
  {
    name: 'audit keys',
    usage: 'audit keys [--rotate] [--json]',
    italian:
      'dice le chiavi pubbliche con cui si controllano i checkpoint; --rotate ne fa di nuove, e le vecchie restano per controllare ciò che hanno firmato',
    english:
      'tell the public keys that checkpoints are checked with; --rotate makes new ones, and the old ones stay to check what they signed',
    examples: ['./sipop audit keys', './sipop audit keys --rotate'],
    run: async (context) => (await import('./audit.command.ts')).keysCommand(context),
  },
];
