/** Checkpoints: made of the tree as it stands, kept in the database and, so that it is not the only one to have them, in a folder. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from '../../platform/db/errors.ts';
import type { Client } from '../../platform/db/pool.ts';
import { insertCheckpoint, listCheckpoints } from './audit.sql.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type Checkpoint, openCheckpoint, signCheckpoint, type Verifier } from './checkpoint.ts';
import { readEdge, rootAt } from './kept-tree.ts';
import { joinHashes } from './merkle.ts';

export interface CheckpointPlace {
  readonly db: Client;
  readonly keys: AuditKeys;
  /** Beside the database, not in it. */
  readonly folder: string;
}

/** A note that does not bear a known signature, with where it comes from. */
export interface UnusableNote {
  readonly from: string;
  readonly kind: 'malformed' | 'unknown-key' | 'forged' | 'other-log';
}

export interface OpenedNotes {
  readonly checkpoints: readonly Checkpoint[];
  readonly unusable: readonly UnusableNote[];
}

export interface NamedNote {
  readonly from: string;
  readonly note: string;
}

/** Checks the signature and the origin of each note. */
export function openNotes(
  notes: readonly NamedNote[],
  verifiers: readonly Verifier[],
  origin: string,
): OpenedNotes {
  const checkpoints: Checkpoint[] = [];
  const unusable: UnusableNote[] = [];
  for (const { from, note } of notes) {
    const opened = openCheckpoint(note, verifiers);
    if (opened.kind !== 'signed') unusable.push({ from, kind: opened.kind });
    else if (opened.checkpoint.origin !== origin) unusable.push({ from, kind: 'other-log' });
    else checkpoints.push(opened.checkpoint);
  }
  return { checkpoints, unusable };
}

/** The notes of a folder, by name; of none where it does not exist. */
export function readNotes(folder: string): NamedNote[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith('.note'))
    .sort()
    .map((name) => ({ from: join(folder, name), note: readFileSync(join(folder, name), 'utf8') }));
}

/** Every note that is kept: the database's and the folder's. */
export async function keptNotes({ db, folder }: Omit<CheckpointPlace, 'keys'>): Promise<NamedNote[]> {
  const stored = await listCheckpoints(db);
  return [...stored.map((note, i) => ({ from: `audit.checkpoints ${i + 1}`, note })), ...readNotes(folder)];
}

/** 000000012345.note: in the order of their sizes. */
export const noteName = (size: number): string => `${String(size).padStart(12, '0')}.note`;

/**
 * Signs the tree as it stands. Where the last checkpoint is of the same size, that one is given back.
 * @throws AppError audit-damaged where the tree no longer begins with the one that was signed last: it is not signed again
 */
export async function makeCheckpoint(place: CheckpointPlace, now: Date): Promise<string> {
  const { db, keys, folder } = place;
  const notes = await keptNotes(place);
  const { checkpoints } = openNotes(notes, keys.verifiers, keys.origin);
  const last = checkpoints.toSorted((a, b) => b.size - a.size)[0];
  const { size, edge } = await readEdge(db);
  if (last !== undefined && (last.size > size || !(await rootAt(db, last.size)).equals(last.root)))
    throw new AppError(
      'audit-damaged',
      `l’audit non è più quello firmato il ${last.at} (${last.size} foglie): non si firma. Eseguire ./sipop audit verify`,
      `the audit is no longer the one signed on ${last.at} (${last.size} leaves): it is not signed. Run ./sipop audit verify`,
    );
  const same = last?.size === size ? notes.find((n) => isOf(n.note, size, keys)) : undefined;
  const note =
    same?.note ??
    signCheckpoint({ origin: keys.origin, size, root: joinHashes(edge), at: now.toISOString() }, keys.signer);
  if (same === undefined) await insertCheckpoint(db, size, note);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, noteName(size)), note, { flush: true });
  return note;
}

/** Whether a note is of that size and signed with the present key. */
function isOf(note: string, size: number, keys: AuditKeys): boolean {
  const opened = openCheckpoint(note, [keys.signer.verifier]);
  return (
    opened.kind === 'signed' && opened.checkpoint.size === size && opened.checkpoint.origin === keys.origin
  );
}
