/** A checking thread: takes one supply at a time, checks it, and lays its rows out into COPY files. No database here. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadReference } from '../../reference/load-reference.ts';
import { ToldCopy } from '../../registry/realignment/told-copy.ts';
import { SupplyCopy } from '../../registry/supplies/supply-copy.ts';
import type { SupplyNumbers } from '../../registry/supplies/supply-record.ts';
import type { OpenedCounts } from './check-contract.ts';
import { checkSupply } from './check-supply.ts';
import { supplyNamed } from './delivery.ts';
import { EventCollector } from './events/event-collector.ts';
import { failureOf } from './worker-failure.ts';
import type { CheckJob, FromWorker, ThreadData, ToWorker } from './worker-messages.ts';

const port = parentPort!;
/** The same for all supplies of one load. */
const reference = loadReference(workerData as ThreadData);
const say = (message: FromWorker): void => port.postMessage(message);
/** At most so many progress messages a second: each costs the loader a turn. */
const PROGRESS_MS = 100;

let numbersArrive: (numbers: SupplyNumbers) => void = () => undefined;

async function check(job: CheckJob): Promise<void> {
  // After the first supply of a comune a full one is compared with what is held (tracciato.md 1, "realigns").
  const Sink = job.position === null ? SupplyCopy : ToldCopy;
  const copy = new Sink(job.folder, job.comune, job.supplyId);
  const events = new EventCollector();
  // A name of the one kind with content of the other is refused on opening (SIP-002).
  const sink = supplyNamed(job.fileName, job.declared).tipo === 'VARIAZIONI' ? events : copy;
  let last = 0;
  try {
    const supply = await checkSupply(
      {
        archive: job.archive,
        fileName: job.fileName,
        door: job.door,
        declared: job.declared,
        folder: job.folder,
        position: job.position,
        allowedComuni: job.allowedComuni === null ? null : new Set(job.allowedComuni),
        today: job.today,
        reference,
        confirmTooMuch: job.confirmTooMuch,
        onOpened: async (counts: OpenedCounts) => {
          const arrived = new Promise<SupplyNumbers>((resolve) => {
            numbersArrive = resolve;
          });
          say({ kind: 'opened', counts });
          copy.number(await arrived, counts.famiglie);
        },
        onProgress: (done, total) => {
          const now = Date.now();
          if (now - last < PROGRESS_MS && done < total) return;
          last = now;
          say({ kind: 'progress', done, total });
        },
      },
      sink,
    );
    say({ kind: 'checked', supply, files: copy.close(), lines: events.lines, findings: events.findings });
  } catch (error) {
    try {
      copy.close();
    } catch {
      // The disk that refused the rows refuses the rest too; the first error is the one to tell.
    }
    say({ kind: 'failed', failure: failureOf(error, job.folder) });
  }
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'check') void check(message.job);
  else numbersArrive(message.numbers);
});
