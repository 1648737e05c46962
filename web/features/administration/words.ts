/** Words that the pages of administration share. */
import { words } from '../../app/language.tsx';

export const KINDS = {
  gestore: { it: 'gestore del sistema', en: 'runs the system' },
  comune: { it: 'comune', en: 'comune' },
  sanita: { it: 'sanità', en: 'health' },
  polizia: { it: 'polizia', en: 'police' },
  giustizia: { it: 'giustizia', en: 'justice' },
  scuola: { it: 'scuola', en: 'school' },
  sociale: { it: 'servizi sociali', en: 'social services' },
  statistica: { it: 'statistica', en: 'statistics' },
  coordinamento: { it: 'coordinamento', en: 'coordination' },
  altro: { it: 'altro', en: 'other' },
} as const;

export const STATES = {
  invited: { it: 'invitato', en: 'invited' },
  active: { it: 'attivo', en: 'active' },
  suspended: { it: 'sospeso', en: 'suspended' },
  ended: { it: 'cessato', en: 'ended' },
} as const;

export const SERVICES = {
  lookup: { it: 'interrogazione', en: 'lookup' },
  verification: { it: 'verifica', en: 'verification' },
  supplies: { it: 'forniture', en: 'supplies' },
  reconciliation: { it: 'riconciliazione', en: 'reconciliation' },
  communications: { it: 'comunicazioni', en: 'communications' },
  extracts: { it: 'estratti', en: 'extracts' },
  certificates: { it: 'certificati', en: 'certificates' },
  statistics: { it: 'statistiche', en: 'statistics' },
  monitoring: { it: 'monitoraggio', en: 'monitoring' },
  access: { it: 'accessi', en: 'access' },
  audit: { it: 'controllo', en: 'audit' },
  own: { it: 'propri dati', en: 'own data' },
} as const;
export type ServiceName = keyof typeof SERVICES;

export const ADMIN = words({
  it: {
    title: 'Amministrazione degli accessi',
    lead: 'Enti, convenzioni, utenti e profili. Ogni cambiamento resta scritto, con chi l’ha fatto.',
    due: 'Da decidere',
    bodies: 'Enti e convenzioni',
    users: 'Utenti',
    profiles: 'Profili',
  },
  en: {
    title: 'Administration of access',
    lead: 'Bodies, agreements, users and profiles. Every change stays written, with who made it.',
    due: 'To be decided',
    bodies: 'Bodies and agreements',
    users: 'Users',
    profiles: 'Profiles',
  },
});

export const PURPOSE = ['amministrazione-accessi'];
