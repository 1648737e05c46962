/** The options by which a command is told that files are mapped, and what they do not say of themselves (tracciato.md 5). */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Day, parseDay } from '../kernel/day.ts';
import { nearestName } from '../kernel/nearest.ts';
import type { Delivery } from '../services/intake/delivery.ts';
import { findPackage, listPackages } from '../services/intake/mapped/packages.ts';
import { usageError } from './options.ts';

export interface MappedOptions {
  readonly mappa: string;
  readonly comune?: string | undefined;
  readonly progressivo?: string | undefined;
  readonly 'situazione-al'?: string | undefined;
}

/** Names of the options beside `--mappa`. */
export const DECLARED = ['comune', 'progressivo', 'situazione-al'] as const;

/** Where the mapping is: a file, or one that comes with the program. @throws AppError usage */
export function mappingPath(command: string, mappa: string): string {
  if (/\.ya?ml$/i.test(mappa) || existsSync(mappa)) return resolve(mappa);
  const own = findPackage(mappa);
  if (own !== null) return own;
  const names = listPackages();
  const near = nearestName(mappa, names);
  throw usageError(
    command,
    `--mappa «${mappa}» non è un file .yaml né una mappatura del programma${near === null ? ` (${names.join(', ')})` : `: forse ${near}`}`,
    `--mappa "${mappa}" is neither a .yaml file nor a mapping of the program${near === null ? ` (${names.join(', ')})` : `: perhaps ${near}`}`,
  );
}

function situazioneAl(command: string, text: string | undefined): Day {
  const day = text === undefined ? null : parseDay(text);
  if (day !== null) return day;
  throw usageError(
    command,
    text === undefined
      ? 'con --mappa serve --situazione-al, il giorno alla cui fine i dati sono veri'
      : `--situazione-al «${text}» non è un giorno AAAA-MM-GG`,
    text === undefined
      ? '--mappa needs --situazione-al, the day at whose end the data are true'
      : `--situazione-al "${text}" is not a day YYYY-MM-DD`,
  );
}

/** One supply of mapped files. @throws AppError usage, where an option is missing or wrong */
export function mappedDelivery(command: string, files: readonly string[], options: MappedOptions): Delivery {
  const { comune, progressivo } = options;
  if (comune === undefined || !/^\d{6}$/.test(comune))
    throw usageError(
      command,
      'con --mappa serve --comune, il codice ISTAT di sei cifre, per esempio --comune 036023',
      '--mappa needs --comune, the ISTAT code of six digits, for example --comune 036023',
    );
  if (progressivo === undefined || !/^[1-9]\d{0,5}$/.test(progressivo))
    throw usageError(
      command,
      'con --mappa serve --progressivo, un numero da 1 a 999999',
      '--mappa needs --progressivo, a number from 1 to 999999',
    );
  return {
    paths: [mappingPath(command, options.mappa), ...files.map((file) => resolve(file))],
    door: 'MAPPATA',
    declared: {
      tipo: 'COMPLETA',
      comune,
      progressivo: Number(progressivo),
      situazioneAl: situazioneAl(command, options['situazione-al']),
    },
  };
}
