/**
 * Clients of the HTTP bench, in a thread of their own: so many at once, one request after another on a kept connection. They share the processors
 * with what they measure, so they are bytes and sockets and no library: each request is laid out beforehand, and of an answer only its status and its
 * length are read.
 */
import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

export interface ClientsJob {
  readonly host: string;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly clients: number;
  readonly seconds: number;
  /** Each is asked in turn, over and over. */
  readonly requests: readonly { readonly path: string; readonly body: string }[];
}

export interface ClientsDone {
  readonly milliseconds: readonly number[];
  readonly seconds: number;
  /** Processor time of this thread. */
  readonly processor: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

function bytesOf(job: ClientsJob, path: string, body: string): Buffer {
  const headers = Object.entries({ host: `${job.host}:${job.port}`, ...job.headers });
  const lines = [...headers, ['content-length', String(Buffer.byteLength(body))]].map(
    ([n, v]) => `${n}: ${v}`,
  );
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;

/** The status of an answer that is there to its end; null while it is not. @throws Error where its length is not said */
function statusOf(answer: Buffer): number | null {
  const end = answer.indexOf(HEAD_END, 0, 'latin1');
  if (end < 0) return null;
  const head = answer.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without a length: ${head}`);
  if (answer.length < end + HEAD_END.length + Number(length)) return null;
  return Number(head.slice(STATUS_AT, STATUS_AT + 3));
}

/** One client: asks until the time is up. */
function ask(
  socket: Socket,
  next: () => Buffer | null,
  answered: (status: number, ms: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let from = 0;
    let held: Buffer | null = null;
    const send = (): void => {
      const bytes = next();
      if (bytes === null) {
        socket.destroy();
        resolve();
        return;
      }
      from = performance.now();
      socket.write(bytes);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the server hung up')));
    socket.on('data', (chunk) => {
      held = held === null ? chunk : Buffer.concat([held, chunk]);
      const status = statusOf(held);
      if (status === null) return;
      held = null;
      answered(status, performance.now() - from);
      send();
    });
    socket.on('connect', send);
  });
}

async function run(job: ClientsJob): Promise<ClientsDone> {
  const requests = job.requests.map(({ path, body }) => bytesOf(job, path, body));
  const milliseconds: number[] = [];
  const statuses: Record<string, number> = {};
  const processor = process.threadCpuUsage();
  const began = performance.now();
  const until = began + job.seconds * 1000;
  let turn = 0;
  await Promise.all(
    Array.from({ length: job.clients }, () =>
      ask(
        connect(job.port, job.host),
        () => (performance.now() < until ? requests[turn++ % requests.length]! : null),
        (status, ms) => {
          milliseconds.push(ms);
          statuses[status] = (statuses[status] ?? 0) + 1;
        },
      ),
    ),
  );
  const { user, system } = process.threadCpuUsage(processor);
  return {
    milliseconds,
    seconds: (performance.now() - began) / 1000,
    processor: (user + system) / 1e6,
    statuses,
  };
}

parentPort?.postMessage(await run(workerData as ClientsJob));
