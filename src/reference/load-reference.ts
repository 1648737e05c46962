/** The reference data of a process: what was imported into the data folder, and what comes with the program. */
import { existsSync } from 'node:fs';
import { type Codes, type CodeTables, createCodes, embeddedCodeTables } from './codes.ts';
import { type Comuni, createComuni } from './comuni.ts';
import { embeddedComuni, embeddedGaps, embeddedPostcodes } from './embedded-comuni.ts';
import { type ReferenceSource, readReference } from './reference-file.ts';
import { createStates, embeddedStates, type States } from './states.ts';

/** Immutable; pass it to what needs it. A process that runs for long loads it again to see a later import. */
export interface Reference extends Comuni, States, Codes {
  /** Postcodes of a comune; empty where not known. */
  postcodesOf(istat: string): readonly string[];
  /** GeoJSON of the boundaries, or null where none was imported. */
  readonly boundariesFile: string | null;
  /** Where it was loaded from, so that a thread may load the same. */
  readonly dataFolder: string | null;
  /** When, and from which files, it was imported; null where all of it came with the program. */
  readonly imported: { readonly importedAt: string; readonly sources: readonly ReferenceSource[] } | null;
}

/**
 * Some 0.1 s and 15 MB; without a data folder, or where nothing was imported, the embedded data alone.
 * @throws AppError conflict, where what was imported cannot be read
 */
export function loadReference({
  dataFolder = null,
}: {
  readonly dataFolder?: string | null;
} = {}): Reference {
  const imported = dataFolder === null ? null : readReference(dataFolder);
  const tables: CodeTables = { ...embeddedCodeTables(), ...imported?.tables };
  const boundaries = imported?.boundaries ?? null;
  let postcodes: ReadonlyMap<string, readonly string[]> | null = null;
  return {
    ...(imported?.comuni == null
      ? createComuni(embeddedComuni(), embeddedGaps())
      : createComuni(imported.comuni, null)),
    ...createStates(imported?.states ?? embeddedStates()),
    ...createCodes(tables),
    postcodesOf(istat) {
      const own = imported?.postcodes?.get(istat);
      if (own !== undefined) return own;
      // Asked for now and then: not worth reading at every start.
      postcodes ??= embeddedPostcodes();
      return postcodes.get(istat) ?? [];
    },
    dataFolder,
    boundariesFile: boundaries !== null && existsSync(boundaries) ? boundaries : null,
    imported: imported === null ? null : { importedAt: imported.importedAt, sources: imported.sources },
  };
}
