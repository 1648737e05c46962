/** What comes of the lines of a supply of changes, gathered while they are applied. */
import type { Finding } from '../../kernel/findings.ts';
import type { SetAside } from '../supplies/findings-rows.ts';
import type { SupplyRecord } from '../supplies/supply-record.ts';
import type { EventLine, LineOutcome } from './event-line.ts';
import { type Describe, faultAt } from './left-behind.ts';

export const FILE = 'eventi.jsonl';

/** The subjects for whom an event waits (SIP-210). */
export const waitedFor = (result: LineOutcome): string[] =>
  result.kind === 'set-aside'
    ? result.faults.filter((f) => f.codice === 'SIP-210').flatMap((f) => f.id_soggetto ?? [])
    : [];

export class Outcome {
  readonly findings: Finding[] = [];
  readonly setAside: SetAside[] = [];
  /** Ids of what stands again, and of what is told anew under the id of something that had fallen. */
  readonly restored: string[] = [];
  /** Rows of earlier supplies, and of this one, that had waited and are applied now. */
  readonly mended: { readonly supplyId: number; readonly riga: number }[] = [];
  scartate = 0;
  applicate = 0;

  /** What becomes of a line of this supply. */
  report(line: EventLine, result: LineOutcome, describe: Describe): void {
    const place = { riga: line.riga, id_evento: line.idEvento };
    if (result.kind === 'repeated') {
      this.findings.push(describe('SIP-209', { ...place, campo: 'id_evento', valore: line.idEvento }));
      return;
    }
    const found: Finding[] = [];
    if (result.kind === 'clashing')
      found.push(describe('SIP-208', { ...place, campo: 'id_evento', valore: line.idEvento }));
    // Of what is set aside nothing more is said than why (tracciato.md 4: it counts for no later check).
    else found.push(...line.findings.filter((f) => f.gravita === 'E'));
    if (result.kind === 'set-aside')
      found.push(...result.faults.map((f) => describe(f.codice, faultAt(f, line, line.riga))));
    this.findings.push(...found);
    if (result.kind !== 'applied') {
      const worst = found.find((f) => f.gravita === 'E');
      const waitsFor = waitedFor(result);
      this.scartate++;
      this.setAside.push({
        file: FILE,
        riga: line.riga,
        idSoggetto: worst?.id_soggetto ?? '',
        // An id that has been applied is not set aside: another content under it is no mend.
        idEvento: result.kind === 'clashing' || line.idEvento === '' ? null : line.idEvento,
        digest: line.digest,
        waitsFor: waitsFor.length === 0 ? null : waitsFor,
        codice: worst?.codice ?? '',
        raw: line.raw,
      });
      return;
    }
    this.applicate++;
  }

  /** The record of the supply once all of it is applied. */
  finished(supply: SupplyRecord): SupplyRecord {
    return {
      ...supply,
      applicate: { [FILE]: this.applicate },
      scartate: { [FILE]: this.scartate },
      segnalate: { [FILE]: new Set(this.findings.flatMap((f) => f.riga ?? [])).size },
      esito: this.findings.length > 0 ? 'ACCETTATA_CON_SEGNALAZIONI' : 'ACCETTATA',
    };
  }
}
