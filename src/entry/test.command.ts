/** `sipop test`: the same checks as CI, one after the other, stopping at the first that fails. */
import { spawn } from 'node:child_process';
import type { CommandContext } from './command.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';

interface Step {
  readonly script: string;
  readonly args: readonly string[];
  /** The zone in which it runs; the machine's where absent. */
  readonly zone?: string;
}

/** Days have no zone: what the register answers may not depend on that of the machine (house.md, Tests: both zones). */
const STEPS: readonly Step[] = [
  { script: 'node_modules/@biomejs/biome/bin/biome', args: ['check', '.'] },
  { script: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
  { script: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '-p', 'web'] },
  { script: 'tools/checks/imports.ts', args: [] },
  { script: 'tools/checks/lockfile.ts', args: [] },
  { script: VITEST, args: ['run', 'src', '--exclude', '**/*.db.test.ts'], zone: 'Europe/Rome' },
  { script: VITEST, args: ['run'], zone: 'UTC' },
];

function run(context: CommandContext, { script, args, zone }: Step): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = zone === undefined ? process.env : { ...process.env, TZ: zone };
    const child = spawn(process.execPath, [script, ...args], { cwd: context.root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

export async function runTests(context: CommandContext): Promise<number> {
  if (context.args.length > 0) return run(context, { script: VITEST, args: ['run', ...context.args] });
  for (const step of STEPS) {
    const status = await run(context, step);
    if (status !== 0) {
      const zone = step.zone === undefined ? '' : `, TZ=${step.zone}`;
      context.err.write(`sipop test: ${step.script}${zone} non è passato / did not pass (${status})\n`);
      return status;
    }
  }
  return 0;
}
