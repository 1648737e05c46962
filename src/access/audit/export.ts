/**
 * The audit as files that anybody can check without the database or this program (docs/adr/0014):
 * `foglie.txt`: one leaf a line, hash (base64), seal (base64) and the very bytes that were hashed, with a space between;
 * `nodi.txt`: level, index and hash of the kept nodes; `checkpoints/`: signed notes, the last one of the whole; `chiavi.txt`: the
 * public keys they are signed with.
 */
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import type { NewNode } from './audit.sql.ts';
import { AuditCheck, type CheckedLeaf, type CheckReport } from './check.ts';
import { parseVerifier, type Verifier, verifierText } from './checkpoint.ts';
import { type NamedNote, noteName, type OpenedNotes, openNotes, readNotes } from './checkpoint-log.ts';
import type { Sealer } from './seal.ts';
import type { StoredAudit } from './verify.service.ts';

const LEAVES = 'foglie.txt';
const NODES = 'nodi.txt';
const KEYS = 'chiavi.txt';
const CHECKPOINTS = 'checkpoints';
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const HASH_CHARACTERS = 44;
const SEAL_CHARACTERS = 24;
const WRITE_BYTES = 1 << 20;

export interface PreparedExport {
  publish(): void;
  discard(): void;
}

/**
 * Writes the files into a folder beside the one named, where nobody looks for them yet: an export is published once its own leaf
 * is durable.
 * @param folder that does not exist yet
 * @returns how to publish it, and how to take it away again
 * @throws AppError conflict
 */
export async function exportAudit(
  audit: StoredAudit,
  notes: readonly NamedNote[],
  verifiers: readonly Verifier[],
  folder: string,
): Promise<PreparedExport> {
  if (existsSync(folder))
    throw new AppError(
      'conflict',
      `${folder} esiste già: indicare una cartella nuova`,
      `${folder} exists already: name a new folder`,
    );
  const unfinished = `${folder}.unfinished-${process.pid}`;
  const discard = (): void => rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, CHECKPOINTS), { recursive: true, mode: 0o700 });
  try {
    await writeLeaves(audit, join(unfinished, LEAVES));
    writeFileSync(
      join(unfinished, NODES),
      audit.nodes.map((n) => `${n.level} ${n.index} ${n.hash.toString('base64')}\n`).join(''),
    );
    writeFileSync(join(unfinished, KEYS), verifiers.map((v) => `${verifierText(v)}\n`).join(''));
    notes.forEach(({ note }, i) => {
      const size = Number(note.split('\n')[1]);
      writeFileSync(join(unfinished, CHECKPOINTS, noteName(size).replace('.', `-${i + 1}.`)), note);
    });
  } catch (error) {
    discard();
    throw error;
  }
  return { publish: () => renameSync(unfinished, folder), discard };
}

async function writeLeaves(audit: StoredAudit, path: string): Promise<void> {
  const file = createWriteStream(path, { flush: true });
  // A disk that is full is told by the promise below; without a listener it would end the process.
  const failed = once(file, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  let lines: Buffer[] = [];
  let bytes = 0;
  const write = async (): Promise<void> => {
    const block = Buffer.concat(lines);
    lines = [];
    bytes = 0;
    if (!file.write(block)) await Promise.race([once(file, 'drain'), failed]);
  };
  await audit.leaves(({ hash, seal, body }) => {
    const head = Buffer.from(`${hash.toString('base64')} ${seal?.toString('base64') ?? ''} `, 'latin1');
    lines.push(head, Buffer.from(body), Buffer.of(LINE_FEED));
    bytes += head.length + body.length + 1;
    return bytes < WRITE_BYTES ? undefined : write();
  });
  await write();
  file.end();
  await Promise.race([once(file, 'close'), failed]);
}

export interface ExportReport extends CheckReport {
  readonly notes: OpenedNotes;
  /** Lines that are no leaf of this layout, from 1. */
  readonly malformed: readonly number[];
}

export interface ExportCheck {
  readonly folder: string;
  readonly origin: string | null;
  /** Keys known from elsewhere; null: those that the export itself brings, which show only that it is at one with itself. */
  readonly verifiers: readonly Verifier[] | null;
  readonly sealers: readonly Sealer[] | null;
  /** Notes that a witness has kept. */
  readonly witnessed: readonly NamedNote[];
}

/** Checks an export without any database. */
export async function verifyExport(input: ExportCheck): Promise<ExportReport> {
  const verifiers = input.verifiers ?? readVerifiers(join(input.folder, KEYS));
  const own = readNotes(join(input.folder, CHECKPOINTS));
  const origin = input.origin ?? own.at(-1)?.note.split('\n')[0] ?? '';
  const notes = openNotes([...own, ...input.witnessed], verifiers, origin);
  const check = new AuditCheck({
    sealers: input.sealers,
    nodes: readNodes(join(input.folder, NODES)),
    checkpoints: notes.checkpoints,
    whole: true,
  });
  const malformed: number[] = [];
  let index = 0;
  for await (const lines of linesOf(join(input.folder, LEAVES)))
    for (const line of lines) {
      const leaf = leafOf(line, index);
      if (leaf === null) malformed.push(index + 1);
      check.take(leaf ?? { index, body: line, hash: Buffer.alloc(32), seal: null });
      index++;
    }
  return { ...check.finish(), notes, malformed: malformed.slice(0, 100) };
}

function leafOf(line: Buffer, index: number): CheckedLeaf | null {
  const bodyAt = HASH_CHARACTERS + 1 + SEAL_CHARACTERS + 1;
  if (line[HASH_CHARACTERS] !== SPACE || line[bodyAt - 1] !== SPACE) return null;
  const hash = Buffer.from(line.toString('latin1', 0, HASH_CHARACTERS), 'base64');
  const seal = Buffer.from(line.toString('latin1', HASH_CHARACTERS + 1, bodyAt - 1), 'base64');
  return hash.length === 32 && seal.length === 16 ? { index, hash, seal, body: line.subarray(bodyAt) } : null;
}

function readVerifiers(path: string): Verifier[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map(parseVerifier)
    .filter((verifier) => verifier !== null);
}

function readNodes(path: string): NewNode[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [level, index, hash] = line.split(' ');
      return { level: Number(level), index: Number(index), hash: Buffer.from(hash ?? '', 'base64') };
    });
}

/** Lines as bytes, without their line feed, by the block. */
async function* linesOf(path: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: WRITE_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Buffer[] = [];
    let at = 0;
    for (let end = bytes.indexOf(LINE_FEED, at); end >= 0; end = bytes.indexOf(LINE_FEED, at)) {
      lines.push(bytes.subarray(at, end));
      at = end + 1;
    }
    yield lines;
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) yield [rest];
}
