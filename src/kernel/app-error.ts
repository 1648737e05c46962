/**
 * Expected refusals: things a caller did that cannot be done, with a sentence that says what to do.
 * Bad municipal data are Findings (findings.ts), never errors; anything else that is thrown is a bug.
 */
export type AppErrorCode =
  | 'usage'
  | 'not-found'
  | 'ambiguous'
  | 'database-unavailable'
  | 'database-version'
  | 'database-migration'
  | 'disk-full'
  | 'check-died'
  | 'conflict'
  | 'backup'
  | 'invalid-request'
  | 'unauthenticated'
  | 'forbidden'
  | 'too-large'
  | 'wrong-method'
  | 'wrong-media-type'
  | 'too-many-requests'
  | 'unavailable'
  | 'audit-unavailable'
  | 'audit-damaged';

/** A refusal with a stable code, for programs, and a message in both languages, for people. */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly italian: string;
  readonly english: string;

  constructor(code: AppErrorCode, italian: string, english: string, cause?: unknown) {
    super(`${italian} / ${english}`, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.italian = italian;
    this.english = english;
  }
}
