/** What came of a supply, in the keys of the samples' expected.json: what a test compares. */
import { mkdirSync } from 'node:fs';
import type { Finding } from '../../src/kernel/findings.ts';
import type { SetAsideRow, SupplySink } from '../../src/registry/supplies/supply-sink.ts';
import { openSupply } from '../../src/services/intake/archive/open-supply.ts';
import type { CheckRequest } from '../../src/services/intake/check-contract.ts';
import { checkSupply } from '../../src/services/intake/check-supply.ts';

export interface SupplyOutcome {
  readonly esito: string;
  readonly lette: Readonly<Record<string, number>>;
  readonly scartate: Readonly<Record<string, number>>;
  readonly segnalazioni: readonly Partial<Finding>[];
}

/** Keeps what a real sink would write. */
export class KeepingSink implements SupplySink {
  readonly findings: Finding[] = [];
  readonly rows: SetAsideRow[] = [];
  households = 0;
  entries = 0;
  lines = 0;

  household(): void {
    this.households++;
  }
  entry(): void {
    this.entries++;
  }
  finding(finding: Finding): void {
    this.findings.push(finding);
  }
  setAside(row: SetAsideRow): void {
    this.rows.push(row);
  }
  event(): void {
    this.lines++;
  }
}

/** Checks a supply into `sink`; the folder is made. Supplies of changes are opened, not applied. */
export async function supplyOutcome(
  request: CheckRequest,
  sink: KeepingSink = new KeepingSink(),
): Promise<SupplyOutcome> {
  mkdirSync(request.folder, { recursive: true, mode: 0o700 });
  if (request.fileName.endsWith('_VARIAZIONI.zip')) return openedOutcome(request);
  const { esito, lette, scartate } = await checkSupply(request, sink);
  return { esito, lette, scartate, segnalazioni: sink.findings.map(withoutWords) };
}

async function openedOutcome(request: CheckRequest): Promise<SupplyOutcome> {
  const { refusals, warnings, counts } = await openSupply(request);
  const esito =
    refusals.length > 0 ? 'RIFIUTATA' : warnings.length > 0 ? 'ACCETTATA_CON_SEGNALAZIONI' : 'ACCETTATA';
  return { esito, lette: counts, scartate: {}, segnalazioni: [...warnings, ...refusals].map(withoutWords) };
}

const withoutWords = ({ messaggio: _it, messaggio_en: _en, ...rest }: Finding): Partial<Finding> => rest;
