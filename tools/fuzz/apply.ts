/**
 * The long fuzz run that goes all the way into a register: `node tools/fuzz/apply.ts [runs] [seed] [from]`. Inputs past the
 * checksums (tables and events) are applied, looked over and undone (applied.ts).
 */
import { fuzzApplied } from './run.ts';

const [runs = 2000, seed = 1, from = 0] = process.argv.slice(2).map(Number);
const started = performance.now();
const report = await fuzzApplied({
  runs,
  seed,
  from,
  onProgress: (done) => process.stderr.write(`${done} / ${runs}\n`),
});
console.log(
  JSON.stringify({ seed, ...report, seconds: Math.round((performance.now() - started) / 1000) }, null, 1),
);
process.exitCode = report.failures.length === 0 ? 0 : 1;
