/** Findings and set-aside rows as rows of their tables. Pure. */
import type { Finding } from '../../kernel/findings.ts';
import type { Row } from '../tables/tables.ts';

/** @param n its number among the findings of the supply, from 1 */
export function findingRow(supplyId: number, n: number, comune: string, f: Finding): Row {
  return [
    supplyId,
    n,
    comune,
    f.codice,
    f.gravita,
    f.file,
    f.riga,
    f.id_soggetto,
    f.id_famiglia ?? null,
    f.id_evento ?? null,
    f.campo,
    f.valore,
    f.messaggio,
    f.messaggio_en,
    f.dettaglio === undefined ? null : JSON.stringify(f.dettaglio),
  ];
}

/** What stands set aside, with what is needed to find it again and to mend it. */
export interface SetAside {
  readonly file: string;
  readonly riga: number;
  readonly idSoggetto: string;
  readonly idEvento: string | null;
  readonly digest: string | null;
  /** The subjects it waits for (SIP-210). */
  readonly waitsFor: readonly string[] | null;
  readonly codice: string;
  readonly raw: string;
}

export function setAsideRow(supplyId: number, comune: string, row: SetAside): Row {
  const quoted = row.waitsFor?.map((id) => `"${id.replace(/(["\\])/g, '\\$1')}"`);
  return [
    supplyId,
    comune,
    row.file,
    row.riga,
    row.idSoggetto,
    null,
    row.idEvento,
    row.digest,
    quoted === undefined ? null : `{${quoted.join(',')}}`,
    row.codice,
    row.raw,
  ];
}
