/** The commands of what only several registers show; a part of the table in commands.ts. */
import type { Command } from './command.ts';

export const RECONCILIATION_COMMANDS: readonly Command[] = [
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
];
