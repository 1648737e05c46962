/** Why a server did not start, read from what it wrote to its log, and what to do about it. */
import { AppError } from '../../kernel/app-error.ts';
import { type DataFolder, diskFull } from './data-folder.ts';
import { wrongVersion } from './errors.ts';

export interface StartFailure {
  readonly error: AppError;
  /** Set where trying again may help by itself: how many times in all, and how long to wait between. */
  readonly retry?: { readonly attempts: number; readonly pauseMs: number };
}

const unavailable = (italian: string, english: string) =>
  new AppError('database-unavailable', italian, english);

/** @param log what the server wrote since it was started */
export function startFailure(place: DataFolder, log: string): StartFailure {
  if (/Address already in use|could not (?:bind|create any TCP\/IP sockets)/.test(log))
    return {
      retry: { attempts: 5, pauseMs: 50 },
      error: unavailable(
        'tutte le porte provate sono occupate: chiudere qualche programma e ripetere il comando',
        'every port tried is taken: close some program and run the command again',
      ),
    };
  if (/lock file "postmaster\.pid" already exists|pre-existing shared memory block/.test(log))
    return {
      retry: { attempts: 20, pauseMs: 500 },
      error: unavailable(
        `un altro server PostgreSQL usa ${place.data}: fermarlo e ripetere il comando`,
        `another PostgreSQL server uses ${place.data}: stop it and run the command again`,
      ),
    };
  if (/No space left on device|Disk quota exceeded|File too large/.test(log))
    return { error: diskFull(place.folder) };
  const version = /initialized by PostgreSQL version ([\d.]+)/.exec(log);
  if (version !== null) return { error: wrongVersion(version[1]!, place.data) };
  if (/Permission denied|wrong ownership|invalid permissions/.test(log))
    return {
      error: unavailable(
        `PostgreSQL non ha i permessi su ${place.data}: deve appartenere a chi esegue il server, con permessi 0700 (chown, chmod). I dati non sono stati toccati`,
        `PostgreSQL lacks the permissions on ${place.data}: it must belong to whoever runs the server, with mode 0700 (chown, chmod). The data were not touched`,
      ),
    };
  if (/Cannot allocate memory|could not map anonymous shared memory/.test(log))
    return {
      error: unavailable(
        'non c’è abbastanza memoria per avviare la base dati: chiudere qualche programma e ripetere il comando',
        'there is not enough memory to start the database: close some program and run the command again',
      ),
    };
  if (
    /could not locate a valid checkpoint|invalid (?:primary )?checkpoint|PANIC:|incorrect checksum|files are incompatible/.test(
      log,
    )
  )
    return {
      error: unavailable(
        `i file della base dati in ${place.data} sono danneggiati o di un altro PostgreSQL (vedere ${place.log}). Non cancellare nulla: copiare la cartella e ripristinare l'ultima copia di sicurezza (./sipop restore)`,
        `the database files in ${place.data} are damaged or of another PostgreSQL (see ${place.log}). Delete nothing: copy the folder and restore the last backup (./sipop restore)`,
      ),
    };
  const lines = log.trim().split('\n');
  const last = lines.findLast((line) => /FATAL:|ERROR:/.test(line)) ?? lines.at(-1) ?? '';
  return {
    error: unavailable(
      `la base dati non è partita: ${last} (vedere ${place.log})`,
      `the database did not start: ${last} (see ${place.log})`,
    ),
  };
}
