/** What a reference holds, for who must know how far to trust it. */
import { TABLE_NAMES } from './code-tables.ts';
import type { Reference } from './load-reference.ts';
import type { ReferenceSource } from './reference-file.ts';

export interface ReferenceStatus {
  /** null: all of it came with the program. */
  readonly importedAt: string | null;
  readonly sources: readonly ReferenceSource[];
  readonly comuni: {
    /** Of today, in all Italy and in the province. */
    readonly present: number;
    readonly province: number;
    /** Is every comune with every code since 1861 there? */
    readonly complete: boolean;
  };
  readonly states: { readonly present: number; readonly former: number };
  /** Codes by table: T1, T5 … */
  readonly tables: Readonly<Record<string, number>>;
  /** Comuni of the province with a postcode. */
  readonly postcodes: number;
  readonly boundaries: string | null;
}

/** @param province plate of the province that is served */
export function referenceStatus(reference: Reference, province: string): ReferenceStatus {
  const ours = reference.provinceComuni(province);
  const states = reference.listStates();
  return {
    importedAt: reference.imported?.importedAt ?? null,
    sources: reference.imported?.sources ?? [],
    comuni: {
      present: reference.presentComuni().length,
      province: ours.length,
      complete: reference.referenceIsComplete(),
    },
    states: {
      present: states.filter(({ validTo }) => validTo === null).length,
      former: states.filter(({ validTo }) => validTo !== null).length,
    },
    tables: Object.fromEntries(TABLE_NAMES.map((name) => [name, reference.listCodes(name).length])),
    postcodes: ours.filter(({ istat }) => reference.postcodesOf(istat ?? '').length > 0).length,
    boundaries: reference.boundariesFile,
  };
}
