/** The commands of who may be one person: candidates, queue, decisions; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const LINKAGE_COMMANDS: readonly Command[] = [
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
    usage:
      'linkage pairs [--comune COMUNE] [--limite N] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
    italian: 'elenca i candidati, i più probabili per primi, con ciò che concorda e ciò che differisce',
    english: 'list the candidates, the likeliest first, with what agrees and what differs',
    examples: ['./sipop linkage pairs', './sipop linkage pairs --comune Zocca --limite 20'],
    run: async (context) => (await import('./linkage.command.ts')).linkagePairsCommand(context),
  },
  {
    name: 'linkage explain',
    usage: 'linkage explain A B [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
      'linkage queue [--comune COMUNE] [--owner COMUNE|coordinamento] [--stato da-fare|aperta|rinviata|riaperta|decisa|tutte] [--max N] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
    usage:
      'linkage show COPPIA|SCHEDA SCHEDA [--al GIORNO] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json]',
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
      'linkage same COPPIA|SCHEDA SCHEDA --reason TESTO [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'decide che due schede sono la stessa persona, e dice che cosa cambia (residenza, famiglie, coniuge, figli, trasferimenti, segnalazioni, conteggi); con --dry-run lo dice soltanto. La persona risponde a entrambi gli identificativi; si annulla con linkage undo',
    english:
      'decide that two entries are the same person, and tell what changes (residence, families, spouse, children, moves, findings, counts); with --dry-run only tell it. The person answers to both identifiers; linkage undo takes it back',
    examples: [
      './sipop linkage same C12 --reason "stesso atto di nascita" --dry-run',
      './sipop linkage same C12 --reason "stesso atto di nascita"',
    ],
    run: async (context) => (await import('./linkage-decide.command.ts')).sameCommand(context),
  },
  {
    name: 'linkage join',
    usage:
      'linkage join SCHEDA SCHEDA --reason TESTO [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'lo stesso che linkage same per due schede che nessuno ha proposto, anche di uno stesso registro (chi è tornato con un numero nuovo)',
    english:
      'the same as linkage same for two entries that nobody proposed, of one register too (somebody who came back under a new number)',
    examples: ['./sipop linkage join 036001:S12 036001:S90 --reason "rientrato dopo l’irreperibilità"'],
    run: async (context) => (await import('./linkage-decide.command.ts')).joinCommand(context),
  },
  {
    name: 'linkage different',
    usage:
      'linkage different COPPIA|SCHEDA SCHEDA --reason TESTO [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'decide che due schede sono persone diverse: se un codice fiscale le univa si separano, e nessuna fornitura le riunisce finché la decisione sta',
    english:
      'decide that two entries are different people: where a codice fiscale had joined them they part, and no supply joins them again while the decision stands',
    examples: ['./sipop linkage different 036001:S12 036023:4711 --reason "padre e figlio"'],
    run: async (context) => (await import('./linkage-decide.command.ts')).differentCommand(context),
  },
  {
    name: 'linkage later',
    usage:
      'linkage later COPPIA|SCHEDA SCHEDA --reason TESTO [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--until GIORNO] [--dry-run] [--json] [--en]',
    italian:
      'rinvia la decisione, con una nota e, se si vuole, il giorno in cui la coppia torna fra quelle da fare',
    english:
      'put the decision off, with a note and, if wanted, the day on which the pair comes back to the queue',
    examples: ['./sipop linkage later C12 --reason "chiesto l’atto a Bologna" --until 2026-12-15'],
    run: async (context) => (await import('./linkage-decide.command.ts')).laterCommand(context),
  },
  {
    name: 'linkage undo',
    usage:
      'linkage undo DECISIONE --reason TESTO [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--dry-run] [--al GIORNO] [--json] [--en]',
    italian:
      'annulla una decisione: torna a valere ciò che c’era prima, e il registro risponde come allora; ciò che ha risposto nel frattempo resta con --noto-al',
    english:
      'undo a decision: what stood before it stands again, and the register answers as then; what it answered meanwhile stays with --noto-al',
    examples: ['./sipop linkage undo D3 --reason "coppia sbagliata" --operator U12 --pratica 2026/31'],
    run: async (context) => (await import('./linkage-decide.command.ts')).undoCommand(context),
  },
];
