/**
 * Operations in the national form, one file or a ZIP of many: each is read whole, told as events in the register's own
 * transaction, and answered (docs/adr/0016-anpr-operations.md). One that cannot be read, or does not apply, is answered too.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../../kernel/app-error.ts';
import { type Day, romeDay } from '../../../../kernel/day.ts';
import type { Finding } from '../../../../kernel/findings.ts';
import type { Database } from '../../../../platform/db/pool.ts';
import { clearStale } from '../../../../platform/files/work-folders.ts';
import type { Reference } from '../../../../reference/load-reference.ts';
import {
  type OperationReceipt,
  type OutOfTurn,
  writeOperation,
} from '../../../../registry/events/operation.service.ts';
import type { Receipt } from '../../../../registry/supplies/supply-record.ts';
import { LIMITS, type Limits, unpackArchive } from '../../archive/archive.ts';
import { type Arrival, arriveNow } from '../../arrival.ts';
import { rereadEvent } from '../../events/event-form.ts';
import { describeFault } from '../../messages/describe-fault.ts';
import { finding } from '../../messages/messages.ts';
import { answerOf } from './answer.ts';
import { checkHead, type Head, NO_HEAD, readHead, registrationDay } from './head.ts';
import type { OperationKind } from './kinds.ts';
import { MAX_REQUEST_BYTES, type ReadRequest, readRequest, requestName } from './request.ts';
import { tellAsEvents, unknownParts } from './tell.ts';

export interface OperationRules {
  /** What requests are judged by. */
  readonly reference: Reference;
  /** The comuni the sender may send for; null or absent: any. */
  readonly allowedComuni?: readonly string[] | null;
}

/** An operation taken, with its answer. */
export interface OperationResult {
  /** Name of the request; of one in a ZIP, its own. */
  readonly file: string;
  /** 5008; null of what was no request. */
  readonly kind: OperationKind | null;
  readonly idOperazione: string;
  readonly comune: string;
  readonly receipt: Receipt;
  /** In the order in which they were found; none of an operation that is answered again. */
  readonly findings: readonly Finding[];
  /** Events applied. */
  readonly events: number;
  /** The document of the answer. */
  readonly answer: string;
}

/** A request read, or what stands in its place. */
interface Taken {
  readonly request: ReadRequest;
  readonly head: Head;
  readonly sha256: string;
  /** Why nothing was read. */
  readonly unsafe: readonly Finding[];
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Of a file of any size, as it was sent. */
async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The bytes of a file, or none where there are more than a request has. */
async function bytesOf(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return size > MAX_REQUEST_BYTES ? null : await file.readFile();
  } finally {
    await file.close();
  }
}

const TOO_LARGE = {
  kind: null,
  element: '',
  why: [
    `supera ${MAX_REQUEST_BYTES / 1024 ** 2} MiB: non è una richiesta sola`,
    `it is over ${MAX_REQUEST_BYTES / 1024 ** 2} MiB: it is not one request`,
  ],
} as const;

async function readFrom(path: string): Promise<Taken> {
  const bytes = await bytesOf(path);
  const request = bytes === null ? TOO_LARGE : readRequest(bytes);
  return {
    request,
    head: request.kind === null ? NO_HEAD : readHead(request.root),
    sha256: bytes === null ? await hashOfFile(path) : hashOf(bytes),
    unsafe: [],
  };
}

/**
 * Takes one request.
 * @throws what is no fault of the request: a database out of reach, a full disk, a defect
 */
export function takeOperation(
  db: Database,
  path: string,
  arrival: Arrival,
  rules: OperationRules,
): Promise<OperationResult> {
  return readFrom(path).then((taken) => take(db, path, taken, arrival, rules, basename(path)));
}

async function take(
  db: Database,
  path: string,
  taken: Taken,
  arrival: Arrival,
  rules: OperationRules,
  fileName: string,
): Promise<OperationResult> {
  const { request, head, sha256 } = taken;
  const { reference } = rules;
  const now = arrival.now();
  const { kind } = request;
  const registered = registrationDay(head);
  const comune =
    registered !== null && reference.comuneOn(head.codMittente, registered) !== null ? head.codMittente : '';
  const supplyId = await arrival.supplyId();
  await arrival.beforeWrite();
  const receipt: OperationReceipt = await writeOperation(
    db,
    {
      supply: {
        door: 'OPERAZIONI',
        fileName,
        sha256,
        comune,
        progressivo: 0,
        tipo: 'OPERAZIONE',
        esito: 'ACCETTATA',
        situazioneAl: registered,
        generata: registered === null ? null : head.dataOraRichiesta,
        softwareNome: head.nomeApplicativo || null,
        softwareVersione: head.versioneApplicativo || null,
        assenti: null,
        confirmed: false,
        lette: {},
        applicate: {},
        scartate: {},
        segnalate: {},
        operation: { kind: kind ?? '', id: head.idOperazioneComune },
      },
      supplyId,
      manifest: kind === null ? null : { richiesta: requestName(kind), testata: head },
      archive: path,
      findings: ofItself(taken, rules, romeDay(now), fileName),
      describe: describeFault,
      reread: (raw, riga) => rereadEvent(raw, riga, { situazioneAl: registered ?? romeDay(now), reference }),
      outOfTurn: (why, last) => outOfTurn(why, head, last),
      tell: (view) =>
        request.kind === null
          ? Promise.resolve({ lines: [], findings: [] })
          : tellAsEvents(view, { kind: request.kind, root: request.root, head }, reference),
      answer: (outcome) => answerOf({ kind, head, receivedAt: now }, outcome),
    },
    now,
  );
  const { ricevuta, esito, repeated, events, answer } = receipt;
  return {
    file: fileName,
    kind,
    idOperazione: head.idOperazioneComune,
    comune,
    receipt: { ricevuta, esito, repeated },
    findings: receipt.findings,
    events,
    answer,
  };
}

/** What a request says of itself, before anything of the register is asked. */
function ofItself(
  { request, head, unsafe }: Taken,
  { reference, allowedComuni }: OperationRules,
  today: Day,
  file: string,
): readonly Finding[] {
  if (unsafe.length > 0) return unsafe;
  if (request.kind === null) return [finding('EN489', { file, campo: request.element, perche: request.why })];
  const allowed = allowedComuni == null ? null : new Set(allowedComuni);
  return [
    ...checkHead(head, { kind: request.kind, today, allowedComuni: allowed, reference }),
    ...unknownParts(request.kind, request.root),
  ];
}

/** Why an operation has not its turn. */
function outOfTurn(why: OutOfTurn, head: Head, last: string): Finding {
  if (why === 'before-population')
    return finding('SIP-006', { campo: 'tipo', valore: head.operazioneRichiesta });
  const where = { campo: 'idOperazioneComune', valore: head.idOperazioneComune, altro: last };
  return finding(why === 'other-bytes' ? 'SIP-005' : 'SIP-006', where);
}

/** A ZIP of operations holds many small files, where a supply holds few large ones. */
const ZIP_LIMITS: Limits = { ...LIMITS, entries: 10_000, unpackedBytes: 1024 ** 3 };
const ZIP = Buffer.from('504b', 'hex');

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.equals(ZIP);
  } finally {
    await file.close();
  }
}

/** A request that waits for its turn: where its bytes are, what it is called, and its number. */
interface Waiting {
  readonly path: string;
  readonly name: string;
  readonly order: bigint | null;
  readonly unsafe: readonly Finding[];
}

const NUMBER = /^\d{1,30}$/;

async function waitingIn(path: string, name: string): Promise<Waiting> {
  const { head } = await readFrom(path);
  const id = head.idOperazioneComune;
  return { path, name, order: NUMBER.test(id) ? BigInt(id) : null, unsafe: [] };
}

async function* requestsOf(paths: readonly string[], folder: string): AsyncGenerator<Waiting> {
  for (const [i, path] of paths.entries()) {
    if (!(await isZip(path))) {
      yield await waitingIn(path, basename(path));
      continue;
    }
    const unpacked = await unpackArchive(path, join(folder, String(i)), ZIP_LIMITS);
    if (unpacked.refusals.length > 0)
      yield { path, name: basename(path), order: null, unsafe: unpacked.refusals };
    for (const file of unpacked.files.values()) yield await waitingIn(file.path, file.name);
  }
}

/**
 * The requests in the order of their numbers, which grow (tipoDato.xsd, idOperazioneComune): names of files may sort otherwise.
 * One without a number keeps its place.
 */
function inOrder(requests: readonly Waiting[]): Waiting[] {
  const numbered = requests
    .filter((r) => r.order !== null)
    .sort((a, b) => (a.order! < b.order! ? -1 : a.order! > b.order! ? 1 : 0));
  let next = 0;
  return requests.map((r) => (r.order === null ? r : numbered[next++]!));
}

export interface TakeOptions extends OperationRules {
  readonly workFolder: string;
  readonly now: () => Date;
  /** Told each result as it comes. */
  readonly onResult?: (result: OperationResult) => Promise<void> | void;
}

/** A request that could not be answered, through no fault of its own. */
interface Defect {
  readonly name: string;
  readonly error: unknown;
}

function unanswered(defects: readonly Defect[]): AggregateError {
  const names = defects.map(({ name }) => name).join(', ');
  return new AggregateError(
    defects.map(({ error }) => error),
    `non registrate, per un difetto del programma: ${names}; inviarle di nuovo, con un numero nuovo se ne sono state accettate di successive / not registered, because of a defect of the program: ${names}; send them again, under a new number where later ones were accepted`,
    { cause: defects[0]!.error },
  );
}

async function takeWaiting(
  db: Database,
  { path, name, unsafe }: Omit<Waiting, 'order'>,
  options: TakeOptions,
): Promise<OperationResult> {
  const arrival = arriveNow(db, options.now, false);
  const taken = await (unsafe.length === 0 ? readFrom(path) : unread(path, unsafe));
  return take(db, path, taken, arrival, options, name);
}

/**
 * Takes requests that come now, those of a ZIP among them.
 * @returns one result for each request, in the order in which they were taken
 * @throws AppError where the register is out of reach; AggregateError, once all the others are answered, where some met a defect
 */
export async function takeOperations(
  db: Database,
  paths: readonly string[],
  options: TakeOptions,
): Promise<OperationResult[]> {
  await clearStale(options.workFolder);
  const folder = await mkdtemp(join(options.workFolder, `${process.pid}-`));
  try {
    const requests: Waiting[] = [];
    for await (const request of requestsOf(paths, folder)) requests.push(request);
    const results: OperationResult[] = [];
    const defects: Defect[] = [];
    for (const { path, name, unsafe } of inOrder(requests)) {
      const result = await takeWaiting(db, { path, name, unsafe }, options).catch((error: unknown) => {
        // What was said to be out of reach is so for those that follow too; a defect is of its request alone.
        if (error instanceof AppError) throw error;
        defects.push({ name, error });
        return null;
      });
      if (result === null) continue;
      results.push(result);
      await options.onResult?.(result);
    }
    if (defects.length > 0) throw unanswered(defects);
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const unread = async (path: string, unsafe: readonly Finding[]): Promise<Taken> => ({
  request: { kind: null, element: '', why: ['', ''] },
  head: NO_HEAD,
  sha256: await hashOfFile(path),
  unsafe,
});
