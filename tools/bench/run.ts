/** Timed scenarios, each with a peer or a limit beside it (docs/bench.md). Never part of the tests. */
import { mkdirSync } from 'node:fs';
import { benchAsk } from './ask.ts';
import { benchAudit } from './audit.ts';
import { benchConstraints } from './constraints.ts';
import { benchEvents } from './events.ts';
import { benchHttp } from './http.ts';
import { benchLinkage } from './linkage.ts';
import { benchLoad } from './load.ts';
import { benchLookup, benchQuality } from './lookup.ts';
import { benchMapped } from './mapped.ts';
import { type BenchOptions, parseBenchOptions, USAGE } from './options.ts';
import { type Report, writeReport } from './report.ts';
import { benchSubentro } from './subentro.ts';
import { benchVerification } from './verification.ts';

const SCENARIOS: Readonly<Record<string, (options: BenchOptions) => Promise<Report>>> = {
  load: benchLoad,
  ask: benchAsk,
  events: benchEvents,
  subentro: benchSubentro,
  mapped: benchMapped,
  constraints: benchConstraints,
  audit: benchAudit,
  linkage: benchLinkage,
  http: benchHttp,
  lookup: benchLookup,
  quality: benchQuality,
  verification: benchVerification,
};

function understood(): BenchOptions | null {
  try {
    return parseBenchOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n`);
    return null;
  }
}

const options = understood();
const scenario = options === null ? undefined : SCENARIOS[options.scenario];
if (options === null || scenario === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  mkdirSync(options.folder, { recursive: true });
  writeReport(await scenario(options), options.json);
}
