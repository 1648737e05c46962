/**
 * Profiles: operations × fields × territory × purposes (security.md, "Who"). This is the table that a new system begins with; what
 * holds is in the database (`access.profiles`, `access.purposes`), where it has a history.
 */
import type { AccountKind, OperationId } from './operations.ts';

/** Groups of data, each let through or withheld as a whole. */
export const FIELDS = [
  'names',
  'sex',
  'birth',
  'codiceFiscale',
  'residence',
  'address',
  /** The address of who is under protection (security.md, 23). */
  'protectedAddress',
  'household',
  'relations',
  'civilStatus',
  'citizenship',
  'documents',
  'permits',
  'declarations',
  'death',
  'history',
  /** Earlier identities that a court has sealed (registry.md, "Sealed"). */
  'sealed',
] as const;
export type Field = (typeof FIELDS)[number];

/** Where: the body's own comune, those that the grant lists, the province, oneself alone. */
export type Territory = 'own' | 'listed' | 'province' | 'self';

export interface Purpose {
  readonly id: string;
  readonly italian: string;
  readonly english: string;
  readonly legalBasis: string;
  /** Whether the person may be told of it (security.md, 31). */
  readonly disclosed: boolean;
}

export interface Profile {
  readonly id: string;
  readonly italian: string;
  readonly english: string;
  readonly account: AccountKind;
  readonly operations: readonly OperationId[];
  readonly fields: readonly Field[];
  readonly territory: Territory;
  readonly purposes: readonly string[];
}

const purpose = (
  id: string,
  italian: string,
  english: string,
  legalBasis: string,
  disclosed = true,
): Purpose => ({ id, italian, english, legalBasis, disclosed });

export const FIRST_PURPOSES: readonly Purpose[] = [
  purpose('anagrafe', 'tenuta dell’anagrafe', 'keeping the register', 'L. 1228/1954; DPR 223/1989'),
  purpose(
    'certificazione',
    'certificazione allo sportello',
    'certificates at the counter',
    'DPR 223/1989 art. 33',
  ),
  purpose(
    'autocertificazioni',
    'controllo delle autocertificazioni',
    'checking declarations',
    'DPR 445/2000 art. 71',
  ),
  purpose('pubblica-sicurezza', 'pubblica sicurezza', 'public security', 'TULPS; D.Lgs. 51/2018', false),
  purpose(
    'polizia-giudiziaria',
    'polizia giudiziaria',
    'criminal investigation',
    'c.p.p. art. 55; D.Lgs. 51/2018',
    false,
  ),
  purpose('giustizia', 'procedimento giudiziario', 'court proceedings', 'D.Lgs. 51/2018', false),
  purpose(
    'assistenza-sanitaria',
    'elenco degli assistiti',
    'list of those entitled to care',
    'L. 833/1978 art. 19',
  ),
  purpose(
    'obbligo-scolastico',
    'vigilanza sull’obbligo scolastico',
    'compulsory schooling',
    'D.Lgs. 76/2005 art. 5',
  ),
  purpose('servizi-sociali', 'interventi e servizi sociali', 'social services', 'L. 328/2000'),
  purpose('statistica', 'statistica ufficiale', 'official statistics', 'D.Lgs. 322/1989'),
  purpose('coordinamento', 'coordinamento provinciale', 'coordination of the province', 'convenzione'),
  purpose(
    'amministrazione-accessi',
    'amministrazione degli accessi',
    'administration of access',
    'GDPR art. 32',
  ),
  purpose('controllo-audit', 'controllo degli accessi', 'control of accesses', 'GDPR art. 5, 32'),
  purpose('diritti-interessato', 'diritti dell’interessato', 'rights of the person', 'GDPR art. 15'),
];

const ORDINARY: readonly Field[] = [
  'names',
  'sex',
  'birth',
  'codiceFiscale',
  'residence',
  'address',
  'death',
];
const FAMILY: readonly Field[] = ['household', 'civilStatus', 'citizenship'];

export const FIRST_PROFILES: readonly Profile[] = [
  {
    id: 'comuneClerk',
    italian: 'sportello del comune',
    english: 'comune clerk',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'familyRead',
      'residenceRead',
      'verify',
      'supplyOutcome',
      'findingsList',
      'populationCount',
    ],
    fields: [...ORDINARY, ...FAMILY],
    territory: 'own',
    purposes: ['anagrafe', 'certificazione', 'autocertificazioni'],
  },
  {
    id: 'registryOfficer',
    italian: 'ufficiale d’anagrafe',
    english: 'registry officer',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'familyRead',
      'relationsRead',
      'historyRead',
      'residenceRead',
      'addressRead',
      'movementsRead',
      'verify',
      'verifyBatch',
      'supplyUpload',
      'supplyList',
      'supplyOutcome',
      'findingsList',
      'reconciliationList',
      'reconciliationPutOff',
      'linkageDecide',
      'certificateIssue',
      'populationCount',
      'statisticsRead',
      'auditWitness',
    ],
    fields: FIELDS.filter((field) => field !== 'sealed'),
    territory: 'own',
    purposes: ['anagrafe', 'certificazione', 'autocertificazioni'],
  },
  {
    id: 'police',
    italian: 'forze di polizia',
    english: 'police',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'familyRead',
      'relationsRead',
      'historyRead',
      'residenceRead',
      'addressRead',
    ],
    fields: [...ORDINARY, ...FAMILY, 'protectedAddress', 'relations', 'documents', 'permits', 'history'],
    territory: 'province',
    purposes: ['pubblica-sicurezza', 'polizia-giudiziaria'],
  },
  {
    id: 'healthAuthority',
    italian: 'azienda sanitaria',
    english: 'health authority',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'residenceRead',
      'verify',
      'verifyBatch',
      'flowRead',
      'extractMake',
    ],
    fields: [...ORDINARY, 'citizenship'],
    territory: 'province',
    purposes: ['assistenza-sanitaria', 'autocertificazioni'],
  },
  {
    id: 'school',
    italian: 'scuola',
    english: 'school',
    account: 'ordinary',
    operations: ['verify', 'verifyBatch', 'flowRead'],
    fields: ['names', 'birth', 'codiceFiscale', 'residence', 'address'],
    territory: 'listed',
    purposes: ['obbligo-scolastico', 'autocertificazioni'],
  },
  {
    id: 'court',
    italian: 'autorità giudiziaria',
    english: 'court',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'familyRead',
      'relationsRead',
      'historyRead',
      'residenceRead',
      'addressRead',
    ],
    fields: FIELDS,
    territory: 'province',
    purposes: ['giustizia'],
  },
  {
    id: 'socialServices',
    italian: 'servizi sociali',
    english: 'social services',
    account: 'ordinary',
    operations: ['personSearch', 'personRead', 'familyRead', 'relationsRead', 'residenceRead', 'verify'],
    fields: [...ORDINARY, ...FAMILY, 'relations'],
    territory: 'listed',
    purposes: ['servizi-sociali', 'autocertificazioni'],
  },
  {
    id: 'statistics',
    italian: 'ufficio di statistica',
    english: 'statistics office',
    account: 'ordinary',
    operations: ['populationCount', 'statisticsRead'],
    fields: [],
    territory: 'province',
    purposes: ['statistica'],
  },
  {
    id: 'coordinator',
    italian: 'coordinamento provinciale',
    english: 'coordinator',
    account: 'ordinary',
    operations: [
      'supplyList',
      'supplyOutcome',
      'reconciliationList',
      'reconciliationPutOff',
      'populationCount',
      'statisticsRead',
      'monitoringRead',
    ],
    fields: [],
    territory: 'province',
    purposes: ['coordinamento'],
  },
  {
    id: 'reconciler',
    italian: 'riconciliazione provinciale',
    english: 'reconciliation of the province',
    account: 'ordinary',
    operations: [
      'personSearch',
      'personRead',
      'familyRead',
      'historyRead',
      'residenceRead',
      'supplyList',
      'supplyOutcome',
      'findingsList',
      'reconciliationList',
      'reconciliationPutOff',
      'linkageDecide',
      'populationCount',
    ],
    fields: FIELDS.filter((field) => field !== 'sealed' && field !== 'protectedAddress'),
    territory: 'province',
    purposes: ['anagrafe', 'coordinamento'],
  },
  {
    id: 'securityAdministrator',
    italian: 'amministratore della sicurezza',
    english: 'security administrator',
    account: 'administration',
    operations: [
      'bodyManage',
      'agreementManage',
      'userManage',
      'clientManage',
      'grantManage',
      'accessList',
      'keyList',
      'keyBind',
      'keyRevoke',
      'recoveryList',
      'recoveryApprove',
      'recoveryRefuse',
      'retentionManage',
      'processingManage',
      'breachManage',
    ],
    fields: [],
    territory: 'province',
    purposes: ['amministrazione-accessi'],
  },
  {
    // Gives keys again to colleagues of the same body (security.md, 12), and nothing else.
    id: 'keyCustodian',
    italian: 'custode delle chiavi del proprio ente',
    english: 'keeper of the keys of one’s own body',
    account: 'administration',
    operations: ['recoveryList', 'recoveryApprove', 'recoveryRefuse'],
    fields: [],
    territory: 'province',
    purposes: ['amministrazione-accessi'],
  },
  {
    id: 'auditor',
    italian: 'revisore degli accessi',
    english: 'auditor',
    account: 'ordinary',
    operations: [
      'auditSearch',
      'auditProve',
      'auditExport',
      'auditVerify',
      'auditCheckpoint',
      'auditAlerts',
      'auditAdministrators',
      'alertRules',
      'auditWitness',
    ],
    fields: [],
    territory: 'province',
    purposes: ['controllo-audit'],
  },
  {
    id: 'citizen',
    italian: 'cittadino, di sé stesso',
    english: 'citizen, of oneself',
    account: 'ordinary',
    operations: ['ownPerson', 'ownAccesses'],
    fields: [
      ...ORDINARY,
      ...FAMILY,
      'protectedAddress',
      'relations',
      'documents',
      'permits',
      'declarations',
      'history',
    ],
    territory: 'self',
    purposes: ['diritti-interessato'],
  },
];
