/**
 * Threads of TypeScript whose types are stripped by the thread that starts them, once a process.
 *
 * Node strips types with a WebAssembly module, in each thread anew. V8 frees the wrappers of such modules that threads share
 * without waiting for those that still compile them (WasmImportWrapperCache::Free, under Runtime_TierUpWasmToJSWrapper), and
 * ends the process: "Check failed: jit_page.has_value()", SIGTRAP, as in github.com/nodejs/node/issues/64500. So no thread
 * but the first may have one. It starts sooner, too.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Modules of this program that a module imports, in the one way in which they are written (Biome holds it). */
const IMPORTED = /\b(?:from|import)\s*\(?'(\.[^']+\.ts)'/g;

/** What a thread runs first: modules given with it are loaded as they are given, all others by Node. */
const PREPARE = `
const { registerHooks } = require('node:module');
const { modules, entry } = require('node:worker_threads').workerData;
registerHooks({
  load(url, context, next) {
    const source = modules.get(url);
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
  },
});
import(entry);
`;

/** By URL: the program's own files, which do not change while it runs. */
const stripped = new Map<string, string>();

function sourceOf(url: string): string {
  const known = stripped.get(url);
  if (known !== undefined) return known;
  const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
  stripped.set(url, source);
  return source;
}

/** A module and all those it imports, without their types. Lines and columns stay where they were. */
export function strippedModules(entry: URL): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  const open = [entry.href];
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (modules.has(url)) continue;
    const source = sourceOf(url);
    modules.set(url, source);
    for (const [, name] of source.matchAll(IMPORTED)) open.push(new URL(name ?? '', url).href);
  }
  return modules;
}

/**
 * @param entry a file of TypeScript, which finds `data` in its `workerData`
 * @returns the thread, as `new Worker` does
 */
export const startThread = (
  entry: URL,
  data: object,
  options: Omit<WorkerOptions, 'workerData' | 'eval'>,
): Worker =>
  new Worker(PREPARE, {
    ...options,
    eval: true,
    workerData: { ...data, modules: strippedModules(entry), entry: entry.href },
  });
