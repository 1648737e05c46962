/** The API as one table: each operation with what answers it, one explicit line each (house.md, "Adding a feature"). */

import {
  ACCOUNTABILITY_OPERATIONS,
  accountabilityRoutes,
} from '../access/accountability/accountability.http.ts';
import { AGREEMENT_OPERATIONS, agreementRoutes } from '../access/accounts/agreements.http.ts';
import { BODY_OPERATIONS, bodyRoutes } from '../access/accounts/bodies.http.ts';
import { CLIENT_OPERATIONS, clientRoutes } from '../access/accounts/clients.http.ts';
import { PROFILE_LIST, profileRoutes } from '../access/accounts/profiles.http.ts';
import { USER_OPERATIONS, userRoutes } from '../access/accounts/users.http.ts';
import { auditRoutes } from '../access/audit/audit.http.ts';
import { AUDIT_OPERATIONS } from '../access/audit/audit.operations.ts';
import type { CheckpointPlace } from '../access/audit/checkpoint-log.ts';
import { BOUND_KEY_OPERATIONS, boundKeyRoutes } from '../access/guard/bound-keys.http.ts';
import { DRAFT_OPERATIONS, draftRoutes } from '../access/guard/drafts.http.ts';
import { FIRST_USE_OPERATIONS, firstUseRoutes } from '../access/guard/first-use.http.ts';
import type { GuardContext } from '../access/guard/guard.ts';
import { KEY_OPERATIONS, keyRoutes } from '../access/guard/keys.http.ts';
import { PASSKEY_OPERATIONS, passkeyRoutes } from '../access/guard/passkeys.http.ts';
import { RECOVERY_OPERATIONS, recoveryRoutes } from '../access/guard/recovery.http.ts';
import { resumeRoute, SESSION_RESUME } from '../access/guard/resume.http.ts';
import { SESSION_OPERATIONS, sessionRoutes } from '../access/guard/session.http.ts';
import { QUOTA_OPERATIONS, quotaRoutes } from '../access/quotas/quotas.http.ts';
import { Quotas } from '../access/quotas/quotas.ts';
import { RETENTION_OPERATIONS, retentionRoutes } from '../access/retention/retention.http.ts';
import { KnownCallers } from '../access/sessions/known-callers.ts';
import { AppError } from '../kernel/app-error.ts';
import { type ApiInfo, openApiDocument } from '../platform/http/openapi.ts';
import { type Operation, type Route, route } from '../platform/http/operation.ts';
import { loadReference, type Reference } from '../reference/load-reference.ts';
import { getKnownAt } from '../registry/answers/known-at.sql.ts';
import { FINDING_OPERATIONS, findingRoutes } from '../services/intake/findings.http.ts';
import { SUPPLY_OPERATIONS, supplyRoutes } from '../services/intake/supplies.http.ts';
import { UPLOAD_OPERATIONS, uploadRoutes } from '../services/intake/upload/uploads.http.ts';
import { lookupRoutes } from '../services/lookup/lookup.http.ts';
import { LOOKUP_OPERATIONS } from '../services/lookup/operations.ts';
import { POPULATION_COUNT, populationRoutes } from '../services/population/population.http.ts';
import { LINKAGE_OPERATIONS, linkageRoutes } from '../services/reconciliation/linkage.http.ts';
import {
  RECONCILIATION_OPERATIONS,
  reconciliationRoutes,
} from '../services/reconciliation/reconciliation.http.ts';
import {
  BATCH_OPERATIONS,
  type BatchHttpContext,
  batchRoutes,
} from '../services/verification/batches/batches.http.ts';
import { NATIONAL_OPERATIONS, nationalRoutes } from '../services/verification/national/national.http.ts';
import { gatheredReads } from '../services/verification/reads.ts';
import {
  RECEIPT_OPERATIONS,
  type ReceiptContext,
  receiptRoutes,
} from '../services/verification/receipts/receipts.http.ts';
import { VERIFY, verificationRoutes } from '../services/verification/verification.http.ts';
import { circles, selfOf, subjectsOf } from './audit-people.ts';
import type { AppContext } from './context.ts';
import { Labels } from './labels.ts';
import { LIVENESS_OPERATION, READINESS_OPERATION, STATUS_OPERATION } from './status.http.ts';
import { WORDS_OPERATIONS, wordsRoutes } from './words.http.ts';

/** Every operation, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  STATUS_OPERATION,
  LIVENESS_OPERATION,
  READINESS_OPERATION,
  ...WORDS_OPERATIONS,
  ...SESSION_OPERATIONS,
  SESSION_RESUME,
  ...DRAFT_OPERATIONS,
  ...FIRST_USE_OPERATIONS,
  ...PASSKEY_OPERATIONS,
  ...BOUND_KEY_OPERATIONS,
  ...RECOVERY_OPERATIONS,
  ...KEY_OPERATIONS,
  ...LOOKUP_OPERATIONS,
  VERIFY,
  ...BATCH_OPERATIONS,
  ...NATIONAL_OPERATIONS,
  ...RECEIPT_OPERATIONS,
  ...UPLOAD_OPERATIONS,
  ...SUPPLY_OPERATIONS,
  ...FINDING_OPERATIONS,
  ...RECONCILIATION_OPERATIONS,
  ...LINKAGE_OPERATIONS,
  POPULATION_COUNT,
  ...BODY_OPERATIONS,
  ...AGREEMENT_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...USER_OPERATIONS,
  PROFILE_LIST,
  ...QUOTA_OPERATIONS,
  ...ACCOUNTABILITY_OPERATIONS,
  ...RETENTION_OPERATIONS,
  ...AUDIT_OPERATIONS,
];

/** What the handlers need of the program. */
export interface HttpContext
  extends Pick<AppContext, 'db' | 'now'>,
    GuardContext,
    ReceiptContext,
    BatchHttpContext {
  readonly version: string;
  /** Words for codes, loaded when first asked for; those that come with the program where absent. */
  readonly reference?: () => Reference;
  /** Where checkpoints of the audit are kept, with its keys. */
  readonly place: CheckpointPlace;
  /** Where uploads lie. */
  readonly uploads: string;
  /** Says that a supply waits to be loaded. */
  readonly wake: () => void;
}

/** The operations tied to the program. A test holds that each operation has its route, and no other. */
export function httpRoutes(given: HttpContext): readonly Route[] {
  const context = {
    ...given,
    callers: new KnownCallers(given.sessions),
    selfOf: (userId: string) => selfOf(given.db, userId),
    quotas: new Quotas(given.db),
    reads: gatheredReads(given.db),
  };
  const knownTo = () => getKnownAt(context.db, null);
  const reference = context.reference ?? (() => loadReference());
  const labels = new Labels(reference);
  return [
    route(STATUS_OPERATION, async () => {
      const known_to = await knownTo().catch(() => null);
      const status = known_to === null ? ('unavailable' as const) : ('ok' as const);
      return { status, version: context.version, known_to };
    }),
    route(LIVENESS_OPERATION, async () => ({ alive: true as const })),
    route(READINESS_OPERATION, async () => {
      await knownTo().catch((error: unknown) => {
        throw notReady(error);
      });
      return { ready: true } as const;
    }),
    ...wordsRoutes(reference),
    ...sessionRoutes(context),
    resumeRoute(context),
    ...draftRoutes(context),
    ...firstUseRoutes(context),
    ...passkeyRoutes(context),
    ...boundKeyRoutes(context),
    ...recoveryRoutes(context),
    ...keyRoutes(context),
    ...lookupRoutes({ ...context, comuneCode: (name) => labels.comuneCode(name) }),
    ...verificationRoutes(context),
    ...batchRoutes(context),
    ...nationalRoutes(context),
    ...receiptRoutes(context),
    ...uploadRoutes(context),
    ...supplyRoutes(context),
    ...findingRoutes(context),
    ...reconciliationRoutes({ ...context, comuneName: (code) => labels.comune(code) }),
    ...linkageRoutes({ ...context, comuneName: (code) => labels.comune(code) }),
    ...populationRoutes(context),
    ...bodyRoutes(context),
    ...agreementRoutes(context),
    ...clientRoutes(context),
    ...userRoutes(context),
    ...profileRoutes(context),
    ...quotaRoutes(context),
    ...accountabilityRoutes(context),
    ...retentionRoutes(context),
    ...auditRoutes({
      ...context,
      subjectsOf: (text, today) => subjectsOf(context.db, text, today),
      circles: (today) => circles(context.db, today),
    }),
  ];
}

const notReady = (cause: unknown): AppError =>
  new AppError('database-unavailable', 'la base dati non risponde', 'the database does not answer', cause);

export interface Contact {
  readonly name: string;
  readonly url: string;
  readonly email: string;
}

/** The document of docs/generated/openapi.json and /openapi.json. @param servers the addresses it answers at, https */
export function apiDocument(version: string, contact: Contact, servers: readonly string[]) {
  const info: ApiInfo = {
    title: 'SIPOP',
    version,
    summary:
      'Registro unico della popolazione provinciale: interrogazioni e controllo delle autocertificazioni',
    description:
      'Interrogazioni, verifiche, storia e forniture del Sistema informativo della popolazione provinciale. / Lookups, verifications, history and supplies of the provincial population register.',
    contact,
    servers,
  };
  return openApiDocument(info, OPERATIONS);
}
