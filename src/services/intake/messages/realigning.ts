/** What a later COMPLETA finds by comparing itself with the register, in the words of the catalogue (tracciato.md 1). */
import type { Finding } from '../../../kernel/findings.ts';
import { SOGGETTI } from '../rows/file-specs.ts';
import { finding } from './messages.ts';

/** SIP-014 of a later COMPLETA (tracciato.md 1, "Too much"). */
export function tooMany(cancelled: number, residents: number): Finding {
  const share = `${cancelled} residenti su ${residents} sarebbero cancellati perché assenti, più dello 0,5%`;
  const english = `${cancelled} residents of ${residents} would be cancelled as absent, more than 0.5%`;
  return finding('SIP-014', { file: SOGGETTI.name, valore: String(cancelled), perche: [share, english] });
}

/** SIP-040 (tracciato.md 1, assenti). */
export const missing = (idSoggetto: string): Finding =>
  finding('SIP-040', {
    file: SOGGETTI.name,
    id_soggetto: idSoggetto,
    campo: 'id_soggetto',
    valore: idSoggetto,
  });
