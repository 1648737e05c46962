/**
 * Everything that may be asked of the system, as rights see it: the names are the operations of the API (platform/http/operation.ts)
 * and of the command line. What is not in this table is allowed to nobody.
 */
import type { AccessKind } from '../audit/leaf.ts';

export type Service =
  | 'lookup'
  | 'verification'
  | 'supplies'
  | 'reconciliation'
  | 'communications'
  | 'extracts'
  | 'statistics'
  | 'certificates'
  | 'monitoring'
  | 'access'
  | 'audit'
  | 'own';

/** Security.md, 5: who administers has an account apart, which sees no persons, and the other way round. */
export type AccountKind = 'ordinary' | 'administration';

/** What must be said before it is answered: what for, and for which file (security.md, 18). */
export type Demanded = 'nothing' | 'purpose' | 'purpose-and-file';

export interface OperationRight {
  readonly service: Service;
  readonly kind: AccessKind;
  readonly demanded: Demanded;
  readonly account: AccountKind;
  /** Whether persons are seen: a second factor is needed (security.md, 10). */
  readonly persons: boolean;
  /** Whether what is asked lies in one comune, so that the profile's territory matters. */
  readonly territorial: boolean;
}

const person = (service: Service, kind: AccessKind): OperationRight => ({
  service,
  kind,
  demanded: 'purpose-and-file',
  account: 'ordinary',
  persons: true,
  territorial: true,
});
/** The register's own work: for a purpose, without a file. */
const work = (service: Service, kind: AccessKind): OperationRight => ({
  ...person(service, kind),
  demanded: 'purpose',
});
const numbers = (service: Service): OperationRight => ({
  service,
  kind: 'counted',
  demanded: 'purpose',
  account: 'ordinary',
  persons: false,
  territorial: false,
});
const administration = (kind: AccessKind): OperationRight => ({
  service: 'access',
  kind,
  demanded: 'purpose',
  account: 'administration',
  persons: false,
  territorial: false,
});
const control = (kind: AccessKind, persons: boolean): OperationRight => ({
  service: 'audit',
  kind,
  demanded: persons ? 'purpose-and-file' : 'purpose',
  account: 'ordinary',
  persons,
  territorial: false,
});
/** A citizen, of oneself. */
const own: OperationRight = {
  service: 'own',
  kind: 'consulted',
  demanded: 'purpose',
  account: 'ordinary',
  persons: true,
  territorial: true,
};

export const OPERATION_RIGHTS = {
  personSearch: person('lookup', 'listed'),
  personRead: person('lookup', 'consulted'),
  familyRead: person('lookup', 'consulted'),
  relationsRead: person('lookup', 'consulted'),
  historyRead: person('lookup', 'consulted'),
  residenceRead: person('lookup', 'consulted'),
  addressRead: person('lookup', 'consulted'),
  movementsRead: person('lookup', 'consulted'),
  verify: person('verification', 'verified'),
  verifyBatch: person('verification', 'verified'),
  supplyUpload: work('supplies', 'written'),
  supplyList: work('supplies', 'consulted'),
  supplyOutcome: work('supplies', 'consulted'),
  findingsList: work('supplies', 'consulted'),
  reconciliationList: work('reconciliation', 'consulted'),
  reconciliationPutOff: work('reconciliation', 'written'),
  linkageDecide: person('reconciliation', 'written'),
  flowRead: work('communications', 'delivered'),
  extractMake: person('extracts', 'delivered'),
  certificateIssue: person('certificates', 'delivered'),
  populationCount: numbers('statistics'),
  statisticsRead: numbers('statistics'),
  monitoringRead: numbers('monitoring'),
  bodyManage: administration('administered'),
  agreementManage: administration('administered'),
  userManage: administration('administered'),
  clientManage: administration('administered'),
  grantManage: administration('administered'),
  accessList: administration('consulted'),
  keyList: administration('consulted'),
  keyBind: administration('administered'),
  keyRevoke: administration('administered'),
  recoveryList: administration('consulted'),
  recoveryApprove: administration('administered'),
  recoveryRefuse: administration('administered'),
  retentionManage: administration('administered'),
  processingManage: administration('administered'),
  breachManage: administration('administered'),
  auditSearch: control('listed', true),
  auditProve: control('consulted', true),
  auditExport: control('delivered', true),
  auditVerify: control('administered', false),
  auditCheckpoint: control('administered', false),
  auditAlerts: control('listed', true),
  auditAdministrators: control('listed', false),
  alertRules: control('administered', false),
  /** To keep checkpoints as a witness, and to hold one against the audit of now. */
  auditWitness: control('administered', false),
  ownPerson: own,
  ownAccesses: own,
} as const satisfies Readonly<Record<string, OperationRight>>;

export type OperationId = keyof typeof OPERATION_RIGHTS;
export const OPERATION_IDS = Object.keys(OPERATION_RIGHTS) as OperationId[];

/** The right of an operation by its name; null for one that is not in the table. */
export function operationRight(id: string): OperationRight | null {
  return Object.hasOwn(OPERATION_RIGHTS, id) ? OPERATION_RIGHTS[id as OperationId] : null;
}
