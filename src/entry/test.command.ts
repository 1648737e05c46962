/** `sipop test`: the same checks as CI, one after the other, stopping at the first that fails. */
import { spawn } from 'node:child_process';
import type { CommandContext } from './command.ts';

function run(context: CommandContext, script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: context.root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

export async function runTests(context: CommandContext): Promise<number> {
  if (context.args.length > 0)
    return run(context, 'node_modules/vitest/vitest.mjs', ['run', ...context.args]);
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['node_modules/@biomejs/biome/bin/biome', ['check', '.']],
    ['node_modules/typescript/bin/tsc', ['--noEmit']],
    ['tools/checks/imports.ts', []],
    ['tools/checks/lockfile.ts', []],
    ['node_modules/vitest/vitest.mjs', ['run']],
  ];
  for (const [script, args] of steps) {
    const status = await run(context, script, args);
    if (status !== 0) {
      context.err.write(`sipop test: ${script} non è passato / did not pass (${status})\n`);
      return status;
    }
  }
  return 0;
}
