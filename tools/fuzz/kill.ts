/**
 * Fifty kills of each kind of load, and twenty of the server under each: `node tools/fuzz/kill.ts [kills] [seed] [persons] [server kills]`.
 * Prints what was seen of them. Fails where a register differs from that of an undisturbed load, and where too few of the kills
 * are shown to have come in the midst of a write: they would prove little.
 */
import { killTrial } from './kill-trial.ts';
import { serverKillTrial } from './server-kill-trial.ts';

const [kills = 50, seed = 1, persons = 2500, serverKills = Math.ceil((2 * kills) / 5)] = process.argv
  .slice(2)
  .map(Number);
const mustHit = Math.max(1, Math.floor(kills / 3));
const load = await killTrial({
  kills,
  whileWriting: mustHit,
  seed,
  persons,
  comuni: 12,
  onProgress: (words) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`),
});
const server = await serverKillTrial({ kills: serverKills, seed, persons, comuni: 12 });
console.log(JSON.stringify({ load, server }, null, 1));

/** Every kill of the server is aimed at a write; a few may come as it is committed already. */
const serverMustHit = Math.max(1, Math.floor((serverKills * 3) / 4));
const rows = [
  { of: 'process, COMPLETA', hits: load.completa.whileWriting, kills: load.completa.kills, must: mustHit },
  {
    of: 'process, VARIAZIONI',
    hits: load.variazioni.whileWriting,
    kills: load.variazioni.kills,
    must: mustHit,
  },
  ...(['completa', 'variazioni'] as const).map((kind) => ({
    of: `server, ${kind.toUpperCase()}`,
    hits: server[kind].whileWriting,
    kills: server[kind].postmasters + server[kind].backends,
    must: serverMustHit,
  })),
];
for (const { of, hits, kills: all, must } of rows)
  console.log(
    `${of}: ${hits} of ${all} kills in the midst of a write${hits < must ? `, ${must} must be: FAILED` : ''}`,
  );
const reports = [load.completa, load.variazioni, server.completa, server.variazioni];
const differ = reports.some((report) => report.differences.length > 0);
console.log(differ ? 'registers differ: FAILED' : 'every register equals that of the undisturbed load');
process.exitCode = differ || rows.some(({ hits, must }) => hits < must) ? 1 : 0;
