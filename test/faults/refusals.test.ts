import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from '../../src/platform/db/data-folder.ts';
import { ensureRunning, stopServer } from '../../src/platform/db/embedded.ts';
import { serverBinaries, spawnServer } from '../../src/platform/db/server-binaries.ts';
import { canReach, runsAsRoot, serverUser } from '../../src/platform/db/server-user.ts';
import { startFailure } from '../../src/platform/db/start-failure.ts';
import { onServer, type Scratch, scratch, sipop } from '../support/scratch-server.ts';

let place: Scratch;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

const start = () => ensureRunning({ dataFolder: place.folder });

describe('control 17: bare HTTP', () => {
  it('to the network is refused before anything starts: TLS, or the proxy that ends it', async () => {
    for (const host of ['0.0.0.0', '10.1.2.3', '::']) {
      const { status, output } = await sipop(['serve', '--host', host, '--port', '0'], {
        SIPOP_DATA: place.folder,
      });
      expect(status).not.toBe(0);
      expect(output).toMatch(/serve TLS.*--cert.*--proxy/s);
    }
  });
});

describe('what cannot start says in Italian and English what to do, and touches nothing', () => {
  it('data of another major version', async () => {
    await start();
    await stopServer(place.folder);
    const version = join(place.data, 'PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(start()).rejects.toMatchObject({
      code: 'database-version',
      italian: expect.stringMatching(/PostgreSQL 17; serve PostgreSQL 18/),
      english: expect.stringMatching(/pg_upgrade/),
    });
    writeFileSync(version, '18\n');
    await start();
  });

  it('a folder with files that are no database', async () => {
    mkdirSync(place.data);
    writeFileSync(join(place.data, 'letter.txt'), 'mine');
    await expect(start()).rejects.toMatchObject({
      code: 'database-unavailable',
      italian: expect.stringMatching(/spostarla altrove/),
    });
    expect(readFileSync(join(place.data, 'letter.txt'), 'utf8')).toBe('mine');
  });

  it('data that everybody may write', async () => {
    await start();
    await stopServer(place.folder);
    chmodSync(place.data, 0o777);
    await expect(start()).rejects.toMatchObject({ italian: expect.stringMatching(/permessi 0700/) });
    chmodSync(place.data, 0o700);
    await start();
  });

  it('a damaged control file', async () => {
    await start();
    await stopServer(place.folder);
    const control = join(place.data, 'global/pg_control');
    const bytes = readFileSync(control);
    writeFileSync(control, Buffer.alloc(bytes.length));
    await expect(start()).rejects.toMatchObject({
      italian: expect.stringMatching(/danneggiati.*copia di sicurezza/),
    });
    writeFileSync(control, bytes);
    await start();
  });

  it('a port taken meanwhile is a reason to try another', async () => {
    await start();
    await stopServer(place.folder);
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const user = serverUser(place.data);
    const log = join(place.folder, 'port.log');
    const fd = openSync(log, 'a');
    const args = [
      '-D',
      place.data,
      '-c',
      `port=${port}`,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ];
    const child = spawnServer(serverBinaries(user).postgres, args, user, fd);
    await new Promise((resolve) => child.on('exit', resolve));
    closeSync(fd);
    other.close();
    expect(startFailure(dataFolder(place.folder), readFileSync(log, 'utf8')).retry).toBeDefined();
  });
});

describe('a server of one’s own by DATABASE_URL', () => {
  it('that does not answer', async () => {
    const ended = await sipop(['db', 'status'], { DATABASE_URL: 'postgres://u:segreto@127.0.0.1:1/none' });
    expect(ended.status).toBe(1);
    expect(ended.output).toMatch(/non risponde/);
    expect(ended.output).toMatch(/does not answer/);
    expect(ended.output).not.toMatch(/segreto/);
  });

  it('with a wrong password, or no such database, or an address that is none', async () => {
    const server = await start();
    const ask = (url: string) => sipop(['db', 'status'], { DATABASE_URL: url });
    const [password, name, text] = await Promise.all([
      ask(`postgres://sipop_app:wrong@127.0.0.1:${server.port}/sipop`),
      ask(server.url('sipop_owner', 'nowhere')),
      ask('sqlite://x'),
    ]);
    expect(password.output).toMatch(/rifiuta utente o password/);
    expect(name.output).toMatch(/non esiste sul server/);
    expect(text).toMatchObject({ status: 2, output: expect.stringMatching(/postgres:\/\/utente/) });
  });

  it('owned by a login that may make roles is migrated and used; by one that may not, the remedy is told', async () => {
    const server = await start();
    await onServer(place.folder, async (db) => {
      await db.query("create role town login createrole password 'town'");
      await db.query('create database town owner town');
      await db.query("create role weak login password 'weak'");
      await db.query('create database weak owner weak');
    });
    // The embedded cluster has the roles already, made by its superuser: a real server would not.
    await onServer(place.folder, (db) => db.query('drop role sipop_app, sipop_stats, sipop_auditor'));
    const address = (name: string) => `postgres://${name}:${name}@127.0.0.1:${server.port}/${name}`;
    const weak = await sipop(['db', 'status'], { DATABASE_URL: address('weak') });
    expect(weak).toMatchObject({ status: 1, output: expect.stringMatching(/CREATEROLE/) });
    const town = await sipop(['db', 'status'], { DATABASE_URL: address('town') });
    expect(town).toMatchObject({ status: 0, output: expect.stringMatching(/risponde/) });
    const again = await sipop(['db', 'status'], { DATABASE_URL: address('town') });
    expect(again.status).toBe(0);
  });
});

/** A user with no rights, for root to run as; null where there is none that can reach the project and Node. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | null {
  if (!runsAsRoot()) return null;
  const nobody = { uid: 65534, gid: 65534 };
  const known = spawnSync('id', ['-un', '65534']).status === 0;
  return known && canReach(nobody, process.execPath) && canReach(nobody, import.meta.filename)
    ? nobody
    : null;
}

describe('an ordinary user', () => {
  const user = ordinaryUser();
  const reason = runsAsRoot()
    ? 'no ordinary user can reach the project'
    : 'the other tests already run as one';
  if (user === null) console.log(`skipped: ${reason}`);

  it.skipIf(user === null)(
    'runs the server under his own name, and is told when the folder is not his',
    async () => {
      const env = { SIPOP_DATA: place.folder };
      const refused = await sipop(['db', 'start'], env, user ?? {});
      expect(refused).toMatchObject({ status: 1, output: expect.stringMatching(/non si può scrivere/) });
      chownSync(place.folder, user?.uid ?? 0, user?.gid ?? 0);
      const started = await sipop(['db', 'start'], env, user ?? {});
      expect(started, started.output).toMatchObject({ status: 0 });
      expect((await sipop(['db', 'stop'], env, user ?? {})).status).toBe(0);
      await wait(0);
    },
  );
});
