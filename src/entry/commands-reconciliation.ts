/** The commands of what only several registers show; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const RECONCILIATION_COMMANDS: readonly Command[] = [
  {
    name: 'reconciliation',
    usage:
      'reconciliation [--comune COMUNE [--altri]] [--stato aperte|rinviate|chiuse|tutte] [--tipo GENERE] [--noto-al …] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] [--en]',
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
    name: 'reconciliation later',
    usage:
      'reconciliation later COMUNE:ID_SOGGETTO --until GIORNO --reason TESTO [--tipo GENERE] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] [--en]',
    italian:
      'rinvia una segnalazione a un giorno, al più di 180 giorni, con il motivo: fino ad allora non è tra quelle da sistemare (--stato rinviate la mostra, e chi la aspetta la vede con --altri), e intanto si chiude da sola come le altre. Se cambia non è più rinviata',
    english:
      'put a finding off until a day, by 180 days at most, with the reason: until then it is not among those to mend (--stato rinviate shows it, and who waits for it sees it with --altri), and meanwhile it closes by itself like the others. One that changes is put off no longer',
    examples: [
      './sipop reconciliation later 036047:S12 --until 2026-12-15 --reason "attesa la pratica di Modena"',
      './sipop reconciliation later 036047:S12 --tipo "manca cancellazione" --until 2026-12-15 --reason "irreperibilità in corso" --operator U12 --pratica 2026/31',
    ],
    run: async (context) => (await import('./reconciliation.command.ts')).laterCommand(context),
  },
  {
    name: 'reconciliation resume',
    usage:
      'reconciliation resume COMUNE:ID_SOGGETTO --reason TESTO [--tipo GENERE] [--operator UTENTE] [--purpose SCOPO] [--pratica N] [--json] [--en]',
    italian: 'riprende una segnalazione rinviata: torna subito tra quelle da sistemare',
    english: 'take up a finding that was put off: it is at once among those to mend again',
    examples: [
      './sipop reconciliation resume 036047:S12 --reason "la pratica è arrivata"',
      './sipop reconciliation resume 036047:S12 --tipo "manca cancellazione" --reason "sollecito" --json',
    ],
    run: async (context) => (await import('./reconciliation.command.ts')).resumeCommand(context),
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
];
