/** What went wrong in a checking thread, on its way to the loader; and what the loader makes of it. */
import { AppError, type AppErrorCode } from '../../kernel/app-error.ts';
import type { WorkerFailure } from './worker-messages.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Is there no room left, on the disk or in the share of it that one may use? */
export const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));

/** No room in a working folder: of the supply at hand alone, since others may be smaller. */
export const folderFull = (folder: string, cause: unknown): AppError =>
  new AppError(
    'disk-full',
    `spazio esaurito in ${folder}: liberarne e ricaricare la fornitura`,
    `no space left in ${folder}: make room and load the supply again`,
    cause,
  );

/** An error as it passes between threads. @param folder the working folder of the supply */
export function failureOf(thrown: unknown, folder: string): WorkerFailure {
  const error = isDiskFull(thrown) ? folderFull(folder, thrown) : thrown;
  if (error instanceof AppError)
    return { code: error.code, italian: error.italian, english: error.english, stack: error.stack ?? '' };
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: null,
    italian: text,
    english: text,
    stack: error instanceof Error ? (error.stack ?? '') : '',
  };
}

/** The same error in the loader. */
export function errorOf(failure: WorkerFailure): Error {
  if (failure.code !== null)
    return new AppError(failure.code as AppErrorCode, failure.italian, failure.english);
  const error = new Error(failure.italian);
  error.stack = failure.stack;
  return error;
}

/** A thread died over a supply (no memory left, or ended): of that supply alone, since the others have threads of their own. */
export const threadDied = (fileName: string, cause: unknown): AppError =>
  new AppError(
    'check-died',
    `${fileName}: il controllo si è interrotto (${reasonOf(cause)}); la fornitura non è stata caricata: riprovare, e se si ripete segnalarlo`,
    `${fileName}: its check broke off (${reasonOf(cause)}); the supply was not loaded: try again, and report it if it happens again`,
    cause,
  );

function reasonOf(cause: unknown): string {
  if (codeOf(cause) !== '') return codeOf(cause);
  return cause instanceof Error ? cause.message : String(cause);
}
