/** Fifty kills of each kind of load: `node tools/fuzz/kill.ts [kills] [seed] [persons]`. Prints what was seen of them. */
import { killTrial } from './kill-trial.ts';

const [kills = 50, seed = 1, persons = 2500] = process.argv.slice(2).map(Number);
const report = await killTrial({
  kills,
  whileWriting: Math.min(10, kills),
  seed,
  persons,
  comuni: 12,
  onProgress: (words) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`),
});
console.log(JSON.stringify(report, null, 1));
process.exitCode = report.completa.differences.length + report.variazioni.differences.length === 0 ? 0 : 1;
