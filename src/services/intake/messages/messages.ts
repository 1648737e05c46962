/**
 * The catalogue of findings: every code of tracciato.md 4, its gravity, and the sentence that a clerk reads, in both languages.
 * A finding carries its sentences, so that an outcome read again after years says what it said.
 */
import type { Finding } from '../../../kernel/findings.ts';
import type { MessageDetail, MessageRule, Words } from './message-rule.ts';
import { EVENT_MESSAGES } from './messages-events.ts';
import { OPERATION_MESSAGES } from './messages-operations.ts';
import { ROW_MESSAGES } from './messages-rows.ts';
import { SUPPLY_MESSAGES } from './messages-supply.ts';
import { WARNING_MESSAGES } from './messages-warnings.ts';

/** A code that exists. */
export type FindingCode =
  | keyof typeof SUPPLY_MESSAGES
  | keyof typeof ROW_MESSAGES
  | keyof typeof WARNING_MESSAGES
  | keyof typeof EVENT_MESSAGES
  | keyof typeof OPERATION_MESSAGES;

export const MESSAGES: Readonly<Record<FindingCode, MessageRule>> = {
  ...SUPPLY_MESSAGES,
  ...ROW_MESSAGES,
  ...WARNING_MESSAGES,
  ...EVENT_MESSAGES,
  ...OPERATION_MESSAGES,
};

/** Where a finding stands and what it names; whatever is left out is empty. */
export interface Where {
  readonly file?: string | null;
  readonly riga?: number | null;
  readonly id_soggetto?: string | null;
  readonly campo?: string;
  readonly valore?: string | null;
  readonly id_famiglia?: string;
  readonly id_evento?: string;
  /** For the sentence alone: what was expected, the other row or person, the precise cause. */
  readonly atteso?: string;
  readonly altro?: string;
  readonly perche?: Words;
}

/** Characters of a value kept in a finding; the whole of it stays in the row set aside and in the archive. */
const KEPT = 200;
const cut = (text: string): string => (text.length > KEPT ? `${text.slice(0, KEPT)}…` : text);

/** A finding with its sentences made. */
export function finding(codice: FindingCode, where: Where): Finding {
  const rule = MESSAGES[codice];
  const detail: MessageDetail = {
    file: where.file ?? '',
    riga: where.riga == null ? '' : String(where.riga),
    id_soggetto: where.id_soggetto ?? '',
    campo: where.campo ?? '',
    valore: where.valore ?? '',
    id_famiglia: where.id_famiglia ?? '',
    id_evento: where.id_evento ?? '',
    atteso: where.atteso ?? '',
    altro: where.altro ?? '',
    perche: where.perche ?? null,
  };
  return {
    codice,
    gravita: rule.gravita,
    file: where.file ?? null,
    riga: where.riga ?? null,
    id_soggetto: cut(detail.id_soggetto),
    campo: cut(detail.campo),
    valore: cut(detail.valore),
    messaggio: rule.it(detail),
    messaggio_en: rule.en(detail),
    ...(where.id_famiglia === undefined ? {} : { id_famiglia: cut(where.id_famiglia) }),
    ...(where.id_evento === undefined ? {} : { id_evento: cut(where.id_evento) }),
  };
}
