/** `sipop registry replay`: rebuild the register beside itself and compare; the drill after a disaster. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RowDifference, TableComparison } from '../platform/db/compare-tables.ts';
import { loadReference } from '../reference/load-reference.ts';
import { type ReplayEvent, type ReplayReport, replayRegister } from '../services/intake/replay.service.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { table } from './table.ts';

const thousands = (n: number): string => n.toLocaleString('it-IT');
/** Values in a report are told up to here: an archive is a megabyte. */
const CUT = 60;
const LOG_MS = 5000;
const REDRAW_MS = 120;

/** Supplies done of total with rate and time left: one line drawn again on a terminal, one now and then elsewhere. */
class ReplayProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #began = performance.now();
  #last = 0;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  readonly take = (event: ReplayEvent): void => {
    const now = performance.now();
    const last = event.kind === 'supply' && event.progress.done === event.progress.total;
    if (!last && now - this.#last < (this.#out.isTTY ? REDRAW_MS : LOG_MS)) return;
    this.#last = now;
    const line = event.kind === 'supply' ? this.#supplies(event.progress, now) : tables(event);
    this.#out.write(this.#out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  };

  #supplies(progress: Extract<ReplayEvent, { kind: 'supply' }>['progress'], now: number): string {
    const seconds = (now - this.#began) / 1000;
    const left = progress.rows === 0 ? 0 : (seconds / progress.rows) * (progress.allRows - progress.rows);
    return [
      `${progress.done}/${progress.total} forniture / supplies`,
      `${thousands(Math.round(progress.rows / seconds))} righe/s (rows/s)`,
      `ancora / left ${Math.ceil(left)} s`,
    ].join(', ');
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }
}

const tables = (event: Extract<ReplayEvent, { kind: 'table' }>): string =>
  `confronto / comparing ${event.table} (${event.done + 1}/${event.total})`;

const isEqual = (t: TableComparison): boolean => t.firstOnly === 0 && t.secondOnly === 0;

function shown(value: string | null): string {
  if (value === null) return 'niente / nothing';
  return value.length <= CUT ? `«${value}»` : `«${value.slice(0, CUT)}…» (${value.length})`;
}

function differenceLines(difference: RowDifference): string {
  if (difference.kind === 'first-only')
    return `  nel registro, non nella ricostruzione / in the register, not in the replay: ${difference.key}\n`;
  if (difference.kind === 'second-only')
    return `  nella ricostruzione, non nel registro / in the replay, not in the register: ${difference.key}\n`;
  const columns = difference.columns.map(
    ({ column, first, second }) =>
      `    ${column}: nel registro / in the register ${shown(first)}, ricostruito / replayed ${shown(second)}\n`,
  );
  return `  riga diversa / row differs: ${difference.key}\n${columns.join('')}`;
}

function tableLines(t: TableComparison): string {
  const more = t.complete ? '' : 'almeno / at least ';
  return [
    `\n${t.table}: ${more}${thousands(t.firstOnly)} righe del registro senza uguale nella ricostruzione, ${more}${thousands(t.secondOnly)} viceversa / rows of the register without an equal in the replay, and the other way round\n`,
    ...t.differences.map(differenceLines),
    t.differences.length < Math.max(t.firstOnly, t.secondOnly) ? '  …\n' : '',
  ].join('');
}

/** The report as an administrator reads it. */
export function replayText(
  report: ReplayReport,
  seconds: number,
  target: { readonly isTTY?: boolean },
): string {
  const parts = [
    table(
      report.tables,
      [
        { title: 'tabella / table', text: (t) => t.table },
        { title: 'registro / register', text: (t) => thousands(t.first), right: true },
        { title: 'ricostruite / replayed', text: (t) => thousands(t.second), right: true },
        { title: 'esito / outcome', text: (t) => (isEqual(t) ? 'uguale / equal' : 'DIVERSA / DIFFERENT') },
      ],
      target,
    ),
    ...report.otherwise.map((o) => `\n${o.file} (${o.ricevuta}): ${o.italian} / ${o.english}\n`),
    ...report.tables.filter((t) => !isEqual(t)).map(tableLines),
    `\n${thousands(report.supplies)} forniture rifatte (${thousands(report.rows)} righe, ${seconds.toFixed(1)} s), ${thousands(report.refusals)} rifiuti riportati, ${thousands(report.decisions)} decisioni riapplicate / supplies done again, refusals carried over, decisions applied again\n`,
    report.equal
      ? 'Il registro è ciò che le sue forniture dicono / the register is what its supplies say.\n'
      : 'Il registro NON è ciò che le sue forniture dicono: docs/runbooks/replay.md dice che cosa fare / the register is NOT what its supplies say: docs/runbooks/replay.md says what to do.\n',
  ];
  return parts.join('');
}

/** Exit status 0 when every table is equal, 1 otherwise. */
export async function replayCommand(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: { json: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
  });
  const began = performance.now();
  const app = await openContext(context);
  const owner = await app.openMigrator();
  const progress = new ReplayProgressLine(context.out);
  try {
    const report = await replayRegister({
      db: app.db,
      owner,
      openReplica: app.openElsewhere,
      workFolder: join(app.dataFolder, 'replay'),
      reference: loadReference({ dataFolder: app.dataFolder }),
      keep: values.keep,
      ...(values.json ? {} : { onEvent: progress.take }),
    });
    const seconds = (performance.now() - began) / 1000;
    if (!values.json) progress.end();
    context.out.write(
      values.json
        ? `${JSON.stringify({ ...report, seconds }, null, 2)}\n`
        : replayText(report, seconds, context.out),
    );
    return report.equal ? 0 : 1;
  } finally {
    await owner.close();
    await app.close();
  }
}
