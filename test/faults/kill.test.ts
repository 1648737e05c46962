/**
 * "`kill -9` at random moments of a load, then again to the end: the same register as an undisturbed load", and the same for a
 * day's intake of changes. Every table is compared (register-dump.ts says what of it is not of the register). Here a few kills;
 * the fifty of each are `node tools/fuzz/kill.ts 50`.
 */
import { expect, it } from 'vitest';
import { killTrial } from '../../tools/fuzz/kill-trial.ts';
import { serverKillTrial } from '../../tools/fuzz/server-kill-trial.ts';

const KILLS = 10;

it('kill -9 of the loading process, while it checks and while it writes: nothing is lost, nothing comes twice', async () => {
  const report = await killTrial({ kills: KILLS, whileWriting: 3, seed: 11, persons: 1000, comuni: 8 });
  console.log(JSON.stringify(report));
  for (const of of [report.completa, report.variazioni]) {
    expect(of.differences).toEqual([]);
    expect(of.kills).toBeGreaterThanOrEqual(KILLS);
    expect(of.whileWriting).toBeGreaterThanOrEqual(3);
  }
}, 900_000);

it('kill -9 of the server, its postmaster and its backends, under a load: nothing is lost, nothing comes twice', async () => {
  const report = await serverKillTrial({ kills: 4, seed: 12, persons: 1000, comuni: 8 });
  console.log(JSON.stringify(report));
  for (const of of [report.completa, report.variazioni]) {
    expect(of.differences).toEqual([]);
    expect(of.postmasters).toBeGreaterThan(0);
    expect(of.backends).toBeGreaterThan(0);
    // Each is aimed at a write, which is held where it is until the blow.
    expect(of.whileWriting).toBeGreaterThanOrEqual(3);
  }
}, 900_000);
