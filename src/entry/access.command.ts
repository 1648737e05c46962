/** `sipop access …`: changes of bodies, agreements, accounts and their profiles (security.md, "Who"). Each leaves a leaf in the audit. */
import { createInterface } from 'node:readline';
import {
  addBody,
  addClient,
  endAgreement,
  endBody,
  endClient,
  makeAgreement,
  SERVICES,
} from '../access/accounts/bodies.service.ts';
import { firstAdministrator } from '../access/accounts/first-administrator.service.ts';
import { grantProfile, reviewGrant, revokeGrant } from '../access/accounts/grants.service.ts';
import { BODY_KINDS } from '../access/accounts/tables.ts';
import { type Invitation, inviteAgain, inviteUser, stopUser } from '../access/accounts/users.service.ts';
import type { Service } from '../access/rights/operations.ts';
import { beginFirstUse, takeFirstKeys } from '../access/sessions/first-use.service.ts';
import { romeDay } from '../kernel/day.ts';
import { administer, type Given, given, tell } from './access-options.ts';
import { sessionContext } from './access-settings.ts';
import type { CommandContext } from './command.ts';
import { dayOption, usageError } from './options.ts';

function tellInvitation(
  context: CommandContext,
  asked: Given,
  { user, word, expiresAt }: Invitation,
): number {
  return tell(
    context,
    asked,
    { utente: user.user_id, ente: user.body_id, invito: word, scade: expiresAt },
    `${user.user_id} (${user.body_id}): invito / invitation ${word}\nda consegnare a mano, vale una volta, scade il / to be handed over, once, until ${expiresAt}\n${context.program} access user accept\n`,
  );
}

export async function firstAdminCommand(context: CommandContext): Promise<number> {
  const asked = given('access first-admin', context, [], ['cognome', 'nome', 'codice-fiscale', 'ente']);
  const wanted = {
    surname: asked.need('cognome'),
    givenName: asked.need('nome'),
    codiceFiscale: asked.need('codice-fiscale').toUpperCase(),
    bodyName: asked.values['ente'] ?? 'Gestore SIPOP',
  };
  const invitation = await administer(context, 'firstAdministrator', 'administered', (access) =>
    firstAdministrator(access, wanted),
  );
  return tellInvitation(context, asked, invitation);
}

// Bodies

export async function addBodyCommand(context: CommandContext): Promise<number> {
  const asked = given('access body add', context, ['NOME'], ['tipo', 'comune']);
  const kind = BODY_KINDS.find((k) => k === asked.need('tipo'));
  const comune = asked.values['comune'] ?? null;
  if (
    kind === undefined ||
    (kind === 'comune') !== (comune !== null) ||
    (comune !== null && !/^\d{6}$/.test(comune))
  )
    throw usageError(
      'access body add',
      `--tipo è uno di ${BODY_KINDS.join(', ')}; un comune, e solo un comune, ha --comune con il codice ISTAT di 6 cifre`,
      `--tipo is one of ${BODY_KINDS.join(', ')}; a comune, and nothing else, has --comune with its 6-digit ISTAT code`,
    );
  const name = asked.words[0] ?? '';
  const body = await administer(context, 'bodyManage', 'administered', (access) =>
    addBody(access, { name, kind, comune }),
  );
  return tell(context, asked, body, `${body.body_id}  ${body.name}\n`);
}

export async function endBodyCommand(context: CommandContext): Promise<number> {
  const asked = given('access body end', context, ['ENTE'], []);
  const body = await administer(context, 'bodyManage', 'administered', (access) =>
    endBody(access, asked.words[0] ?? ''),
  );
  return tell(context, asked, body, `${body.body_id}: cessato / ended\n`);
}

// Agreements

export async function addAgreementCommand(context: CommandContext): Promise<number> {
  const names = [
    'base',
    'servizi',
    'profili',
    'scopi',
    'dal',
    'fino-al',
    'rete',
    'consegna',
    'ogni-giorni',
    'certificato',
  ];
  const command = 'access agreement add';
  const asked = given(command, context, ['ENTE'], names);
  const services = asked.list('servizi').map((id): Service => {
    const service = SERVICES.find((s) => s === id);
    if (service !== undefined) return service;
    throw usageError(command, `--servizi: ${SERVICES.join(', ')}`, `--servizi: ${SERVICES.join(', ')}`);
  });
  const every = asked.values['ogni-giorni'];
  if (every !== undefined && !/^[1-9]\d{0,3}$/.test(every))
    throw usageError(command, '--ogni-giorni è un numero di giorni', '--ogni-giorni is a number of days');
  const certificate = asked.values['certificato'];
  if (certificate !== undefined && certificate !== 'richiesto')
    throw usageError(command, '--certificato richiesto, o nulla', '--certificato richiesto, or nothing');
  const agreement = await administer(context, 'agreementManage', 'administered', (access) =>
    makeAgreement(access, {
      body_id: asked.words[0] ?? '',
      legal_basis: asked.need('base'),
      delivers: asked.values['consegna'] ?? null,
      every_days: every === undefined ? null : Number(every),
      services,
      profiles: asked.list('profili'),
      purposes: asked.list('scopi'),
      network: asked.list('rete'),
      certificate: certificate !== undefined,
      valid_from: dayOption(command, 'dal', asked.values['dal'] ?? romeDay(access.now())),
      valid_to: dayOption(command, 'fino-al', asked.need('fino-al')),
    }),
  );
  return tell(
    context,
    asked,
    agreement,
    `${agreement.agreement_id}  ${agreement.body_id}, dal ${agreement.valid_from} al ${agreement.valid_to} escluso / excluded\n`,
  );
}

export async function endAgreementCommand(context: CommandContext): Promise<number> {
  const command = 'access agreement end';
  const asked = given(command, context, ['CONVENZIONE'], ['dal']);
  const agreement = await administer(context, 'agreementManage', 'administered', (access) =>
    endAgreement(
      access,
      asked.words[0] ?? '',
      dayOption(command, 'dal', asked.values['dal'] ?? romeDay(access.now())),
    ),
  );
  return tell(
    context,
    asked,
    agreement,
    `${agreement.agreement_id}: non vale più dal / no longer in force from ${agreement.valid_to}\n`,
  );
}

// Users and systems

export async function inviteUserCommand(context: CommandContext): Promise<number> {
  const names = ['cognome', 'nome', 'codice-fiscale', 'ufficio', 'accesso'];
  const asked = given('access user invite', context, ['ENTE'], names);
  const account = asked.values['accesso'] ?? 'ordinario';
  if (account !== 'ordinario' && account !== 'amministrazione')
    throw usageError(
      'access user invite',
      '--accesso è ordinario o amministrazione',
      '--accesso is ordinario or amministrazione',
    );
  const wanted = {
    body_id: asked.words[0] ?? '',
    surname: asked.need('cognome'),
    given_name: asked.need('nome'),
    codice_fiscale: asked.need('codice-fiscale').toUpperCase(),
    office: asked.values['ufficio'] ?? null,
    account: account === 'ordinario' ? ('ordinary' as const) : ('administration' as const),
  };
  const invitation = await administer(context, 'userManage', 'administered', (access) =>
    inviteUser(access, wanted),
  );
  return tellInvitation(context, asked, invitation);
}

/** The word, the password and the code come from the standard input, a line each: none of them belongs on a command line. */
export async function acceptCommand(context: CommandContext): Promise<number> {
  const asked = given('access user accept', context, [], []);
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const line = async (prompt: string): Promise<string> => {
    if (process.stdin.isTTY) context.err.write(`${prompt}: `);
    const { value } = await lines.next();
    return typeof value === 'string' ? value.slice(0, 10_000) : '';
  };
  const key = await administer(context, 'invitationAccept', 'administered', async (access, app) => {
    const sessions = sessionContext(app, null);
    const word = (await line('Invito / invitation')).trim();
    const { totp } = await beginFirstUse(sessions, word);
    context.err.write(
      `Da aggiungere all’app dei codici / to be added to the app of codes: ${totp.secret}\n${totp.uri}\n`,
    );
    const password = await line('Password (8 caratteri / characters; 15 senza codice / without a code)');
    const code = (
      await line('Codice dell’app, 6 cifre; vuoto: senza / the app’s code, 6 digits; empty: none')
    ).trim();
    return takeFirstKeys(
      { ...sessions, now: access.now },
      word,
      { kind: 'password', password, code: code === '' ? null : code },
      'cli',
    );
  });
  return tell(
    context,
    asked,
    { utente: key.userId, stato: 'active', secondo_fattore: key.secondFactor },
    `${key.userId}: attivo / active\n`,
  );
}

export async function stopUserCommand(context: CommandContext, step: 'suspend' | 'end'): Promise<number> {
  const asked = given(`access user ${step}`, context, ['UTENTE'], ['motivo']);
  const reason = asked.need('motivo');
  const user = await administer(context, 'userManage', 'administered', (access) =>
    stopUser(access, asked.words[0] ?? '', step, reason),
  );
  return tell(
    context,
    asked,
    user,
    `${user.user_id}: ${step === 'end' ? 'cessato / ended' : 'sospeso / suspended'}\n`,
  );
}

export async function inviteAgainCommand(
  context: CommandContext,
  step: 'resume' | 'invite-again',
): Promise<number> {
  const asked = given(`access user ${step}`, context, ['UTENTE'], []);
  const invitation = await administer(context, 'userManage', 'administered', (access) =>
    inviteAgain(access, asked.words[0] ?? '', step),
  );
  return tellInvitation(context, asked, invitation);
}

export async function addClientCommand(context: CommandContext): Promise<number> {
  const asked = given('access client add', context, ['ENTE', 'NOME'], []);
  const client = await administer(context, 'clientManage', 'administered', (access) =>
    addClient(access, asked.words[0] ?? '', asked.words[1] ?? ''),
  );
  return tell(context, asked, client, `${client.client_id}  ${client.name}\n`);
}

export async function endClientCommand(context: CommandContext): Promise<number> {
  const asked = given('access client end', context, ['SISTEMA'], ['motivo']);
  const reason = asked.need('motivo');
  const client = await administer(context, 'clientManage', 'administered', (access) =>
    endClient(access, asked.words[0] ?? '', reason),
  );
  return tell(context, asked, client, `${client.client_id}: cessato / ended\n`);
}

// Profiles in somebody's hands

export async function grantCommand(context: CommandContext): Promise<number> {
  const asked = given('access grant', context, ['ACCESSO', 'PROFILO'], ['comuni']);
  const [holder_id = '', profile_id = ''] = asked.words;
  const grant = await administer(context, 'grantManage', 'administered', (access) =>
    grantProfile(access, { holder_id, profile_id, comuni: asked.list('comuni') }),
  );
  return tell(context, asked, grant, `${grant.holder_id}: ${grant.profile_id}\n`);
}

export async function reviewCommand(context: CommandContext): Promise<number> {
  const asked = given('access review', context, ['ACCESSO', 'PROFILO'], []);
  const [holder = '', profile = ''] = asked.words;
  const grant = await administer(context, 'grantManage', 'administered', (access) =>
    reviewGrant(access, holder, profile),
  );
  return tell(
    context,
    asked,
    grant,
    `${holder}: ${profile}, rivisto il / reviewed on ${grant.reviewed_on}\n`,
  );
}

export async function revokeCommand(context: CommandContext): Promise<number> {
  const asked = given('access revoke', context, ['ACCESSO', 'PROFILO'], []);
  const [holder = '', profile = ''] = asked.words;
  await administer(context, 'grantManage', 'administered', (access) => revokeGrant(access, holder, profile));
  return tell(
    context,
    asked,
    { accesso: holder, profilo: profile },
    `${holder}: ${profile} tolto / revoked\n`,
  );
}
