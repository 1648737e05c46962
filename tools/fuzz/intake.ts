/** The long fuzz run over the intake: `node tools/fuzz/intake.ts [runs] [seed] [from] [--subentro]`. Prints what came of the inputs. */
import { fuzzIntake } from './run.ts';
import { subentroInput } from './subentro-inputs.ts';

const words = process.argv.slice(2);
const subentro = words.includes('--subentro');
const [runs = 100_000, seed = 1, from = 0] = words.filter((word) => word !== '--subentro').map(Number);
const started = performance.now();
const report = await fuzzIntake({
  runs,
  seed,
  from,
  ...(subentro ? { inputs: subentroInput } : {}),
  onProgress: (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} / ${runs}`);
  },
});
console.log(
  JSON.stringify({ seed, ...report, seconds: Math.round((performance.now() - started) / 1000) }, null, 1),
);
process.exitCode = report.failures.length === 0 ? 0 : 1;
