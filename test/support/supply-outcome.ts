/** What came of a supply, in the keys of the samples' expected.json: what a test compares. */
import type { Finding } from '../../src/kernel/findings.ts';
import { type OpenRequest, openSupply } from '../../src/services/intake/open-supply.ts';

export interface SupplyOutcome {
  readonly esito: string;
  readonly lette: Readonly<Record<string, number>>;
  readonly scartate: Readonly<Record<string, number>>;
  readonly segnalazioni: readonly Partial<Finding>[];
}

export interface OutcomeRequest extends OpenRequest {
  readonly confirmTooMuch: boolean;
}

export async function supplyOutcome(request: OutcomeRequest): Promise<SupplyOutcome> {
  const opened = await openSupply(request);
  const findings = [...opened.refusals, ...opened.warnings];
  return {
    esito:
      opened.refusals.length > 0
        ? 'RIFIUTATA'
        : findings.length > 0
          ? 'ACCETTATA_CON_SEGNALAZIONI'
          : 'ACCETTATA',
    lette: opened.counts,
    scartate: {},
    segnalazioni: findings.map(({ messaggio: _it, messaggio_en: _en, ...rest }) => rest),
  };
}
