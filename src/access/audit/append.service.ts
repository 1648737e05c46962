/**
 * Appends leaves (security.md, control 26): the promise of `append` resolves when its leaf is durable, and not before. One writer
 * in a process: what comes while a commit is under way goes together into the next (group commit). Several processes keep one
 * tree by the key of the leaves: who finds an index taken reads the edge again and tries once more.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from '../../platform/db/errors.ts';
import type { Client } from '../../platform/db/pool.ts';
import {
  insertLeaves,
  LEVELS_KEPT,
  listSubjectKeys,
  type NewLeaf,
  type NewNode,
  type NewSubject,
} from './audit.sql.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type RightEdge, readEdge } from './kept-tree.ts';
import { type Leaf, leafText, MOST_SUBJECTS } from './leaf.ts';
import { GrowingTree, type Hash, leafHash } from './merkle.ts';
import { commitment, SUBJECT_KEY_BYTES } from './subjects.ts';

/** A leaf before it has a place: subjects by their own names (P123), which never reach the tree. */
export type NewEntry = Omit<Leaf, 'subjects'> & { readonly subjects: readonly string[] };

/** Where a leaf stands. */
export interface Placed {
  readonly index: number;
  readonly hash: Hash;
}

const MOST_IN_BATCH = 500;
/** Each failed attempt means that another process has got on: so many in a row are a fault, not bad luck. */
const MOST_ATTEMPTS = 200;
const UNIQUE_VIOLATION = '23505';

interface Waiting {
  readonly entry: NewEntry;
  readonly done: (placed: Placed) => void;
  readonly failed: (error: unknown) => void;
}

const isTaken = (error: unknown): boolean => errorCode(error) === UNIQUE_VIOLATION;

const unavailable = (cause: unknown): AppError =>
  new AppError(
    'audit-unavailable',
    'l’accesso non si è potuto registrare nell’audit, e perciò non c’è risposta: riprovare, e se si ripete avvisare chi amministra il sistema (./sipop audit verify, spazio sul disco)',
    'the access could not be recorded in the audit, so there is no answer: try again, and if it happens again tell the administrators (./sipop audit verify, room on the disk)',
    cause,
  );

export class AuditLog {
  readonly #db: Client;
  readonly #keys: AuditKeys;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  /** Null: to be read again. */
  #edge: RightEdge | null = null;
  /** The most leaves this process has seen: fewer mean that somebody cut the tree. */
  #seen = 0;

  /** @param db whose sessions commit synchronously */
  constructor(db: Client, keys: AuditKeys) {
    this.#db = db;
    this.#keys = keys;
  }

  /** @returns once the leaf is durable @throws AppError audit-unavailable */
  append(entry: NewEntry): Promise<Placed> {
    if (entry.subjects.length > MOST_SUBJECTS)
      return Promise.reject(
        new RangeError(`${entry.subjects.length} subjects in one leaf: ${entry.operation}`),
      );
    return new Promise((done, failed) => {
      this.#waiting.push({ entry, done, failed });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Waits for what is being written. */
  async flush(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Whoever comes in the same turn of the event loop goes with the first.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, MOST_IN_BATCH);
      this.#waiting = this.#waiting.slice(MOST_IN_BATCH);
      try {
        const placed = await this.#write(batch.map((w) => w.entry));
        batch.forEach((w, i) => {
          w.done(placed[i]!);
        });
      } catch (error) {
        // Whether it was committed is not known where the connection broke: a leaf may stand without an answer, never the other way.
        this.#edge = null;
        for (const w of batch) w.failed(unavailable(error));
      }
    }
    // In the same turn as the last look at what waits: who comes after begins a new one.
    this.#writing = null;
  }

  async #write(entries: readonly NewEntry[]): Promise<Placed[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#tryWrite(entries);
      } catch (error) {
        this.#edge = null;
        if (!isTaken(error) || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  async #tryWrite(entries: readonly NewEntry[]): Promise<Placed[]> {
    this.#edge ??= await this.#readEdge();
    const { keys, made } = await this.#subjectKeys(entries);
    const [sealer, secret] = [this.#keys.sealers[0]!, this.#keys.subjectSecrets[0]!];
    const nodes: NewNode[] = [];
    const tree = new GrowingTree(this.#edge, (node, hash) => {
      if (node.level % LEVELS_KEPT === 0) nodes.push({ ...node, hash });
    });
    const leaves = entries.map((entry): NewLeaf => {
      const subjects = entry.subjects.map((subject) => commitment(secret, keys.get(subject)!, entry.at));
      const body = leafText({ ...entry, subjects });
      const hash = leafHash(body);
      const index = tree.size;
      tree.append(hash);
      return { index, hash, seal: sealer(index, hash), body };
    });
    await insertLeaves(this.#db, leaves, nodes, made);
    this.#edge = { size: tree.size, edge: [...tree.edge] };
    this.#seen = tree.size;
    return leaves;
  }

  async #readEdge(): Promise<RightEdge> {
    const edge = await readEdge(this.#db);
    if (edge.size < this.#seen)
      throw new AppError(
        'audit-damaged',
        `l’audit è stato troncato: aveva ${this.#seen} foglie, ora ne ha ${edge.size}`,
        `the audit was cut: it had ${this.#seen} leaves, now it has ${edge.size}`,
      );
    return edge;
  }

  /** The key of each subject; those that have none yet get one, to be written with the leaves. */
  async #subjectKeys(
    entries: readonly NewEntry[],
  ): Promise<{ readonly keys: ReadonlyMap<string, Buffer>; readonly made: readonly NewSubject[] }> {
    const wanted = [...new Set(entries.flatMap((entry) => entry.subjects))];
    const keys = new Map<string, Buffer>();
    if (wanted.length === 0) return { keys, made: [] };
    for (const { subject, key } of await listSubjectKeys(this.#db, wanted)) keys.set(subject, key);
    const made = wanted
      .filter((subject) => !keys.has(subject))
      .map((subject) => ({ subject, key: randomBytes(SUBJECT_KEY_BYTES) }));
    for (const { subject, key } of made) keys.set(subject, key);
    return { keys, made };
  }
}
