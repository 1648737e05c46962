/**
 * Whether what is held of an entry is being mended, as known at an instant: rows of it that were set aside and have not come right, or findings of the
 * reconciliation that are open. Part of larger statements: one row of kind 'doubt' for each entry of which something is.
 */
import type { FindingKind } from '../reconciliation/finding.ts';

/** Findings that have a flag of their own: a move told by one comune alone, two residences, a death (residence.ts). */
const FLAGGED: readonly FindingKind[] = [
  'MANCA_CANCELLAZIONE',
  'MANCA_ISCRIZIONE',
  'DECORRENZE_DIVERSE',
  'DOPPIA_RESIDENZA',
  'DECEDUTO_RESIDENTE',
];

/** A finding `f` with no flag of its own. */
export const UNFLAGGED = `f.kind not in (${FLAGGED.map((kind) => `'${kind}'`).join(', ')})`;

/** @param entries, comuni, numbers names of parameters: arrays alike of entry_id, comune and id_soggetto. The instant is $2. */
export const doubtsOf = (entries: string, comuni: string, numbers: string): string => `
  select 'doubt' as kind, json_build_object('entry_id', n.entry_id) as fact
    from unnest(${entries}::bigint[], ${comuni}::text[], ${numbers}::text[]) as n (entry_id, comune, id_soggetto)
   where exists (
           select from set_aside a
             join supplies s on s.supply_id = a.supply_id and s.recorded_at <= $2::timestamptz
             left join supplies c on c.supply_id = a.chiusa_da
            where a.comune = n.comune and a.id_soggetto = n.id_soggetto and a.id_soggetto <> ''
              and (c.recorded_at is null or c.recorded_at > $2::timestamptz))
      or exists (
           select from reconciliation_findings f
            where f.entry_id = n.entry_id and ${UNFLAGGED} and f.opened_at <= $2::timestamptz
              and (f.closed_at is null or f.closed_at > $2::timestamptz))`;
