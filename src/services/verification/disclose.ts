/**
 * What of a verdict its asker may be told (security.md 19, 22, 23): S, N and A are for whoever may ask, but a reason may say more than the outcome. "N
 * says which declared elements disagree, not what the right value is, beyond what the profile may also read" (services.md). Pure.
 */

import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Declaration } from './declaration.ts';
import type { Quality } from './evidence.ts';
import type { Finding, Verdict } from './verdict.ts';

/** What the asker's profile reads anyway. */
export interface Readable {
  /** How many live together. */
  readonly family: boolean;
  readonly death: boolean;
}

export interface Asked {
  readonly declared: Declaration;
  /** The address may not be read: nothing may tell where the person lives, not even how late a comune is. */
  readonly hidden: boolean;
  readonly readable: Readable;
}

function bare({ dettaglio: _, ...finding }: Finding): Finding {
  return finding;
}

function told(finding: Finding, { declared, hidden, readable }: Asked): Finding {
  switch (finding.motivo) {
    case 'mancante':
      // The number with those declared is the size of the family.
      return readable.family ? finding : bare(finding);
    case 'deceduto':
      // Asked whether somebody lives, or died, the answer is that; asked where they live, it is not.
      return readable.death || declared.oggetto !== 'residenza'
        ? finding
        : { ...finding, motivo: 'non_residente' };
    case 'fornitura_vecchia':
      return hidden ? bare(finding) : finding;
    case 'fuori_provincia':
      return hidden ? { ...finding, motivo: 'dato_assente' } : finding;
    default:
      return finding;
  }
}

export const disclosed = ({ esito, elementi }: Verdict, asked: Asked): Verdict => ({
  esito,
  elementi: elementi.map((finding) => told(finding, asked)),
});

/** How far the register may be trusted about the person, told unasked beside every outcome. */
export interface QualityAnswer {
  /** The day at whose end the speaking comune's last supply was true. */
  readonly situazione_al: Day | null;
  /** Days from it to the reference day; null where it reaches the day. */
  readonly giorni_di_ritardo: number | null;
  /** A row or an event about the person is set aside, or a finding about them is open between the comuni. */
  readonly dati_scartati: boolean;
  readonly segnalazioni_aperte: boolean;
}

/** Null where nobody was found, or the comune itself would be told by it. */
export function qualityAnswer(quality: Quality, al: Day, hidden: boolean): QualityAnswer | null {
  if (hidden) return null;
  const { situazioneAl } = quality;
  return {
    situazione_al: situazioneAl,
    giorni_di_ritardo: situazioneAl === null || situazioneAl >= al ? null : daysBetween(situazioneAl, al),
    dati_scartati: quality.setAside,
    segnalazioni_aperte: quality.findings.length > 0,
  };
}
