/** `sipop serve`: the HTTP server, until it is told to stop. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { findRenewals } from '../access/accounts/renewal.service.ts';
import { keepCheckpoints } from '../access/audit/checkpoint-schedule.ts';
import { interoperabilityOf, readPlatformFile } from '../access/guard/systems.ts';
import { BY_ITSELF, keepRetention } from '../access/retention/retention.service.ts';
import { AppError } from '../kernel/app-error.ts';
import { openSigningKeys } from '../platform/crypto/signing-keys.ts';
import { errorCode } from '../platform/db/errors.ts';
import type { HttpMetrics } from '../platform/http/metrics.ts';
import { createHttpServer, type HttpOptions } from '../platform/http/server.ts';
import { loadReference } from '../reference/load-reference.ts';
import { type BatchWorker, startBatchWorker } from '../services/verification/batches/batch-worker.ts';
import { renewalsWaiting } from './access-renew.command.ts';
import {
  authoritiesOf,
  certificateProxyOf,
  type ReadSettings,
  readAccessSettings,
  sessionContext,
} from './access-settings.ts';
import { openAudit } from './audit-context.ts';
import { batchContext } from './batch-context.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { apiDocument, httpRoutes } from './http.ts';
import { type IntakeChild, startIntake } from './intake-child.ts';
import { parseOptions, usageError } from './options.ts';
import { retentionContext } from './retention.ts';
import { builtPages } from './web-build.ts';

const DEFAULT_PORT = 8443;
const DEFAULT_METRICS_PORT = 9464;
/** Connections to the database: two cores answer no more at once, and a queue costs less than a context switch. */
const POOL_SIZE = 8;
/** How long running requests may go on once told to stop, in milliseconds. */
const GRACE = 10_000;
/** Milliseconds after which what was logged is written. */
const LOG_MS = 1_000;
const SPEC = {
  values: ['host', 'port', 'cert', 'key', 'proxy', 'metrics-port', 'requests-per-minute'],
  switches: ['no-pages'],
  without: ['al', 'noto-al'],
} as const;

type Options = ReturnType<typeof parseOptions>;

function portOption(options: Options, name: string, otherwise: number): number {
  const text = options.value(name);
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw usageError('serve', `--${name} è un numero da 0 a 65535`, `--${name} is a number from 0 to 65535`);
}

function tlsOption(options: Options): HttpOptions['tls'] {
  const [cert, key] = [options.value('cert'), options.value('key')];
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined)
    throw usageError('serve', '--cert e --key vanno insieme', '--cert and --key go together');
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

function rateOption(options: Options): number {
  const rate = Number(options.value('requests-per-minute') ?? 600);
  if (Number.isInteger(rate) && rate > 0) return rate;
  throw usageError(
    'serve',
    '--requests-per-minute è un numero intero, almeno 1',
    '--requests-per-minute is a whole number, 1 at least',
  );
}

export async function serveCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('serve', context.args, SPEC);
  const [host, tls] = [options.value('host') ?? '127.0.0.1', tlsOption(options)];
  const settings = {
    tls,
    proxies: (options.value('proxy') ?? '').split(',').filter((proxy) => proxy !== ''),
    requestsPerMinute: rateOption(options),
    bodyLimit: 1_048_576,
    maxDelay: 1_000,
  };
  const [port, metricsPort] = [
    portOption(options, 'port', DEFAULT_PORT),
    portOption(options, 'metrics-port', DEFAULT_METRICS_PORT),
  ];
  refuseBareNetwork(host, settings);
  const version: string = JSON.parse(readFileSync(join(context.root, 'package.json'), 'utf8')).version;
  const app = await openContext(context, { poolSize: POOL_SIZE });
  let intake: IntakeChild | null = null;
  let stopCheckpoints = (): void => undefined;
  try {
    const audit = await openAudit(app);
    let worker: BatchWorker | null = null;
    let stopRetention = async (): Promise<void> => undefined;
    try {
      const access = readAccessSettings(app.config.accessSettings);
      const sessions = sessionContext(app, access);
      const receipts = {
        keys: await openSigningKeys(app.config.receiptKeys),
        checkAt: `${app.config.publicUrl}/ricevute`,
      };
      const lines = logLines();
      const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, lines);
      intake = startIntake(context.root, context.env, logger);
      const work = await batchContext(app, audit);
      const batches = startBatchWorker(work, (error) => logger.error({ err: error }, 'batch failed'));
      worker = batches;
      stopCheckpoints = keepCheckpoints(audit.place, app.now, (err) => logger.error({ err }, 'checkpoint'));
      const kept = retentionContext(app.db, audit, app.dataFolder, BY_ITSELF);
      stopRetention = keepRetention(kept, (err) => logger.error({ err }, 'retention'));
      const routes = httpRoutes({
        db: app.db,
        now: app.now,
        version,
        audit: audit.audit,
        place: audit.place,
        interoperability:
          app.config.pdnd === null
            ? null
            : await interoperabilityOf(app.db, readPlatformFile(app.config.pdnd)),
        sessions,
        receipts,
        batches,
        reference: () => loadReference({ dataFolder: app.dataFolder }),
        uploads: join(app.dataFolder, 'uploads'),
        wake: intake.wake,
      });
      const pages = options.has('no-pages')
        ? null
        : await builtPages(context.root, () =>
            context.out.write('costruisco le pagine (una volta) / building the pages (once) …\n'),
          );
      const server = await createHttpServer({
        ...settings,
        tls: await askingCertificates(tls, access),
        certificateProxy: certificateProxyOf(access),
        logger,
        routes,
        pages,
      });
      const document = apiDocument(version, app.config.contact, [`https://${host}:${port}`]);
      server.app.get('/openapi.json', async () => document);
      const told = untilTold();
      const address = await listening('--port', port, server.listen(host, port));
      const figures = await listening(
        '--metrics-port',
        metricsPort,
        serveMetrics(server.metrics, metricsPort),
      ).catch(async (error: unknown) => {
        await server.stop(GRACE);
        throw error;
      });
      context.out.write(
        `in ascolto su / listening at ${address} (metriche / metrics: ${figures.address}); Ctrl-C per fermare / to stop\n`,
      );
      context.out.write(renewalsWaiting(await findRenewals(app.db)));
      await told;
      context.out.write(
        'in arresto: termino le richieste in corso / stopping: ending the running requests\n',
      );
      await Promise.all([server.stop(GRACE), figures.stop()]);
      return 0;
    } finally {
      stopCheckpoints();
      await stopRetention();
      await worker?.stop();
      await audit.close();
    }
  } finally {
    await intake?.stop();
    await app.close();
  }
}

/** Our own TLS asks callers for certificates where there are authorities whose cards are taken. @throws AppError usage, also where a list is missing */
async function askingCertificates(
  tls: HttpOptions['tls'],
  access: ReadSettings,
): Promise<HttpOptions['tls']> {
  if (access.certificates === null) return tls;
  const { pem } = await authoritiesOf(access);
  return tls === null ? null : { ...tls, clientAuthorities: pem };
}

/** The log, a block at a time: a write for each line would cost a request a twentieth of its time. Nothing waits longer than a second. */
function logLines(): ReturnType<typeof pino.destination> {
  const lines = pino.destination({ dest: 2, sync: false, minLength: 4096 });
  setInterval(() => lines.flush(), LOG_MS).unref();
  process.once('exit', () => lines.flushSync());
  return lines;
}

/** Without TLS only this machine, or a trusted proxy that ends it, may speak to the server (security.md 17). */
function refuseBareNetwork(host: string, { tls, proxies }: Pick<HttpOptions, 'tls' | 'proxies'>): void {
  if (tls !== null || proxies.length > 0 || ['127.0.0.1', '::1', 'localhost'].includes(host)) return;
  throw new AppError(
    'usage',
    `serve: su ${host} serve TLS: indicare --cert e --key, o --proxy con gli indirizzi del proxy che lo termina`,
    `serve: on ${host} TLS is needed: give --cert and --key, or --proxy with the addresses of the proxy that ends it`,
  );
}

/** Says which port cannot be had, and what to do. */
async function listening<T>(option: string, port: number, bound: Promise<T>): Promise<T> {
  try {
    return await bound;
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new AppError(
      'usage',
      `serve: la porta ${port} è già in uso o non è permessa: indicarne un’altra con ${option}`,
      `serve: port ${port} is in use or not allowed: give another with ${option}`,
      error,
    );
  }
}

function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

/** Figures go to this machine alone: they say nothing of persons, but of nobody's business either. */
async function serveMetrics(metrics: HttpMetrics, port: number) {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      ({ type, text }) => response.writeHead(200, { 'Content-Type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const shown = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    address: `http://127.0.0.1:${shown}/metrics`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
