/** Options of the commands that look at what others did. */
import { addDays, type Day } from '../kernel/day.ts';
import { endOfDay } from '../registry/answers/known-at.ts';
import { type AskOptions, dayOption, usageError } from './options.ts';

/** The file number for which somebody looks at what others did (security.md, 18). @throws AppError usage */
export function fileOption(command: string, options: AskOptions): string {
  const file = options.value('pratica')?.trim() ?? '';
  if (file !== '') return file;
  throw usageError(
    command,
    'indicare con --pratica il numero del fascicolo per cui si cerca',
    'give with --pratica the file number for which you search',
  );
}

/** The first instant of a day in Rome. */
export const startOfDay = (day: Day): string =>
  new Date(Date.parse(endOfDay(addDays(day, -1))) + 1).toISOString();

/** --dal and --fino-al, both days included. */
export function periodOption(command: string, options: AskOptions) {
  const [from, to] = [options.value('dal'), options.value('fino-al')];
  return {
    from: from === undefined ? null : startOfDay(dayOption(command, 'dal', from)),
    to: to === undefined ? null : startOfDay(addDays(dayOption(command, 'fino-al', to), 1)),
  };
}
