/** The address columns, "wherever an address stands" (tracciato.md 2). */
import type { AddressRecord } from '../../../registry/claims/records.ts';
import type { RowForm } from './row-form.ts';

/** @param first column of `specie`; the others follow in the order of the page. */
export function readAddress(f: RowForm, first: number): AddressRecord {
  return {
    specie: f.text(first),
    toponimo: f.text(first + 1),
    civico: f.text(first + 2),
    esponente: f.text(first + 3),
    scala: f.text(first + 4),
    piano: f.text(first + 5),
    interno: f.text(first + 6),
    cap: f.text(first + 7),
    frazione: f.text(first + 8),
    sezione: f.text(first + 9),
    lat: f.text(first + 10),
    lon: f.text(first + 11),
    senza_fissa_dimora: f.mark(first + 12),
  };
}
