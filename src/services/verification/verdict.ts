/**
 * What a verification answers (services.md, Verification): S, every declared element agrees; N, some are certainly otherwise; A, it
 * cannot be determined. Never the register's own data. Pure.
 */

/** An element of a declaration, as it is called in the answer. */
export type Element =
  | 'persona'
  | 'cognome'
  | 'nome'
  | 'sesso'
  | 'data_nascita'
  | 'luogo_nascita'
  | 'comune'
  | 'indirizzo'
  | 'dal'
  | 'cittadinanza'
  | 'stato_civile'
  | 'coniuge'
  | 'componenti'
  | 'relazione'
  | 'esistenza_in_vita'
  | 'legame'
  | 'decesso'
  | 'data_decesso'
  | 'codice_fiscale'
  | 'materia';

/** Why an element disagrees, or cannot be judged. */
export type Reason =
  // N: certain contrary evidence.
  | 'diverso'
  | 'residente_altrove'
  | 'non_residente'
  | 'residente_li'
  | 'deceduto'
  | 'in_vita'
  | 'non_compreso'
  | 'mancante'
  | 'nessun_legame'
  // A: what stands in the way.
  | 'persona_non_trovata'
  | 'persona_ambigua'
  | 'dato_scartato'
  | 'in_conflitto'
  | 'in_transito'
  | 'doppia_residenza'
  | 'segnalazione_aperta'
  | 'data_incerta'
  | 'fornitura_vecchia'
  | 'dato_assente'
  | 'non_convalidato'
  | 'protetto'
  | 'fuori_provincia'
  | 'altra_persona_non_trovata'
  | 'simile'
  | 'senza_fissa_dimora'
  | 'non_certificato'
  | 'altro_ufficio';

export type Standing = 'concorda' | 'discorda' | 'indeterminato';

/** How one declared element stands against the register. */
export interface Finding {
  readonly elemento: Element;
  readonly esito: Standing;
  readonly motivo?: Reason;
  /** What the reason names: the office that would know, how many members were not declared, days of delay. Never data of the person. */
  readonly dettaglio?: string;
}

export interface Verdict {
  readonly esito: 'S' | 'N' | 'A';
  readonly elementi: readonly Finding[];
}

export const agrees = (elemento: Element): Finding => ({ elemento, esito: 'concorda' });
export const disagrees = (elemento: Element, motivo: Reason, dettaglio?: string): Finding => ({
  elemento,
  esito: 'discorda',
  motivo,
  ...(dettaglio === undefined ? {} : { dettaglio }),
});
export const unsure = (elemento: Element, motivo: Reason, dettaglio?: string): Finding => ({
  elemento,
  esito: 'indeterminato',
  motivo,
  ...(dettaglio === undefined ? {} : { dettaglio }),
});

/** One element that is certainly otherwise makes the declaration untrue; else one that cannot be judged leaves it open. */
export function verdictOf(elementi: readonly Finding[]): Verdict {
  const has = (esito: Standing): boolean => elementi.some((e) => e.esito === esito);
  const esito = has('discorda') ? 'N' : has('indeterminato') || elementi.length === 0 ? 'A' : 'S';
  return { esito, elementi };
}
