/** Clients of the HTTP bench, in a thread of their own: so many at once, one request after another on a kept connection. */
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

export interface ClientsJob {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clients: number;
  readonly seconds: number;
  /** Each is asked in turn, over and over. */
  readonly requests: readonly { readonly path: string; readonly body: string }[];
}

export interface ClientsDone {
  readonly milliseconds: readonly number[];
  readonly seconds: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

function post(agent: Agent, job: ClientsJob, path: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${job.base}${path}`,
      { method: 'POST', agent, headers: { ...job.headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run(job: ClientsJob): Promise<ClientsDone> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.clients });
  const milliseconds: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const until = began + job.seconds * 1000;
  let turn = 0;
  await Promise.all(
    Array.from({ length: job.clients }, async () => {
      while (performance.now() < until) {
        const asked = job.requests[turn++ % job.requests.length];
        if (asked === undefined) return;
        const from = performance.now();
        const status = await post(agent, job, asked.path, asked.body);
        milliseconds.push(performance.now() - from);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    }),
  );
  agent.destroy();
  return { milliseconds, seconds: (performance.now() - began) / 1000, statuses };
}

parentPort?.postMessage(await run(workerData as ClientsJob));
