/** PostgreSQL's and the network's refusals, turned into sentences that say what to do. */
import { AppError } from '../../kernel/app-error.ts';

/** The SQLSTATE, or the operating system's code, of an error; '' for none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOENT',
]);
// Connection lost or refused: class 08, 57P01 admin_shutdown, 57P02 crash_shutdown, 57P03 cannot_connect_now.
const LOST = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);
const LOST_TEXT =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired/;

/** The address of a database without its password, for messages. */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password !== '') parsed.password = '***';
    parsed.search = '';
    return parsed.href;
  } catch {
    return '(DATABASE_URL)';
  }
}

function unavailable(where: string, italian: string, english: string, cause: unknown): AppError {
  return new AppError(
    'database-unavailable',
    `la base dati ${where} ${italian}`,
    `the database ${where} ${english}`,
    cause,
  );
}

/** The refusal an error stands for, or the error itself where it is not about reaching or filling the database. */
export function databaseError(error: unknown, url: string): unknown {
  if (error instanceof AppError) return error;
  const where = withoutPassword(url);
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  // Node gathers the failures of several addresses of one host in an AggregateError.
  const first = error instanceof AggregateError ? errorCode(error.errors[0]) : '';
  if (UNREACHABLE.has(code) || UNREACHABLE.has(first))
    return unavailable(
      where,
      `non risponde (${code || first}). Verificare che il server sia avviato e che DATABASE_URL sia giusto; per la base dati incorporata: ./sipop db start`,
      `does not answer (${code || first}). Check that the server runs and that DATABASE_URL is right; for the embedded database: ./sipop db start`,
      error,
    );
  if (code === '28P01' || code === '28000')
    return unavailable(
      where,
      `rifiuta utente o password (${message}). Controllare DATABASE_URL e pg_hba.conf`,
      `refuses user or password (${message}). Check DATABASE_URL and pg_hba.conf`,
      error,
    );
  if (code === '3D000')
    return unavailable(
      where,
      'non esiste sul server. Crearla (CREATE DATABASE) o correggere DATABASE_URL',
      'does not exist on the server. Create it (CREATE DATABASE) or correct DATABASE_URL',
      error,
    );
  if (code === '53300')
    return unavailable(
      where,
      'non accetta altre connessioni. Chiudere altri programmi o alzare max_connections',
      'takes no more connections. Close other programs or raise max_connections',
      error,
    );
  if (LOST.has(code) || code.startsWith('08') || LOST_TEXT.test(message))
    return unavailable(
      where,
      'ha chiuso la connessione: il server si è fermato o riavviato. Nessun dato confermato è andato perso; ripetere il comando. Il diario del server dice il perché (./sipop db status)',
      'closed the connection: the server stopped or restarted. Nothing committed was lost; run the command again. The server log says why (./sipop db status)',
      error,
    );
  if (code === '53100' || code === 'ENOSPC' || /No space left on device/.test(message))
    return new AppError(
      'disk-full',
      `il disco della base dati ${where} è pieno. I dati confermati sono salvi: liberare spazio e ripetere il comando`,
      `the disk of the database ${where} is full. What was committed is safe: free some space and run the command again`,
      error,
    );
  return error;
}

/** SIPOP is written for one major version: temporal constraints and `uuidv7()` came with PostgreSQL 18. */
export const POSTGRES_MAJOR = 18;

export function wrongVersion(found: string, where: string): AppError {
  return new AppError(
    'database-version',
    `la base dati ${where} è PostgreSQL ${found}; serve PostgreSQL ${POSTGRES_MAJOR}. Aggiornare il server con i suoi strumenti (pg_upgrade, o pg_dump e pg_restore), o indicarne un altro con DATABASE_URL. I dati non sono stati toccati`,
    `the database ${where} is PostgreSQL ${found}; PostgreSQL ${POSTGRES_MAJOR} is needed. Upgrade the server with its own tools (pg_upgrade, or pg_dump and pg_restore), or name another with DATABASE_URL. The data were not touched`,
  );
}
