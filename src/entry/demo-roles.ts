/** The offices of the demonstration: a role of each kind of body, with the name of who holds it. Pure data. */
import type { BodyRow } from '../access/accounts/tables.ts';

export interface DemoRole {
  readonly profile: string;
  readonly body: { readonly name: string; readonly kind: BodyRow['kind']; readonly comune: string | null };
  readonly surname: string;
  readonly givenName: string;
  /** Where the profile's territory is a list. */
  readonly comuni: readonly string[];
}

const MODENA = '036023';
const role = (
  profile: string,
  name: string,
  kind: BodyRow['kind'],
  surname: string,
  givenName: string,
  comuni: readonly string[] = [],
): DemoRole => ({
  profile,
  body: { name, kind, comune: kind === 'comune' ? MODENA : null },
  surname,
  givenName,
  comuni,
});

/** One body for each of them but the two of the comune, who share one. The security administrator is the system's first. */
export const DEMO_ROLES: readonly DemoRole[] = [
  role('comuneClerk', 'Comune di Modena', 'comune', 'Bianchi', 'Anna'),
  role('registryOfficer', 'Comune di Modena', 'comune', 'Ferrari', 'Luigi'),
  role('police', 'Questura di Modena', 'polizia', 'Greco', 'Sara'),
  role('healthAuthority', 'AUSL di Modena', 'sanita', 'Costa', 'Paolo'),
  role('school', 'Istituto comprensivo 1 di Modena', 'scuola', 'Fontana', 'Elisa', [MODENA]),
  role('court', 'Tribunale di Modena', 'giustizia', 'Marini', 'Carlo'),
  role('socialServices', 'Servizi sociali di Modena', 'sociale', 'Rinaldi', 'Marta', [MODENA]),
  role('statistics', 'Ufficio di statistica della Provincia', 'statistica', 'Serra', 'Davide'),
  role('coordinator', 'Provincia di Modena', 'coordinamento', 'Leone', 'Giulia'),
  role('auditor', 'Garante degli accessi', 'altro', 'Neri', 'Franco'),
];
