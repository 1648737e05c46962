/** A supply as it is handed over: by which of the three doors (tracciato.md, opening), with which files, and what is said beside them. */
import { basename } from 'node:path';
import type { Day } from '../../kernel/day.ts';
import type { Door, TipoFornitura } from '../../registry/supplies/supply-record.ts';
import type { TipoManifest } from './archive/manifest.ts';
import { parseSupplyName } from './archive/manifest-checks.ts';

/** What files that have no manifest do not say of themselves: given as options of the command or of the upload (tracciato.md 5). */
export interface Declared {
  readonly tipo: TipoManifest;
  /** ISTAT code as given: known or not. */
  readonly comune: string;
  readonly progressivo: number;
  readonly situazioneAl: Day;
}

export interface Delivery {
  /** The archive, or the file itself where it came as it is: what is hashed, kept and replayed. Several are one supply, packed into one (pack-parts.ts). */
  readonly paths: readonly string[];
  readonly door: Door;
  /** Null at the first door: name and manifest say it. */
  readonly declared: Declared | null;
  /** The name it goes by, where that is not the file's own. */
  readonly fileName?: string;
}

/** A ZIP of the tracciato SIPOP. */
export const sipopDelivery = (path: string): Delivery => ({ paths: [path], door: 'SIPOP', declared: null });

/** What findings, outcome and operators call it. */
export function deliveryName({ paths, door, declared, fileName }: Delivery): string {
  if (fileName !== undefined) return fileName;
  if (paths.length === 1 || declared === null) return basename(paths[0]!);
  return `${door}_${declared.comune}_${String(declared.progressivo).padStart(6, '0')}.zip`;
}

/** Comune, number and kind as far as they are known before the files are opened; '' , 0 and SCONOSCIUTA where they are not. */
export function supplyNamed(
  fileName: string,
  declared: Declared | null,
): { readonly comune: string; readonly progressivo: number; readonly tipo: TipoFornitura } {
  return declared ?? parseSupplyName(fileName) ?? { comune: '', progressivo: 0, tipo: 'SCONOSCIUTA' };
}
