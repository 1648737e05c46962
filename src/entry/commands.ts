/** The commands of `./sipop`: one table from which help, suggestions and dispatch are made, in the order of the help. */
import type { Command } from './command.ts';
import { ACCESS_COMMANDS } from './commands-access.ts';
import { ACCOUNTABILITY_COMMANDS } from './commands-accountability.ts';
import { ASKING_COMMANDS } from './commands-asking.ts';
import { INTAKE_COMMANDS } from './commands-intake.ts';
import { KEEPING_COMMANDS } from './commands-keeping.ts';
import { LINKAGE_COMMANDS } from './commands-linkage.ts';
import { RECONCILIATION_COMMANDS } from './commands-reconciliation.ts';
import { RUNNING_COMMANDS } from './commands-running.ts';

export const COMMANDS: readonly Command[] = [
  ...RUNNING_COMMANDS,
  ...INTAKE_COMMANDS,
  ...KEEPING_COMMANDS,
  ...ASKING_COMMANDS,
  ...RECONCILIATION_COMMANDS,
  ...LINKAGE_COMMANDS,
  ...ACCESS_COMMANDS,
  ...ACCOUNTABILITY_COMMANDS,
];
