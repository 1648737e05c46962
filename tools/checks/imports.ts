/**
 * Holds the direction of dependencies (house.md, "Rooms"): imports go left only,
 * kernel ← platform ← reference ← access ← registry ← services ← entry; services do not import each other;
 * the generator writes files and never touches the registry; no barrels; no cycles.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const ROOMS = ['kernel', 'platform', 'reference', 'access', 'registry', 'services', 'entry'];
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name) && !e.parentPath.includes('node_modules'))
    .map((e) => relative(root, join(e.parentPath, e.name)));
}

const roomOf = (file: string): string | null => /^src\/([^/]+)\//.exec(file)?.[1] ?? null;
const serviceOf = (file: string): string | null => /^src\/services\/([^/]+)\//.exec(file)?.[1] ?? null;

const problems: string[] = [];
const graph = new Map<string, string[]>();

for (const file of [...sources('src'), ...sources('tools')]) {
  const text = readFileSync(join(root, file), 'utf8');
  const targets: string[] = [];
  for (const match of text.matchAll(IMPORT)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (!name.startsWith('.')) continue;
    const target = relative(root, resolve(root, dirname(file), name));
    targets.push(target);
    const test = /\.test\.tsx?$/.test(file);
    const from = roomOf(file);
    const to = roomOf(target);
    if (from !== null && !test) {
      if (to === null && !(from === 'entry' && target.startsWith('tools/generator/')))
        problems.push(`${file}: src imports ${target}, outside src`);
      else if (to !== null && ROOMS.indexOf(to) > ROOMS.indexOf(from))
        problems.push(`${file}: ${from} may not import ${to} (${target})`);
      const service = serviceOf(file);
      const other = serviceOf(target);
      if (service !== null && other !== null && service !== other)
        problems.push(`${file}: services do not import each other (${target})`);
    }
    if (file.startsWith('tools/generator/') && to !== null && to !== 'kernel' && to !== 'reference')
      problems.push(`${file}: the generator knows kernel and reference only (${target})`);
    if (/(^|\/)index\.tsx?$/.test(target)) problems.push(`${file}: no barrels (${target})`);
  }
  if (!/\.test\.tsx?$/.test(file)) graph.set(file, targets);
}

const state = new Map<string, 'open' | 'done'>();
function visit(file: string, path: string[]): void {
  if (state.get(file) === 'done' || !graph.has(file)) return;
  if (state.get(file) === 'open') {
    problems.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    return;
  }
  state.set(file, 'open');
  for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
  state.set(file, 'done');
}
for (const file of graph.keys()) visit(file, []);

// The pages know the generated contract and nothing else of the server; of documents, the manual that they show.
for (const file of sources('web')) {
  if (file.startsWith('web/dist') || file === 'web/vite.config.ts') continue;
  const text = readFileSync(join(root, file), 'utf8');
  for (const match of text.matchAll(IMPORT)) {
    const name = (match[1] ?? match[2] ?? match[3] ?? '').split('?')[0] ?? '';
    if (!name.startsWith('.')) continue;
    const target = relative(root, resolve(root, dirname(file), name));
    if (!target.startsWith('web/') && !target.startsWith('docs/manuale/'))
      problems.push(`${file}: the pages know nothing outside web (${target})`);
    const [room] = relative('web', target).split('/');
    const [ownRoom] = relative('web', file).split('/');
    if (ownRoom === 'components' && room === 'features')
      problems.push(`${file}: components know no feature (${target})`);
    if (ownRoom === 'api' && room !== 'api')
      problems.push(`${file}: the API client knows no page (${target})`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`imports: ${graph.size} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
