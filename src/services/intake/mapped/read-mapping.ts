/** A mapping read from its YAML: what is wrong with it is told with line, column and advice (docs/adr/0018). */
import { isUtf8 } from 'node:buffer';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import { nearestName } from '../../../kernel/nearest.ts';
import type { Words } from '../messages/message-rule.ts';
import type { MappingPath, Problem } from './mapping-problem.ts';
import { checkReferences } from './mapping-references.ts';
import { MAPPING, type Mapping } from './schema.ts';

/** A fault of a mapping, where it stands. */
export interface MappingProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The keys that lead there, as in `tabelle.soggetti.colonne.sesso`. */
  readonly path: string;
  readonly what: Words;
}

export interface MappingRead {
  readonly mapping: Mapping | null;
  readonly problems: readonly MappingProblem[];
  /** The line of what stands under a path, for whoever finds later that a file does not fit. */
  readonly lineOf: (path: MappingPath) => number;
}

/** A mapping is some hundred lines. */
const MAX_BYTES = 512 * 1024;
/** Beyond these, one looks at the first. */
const MAX_PROBLEMS = 50;

const NOWHERE = { line: 1, column: 1, path: '' };

/** Reads the bytes of a mapping. Problems come in the order of its lines. */
export function readMapping(bytes: Buffer): MappingRead {
  const refused = (what: Words): MappingRead => ({
    mapping: null,
    problems: [{ ...NOWHERE, what }],
    lineOf: () => 1,
  });
  if (bytes.length > MAX_BYTES) return refused(['la mappatura supera 512 kB', 'the mapping is over 512 kB']);
  if (!isUtf8(bytes) || bytes.includes(0))
    return refused(['la mappatura non è un testo in UTF-8', 'the mapping is not a text in UTF-8']);
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString('utf8').replace(/^\ufeff/, ''), {
    // Every scalar is a text: 01 stays "01", NO is Novara and no truth value.
    schema: 'failsafe',
    lineCounter: lines,
    // The library compares every key with every other: a long list of codes would take minutes. Done below.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0)
    return {
      ...refused(['', '']),
      problems: broken.slice(0, MAX_PROBLEMS).map((error) => ({
        ...at(error.pos[0]),
        path: '',
        what: brokenWords(error.code, error.message),
      })),
    };
  const structure = structureFault(document);
  if (structure !== null)
    return {
      ...refused(['', '']),
      problems: [{ ...at(structure.offset), path: '', what: structure.what }],
    };
  const placed = (problem: Problem): MappingProblem => ({
    ...at(offsetOf(document, problem)),
    path: writtenPath(document, [...problem.path, ...(problem.key === undefined ? [] : [problem.key])]),
    what: problem.what,
  });
  const lineOf = (path: MappingPath): number => at(offsetOf(document, { path })).line;
  const parsed = MAPPING.safeParse(document.toJS());
  const found: readonly Problem[] = parsed.success
    ? checkReferences(parsed.data)
    : parsed.error.issues.flatMap((issue) => problemsOf(issue as Issue));
  const problems = found
    .map(placed)
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, MAX_PROBLEMS);
  return { mapping: parsed.success && problems.length === 0 ? parsed.data : null, problems, lineOf };
}

/** What a zod issue is known by here. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly input?: unknown;
}

function problemsOf(issue: Issue): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ path, key, what: unknownKey(key, knownKeys(path)) }));
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return [{ path, what: wrongType(issue.message) }];
  const [italian = '', english = italian] = issue.message.split(' / ');
  return [{ path, what: [italian, english] }];
}

function wrongType(message: string): Words {
  if (message.endsWith('received undefined'))
    return ['manca, ed è obbligatorio', 'is missing, and mandatory'];
  if (message.includes('expected array')) return ['serve un elenco', 'a list is needed'];
  return ['servono chiavi e valori', 'keys and values are needed'];
}

function unknownKey(key: string, known: readonly string[]): Words {
  const near = nearestName(key, known);
  const [it, en] =
    near === null
      ? [list(known, 'si può scrivere'), list(known, 'one may write')]
      : [`: forse ${near}`, `: perhaps ${near}`];
  return [`«${key}» non si conosce qui${it}`, `"${key}" is not known here${en}`];
}

const SHOWN = 12;
function list(known: readonly string[], lead: string): string {
  if (known.length === 0) return '';
  return ` (${lead} ${known.slice(0, SHOWN).join(', ')}${known.length > SHOWN ? ' …' : ''})`;
}

/** Keys that may stand under a path of the mapping. */
function knownKeys(path: MappingPath): readonly string[] {
  return keysAt(MAPPING, path);
}

interface Shape {
  readonly type?: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly innerType?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly getter?: () => unknown;
  readonly in?: unknown;
  readonly out?: unknown;
}

const shapeOf = (schema: unknown): Shape => (schema as { readonly _zod: { readonly def: Shape } })._zod.def;

/** Walks the schema along a path, through what is optional, repeated or put off. */
function keysAt(schema: unknown, path: MappingPath): readonly string[] {
  const def = shapeOf(schema);
  if (def.getter !== undefined) return keysAt(def.getter(), path);
  if (def.innerType !== undefined) return keysAt(def.innerType, path);
  if (def.type === 'pipe') return keysAt(shapeOf(def.in).type === 'transform' ? def.out : def.in, path);
  const [first, ...rest] = path;
  if (def.shape !== undefined) {
    if (first === undefined) return Object.keys(def.shape);
    const next = def.shape[String(first)];
    return next === undefined ? [] : keysAt(next, rest);
  }
  if (def.element !== undefined) {
    // One table may be written without the list that it stands in.
    return typeof first === 'number' || first === undefined
      ? keysAt(def.element, rest)
      : keysAt(def.element, path);
  }
  if (def.valueType !== undefined) return first === undefined ? [] : keysAt(def.valueType, rest);
  return [];
}

function brokenWords(code: string, message: string): Words {
  if (message.includes('call stack')) return DEEP;
  if (code === 'TAB_AS_INDENT')
    return ['il rientro è fatto di tabulazioni: usare spazi', 'the indentation is made of tabs: use spaces'];
  return [`non è YAML ben formato (${message})`, `it is not well-formed YAML (${message})`];
}

/** A mapping has some ten levels. */
const MAX_DEPTH = 64;

const ALIAS: Words = [
  'àncore e rimandi (& e *) non sono ammessi',
  'anchors and aliases (& and *) are not accepted',
];
const DEEP: Words = [
  `ha più di ${MAX_DEPTH} livelli uno dentro l’altro`,
  `it has more than ${MAX_DEPTH} levels within each other`,
];
const TWICE: Words = ['la chiave compare due volte', 'the key stands there twice'];

/**
 * What no mapping may have: anchors and aliases, which are how a small text grows without end; keys that stand twice; more
 * levels than anybody can read. Walked without recursion, and each key looked at once.
 */
function structureFault(document: Document): { readonly offset: number; readonly what: Words } | null {
  const stack: { readonly node: unknown; readonly depth: number }[] = [{ node: document.contents, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, depth } = next;
    const offset = startOf(node) ?? 0;
    if (isAlias(node)) return { offset, what: ALIAS };
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) continue;
    if (node.anchor !== undefined) return { offset, what: ALIAS };
    if (depth > MAX_DEPTH) return { offset, what: DEEP };
    if (isScalar(node)) continue;
    const keys = new Set<unknown>();
    for (const item of node.items) {
      if (!isPair(item)) {
        stack.push({ node: item, depth: depth + 1 });
        continue;
      }
      const key = isScalar(item.key) ? item.key.value : item.key;
      if (keys.has(key)) return { offset: startOf(item.key) ?? offset, what: TWICE };
      keys.add(key);
      stack.push({ node: item.value, depth: depth + 1 }, { node: item.key, depth: depth + 1 });
    }
  }
  return null;
}

/** The place in the text of the deepest thing along the path. */
function offsetOf(
  document: Document,
  { path, key }: { readonly path: MappingPath; readonly key?: string },
): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  const steps = key === undefined ? path : [...path, key];
  for (const [i, step] of steps.entries()) {
    if (isSeq(node)) {
      // One table may be written without the list that it stands in.
      node = typeof step === 'number' ? node.items[step] : undefined;
      offset = startOf(node) ?? offset;
    } else if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === String(step));
      if (pair === undefined) {
        if (step === 0 && i < steps.length - 1) continue;
        break;
      }
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
      // A value is told where it stands; a key, and whatever is a whole block, by its key.
      if (i === steps.length - 1 && key === undefined && isScalar(node)) offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

/** The path as the mapping has it: one table may be written without the list that it stands in. */
function writtenPath(document: Document, path: MappingPath): string {
  let node: unknown = document.contents;
  const written: (string | number)[] = [];
  for (const step of path) {
    if (step === 0 && !isSeq(node)) continue;
    written.push(typeof step === 'number' ? step + 1 : step);
    if (isSeq(node) && typeof step === 'number') node = node.items[step];
    else if (isMap(node))
      node = node.items.find((item) => isScalar(item.key) && item.key.value === step)?.value;
  }
  return written.join('.');
}

const startOf = (node: unknown): number | undefined =>
  node !== null && typeof node === 'object' && 'range' in node ? (node as Node).range?.[0] : undefined;
