/**
 * A question with a fixed noto_al, asked over and over while supplies load, never changes its answer (issue 2, "Shown by";
 * registry.md, "Three dates and two times"). Supplies are loaded by another process with threads of its own; here it is asked.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { ensureRunning } from '../../src/platform/db/embedded.ts';
import { type Database, openDatabase } from '../../src/platform/db/pool.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { generateProvince } from '../../tools/generator/province.ts';
import { type Answers, askEverything, type Subjects, subjectsOf } from '../support/everything.ts';
import { projectRoot, type Scratch, scratch, sipop } from '../support/scratch-server.ts';

const DAYS = [day('2010-06-30'), day('2024-12-31')];

let place: Scratch;
let db: Database;
let supplies: readonly string[];
const folder = mkdtempSync(join(tmpdir(), 'sipop-known-'));

/** The oldest supplies of some comuni are loaded before; the rest while questions are asked. */
beforeAll(async () => {
  place = scratch();
  await generateProvince({ persons: 3000, months: 2, seed: 11, defects: 0.01, out: folder }, () => undefined);
  supplies = readdirSync(folder)
    .filter((name) => name.endsWith('.zip'))
    .sort((a, b) => (a.slice(13, 19) + a < b.slice(13, 19) + b ? -1 : 1))
    .map((name) => join(folder, name));
  await sipop(['intake', 'load', ...supplies.slice(0, 12)], { SIPOP_DATA: place.folder });
  const server = await ensureRunning({ dataFolder: place.folder });
  db = await openDatabase({ url: server.url('sipop_app'), applicationName: 'known at test' });
});
afterAll(async () => {
  await db?.close();
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly subjects: Subjects;
  readonly knownAt: KnownAt;
  readonly answers: Answers;
}

const ask = async (): Promise<Asked> => {
  const [subjects, knownAt] = [await subjectsOf(db, 6), await getKnownAt(db, null)];
  return { subjects, knownAt, answers: await askEverything(db, subjects, DAYS, knownAt) };
};

describe('a question with a fixed noto_al, asked over and over while supplies load', () => {
  it('never changes its answer, whenever it was first asked', async () => {
    const loading = spawn(
      process.execPath,
      [join(projectRoot, 'src/entry/cli.ts'), 'intake', 'load', ...supplies.slice(12)],
      { env: { PATH: '/usr/bin:/bin', SIPOP_DATA: place.folder }, stdio: 'ignore' },
    );
    const ended = new Promise<number | null>((resolve) => loading.on('exit', resolve));
    let running = true;
    void ended.then(() => {
      running = false;
    });
    const asked = [await ask()];
    let again = 0;
    while (running) {
      for (const { subjects, knownAt, answers } of asked.slice(-4)) {
        expect(await askEverything(db, subjects, DAYS, knownAt)).toEqual(answers);
        again++;
      }
      // A later instant, whenever there is one.
      if ((await getKnownAt(db, null)) !== asked.at(-1)!.knownAt) asked.push(await ask());
    }
    expect(await ended).toBe(0);
    for (const { subjects, knownAt, answers } of asked)
      expect(await askEverything(db, subjects, DAYS, knownAt)).toEqual(answers);
    // It was asked while something came in, several times.
    expect(asked.length).toBeGreaterThan(2);
    expect(again).toBeGreaterThan(asked.length);
  }, 1_800_000);
});
