/** How a command that came to nothing says so: words for people on the error stream, JSON for programs where it was asked for. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../kernel/app-error.ts';
import { AmbiguousPerson } from '../registry/answers/find-person.ts';
import { refusedArgument } from './options.ts';

/** Exit statuses: what was asked could not be done; it was asked wrongly; a defect of the program. */
const REFUSED = 1;
const USAGE = 2;
const DEFECT = 70;

/** What the machine may refuse of a file or folder, and what to do about it. */
const SYSTEM: Readonly<Record<string, readonly [italian: string, english: string]>> = {
  EACCES: [
    'permesso negato: usare un’altra cartella, o farsi dare i permessi',
    'permission denied: use another folder, or have the permission given',
  ],
  EPERM: [
    'permesso negato: usare un’altra cartella, o farsi dare i permessi',
    'permission denied: use another folder, or have the permission given',
  ],
  EROFS: ['il disco è di sola lettura: usare un’altra cartella', 'the disk is read-only: use another folder'],
  ENOENT: ['non esiste: controllare il nome', 'it does not exist: check the name'],
  ENOTDIR: [
    'una parte del percorso è un file, non una cartella: controllare il nome',
    'a part of the path is a file, no folder: check the name',
  ],
  EISDIR: ['è una cartella, non un file: controllare il nome', 'it is a folder, no file: check the name'],
  ENOSPC: ['il disco è pieno: liberare spazio e ripetere', 'the disk is full: free some space and repeat'],
};

/** A file or folder of the user's that the machine refused, in words; null for another error. */
function systemWords(
  error: unknown,
): { readonly code: string; readonly italian: string; readonly english: string } | null {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return null;
  const words = SYSTEM[String(error.code)];
  if (words === undefined) return null;
  return {
    code: String(error.code),
    italian: `${error.path}: ${words[0]}`,
    english: `${error.path}: ${words[1]}`,
  };
}

export interface Refusal {
  readonly status: number;
  readonly italian: string;
  readonly english: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Where it was thrown; of several defects told together, each. */
function stacksOf(error: unknown): string {
  if (error instanceof AggregateError)
    return [error.stack, ...error.errors.map((one: unknown) => stacksOf(one))].join('\n');
  return error instanceof Error ? String(error.stack) : String(error);
}

/** Keeps what only a developer reads in a file of its own, for its owner alone; null where it cannot be written. */
function keepDetails(error: unknown): string | null {
  const path = join(tmpdir(), `sipop-errore-${process.pid}.txt`);
  try {
    writeFileSync(path, `${stacksOf(error)}\n`, { mode: 0o600 });
    return path;
  } catch {
    return null;
  }
}

/**
 * @param command its words as typed, for --help
 * @param keep writes down the details of a defect, and says where
 */
export function refusalOf(
  error: unknown,
  command: string,
  keep: (error: unknown) => string | null = keepDetails,
): Refusal {
  const made = (status: number, code: string, italian: string, english: string, more = {}): Refusal => ({
    status,
    italian,
    english,
    json: { errore: code, messaggio: italian, message: english, ...more },
  });
  if (error instanceof AppError)
    return made(
      error.code === 'usage' ? USAGE : REFUSED,
      error.code,
      error.italian,
      error.english,
      error instanceof AmbiguousPerson ? { candidati: error.candidates } : {},
    );
  const argument = refusedArgument(error);
  if (argument !== null)
    return made(
      USAGE,
      'usage',
      `${command}: ${argument.italian} (./sipop ${command} --help)`,
      `${command}: ${argument.english} (./sipop ${command} --help)`,
    );
  const system = systemWords(error);
  if (system !== null) return made(REFUSED, system.code, system.italian, system.english);
  const path = keep(error);
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return made(
    DEFECT,
    'unexpected',
    `errore inatteso, un difetto del programma: ${message}. Il comando si può ripetere; se succede ancora, inviare ${path ?? 'questo messaggio'} a chi cura il programma`,
    `unexpected error, a defect of the program: ${message}. The command may be repeated; if it happens again, send ${path ?? 'this message'} to who maintains the program`,
  );
}

/** Tells the refusal; what it resolves to is the exit status. */
export function tellRefusal(
  refusal: Refusal,
  json: boolean,
  { out, err }: { readonly out: NodeJS.WritableStream; readonly err: NodeJS.WritableStream },
): number {
  if (json) out.write(`${JSON.stringify(refusal.json, null, 2)}\n`);
  else err.write(`sipop: ${refusal.italian}\n       ${refusal.english}\n`);
  return refusal.status;
}
