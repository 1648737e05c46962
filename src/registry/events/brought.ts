/**
 * Whom an event that is set aside would have made known: they are subjects set aside, and what names them waits (SIP-210; tracciato.md 3,
 * Waiting). Read from the line as it was written, for its form may be at fault. Pure.
 */

function idOf(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || !('id_soggetto' in row)) return [];
  return typeof row.id_soggetto === 'string' && row.id_soggetto !== '' ? [row.id_soggetto] : [];
}

/** @param raw a line of eventi.jsonl: JSON, else the supply would have been refused (SIP-012) */
export function broughtBy(raw: string): string[] {
  const line: unknown = JSON.parse(raw);
  if (typeof line !== 'object' || line === null || !('dati' in line)) return [];
  const { dati } = line;
  if (typeof dati !== 'object' || dati === null) return [];
  const one = 'soggetto' in dati ? idOf(dati.soggetto) : [];
  const many = 'soggetti' in dati && Array.isArray(dati.soggetti) ? dati.soggetti.flatMap(idOf) : [];
  return [...one, ...many];
}
