/** How results are told: a table to read, JSON to keep and compare. */
import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import type { Spread } from './measure.ts';

/** One figure, with the limit it is held to where it has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** '<=' or '>=' and the figure to reach. */
  readonly target?: readonly ['<=' | '>=', number];
}

export interface Report {
  readonly scenario: string;
  readonly persons: number;
  /** What that number is of, where not persons. */
  readonly of?: 'leaves';
  readonly at: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

interface Machine {
  readonly processors: string;
  readonly memoryGB: number;
  readonly node: string;
  readonly postgres: string;
  /** Of the last minute: above the number of processors, somebody else was working too. */
  readonly load: number;
}

export function report(
  scenario: string,
  persons: number,
  postgres: string,
  figures: readonly Figure[],
): Report {
  const all = cpus();
  return {
    scenario,
    persons,
    at: new Date().toISOString(),
    machine: {
      processors: `${all.length} × ${all[0]?.model.trim() || arch()}`,
      memoryGB: Math.round(totalmem() / 1e9),
      node: process.version,
      postgres,
      load: Math.round(loadavg()[0]! * 10) / 10,
    },
    figures,
  };
}

/** The three figures of a spread of durations. @param limit of p95, in milliseconds */
export function spreadFigures(name: string, spread: Spread, limit?: number): Figure[] {
  return [
    { name: `${name} p50`, value: spread.p50, unit: 'ms' },
    {
      name: `${name} p95`,
      value: spread.p95,
      unit: 'ms',
      ...(limit === undefined ? {} : { target: ['<=', limit] as const }),
    },
    { name: `${name} p99`, value: spread.p99, unit: 'ms' },
  ];
}

const isMet = ({ value, target }: Figure): boolean =>
  target === undefined || (target[0] === '<=' ? value <= target[1] : value >= target[1]);

function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function reportText(given: Report): string {
  const { machine } = given;
  const lines = given.figures.map((figure) => {
    const { name, value, unit, target } = figure;
    const limit = target === undefined ? '' : `  ${target[0]} ${number(target[1])}`.padEnd(14);
    const verdict = target === undefined ? '' : isMet(figure) ? 'reached' : 'MISSED';
    return `  ${name.padEnd(44)}${number(value).padStart(12)} ${unit.padEnd(11)}${limit}${verdict}`.trimEnd();
  });
  return `${given.scenario}, ${given.persons} ${given.of ?? 'persons'}, ${given.at}
${machine.processors}, ${machine.memoryGB} GB, Node ${machine.node}, PostgreSQL ${machine.postgres}, load ${machine.load}
${lines.join('\n')}
`;
}

export function writeReport(given: Report, json: string | null): void {
  process.stdout.write(reportText(given));
  if (json !== null) writeFileSync(json, `${JSON.stringify(given, null, 2)}\n`);
}
