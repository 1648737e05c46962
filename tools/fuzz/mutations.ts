/** Damage to supplies: to the bytes of the archive, to the manifest, and past the checksums to cells, rows and lines. */
import type { Random } from './random.ts';
import { anyValue, scramble } from './values.ts';

/** Bytes changed, cut, doubled or moved; mostly few, so that most of the archive still makes sense. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
  let out = Buffer.from(bytes);
  for (let n = 1 + random.below(random.chance(0.8) ? 3 : 20); n > 0; n--) {
    if (out.length < 8) return out;
    const at = random.below(out.length - 4);
    switch (random.below(7)) {
      case 0:
        out[at] = random.below(256);
        break;
      case 1:
        out[at] = out[at]! ^ (1 << random.below(8));
        break;
      case 2:
        out.writeUInt32LE(random.pick([0, 1, 0xff, 0xffff, 0x7fffffff, 0xffffffff, out.length]), at);
        break;
      case 3:
        out.writeUInt16LE(random.pick([0, 1, 8, 0xffff]), at);
        break;
      case 4:
        out = out.subarray(0, at);
        break;
      case 5: {
        const end = Math.min(out.length, at + random.below(64));
        out = Buffer.concat([out.subarray(0, end), out.subarray(at)]);
        break;
      }
      default: {
        const end = Math.min(out.length, at + random.below(64));
        out = Buffer.concat([out.subarray(0, at), out.subarray(end)]);
      }
    }
  }
  return out;
}

type Json = { [key: string]: unknown };

/** A JSON value with one to three places changed: keys dropped, doubled or renamed, values of another kind. */
export function mutateJson(random: Random, value: unknown, seen: readonly string[]): unknown {
  let out = structuredClone(value);
  for (let n = 1 + random.below(3); n > 0; n--) out = mutatePlace(random, out, seen, 6);
  return out;
}

function mutatePlace(random: Random, value: unknown, seen: readonly string[], depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === 0 || random.chance(0.1))
    return anyJson(random, value, seen);
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    if (list.length === 0 || random.chance(0.3)) return [...list, ...list].slice(random.below(2));
    const at = random.below(list.length);
    return list.map((part, i) => (i === at ? mutatePlace(random, part, seen, depth - 1) : part));
  }
  const object = value as Json;
  const keys = Object.keys(object);
  if (keys.length === 0) return { [anyValue(random, seen)]: '1' };
  const key = random.pick(keys);
  const entries = Object.entries(object);
  switch (random.below(6)) {
    case 0:
      return Object.fromEntries(entries.filter(([name]) => name !== key));
    case 1:
      return Object.fromEntries(
        entries.map(([name, part]) => [name === key ? scramble(random, name) : name, part]),
      );
    default:
      return Object.fromEntries(
        entries.map(([name, part]) => [
          name,
          name === key ? mutatePlace(random, part, seen, depth - 1) : part,
        ]),
      );
  }
}

function anyJson(random: Random, old: unknown, seen: readonly string[]): unknown {
  const text = typeof old === 'string' ? old : '1';
  switch (random.below(12)) {
    case 0:
      return null;
    case 1:
      return random.pick([0, -1, 1, 1.5, 1e300, 2 ** 53, 999_999, 1_000_000]);
    case 2:
      return random.chance(0.5);
    case 3:
      return [];
    case 4:
      return {};
    case 5:
      return [old, old];
    case 6:
      return { [text]: old };
    case 7:
    case 8:
      return scramble(random, text);
    default:
      return anyValue(random, seen);
  }
}

/** A table as its cells, the header first. */
export type Table = string[][];

/** One to four changes to the cells, rows or columns of a table. */
export function mutateTable(random: Random, table: Table, seen: readonly string[]): Table {
  const out = table.map((row) => [...row]);
  for (let n = 1 + random.below(4); n > 0; n--) {
    const [header = []] = out;
    const at = 1 + random.below(Math.max(1, out.length - 1));
    const row = out[at];
    const column = random.below(Math.max(1, header.length));
    const kind = random.below(20);
    if (row === undefined || kind >= 8) {
      if (row !== undefined) row[column] = anyValue(random, seen);
    } else if (kind === 0) out.splice(at, 1);
    else if (kind === 1) out.splice(at, 0, [...row]);
    else if (kind === 2) out.push(...out.splice(at, 1));
    else if (kind === 3) row[column] = '';
    else if (kind === 4) row[column] = out[1 + random.below(out.length - 1)]?.[column] ?? '';
    else if (kind === 5) [row[column], row[0]] = [row[0] ?? '', row[column] ?? ''];
    else if (kind === 6 && random.chance(0.2)) for (const cells of out) cells.splice(column, 1);
    else if (kind === 7 && random.chance(0.2))
      header[column] = random.chance(0.5) ? 'nota' : (header[0] ?? '');
  }
  return out;
}

/** RFC 4180 text of a table; now and then with other line ends, quotes everywhere, a BOM, or broken. */
export function tableBytes(random: Random, table: Table): Buffer {
  const end = random.chance(0.1) ? '\r\n' : '\n';
  const all = random.chance(0.1);
  const quote = (cell: string): string =>
    all || /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = table.map((row) => row.map(quote).join(';') + end).join('');
  const bytes = Buffer.from((random.chance(0.05) ? '\ufeff' : '') + text);
  return random.chance(0.05) ? mutateBytes(random, bytes) : bytes;
}

/** Lines of JSON, one to three of them changed, dropped, doubled or moved. */
export function mutateLines(random: Random, lines: readonly unknown[], seen: readonly string[]): Buffer {
  const out: unknown[] = [...lines];
  for (let n = 1 + random.below(3); n > 0 && out.length > 0; n--) {
    const at = random.below(out.length);
    const kind = random.below(10);
    if (kind === 0) out.splice(at, 1);
    else if (kind === 1) out.push(out[at]);
    else if (kind === 2) out.push(...out.splice(at, 1));
    else out[at] = mutateJson(random, out[at], seen);
  }
  const bytes = Buffer.from(out.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return random.chance(0.03) ? mutateBytes(random, bytes) : bytes;
}
