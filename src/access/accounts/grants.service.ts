/** Profiles in the hands of users and systems: given, reviewed every year, revoked (security.md, 3). */
import { type AccessContext, change, changeOf, conflict, getNow, today, unknown } from './change.service.ts';
import { closeNow, findNow, putNow } from './history.sql.ts';
import { CLIENTS, GRANTS, type GrantRow, PROFILES, USERS } from './tables.ts';

/** Gives a profile, or other comuni with it, to a user or a client. @throws AppError not-found, conflict */
export function grantProfile(
  context: AccessContext,
  given: Omit<GrantRow, 'reviewed_on'>,
): Promise<GrantRow> {
  return change(context, async (db) => {
    const profile = await getNow(db, PROFILES, 'il profilo', given.profile_id);
    const user = await findNow(db, USERS, [given.holder_id]);
    const client = user === null ? await findNow(db, CLIENTS, [given.holder_id]) : null;
    if (user === null && client === null) throw unknown('l’accesso', given.holder_id);
    if ((user?.account ?? 'ordinary') !== profile.account)
      throw conflict(
        `${given.profile_id} vuole un accesso ${profile.account === 'administration' ? 'di amministrazione' : 'ordinario'}, e ${given.holder_id} non lo è: chi amministra ha un accesso a parte`,
        `${given.profile_id} wants an account of the kind ${profile.account}, which ${given.holder_id} is not: who administers has an account apart`,
      );
    if ((user ?? client)?.state === 'ended')
      throw conflict(`${given.holder_id} è cessato`, `${given.holder_id} has ended`);
    if (profile.territory === 'listed' && given.comuni.length === 0)
      throw conflict(
        `${given.profile_id} vuole un elenco di comuni`,
        `${given.profile_id} wants a list of comuni`,
      );
    if (given.holder_id === context.by)
      throw conflict('nessuno dà profili a sé stesso', 'nobody grants profiles to oneself');
    const grant: GrantRow = { ...given, reviewed_on: today(context) };
    await putNow(db, GRANTS, grant, changeOf(context));
    return grant;
  });
}

/** The yearly review: it is still needed, as it is (security.md, 3). */
export function reviewGrant(context: AccessContext, holderId: string, profileId: string): Promise<GrantRow> {
  return change(context, async (db) => {
    const held = await findNow(db, GRANTS, [holderId, profileId]);
    if (held === null) throw unknown('il profilo', `${holderId} ${profileId}`);
    const grant = { ...held, reviewed_on: today(context) };
    await putNow(db, GRANTS, grant, changeOf(context));
    return grant;
  });
}

export function revokeGrant(context: AccessContext, holderId: string, profileId: string): Promise<void> {
  return change(context, async (db) => {
    if (!(await closeNow(db, GRANTS, [holderId, profileId], changeOf(context))))
      throw unknown('il profilo', `${holderId} ${profileId}`);
  });
}
