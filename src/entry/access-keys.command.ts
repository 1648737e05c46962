/** `sipop access key …`: the keys of users (security.md, "Keys"), listed, tied, taken away, given again. Each leaves a leaf in the audit. */
import { getNow } from '../access/accounts/change.service.ts';
import { USERS } from '../access/accounts/tables.ts';
import type { BoundKind } from '../access/keys/bound-keys.sql.ts';
import { listRecoveries } from '../access/keys/recoveries.sql.ts';
import { approveRecovery } from '../access/sessions/recovery.service.ts';
import { bindKey, type HeldKind, listKeysOf, revokeKey } from '../access/sessions/users-keys.service.ts';
import { administer, given, json, tell } from './access-options.ts';
import { readAccessSettings } from './access-settings.ts';
import type { CommandContext } from './command.ts';
import { usageError } from './options.ts';
import { table } from './table.ts';

const KINDS: Readonly<Record<HeldKind, string>> = {
  password: 'password',
  totp: 'codice',
  passkey: 'passkey',
  certificate: 'certificato',
  'certificate-person': 'carta',
  oidc: 'oidc',
};

export async function listKeysCommand(context: CommandContext): Promise<number> {
  const asked = given('access key list', context, ['UTENTE'], []);
  const keys = await administer(context, 'keyList', 'consulted', (access) =>
    listKeysOf(access.db, (asked.words[0] ?? '').toUpperCase()),
  );
  const text = table(keys, [
    { title: 'chiave', text: (key) => key.id },
    { title: 'tipo', text: (key) => KINDS[key.kind] },
    { title: 'nome', text: (key) => key.name },
    { title: 'dal', text: (key) => key.since?.slice(0, 10) },
    { title: 'usata', text: (key) => key.usedAt?.slice(0, 10) },
    { title: 'stato', text: (key) => (key.blocked ? 'bloccata' : 'attiva') },
  ]);
  context.out.write(asked.json ? json({ chiavi: keys }) : text);
  return 0;
}

export async function bindKeyCommand(context: CommandContext): Promise<number> {
  const command = 'access key bind';
  const asked = given(command, context, ['UTENTE'], ['tipo', 'valore', 'fornitore']);
  const bindable = ['certificate', 'certificate-person', 'oidc'] as const satisfies readonly BoundKind[];
  const kind = bindable.find((k) => KINDS[k] === asked.need('tipo'));
  if (kind === undefined)
    throw usageError(command, '--tipo è certificato, carta o oidc', '--tipo is certificato, carta or oidc');
  const userId = (asked.words[0] ?? '').toUpperCase();
  const key = { kind, issuer: asked.values['fornitore'] ?? '', value: asked.need('valore') };
  const bound = await administer(context, 'keyBind', 'administered', (access, app) => {
    const { providers } = readAccessSettings(app.config.accessSettings);
    return bindKey(
      access,
      userId,
      key,
      providers.map(({ id }) => id),
    );
  });
  return tell(
    context,
    asked,
    { utente: userId, ...bound },
    `${userId}: ${KINDS[bound.kind]} ${bound.value}\n`,
  );
}

export async function revokeKeyCommand(context: CommandContext): Promise<number> {
  const asked = given('access key revoke', context, ['UTENTE', 'CHIAVE'], []);
  const [userId = '', key = ''] = asked.words.map((word) => word.toUpperCase());
  await administer(context, 'keyRevoke', 'administered', (access) => revokeKey(access, userId, key));
  return tell(context, asked, { utente: userId, chiave: key }, `${userId}: ${key} tolta / revoked\n`);
}

export async function requestsCommand(context: CommandContext): Promise<number> {
  const asked = given('access key requests', context, ['ENTE'], []);
  const waiting = await administer(context, 'recoveryList', 'consulted', (access) =>
    listRecoveries(access.db, (asked.words[0] ?? '').toUpperCase(), access.now()),
  );
  const text = table(waiting, [
    { title: 'utente', text: (row) => row.user_id },
    { title: 'cognome e nome', text: (row) => `${row.surname} ${row.given_name}` },
    { title: 'numero', text: (row) => row.number },
    { title: 'chiesta', text: (row) => row.asked_at },
    { title: 'da', text: (row) => row.address },
  ]);
  const told = waiting.map(({ user_id, number, asked_at, address }) => ({
    user_id,
    number,
    asked_at,
    address,
  }));
  context.out.write(asked.json ? json({ richieste: told }) : text);
  return 0;
}

/** For a body that has no keeper of its keys: whoever works on the machine stands for a colleague, and is recorded. */
export async function recoverCommand(context: CommandContext): Promise<number> {
  const asked = given('access key recover', context, ['UTENTE', 'NUMERO'], []);
  const [userId = '', number = ''] = asked.words.map((word) => word.toUpperCase());
  const { code, expiresAt } = await administer(
    context,
    'recoveryApprove',
    'administered',
    async (access, app) => {
      const user = await getNow(access.db, USERS, 'l’utente', userId);
      const { policy } = readAccessSettings(app.config.accessSettings);
      const colleague = { userId: access.by, bodyId: user.body_id };
      return approveRecovery({ ...access, policy }, colleague, userId, number);
    },
  );
  return tell(
    context,
    asked,
    { utente: userId, codice: code, scade: expiresAt },
    `${userId}: codice / code ${code}\nda consegnare di persona, vale una volta, scade alle / to be handed over in person, once, until ${expiresAt}\n`,
  );
}
