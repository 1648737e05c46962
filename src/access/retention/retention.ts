/** Retention as data (security.md, 36): the things that are kept for a while only. Facts of the register, the archive of supplies and the audit are not among them. */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { HistoryTable } from '../accounts/history.sql.ts';

export const RETENTION_KINDS = [
  'drafts',
  'uploads',
  'verification-batches',
  'used-tokens',
  'sign-in-failures',
  'sessions',
  'pending-steps',
  'invitations',
  'recoveries',
  'quota-uses',
  'audit-verifications',
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** What each is, and from when its days count. */
export const RETENTION_WORDS: Readonly<Record<RetentionKind, { readonly it: string; readonly en: string }>> =
  {
    drafts: { it: 'bozze, da quando sono scritte', en: 'drafts, since they were written' },
    uploads: {
      it: 'invii di forniture che nessuno prosegue, con i loro file, dall’ultimo pezzo',
      en: 'uploads of supplies that nobody goes on with, with their files, since the last piece',
    },
    'verification-batches': {
      it: 'lotti di dichiarazioni con i loro esiti, da quando sono inviati',
      en: 'batches of declarations with their outcomes, since they were sent',
    },
    'used-tokens': {
      it: 'numeri dei voucher usati, dalla scadenza del voucher',
      en: 'numbers of used vouchers, since the voucher expired',
    },
    'sign-in-failures': { it: 'accessi falliti', en: 'failed sign-ins' },
    sessions: { it: 'sessioni, da quando sono aperte', en: 'sessions, since they were opened' },
    'pending-steps': {
      it: 'accessi lasciati a metà, dalla scadenza',
      en: 'sign-ins left half-way, since they expired',
    },
    invitations: { it: 'inviti, da quando sono usati o scaduti', en: 'invitations, since use or expiry' },
    recoveries: {
      it: 'richieste di chiavi nuove, dalla scadenza',
      en: 'requests for new keys, since they expired',
    },
    'quota-uses': { it: 'quante interrogazioni al giorno', en: 'how many questions a day' },
    'audit-verifications': {
      it: 'rapporti delle verifiche dell’audit',
      en: 'reports of verifications of the audit',
    },
  };

export interface RetentionRow {
  readonly rule_id: RetentionKind;
  readonly term_days: number;
  /** The source of law. */
  readonly law: string;
  readonly active: boolean;
}
export const RETENTION_RULES: HistoryTable<RetentionRow> = {
  name: 'retention_rules',
  key: ['rule_id'],
  columns: ['rule_id', 'term_days', 'law', 'active'],
};

/** Takes away what is older. In a transaction. @returns how many */
export type Forget = (db: Client, before: Date, now: Date) => Promise<number>;

const DAY_MS = 86_400_000;
const MOST_DAYS = 36_500;
const LONGEST_LAW = 300;

/** Older than this is taken away. */
export const termBegins = (rule: RetentionRow, now: Date): Date =>
  new Date(now.getTime() - rule.term_days * DAY_MS);

/** @throws AppError invalid-request for what is no rule */
export function retentionRule(given: {
  readonly id: string;
  readonly days: number;
  readonly law: string;
  readonly active: boolean;
}): RetentionRow {
  const kind = RETENTION_KINDS.find((k) => k === given.id);
  const law = given.law.trim();
  if (kind === undefined)
    throw new AppError(
      'invalid-request',
      `nessuna regola «${given.id}»: ci sono ${RETENTION_KINDS.join(', ')}`,
      `no rule "${given.id}": there are ${RETENTION_KINDS.join(', ')}`,
    );
  if (!Number.isInteger(given.days) || given.days < 0 || given.days > MOST_DAYS)
    throw new AppError(
      'invalid-request',
      `i giorni sono un numero intero da 0 a ${MOST_DAYS}`,
      `the days are a whole number from 0 to ${MOST_DAYS}`,
    );
  if (law === '' || law.length > LONGEST_LAW)
    throw new AppError(
      'invalid-request',
      'un termine di conservazione ha la sua norma',
      'a term of retention has its source of law',
    );
  return { rule_id: kind, term_days: given.days, law, active: given.active };
}
