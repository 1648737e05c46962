/**
 * Who acts at the command line of the register's own machine: the login of the machine, or a user of the accounts for whom it is done.
 * That user must be allowed to do it, as at the server (rights/authorise.ts); keys, network and certificate are those of the machine,
 * to which whoever sits at it has signed in. The leaf names both.
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { findHolder } from '../accounts/holder.ts';
import type { Caller } from '../audit/leaf.ts';
import { authorise, closest, type Holder, NotAllowed, type RefusalReason } from '../rights/authorise.ts';
import type { OperationId } from '../rights/operations.ts';

export interface LocalOperator {
  /** As the audit keeps it. */
  readonly caller: Caller;
  /** The user named; null: the login of the machine, which may do what the machine can. */
  readonly holder: Holder | null;
}

/** What is asked at the command line. */
export interface LocalDemand {
  readonly operation: OperationId;
  readonly purpose: string;
  readonly file: string | null;
  /** ISTAT codes of the comuni in which all of it lies; somewhere: to be known when it is found. */
  readonly comuni: readonly string[] | 'somewhere';
}

/**
 * @param login of the machine
 * @param user named with --operator; null: none
 * @throws AppError usage where there is no such user
 */
export async function findLocalOperator(
  db: Client,
  login: string,
  user: string | null,
): Promise<LocalOperator> {
  if (user === null)
    return { caller: { user: `os:${login}`, client: 'cli', body: null, from: 'cli' }, holder: null };
  const holder = await findHolder(db, user);
  if (holder !== null)
    return {
      caller: { user: holder.id, client: null, body: holder.body.id, from: `cli os:${login}` },
      holder,
    };
  throw new AppError(
    'usage',
    `--operator «${user}» non è un utente: si scrive il suo identificativo, come U12 (access list li elenca); senza --operator agisce l’amministratore della macchina, os:${login}`,
    `--operator "${user}" is no user: write their identifier, such as U12 (access list lists them); without --operator the administrator of the machine acts, os:${login}`,
  );
}

/** Why a user may not: who sits at the machine administers it, and is told. */
const WHY: Readonly<Partial<Record<RefusalReason, readonly [string, string]>>> = {
  'account-not-active': ['l’utenza non è attiva', 'the account is not active'],
  'account-unused': ['l’utenza non è usata da troppo tempo', 'the account was not used for too long'],
  'account-kind': ['è un’utenza di amministrazione', 'it is an account of administration'],
  'body-ended': ['il suo ente è cessato', 'its body has ended'],
  'agreement-not-in-force': ['nessuna convenzione è in vigore', 'no agreement is in force'],
  'service-not-agreed': [
    'la convenzione non comprende il servizio',
    'the agreement does not cover the service',
  ],
  'no-profile': ['nessun suo profilo lo comprende', 'none of its profiles covers it'],
  'profile-not-agreed': ['il profilo non è nella convenzione', 'the profile is not in the agreement'],
  'grant-unreviewed': ['il profilo non è stato riesaminato', 'the profile was not reviewed'],
  'purpose-not-allowed': [
    'lo scopo non è tra i suoi: dirlo con --purpose',
    'the purpose is none of its own: give it with --purpose',
  ],
  'file-missing': ['manca la pratica: --pratica', 'the file number is missing: --pratica'],
  territory: ['è fuori dal suo territorio', 'it lies outside its territory'],
};

/** The machine stands for the network and the certificate. */
const atTheMachine = (holder: Holder): Holder => ({
  ...holder,
  agreements: holder.agreements.map((a) => ({ ...a, network: [], certificate: false })),
});

/** null: the operator may; the reason, where the user named may not. */
function refusalOf(holder: Holder, demand: LocalDemand, today: Day): RefusalReason | null {
  // Somewhere: in the whole province, in their own comune, in one that their profile lists.
  const places =
    demand.comuni !== 'somewhere'
      ? [demand.comuni]
      : [
          null,
          ...[holder.body.comune ?? [], ...holder.grants.flatMap((g) => g.comuni)].flat().map((c) => [c]),
        ];
  const reasons: RefusalReason[] = [];
  for (const comuni of places) {
    const decision = authorise(atTheMachine(holder), {
      ...demand,
      comuni,
      person: null,
      fields: null,
      address: '127.0.0.1',
      certificate: true,
      secondFactor: true,
      today,
    });
    if (decision.kind === 'granted') return null;
    reasons.push(decision.reason);
  }
  return closest(reasons);
}

/** @throws NotAllowed, with the reason, where the user named may not do it */
export function checkLocally({ holder }: LocalOperator, demand: LocalDemand, today: Day): void {
  if (holder === null) return;
  const reason = refusalOf(holder, demand, today);
  if (reason === null) return;
  const [italian, english] = WHY[reason] ?? [reason, reason];
  throw new NotAllowed(reason, {
    italian: `${holder.id} non può farlo (${demand.operation}): ${italian}`,
    english: `${holder.id} may not do it (${demand.operation}): ${english}`,
  });
}

/** Are these persons theirs to see: has each an entry in a comune of the territory? @throws NotAllowed */
export function checkPersons(
  operator: LocalOperator,
  demand: LocalDemand,
  comuniOfEach: readonly (readonly string[])[],
  today: Day,
): void {
  const { holder } = operator;
  if (holder === null) return;
  const isTheirs = (comune: string) => refusalOf(holder, { ...demand, comuni: [comune] }, today) === null;
  const foreign = comuniOfEach.find((comuni) => !comuni.some(isTheirs));
  if (foreign !== undefined) checkLocally(operator, { ...demand, comuni: foreign }, today);
}
