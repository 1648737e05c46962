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
}

const MINUTE = 60_000;

export const SESSION_POLICY: SessionPolicy = {
  idle: 15 * MINUTE,
  absolute: 8 * 60 * MINUTE,
  failures: 5,
  addressFailures: 50,
  window: 15 * MINUTE,
};
