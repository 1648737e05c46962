/** The life of an account: invited, used for the first time, suspended, resumed, ended for ever (security.md, "Who"). Pure. */
import { AppError } from '../../kernel/app-error.ts';
import type { AccountState } from '../rights/authorise.ts';

export type Step = 'activate' | 'suspend' | 'resume' | 'end' | 'invite-again';

const STEPS: Readonly<Record<Step, Partial<Record<AccountState, AccountState>>>> = {
  activate: { invited: 'active' },
  suspend: { active: 'suspended', invited: 'suspended' },
  // A suspended account begins anew with an invitation: its keys were taken away.
  resume: { suspended: 'invited' },
  'invite-again': { invited: 'invited', active: 'invited' },
  end: { invited: 'ended', active: 'ended', suspended: 'ended' },
};

const ITALIAN: Readonly<Record<AccountState, string>> = {
  invited: 'invitato',
  active: 'attivo',
  suspended: 'sospeso',
  ended: 'cessato',
};

/** @throws AppError conflict where the step cannot be taken from that state */
export function nextState(id: string, state: AccountState, step: Step): AccountState {
  const next = STEPS[step][state];
  if (next !== undefined) return next;
  throw new AppError(
    'conflict',
    `${id} è ${ITALIAN[state]}: questo passo non si può fare${state === 'ended' ? ' (un accesso cessato non torna: se ne fa uno nuovo)' : ''}`,
    `${id} is ${state}: this step cannot be taken${state === 'ended' ? ' (an ended account does not come back: a new one is made)' : ''}`,
  );
}
