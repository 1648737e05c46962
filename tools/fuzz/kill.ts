/**
 * Fifty kills of each kind of load, and ten of the server under each: `node tools/fuzz/kill.ts [kills] [seed] [persons]`.
 * Prints what was seen of them.
 */
import { killTrial } from './kill-trial.ts';
import { serverKillTrial } from './server-kill-trial.ts';

const [kills = 50, seed = 1, persons = 2500] = process.argv.slice(2).map(Number);
const load = await killTrial({
  kills,
  whileWriting: Math.min(10, kills),
  seed,
  persons,
  comuni: 12,
  onProgress: (words) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`),
});
const server = await serverKillTrial({ kills: Math.ceil(kills / 5), seed, persons, comuni: 12 });
console.log(JSON.stringify({ load, server }, null, 1));
const differences = [load.completa, load.variazioni, server.completa, server.variazioni].flatMap(
  (report) => report.differences,
);
process.exitCode = differences.length === 0 ? 0 : 1;
