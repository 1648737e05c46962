/** What a command is given becomes deliveries by one of the three doors, with what their files do not say of themselves (tracciato.md 5). */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { nearestName } from '../kernel/nearest.ts';
import { type Declared, type Delivery, sipopDelivery } from '../services/intake/delivery.ts';
import { findPackage, listPackages } from '../services/intake/mapped/packages.ts';
import { comuneOption } from './ask.ts';
import type { CommandContext } from './command.ts';
import { labelsOf } from './labels.ts';
import { dayOption, usageError } from './options.ts';

/** The options by which it is said. */
export interface Said {
  readonly mappa?: string | undefined;
  readonly comune?: string | undefined;
  readonly progressivo?: string | undefined;
  readonly 'situazione-al'?: string | undefined;
}

/** Their names. */
export const SAID = ['mappa', 'comune', 'progressivo', 'situazione-al'] as const;

/** Where a mapping is: a file, or one that comes with the program. @throws AppError usage */
export function mappingPath(command: string, mappa: string): string {
  const own = findPackage(mappa);
  if (own !== null) return own;
  if (/\.ya?ml$/i.test(mappa) && existsSync(mappa)) return resolve(mappa);
  const names = listPackages();
  const near = nearestName(mappa, names);
  const [it, en] =
    near === null
      ? [`quelle del programma sono ${names.join(', ')}`, `those of the program are ${names.join(', ')}`]
      : [`forse ${near}`, `perhaps ${near}`];
  throw usageError(
    command,
    `--mappa «${mappa}» non è un file .yaml né il nome di una mappatura: ${it}`,
    `--mappa "${mappa}" is neither a .yaml file nor the name of a mapping: ${en}`,
  );
}

/** @throws AppError usage, where one is missing or wrong */
export function declaredBy(context: CommandContext, command: string, said: Said): Declared {
  const { comune, progressivo, 'situazione-al': situazioneAl } = said;
  if (comune === undefined || progressivo === undefined || situazioneAl === undefined)
    throw usageError(
      command,
      '--comune, --progressivo e --situazione-al vanno indicati insieme',
      '--comune, --progressivo and --situazione-al go together',
    );
  if (!/^[1-9]\d{0,5}$/.test(progressivo))
    throw usageError(
      command,
      `--progressivo «${progressivo}» non è un numero da 1 a 999999`,
      `--progressivo "${progressivo}" is not a number from 1 to 999999`,
    );
  return {
    tipo: 'COMPLETA' as const,
    comune: comuneOption(labelsOf(context), command, comune),
    progressivo: Number(progressivo),
    situazioneAl: dayOption(command, 'situazione-al', situazioneAl),
  };
}

/**
 * ZIPs of the tracciato, a supply each; or, with what they do not say of themselves, the XML files of one subentro; or, with a
 * mapping, the files of one package.
 * @throws AppError usage
 */
export function deliveriesOf(
  context: CommandContext,
  command: string,
  paths: readonly string[],
  said: Said,
): Delivery[] {
  const { mappa } = said;
  if (mappa !== undefined)
    return [
      {
        paths: [mappingPath(command, mappa), ...paths],
        door: 'MAPPATA',
        declared: declaredBy(context, command, said),
      },
    ];
  if (SAID.some((name) => said[name] !== undefined))
    return [{ paths, door: 'ANPR', declared: declaredBy(context, command, said) }];
  const xml = paths.find((path) => /\.xml$/i.test(path));
  if (xml === undefined) return paths.map(sipopDelivery);
  throw usageError(
    command,
    `${basename(xml)}: l’XML di ANPR non dice di che comune è, né il progressivo né la data: indicarli con --comune, --progressivo e --situazione-al`,
    `${basename(xml)}: the XML of ANPR does not say its comune, its number or its day: give them with --comune, --progressivo and --situazione-al`,
  );
}
