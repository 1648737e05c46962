/** The rows of access, as the database holds them. */
import type { Day } from '../../kernel/day.ts';
import type { AccountState } from '../rights/authorise.ts';
import type { AccountKind, OperationId, Service } from '../rights/operations.ts';
import type { Field, Territory } from '../rights/profiles.ts';
import type { HistoryTable } from './history.sql.ts';

export const BODY_KINDS = [
  'gestore',
  'comune',
  'sanita',
  'polizia',
  'giustizia',
  'scuola',
  'sociale',
  'statistica',
  'coordinamento',
  'altro',
] as const;

export interface BodyRow {
  readonly body_id: string;
  readonly name: string;
  readonly kind: (typeof BODY_KINDS)[number];
  readonly comune: string | null;
  readonly ended: boolean;
}
export const BODIES: HistoryTable<BodyRow> = {
  name: 'bodies',
  key: ['body_id'],
  columns: ['body_id', 'name', 'kind', 'comune', 'ended'],
};

export interface AgreementRow {
  readonly agreement_id: string;
  readonly body_id: string;
  readonly legal_basis: string;
  readonly delivers: string | null;
  readonly every_days: number | null;
  readonly services: readonly Service[];
  readonly profiles: readonly string[];
  readonly purposes: readonly string[];
  readonly network: readonly string[];
  readonly certificate: boolean;
  readonly valid_from: Day;
  readonly valid_to: Day | null;
}
export const AGREEMENTS: HistoryTable<AgreementRow> = {
  name: 'agreements',
  key: ['agreement_id'],
  columns: [
    'agreement_id',
    'body_id',
    'legal_basis',
    'delivers',
    'every_days',
    'services',
    'profiles',
    'purposes',
    'network',
    'certificate',
    'valid_from',
    'valid_to',
  ],
};

export interface UserRow {
  readonly user_id: string;
  readonly body_id: string;
  readonly surname: string;
  readonly given_name: string;
  readonly codice_fiscale: string;
  readonly office: string | null;
  readonly account: AccountKind;
  readonly state: AccountState;
  readonly reason: string | null;
}
export const USERS: HistoryTable<UserRow> = {
  name: 'users',
  key: ['user_id'],
  columns: [
    'user_id',
    'body_id',
    'surname',
    'given_name',
    'codice_fiscale',
    'office',
    'account',
    'state',
    'reason',
  ],
};

export interface ClientRow {
  readonly client_id: string;
  readonly body_id: string;
  readonly name: string;
  readonly state: Exclude<AccountState, 'invited'>;
  readonly reason: string | null;
}
export const CLIENTS: HistoryTable<ClientRow> = {
  name: 'clients',
  key: ['client_id'],
  columns: ['client_id', 'body_id', 'name', 'state', 'reason'],
};

export interface PurposeRow {
  readonly purpose_id: string;
  readonly italian: string;
  readonly english: string;
  readonly legal_basis: string;
  readonly disclosed: boolean;
}
export const PURPOSES: HistoryTable<PurposeRow> = {
  name: 'purposes',
  key: ['purpose_id'],
  columns: ['purpose_id', 'italian', 'english', 'legal_basis', 'disclosed'],
};

export interface ProfileRow {
  readonly profile_id: string;
  readonly italian: string;
  readonly english: string;
  readonly account: AccountKind;
  readonly operations: readonly OperationId[];
  readonly fields: readonly Field[];
  readonly territory: Territory;
  readonly purposes: readonly string[];
}
export const PROFILES: HistoryTable<ProfileRow> = {
  name: 'profiles',
  key: ['profile_id'],
  columns: ['profile_id', 'italian', 'english', 'account', 'operations', 'fields', 'territory', 'purposes'],
};

export interface GrantRow {
  readonly holder_id: string;
  readonly profile_id: string;
  readonly comuni: readonly string[];
  readonly reviewed_on: Day;
}
export const GRANTS: HistoryTable<GrantRow> = {
  name: 'grants',
  key: ['holder_id', 'profile_id'],
  columns: ['holder_id', 'profile_id', 'comuni', 'reviewed_on'],
};

export interface AlertRuleRow {
  readonly rule_id: string;
  readonly kind: string;
  /** Read by AlertRule (audit/alerts.ts). */
  readonly parameters: unknown;
  readonly active: boolean;
}
export const ALERT_RULES: HistoryTable<AlertRuleRow> = {
  name: 'alert_rules',
  key: ['rule_id'],
  columns: ['rule_id', 'kind', 'parameters', 'active'],
};

export interface ClientKeysRow {
  readonly client_id: string;
  /** Its number on the national platform. */
  readonly platform_id: string;
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  /** The platform's purposeId → ours. */
  readonly purposes: Readonly<Record<string, string>>;
  /** SHA-256, hexadecimal. */
  readonly certificate_digest: string | null;
}
export const CLIENT_KEYS: HistoryTable<ClientKeysRow> = {
  name: 'client_keys',
  key: ['client_id'],
  columns: ['client_id', 'platform_id', 'jwks', 'purposes', 'certificate_digest'],
};

export interface QuotaRow {
  readonly quota_id: string;
  readonly per_day: number;
}
export const QUOTAS: HistoryTable<QuotaRow> = {
  name: 'quotas',
  key: ['quota_id'],
  columns: ['quota_id', 'per_day'],
};
