/** `kill -9` at random moments of a call that takes many operations, then again to the end: each is there whole, once, or not at all. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { halfApplied, untilGone, writingBackends } from '../support/killed-loads.ts';
import { household, request, residence } from '../support/operation-requests.ts';
import { firstSupply } from '../support/operations-register.ts';
import { differences, dumpRegister } from '../support/register-dump.ts';
import { projectRoot, scratch, sipop } from '../support/scratch-server.ts';
import { writeZip } from '../support/zip-writer.ts';

const REQUESTS = 60;
const KILLS = 4;

const requests = Array.from({ length: REQUESTS }, (_, i) => {
  const day = `2025-02-${String(1 + (i % 28)).padStart(2, '0')}`;
  return request(
    '5005',
    {
      generalitaSchedaFamiglia: household('F2'),
      residenzaFamiglia: [residence('EMILIA EST', String(i + 1), '1', day)],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    },
    { idOperazioneComune: String(i + 1), dataDecorrenza: day, dataOraRichiesta: '2025-03-03T10:00:00' },
  );
});

/** Begins to take them, and kills the process once it has written so many answers and is in the midst of the next. */
async function killAfter(
  answers: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  watcher: Database,
): Promise<boolean> {
  const child = spawn(process.execPath, [join(projectRoot, 'src/entry/cli.ts'), ...args], {
    cwd: '/',
    // What is to be broken off are operations: their linkage comes behind them.
    env: { PATH: '/usr/bin:/bin', SIPOP_LINKAGE_AFTER_LOAD: 'no', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let lines = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    lines += bytes.toString().split('\n').length - 1;
  });
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  let writing = false;
  while (child.exitCode === null && !writing) {
    writing = lines >= answers && (await writingBackends(watcher)).length > 0;
    if (!writing) await wait(1);
  }
  child.kill('SIGKILL');
  await ended;
  await untilGone(watcher);
  return writing;
}

it('leaves the register of an undisturbed call, and the same answers', async () => {
  const place = scratch();
  try {
    const first = firstSupply();
    const archive = join(place.folder, first.name);
    writeFileSync(archive, first.bytes);
    const zip = join(place.folder, 'operazioni.zip');
    writeFileSync(
      zip,
      writeZip(requests.map((xml, i) => ({ name: `op-${i + 1}.xml`, data: Buffer.from(xml) }))),
    );
    const began = await sipop(['intake', 'load', archive], { SIPOP_DATA: place.folder });
    expect(began).toMatchObject({ status: 0 });
    const server = await ensureRunning({ dataFolder: place.folder });
    const open = (name: string): Promise<Database> =>
      openDatabase({ url: server.url('sipop_owner', name), applicationName: 'kill trial', poolSize: 1 });
    const admin = await open('postgres');
    for (const name of ['undisturbed', 'killed']) await admin.query(`create database ${name} template sipop`);
    await admin.close();
    const take = async (name: string) => {
      const out = join(place.folder, `answers-${name}`);
      mkdirSync(out);
      const env = { DATABASE_URL: server.url('sipop_owner', name), SIPOP_DATA: join(place.folder, 'work') };
      return { out, env, args: ['intake', 'operation', zip, '--json', '--out', out] };
    };
    const undisturbed = await take('undisturbed');
    expect((await sipop(undisturbed.args, undisturbed.env)).status).toBe(0);
    const killed = await take('killed');
    const watcher = await open('killed');
    let whileWriting = 0;
    for (let n = 1; n <= KILLS; n++) {
      if (await killAfter(n * 10, killed.args, killed.env, watcher)) whileWriting++;
      expect(await halfApplied(watcher)).toEqual([]);
    }
    expect(whileWriting).toBe(KILLS);
    expect((await sipop(killed.args, killed.env)).status).toBe(0);
    const reference = await open('undisturbed');
    expect(differences(await dumpRegister(reference), await dumpRegister(watcher))).toEqual([]);
    await Promise.all([reference.close(), watcher.close()]);
    const answers = (folder: string) =>
      readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
    expect(answers(killed.out)).toHaveLength(REQUESTS);
    expect(answers(killed.out)).toEqual(answers(undisturbed.out));
  } finally {
    await place.remove();
  }
}, 900_000);
