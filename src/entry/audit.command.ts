/** `sipop audit …`: the proof of every look (security.md, controls 25 to 31). Whoever uses it leaves a leaf too. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getSize } from '../access/audit/audit.sql.ts';
import { findAuditKeys, rotateAuditKeys } from '../access/audit/audit-keys.ts';
import { parseVerifier, type Verifier, verifierText } from '../access/audit/checkpoint.ts';
import {
  keptNotes,
  makeCheckpoint,
  type NamedNote,
  openNotes,
  readNotes,
} from '../access/audit/checkpoint-log.ts';
import { exportAudit, type PreparedExport, verifyExport } from '../access/audit/export.ts';
import { proveConsistency, proveInclusion, rootAt } from '../access/audit/kept-tree.ts';
import { verifyConsistency, verifyInclusion } from '../access/audit/merkle.ts';
import { verifyStored, withStoredAudit } from '../access/audit/verify.service.ts';
import { AppError } from '../kernel/app-error.ts';
import { about, json, onAudit, recorded } from './audit-context.ts';
import { checkText } from './audit-report.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { type AskOptions, parseOptions, usageError } from './options.ts';

const WITHOUT = ['al', 'noto-al'] as const;

/** Notes of files, or of all the notes in a folder. */
function witnessedNotes(paths: readonly string[]): NamedNote[] {
  return paths.flatMap((path) =>
    statSync(path).isDirectory() ? readNotes(path) : [{ from: path, note: readFileSync(path, 'utf8') }],
  );
}

/** A public key, or a file of them. */
function verifiersOption(options: AskOptions): Verifier[] | null {
  const text = options.value('chiave');
  if (text === undefined) return null;
  const one = parseVerifier(text);
  if (one !== null) return [one];
  const found = readFileSync(text, 'utf8')
    .split('\n')
    .map(parseVerifier)
    .filter((verifier) => verifier !== null);
  if (found.length > 0) return found;
  throw usageError(
    'audit verify',
    `«${text}» non è una chiave pubblica né un file che ne contenga (./sipop audit keys)`,
    `"${text}" is neither a public key nor a file that holds one (./sipop audit keys)`,
  );
}

export async function verifyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit verify', context.args, {
    values: ['export', 'chiave'],
    without: WITHOUT,
  });
  const witnessed = witnessedNotes(options.words);
  const folder = options.value('export');
  return folder === undefined
    ? verifyDatabase(context, options, witnessed)
    : verifyFolder(context, options, resolve(folder), witnessed);
}

async function verifyDatabase(
  context: CommandContext,
  options: AskOptions,
  witnessed: readonly NamedNote[],
): Promise<number> {
  return onAudit(context, async (app, audit) => {
    const { keys, place } = audit;
    const began = performance.now();
    const known = [...keys.verifiers, ...(verifiersOption(options) ?? [])];
    const notes = openNotes([...(await keptNotes(place)), ...witnessed], known, keys.origin);
    const { answer: report } = await recorded(audit, 'auditVerify', 'administered', async () => {
      const found = await verifyStored(app.db, keys.sealers, notes.checkpoints);
      return about(found, found.leaves);
    });
    const forged = notes.unusable.filter(({ kind }) => kind === 'forged');
    const intact = report.faults.length === 0 && forged.length === 0;
    const seconds = (performance.now() - began) / 1000;
    context.out.write(
      options.json
        ? json({
            integro: intact,
            ...report,
            root: report.root.toString('base64'),
            note_inutilizzabili: notes.unusable,
            secondi: seconds,
          })
        : checkText(report, notes.unusable, seconds),
    );
    return intact ? 0 : 1;
  });
}

/** Offline: no database is opened. The secret is used where this machine has it. */
async function verifyFolder(
  context: CommandContext,
  options: AskOptions,
  folder: string,
  witnessed: readonly NamedNote[],
): Promise<number> {
  const began = performance.now();
  const own = findAuditKeys(readConfig(context.env, context.root).auditKeys);
  const given = verifiersOption(options);
  const report = await verifyExport({
    folder,
    origin: own === null || given !== null ? null : own.origin,
    verifiers: given ?? own?.verifiers ?? null,
    sealers: given === null ? (own?.sealers ?? null) : null,
    witnessed,
  });
  const { notes, malformed } = report;
  const intact =
    report.faults.length === 0 &&
    malformed.length === 0 &&
    notes.checkpoints.length > 0 &&
    notes.unusable.every(({ kind }) => kind !== 'forged');
  const seconds = (performance.now() - began) / 1000;
  if (options.json)
    context.out.write(
      json({
        integro: intact,
        ...report,
        root: report.root.toString('base64'),
        notes: undefined,
        note_inutilizzabili: notes.unusable,
        secondi: seconds,
      }),
    );
  else {
    context.out.write(checkText(report, notes.unusable, seconds));
    if (malformed.length > 0)
      context.out.write(`Righe che non sono foglie / lines that are no leaves: ${malformed.join(', ')}\n`);
    if (notes.checkpoints.length === 0)
      context.out.write(
        'Nessun checkpoint con firma riconosciuta: nulla è provato / no checkpoint with a known signature: nothing is proved\n',
      );
    if (own === null && given === null)
      context.out.write(
        'Chiavi prese dall’export stesso: confrontarle con quelle avute a suo tempo / keys taken from the export itself: compare them with those received in time\n',
      );
  }
  return intact ? 0 : 1;
}

export async function proveCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit prove', context.args, { values: ['size'], without: WITHOUT });
  const number = (text: string | undefined): number =>
    text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  const index = number(options.words[0]);
  if (Number.isNaN(index) || options.words.length > 1)
    throw usageError('audit prove', 'indicare il numero della foglia', 'give the number of the leaf');
  return onAudit(context, async (app, audit) => {
    const { answer: proof } = await recorded(audit, 'auditProve', 'consulted', async () => {
      const asked = options.value('size');
      const size = asked === undefined ? await getSize(app.db) : number(asked);
      const there = index < size && size <= (await getSize(app.db));
      const proven = there ? await proveInclusion(app.db, index, size) : null;
      if (proven === null)
        throw new AppError(
          'not-found',
          `l’audit non ha la foglia ${index}${asked === undefined ? '' : ` tra le prime ${asked}`}`,
          `the audit has no leaf ${index}${asked === undefined ? '' : ` among the first ${asked}`}`,
        );
      const holds = verifyInclusion({ index, size, ...proven, leaf: proven.leaf.hash });
      return about({ ...proven, size, holds }, 1);
    });
    const base64 = (bytes: Buffer): string => bytes.toString('base64');
    const answer = {
      foglia: index,
      contenuto: JSON.parse(proof.leaf.body),
      hash: base64(proof.leaf.hash),
      dimensione: proof.size,
      radice: base64(proof.root),
      prova: proof.proof.map(base64),
      valida: proof.holds,
    };
    context.out.write(json(answer));
    return proof.holds ? 0 : 1;
  });
}

/** That the tree of now, or of N leaves, begins with an earlier one: what a witness asks between two of its notes. */
export async function consistencyCommand(context: CommandContext): Promise<number> {
  const command = 'audit consistency';
  const options = parseOptions(command, context.args, { without: WITHOUT });
  const [first, second] = options.words.map((text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0));
  if (!first || second === 0 || options.words.length > 2)
    throw usageError(
      command,
      'indicare quante foglie aveva il primo checkpoint, e se non è l’audit di adesso quante il secondo',
      'give how many leaves the first checkpoint had and, where it is not the audit of now, how many the second',
    );
  return onAudit(context, async (app, audit) => {
    const { answer: proof } = await recorded(audit, 'auditProve', 'administered', async () => {
      const size = await getSize(app.db);
      const to = second ?? size;
      if (first > to || to > size)
        throw new AppError(
          'not-found',
          `l’audit ha ${size} foglie: non ne ha avute ${first} e poi ${to}`,
          `the audit has ${size} leaves: it never had ${first} and then ${to}`,
        );
      const [firstRoot, secondRoot] = [await rootAt(app.db, first), await rootAt(app.db, to)];
      const path = await proveConsistency(app.db, first, to);
      const holds = verifyConsistency({ first, second: to, firstRoot, secondRoot, proof: path });
      return about({ to, firstRoot, secondRoot, path, holds }, 0);
    });
    context.out.write(
      json({
        prima: { foglie: first, radice: proof.firstRoot.toString('base64') },
        dopo: { foglie: proof.to, radice: proof.secondRoot.toString('base64') },
        prova: proof.path.map((hash) => hash.toString('base64')),
        valida: proof.holds,
      }),
    );
    return proof.holds ? 0 : 1;
  });
}

export async function checkpointCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit checkpoint', context.args, { values: ['out'], without: WITHOUT });
  return onAudit(context, async (app, audit) => {
    const { answer: note } = await recorded(audit, 'auditCheckpoint', 'administered', async () =>
      about(await makeCheckpoint(audit.place, app.now()), 1),
    );
    const out = options.value('out');
    if (out !== undefined) writeFileSync(resolve(out), note, { flush: true });
    context.out.write(
      options.json ? json({ checkpoint: note, file: out ?? null }) : out === undefined ? note : `${out}\n`,
    );
    return 0;
  });
}

export async function exportCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit export', context.args, { values: ['out'], without: WITHOUT });
  const out = options.value('out');
  if (out === undefined)
    throw usageError(
      'audit export',
      'indicare con --out una cartella che non esiste ancora',
      'name a folder that does not exist yet with --out',
    );
  return onAudit(context, async (app, audit) => {
    let prepared: PreparedExport | undefined;
    try {
      const { answer: leaves } = await recorded(audit, 'auditExport', 'delivered', async () => {
        // The signed checkpoint and the leaves are of one moment: nothing is signed that the export lacks, nor the reverse.
        const size = await withStoredAudit(app.db, async (stored) => {
          await makeCheckpoint(audit.place, app.now(), stored.size);
          const notes = (await keptNotes(audit.place)).filter(
            ({ note }) => Number(note.split('\n')[1]) <= stored.size,
          );
          prepared = await exportAudit(stored, notes, audit.keys.verifiers, resolve(out));
          return stored.size;
        });
        return about(size, size);
      });
      prepared?.publish();
      context.out.write(
        options.json ? json({ cartella: out, foglie: leaves }) : `${out}: ${leaves} foglie / leaves\n`,
      );
      return 0;
    } finally {
      prepared?.discard();
    }
  });
}

export async function keysCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit keys', context.args, { switches: ['rotate'], without: WITHOUT });
  return onAudit(context, async (app, audit) => {
    const { answer: verifiers } = await recorded(
      audit,
      options.has('rotate') ? 'auditKeysRotate' : 'auditKeys',
      'administered',
      async () => {
        const keys = options.has('rotate') ? rotateAuditKeys(app.config.auditKeys) : audit.keys;
        return about(keys.verifiers.map(verifierText), keys.verifiers.length);
      },
    );
    context.out.write(
      options.json ? json({ chiavi: verifiers, file: app.config.auditKeys }) : `${verifiers.join('\n')}\n`,
    );
    return 0;
  });
}
