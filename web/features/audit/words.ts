/** Words for what the audit holds. */
export const OUTCOMES = {
  answered: { it: 'risposta data', en: 'answered' },
  refused: { it: 'rifiutato', en: 'refused' },
  failed: { it: 'non riuscito', en: 'failed' },
} as const;

export const KINDS = {
  listed: { it: 'elenco', en: 'listed' },
  consulted: { it: 'consultazione', en: 'consulted' },
  verified: { it: 'verifica', en: 'verified' },
  counted: { it: 'conteggio', en: 'counted' },
  delivered: { it: 'consegna', en: 'delivered' },
  written: { it: 'scrittura', en: 'written' },
  administered: { it: 'amministrazione', en: 'administered' },
} as const;

export const ALERTS: Readonly<Record<string, { readonly it: string; readonly en: string }>> = {
  'odd-hours': { it: 'a ore insolite', en: 'at odd hours' },
  volume: { it: 'troppe richieste', en: 'too many requests' },
  'same-surname': { it: 'persone con il suo cognome', en: 'persons of the same surname' },
  colleagues: { it: 'colleghi', en: 'colleagues' },
  neighbours: { it: 'vicini di casa', en: 'neighbours' },
  'well-known': { it: 'persone note', en: 'well-known persons' },
  'many-lookers': { it: 'una persona cercata da molti', en: 'a person looked up by many' },
};
