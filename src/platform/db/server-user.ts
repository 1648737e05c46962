/**
 * Who the embedded server runs as, and where it can reach its own files. PostgreSQL refuses to run as root
 * (src/backend/main/main.c, check_root); an ordinary user runs it under his own name.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';

/** The user of the server's processes; null where it is the one who runs this program. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where a server run by root keeps what its own user cannot reach in the project's folder (under /root, say). */
const SYSTEM_FOLDER = '/var/lib/sipop';
const NEW_USER = 'sipop';

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

function lookUp(name: string): ServerUser | null {
  const number = (flag: string) => {
    const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return found.status === 0 ? Number(found.stdout.trim()) : Number.NaN;
  };
  const uid = number('-u');
  const gid = number('-g');
  return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid, gid } : null;
}

/**
 * The user to run the server as: the owner of the data where there are any, else `postgres`, else a system user
 * `sipop`, made if need be.
 */
export function serverUser(data: string): ServerUser | null {
  if (!runsAsRoot()) return null;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = lookUp('postgres') ?? lookUp(NEW_USER);
  if (existing !== null) return existing;
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    NEW_USER,
  ]);
  const made = lookUp(NEW_USER);
  if (made !== null) return made;
  throw new AppError(
    'database-unavailable',
    `PostgreSQL non può girare come root e l'utente «${NEW_USER}» non si può creare: crearlo (useradd --system ${NEW_USER}), o usare un utente ordinario, o indicare un altro server con DATABASE_URL`,
    `PostgreSQL cannot run as root and the user "${NEW_USER}" cannot be made: make it (useradd --system ${NEW_USER}), or use an ordinary user, or name another server with DATABASE_URL`,
  );
}

/** Whether `user` may enter every folder on the way to `path` (as far as the path exists). */
export function canReach(user: ServerUser | null, path: string): boolean {
  if (user === null) return true;
  let at = path;
  for (;;) {
    const real = statSync(at, { throwIfNoEntry: false });
    if (real?.isDirectory() === true) {
      const bit = real.uid === user.uid ? 0o100 : real.gid === user.gid ? 0o010 : 0o001;
      if ((real.mode & bit) === 0) return false;
      at = realpathSync(at);
    }
    const parent = dirname(at);
    if (parent === at) return true;
    at = parent;
  }
}

/** A folder of the system standing for `path`, always the same for the same path. */
export function systemFolder(path: string): string {
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${SYSTEM_FOLDER}/${basename(path)}-${mark}`;
}

/**
 * The data folder of a project: `.sipop` inside it; but for root, where the server's user could not enter the
 * project's folder, one under /var/lib/sipop.
 */
export function defaultDataFolder(root: string): string {
  if (!runsAsRoot()) return `${root}/.sipop`;
  const elsewhere = systemFolder(root);
  if (statSync(elsewhere, { throwIfNoEntry: false }) !== undefined) return elsewhere;
  return canReach(anyoneElse, root) ? `${root}/.sipop` : elsewhere;
}

/** A user with no rights but everybody's. */
const anyoneElse: ServerUser = { uid: -1, gid: -1 };
