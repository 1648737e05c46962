/** `sipop access renew`: what this version of the program brings to the profiles, told and, where asked, taken. */
import { findRenewals, takeRenewals } from '../access/accounts/renewal.service.ts';
import type { Renewals } from '../access/rights/renewal.ts';
import { administer, given, tell } from './access-options.ts';
import type { CommandContext } from './command.ts';

const ALL = 'tutti';

const words = (name: string, values: readonly string[]): string =>
  values.length === 0 ? '' : `  ${name}: ${values.join(' ')}\n`;

function told({ profiles, purposes }: Renewals): string {
  return [
    ...purposes.map(({ id, italian }) => `scopo / purpose ${id} (${italian})\n`),
    ...profiles.map(
      ({ profile, whole, operations, fields, purposes: own }) =>
        `${whole ? 'profilo nuovo / new profile' : 'di nuovo in / new in'} ${profile.id} (${profile.italian})\n${words('operazioni', operations)}${words('campi', fields)}${words('scopi', own)}`,
    ),
  ].join('');
}

/** How many profiles have something new: what a server says as it starts. */
export const renewalsWaiting = ({ profiles }: Renewals): string =>
  profiles.length === 0
    ? ''
    : `questa versione porta novità in ${profiles.length} profili / this version has news for ${profiles.length} profiles: ./sipop access renew\n`;

const shown = ({ profiles, purposes }: Renewals) => ({
  scopi: purposes.map(({ id }) => id),
  profili: profiles.map(({ profile, whole, operations, fields, purposes: own }) => ({
    profilo: profile.id,
    nuovo: whole,
    operazioni: operations,
    campi: fields,
    scopi: own,
  })),
});

export async function renewCommand(context: CommandContext): Promise<number> {
  const asked = given('access renew', context, [], ['accetta']);
  const accepted = asked.list('accetta');
  if (accepted.length === 0) {
    const news = await administer(context, 'accessList', 'consulted', ({ db }) => findRenewals(db));
    const text =
      news.profiles.length === 0
        ? 'nulla di nuovo / nothing new\n'
        : `${told(news)}Per prenderle / to take them: ${context.program} access renew --accetta ${ALL} (o i profili, con virgole / or the profiles, with commas)\n`;
    return tell(context, asked, shown(news), text);
  }
  const taken = await administer(context, 'grantManage', 'administered', (access) =>
    takeRenewals(access, accepted.includes(ALL) ? null : accepted),
  );
  const next =
    'Un profilo apre a chi lo ha e in una convenzione che lo nomina / a profile opens to who holds it, under an agreement that names it\n';
  return tell(context, asked, shown(taken), `${told(taken)}${next}`);
}
