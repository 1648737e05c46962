/** `sipop access list, profiles, may, user history`: who may what (security.md, "Who"). */
import { listLastUses, listUserHistory } from '../access/accounts/accounts.sql.ts';
import { listNow } from '../access/accounts/history.sql.ts';
import { findHolder } from '../access/accounts/holder.ts';
import { AGREEMENTS, BODIES, GRANTS, PROFILES, PURPOSES, USERS } from '../access/accounts/tables.ts';
import { authorise } from '../access/rights/authorise.ts';
import { romeDay } from '../kernel/day.ts';
import { administer, given, json, tell } from './access-options.ts';
import type { CommandContext } from './command.ts';
import { fields, table } from './table.ts';

export async function listCommand(context: CommandContext): Promise<number> {
  const asked = given('access list', context, [], ['ente']);
  const of = asked.values['ente'];
  const found = await administer(context, 'accessList', 'consulted', async ({ db }) => {
    const where = of === undefined ? undefined : { column: 'body_id' as const, values: [of] };
    const users = await listNow(db, USERS, where);
    const ids = users.map((u) => u.user_id);
    const uses = await listLastUses(db, ids);
    return {
      bodies: await listNow(db, BODIES, where),
      agreements: await listNow(db, AGREEMENTS, where),
      users: users.map((u) => ({
        ...u,
        last_use: uses.find((use) => use.holder_id === u.user_id)?.used_at ?? null,
      })),
      grants: await listNow(db, GRANTS, { column: 'holder_id', values: ids }),
    };
  });
  const text = [
    table(found.bodies, [
      { title: 'ente', text: (b) => b.body_id },
      { title: 'nome', text: (b) => b.name },
      { title: 'tipo', text: (b) => b.kind },
      { title: 'comune', text: (b) => b.comune },
      { title: 'stato', text: (b) => (b.ended ? 'cessato' : 'attivo') },
    ]),
    table(found.agreements, [
      { title: 'convenzione', text: (a) => a.agreement_id },
      { title: 'ente', text: (a) => a.body_id },
      { title: 'dal', text: (a) => a.valid_from },
      { title: 'al (escluso)', text: (a) => a.valid_to },
      { title: 'servizi', text: (a) => a.services.join(' ') },
      { title: 'profili', text: (a) => a.profiles.join(' ') },
      { title: 'scopi', text: (a) => a.purposes.join(' ') },
      { title: 'rete', text: (a) => a.network.join(' ') },
    ]),
    table(found.users, [
      { title: 'utente', text: (u) => u.user_id },
      { title: 'ente', text: (u) => u.body_id },
      { title: 'cognome e nome', text: (u) => `${u.surname} ${u.given_name}` },
      { title: 'accesso', text: (u) => u.account },
      { title: 'stato', text: (u) => u.state },
      { title: 'ultimo uso', text: (u) => u.last_use?.slice(0, 10) },
      {
        title: 'profili',
        text: (u) =>
          found.grants
            .filter((g) => g.holder_id === u.user_id)
            .map((g) => `${g.profile_id} (${g.reviewed_on})`)
            .join(' '),
      },
    ]),
  ];
  return tell(context, asked, found, text.join('\n'));
}

export async function historyOfUserCommand(context: CommandContext): Promise<number> {
  const asked = given('access user history', context, ['UTENTE'], []);
  const rows = await administer(context, 'accessList', 'consulted', ({ db }) =>
    listUserHistory(db, asked.words[0] ?? ''),
  );
  const text = table(rows, [
    { title: 'dal', text: (r) => String(r['recorded_from']).slice(0, 19) },
    { title: 'stato', text: (r) => String(r['state']) },
    { title: 'ente', text: (r) => String(r['body_id']) },
    { title: 'motivo', text: (r) => (r['reason'] === null ? '' : String(r['reason'])) },
    { title: 'da chi', text: (r) => String(r['changed_by']) },
  ]);
  return tell(context, asked, { storia: rows }, text);
}

export async function profilesCommand(context: CommandContext): Promise<number> {
  const asked = given('access profiles', context, [], []);
  const found = await administer(context, 'accessList', 'consulted', async ({ db }) => ({
    profiles: await listNow(db, PROFILES),
    purposes: await listNow(db, PURPOSES),
  }));
  const text = [
    ...found.profiles.map(
      (p) =>
        `${p.profile_id} (${p.italian})\n${fields([
          ['  operazioni', p.operations.join(' ')],
          ['  campi', p.fields.join(' ')],
          ['  territorio', p.territory],
          ['  scopi', p.purposes.join(' ')],
        ])}`,
    ),
    table(found.purposes, [
      { title: 'scopo', text: (p) => p.purpose_id },
      { title: 'che cosa', text: (p) => p.italian },
      { title: 'norma', text: (p) => p.legal_basis },
      { title: 'si dice all’interessato', text: (p) => (p.disclosed ? 'sì' : 'no') },
    ]),
  ];
  return tell(context, asked, found, text.join('\n'));
}

/** Whether somebody may do something, and if not why: for who administers, never for who asks. */
export async function mayCommand(context: CommandContext): Promise<number> {
  const names = ['scopo', 'pratica', 'comuni', 'indirizzo'];
  const asked = given('access may', context, ['ACCESSO', 'OPERAZIONE'], names);
  const [id = '', operation = ''] = asked.words;
  const decision = await administer(context, 'accessList', 'consulted', async ({ db, now }) => {
    const holder = await findHolder(db, id);
    if (holder === null) return { kind: 'refused' as const, reason: 'no-account' as const };
    return authorise(holder, {
      operation,
      purpose: asked.values['scopo'] ?? null,
      file: asked.values['pratica'] ?? null,
      comuni: asked.values['comuni'] === undefined ? null : asked.list('comuni'),
      person: null,
      fields: null,
      address: asked.values['indirizzo'] ?? '',
      certificate: true,
      secondFactor: true,
      today: romeDay(now()),
    });
  });
  context.out.write(
    asked.json
      ? json(decision)
      : decision.kind === 'granted'
        ? `sì / yes: ${decision.profile}, ${decision.agreement}; campi / fields: ${decision.fields.join(' ')}\n`
        : `no: ${decision.reason}\n`,
  );
  return decision.kind === 'granted' ? 0 : 1;
}
