/** Checkpoints: made of the tree as it stands, kept in the database and, so that it is not the only one to have them, in a folder. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/app-error.ts';
import { errorCode } from '../../platform/db/errors.ts';
import type { Client } from '../../platform/db/pool.ts';
import { getSize, insertCheckpoint, listCheckpoints } from './audit.sql.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type Checkpoint, openCheckpoint, signCheckpoint, type Verifier } from './checkpoint.ts';
import { rootAt } from './kept-tree.ts';

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
 * Signs the first `size` leaves, all of them where absent. What was signed at that size with the present key is given back.
 * @throws AppError audit-damaged where the tree no longer begins with the one that was signed last: it is not signed again
 */
export async function makeCheckpoint(place: CheckpointPlace, now: Date, size?: number): Promise<string> {
  const { db, keys, folder } = place;
  const notes = await keptNotes(place);
  await refuseRewritten(place, notes);
  const signed = size ?? (await getSize(db));
  const same = notes.find(({ note }) => isOf(note, signed, keys));
  const note =
    same?.note ??
    signCheckpoint(
      { origin: keys.origin, size: signed, root: await rootAt(db, signed), at: now.toISOString() },
      keys.signer,
    );
  if (same === undefined) await insertCheckpoint(db, signed, note);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, noteName(signed)), note, { flush: true });
  return note;
}

async function refuseRewritten({ db, keys }: CheckpointPlace, notes: readonly NamedNote[]): Promise<void> {
  const { checkpoints } = openNotes(notes, keys.verifiers, keys.origin);
  const last = checkpoints.toSorted((a, b) => b.size - a.size)[0];
  if (last === undefined) return;
  if (last.size <= (await getSize(db)) && (await rootAt(db, last.size)).equals(last.root)) return;
  throw new AppError(
    'audit-damaged',
    `l’audit non è più quello firmato il ${last.at} (${last.size} foglie): non si firma. Eseguire ./sipop audit verify`,
    `the audit is no longer the one signed on ${last.at} (${last.size} leaves): it is not signed. Run ./sipop audit verify`,
  );
}

/** Whether a note is of that size and signed with the present key. */
function isOf(note: string, size: number, keys: AuditKeys): boolean {
  const opened = openCheckpoint(note, [keys.signer.verifier]);
  return (
    opened.kind === 'signed' && opened.checkpoint.size === size && opened.checkpoint.origin === keys.origin
  );
}
