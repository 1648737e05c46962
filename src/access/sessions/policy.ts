/** Numbers of sessions and sign-ins (security.md, 11, 14, 15: defaults of the policy). */
export interface SessionPolicy {
  /** Milliseconds without a request after which a session ends. */
  readonly idle: number;
  /** Milliseconds after which it ends whatever is done with it. */
  readonly absolute: number;
  /** Failures after which a user, or an address, must wait. */
  readonly failures: number;
  /** Failures from one address, whoever it tries. */
  readonly addressFailures: number;
  /** Milliseconds in which they are counted, and for which one waits. */
  readonly window: number;
  /** Milliseconds within which the second step of a sign-in follows the first. */
  readonly step: number;
  /** Milliseconds after a sign-in in which one may change one's own keys without signing in again. */
  readonly fresh: number;
  /** Days after which a password must be changed (control 8: off, 180 or 90); null: never. */
  readonly passwordDays: number | null;
  /** Milliseconds in which a request for new keys waits for a colleague. */
  readonly recovery: number;
  /** Milliseconds in which the code of a recovery must be used. */
  readonly recoveryCode: number;
}

const MINUTE = 60_000;

export const SESSION_POLICY: SessionPolicy = {
  idle: 15 * MINUTE,
  absolute: 8 * 60 * MINUTE,
  failures: 5,
  addressFailures: 50,
  window: 15 * MINUTE,
  step: 5 * MINUTE,
  fresh: 15 * MINUTE,
  passwordDays: null,
  recovery: 24 * 60 * MINUTE,
  recoveryCode: 30 * MINUTE,
};
