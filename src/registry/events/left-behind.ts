/**
 * What an applied line says and moves beside its own changes, whether it applied when it came or had waited (SIP-210): the
 * warnings of its rows, what fell with it (SIP-206), and what stands again.
 */
import type { Finding } from '../../kernel/findings.ts';
import type { EventFault } from './applier.ts';
import type { AppliedLine, EventLine } from './event-line.ts';
import { givenCodes, type RowContext, rowWarnings } from './row-warnings.ts';
import { hasData } from './stored-event.ts';

export interface FaultPlace extends Omit<EventFault, 'codice'> {
  /** Null of a line that an earlier supply brought: it has no row in this one. */
  readonly riga: number | null;
  readonly id_evento: string;
  readonly dettaglio?: Finding['dettaglio'];
}

/** Makes the finding of a fault, with its sentences. */
export type Describe = (codice: string, where: FaultPlace) => Finding;

/** A fault in the place of the line that has it. */
export function faultAt(
  { codice: _, ...place }: EventFault,
  line: EventLine,
  riga: number | null,
): FaultPlace {
  return { ...place, riga, id_evento: line.idEvento };
}

export interface LeftBehind {
  readonly findings: readonly Finding[];
  /** Ids of the events that stand again. */
  readonly restored: readonly string[];
}

/** @param riga the row in the supply that is being applied; null where an earlier one brought the line */
export function leftBehind(
  line: EventLine,
  riga: number | null,
  result: AppliedLine,
  rows: RowContext,
  describe: Describe,
): LeftBehind {
  const { event } = line;
  const findings = line.findings.filter((f) => f.gravita !== 'E').map((f) => ({ ...f, riga }));
  for (const fallen of result.fell)
    findings.push(
      describe('SIP-206', {
        riga,
        id_evento: line.idEvento,
        id_soggetto: fallen.idSoggetto,
        dettaglio: { id_evento_dipendente: fallen.idEvento, progressivo_dipendente: fallen.progressivo },
      }),
    );
  if (event !== null && hasData(event)) {
    for (const { id } of givenCodes(event)) {
      const entry = rows.register.entry(id);
      if (entry !== undefined) rows.codes.add(entry);
    }
    for (const warning of rowWarnings(rows, event))
      findings.push(describe(warning.codice, faultAt(warning, line, riga)));
  }
  return { findings, restored: result.restored.map((r) => r.idEvento) };
}
