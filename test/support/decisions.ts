/** Decisions of operators in tests, by letters of comuni: "A:S1 B:S1". */
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type { DecisionKind } from '../../src/registry/review/decisions.ts';
import type { FindingEffect } from '../../src/registry/review/effects.ts';
import {
  type Deciding,
  type DecisionOutcome,
  decide,
  resolvePair,
  undoDecision,
} from '../../src/registry/review/review.service.ts';
import { loadLinkGround } from '../../src/registry/tables/linking.sql.ts';
import { linksOf } from '../../src/registry/tables/linking.ts';
import { COMUNI } from './story-answers.ts';

export const deciding = (change: Partial<Deciding> = {}): Deciding => ({
  operator: 'Rossi',
  reason: 'atto di nascita confrontato',
  al: day('2025-12-31'),
  dryRun: false,
  comuneName: (code) => code,
  ...change,
});

/** The entries of "A:S1 B:S1". */
export async function pairOf(db: Database, words: string): Promise<readonly [number, number]> {
  const [one, other] = words.split(' ').map((word) => {
    const [comune = '', id_soggetto = ''] = word.split(':');
    return { comune: COMUNI[comune] ?? comune, id_soggetto };
  });
  return resolvePair(db, [one!, other!]);
}

export async function decided(
  db: Database,
  kind: DecisionKind,
  words: string,
  change: Partial<Deciding> & { readonly until?: string } = {},
): Promise<DecisionOutcome> {
  const { until, ...rest } = change;
  const pair = await pairOf(db, words);
  return decide(db, kind, pair, until === undefined ? null : day(until), deciding(rest));
}

export const undone = (
  db: Database,
  decisionId: number | null,
  change: Partial<Deciding> = {},
): Promise<DecisionOutcome> => undoDecision(db, decisionId ?? 0, deciding({ reason: 'errore', ...change }));

/** Persons as "P3 A:S1 B:S1". */
export const personWords = (
  persons: readonly {
    readonly persona: string;
    readonly schede: readonly { comune: string; id_soggetto: string }[];
  }[],
): string[] =>
  persons.map((p) => [p.persona, ...p.schede.map((s) => `${letterOf(s.comune)}:${s.id_soggetto}`)].join(' '));

export const letterOf = (code: string): string =>
  Object.entries(COMUNI).find(([, comune]) => comune === code)?.[0] ?? code;

/** Findings as "GENERE owner(other) entries". */
export const findingWords = (findings: readonly FindingEffect[]): string[] =>
  findings
    .map((f) =>
      [
        f.genere,
        `${letterOf(f.comune)}(${letterOf(f.altro_comune)})`,
        ...f.persone.flatMap((p) => p.schede.map((s) => `${letterOf(s.comune)}:${s.id_soggetto}`)),
      ].join(' '),
    )
    .sort();

/** The links held that are not what codes and standing decisions say, of every entry; empty where all are. */
export async function linksAgainstDecisions(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ entry_id: number; person_id: number; basis: string }>(
    'select entry_id, person_id, basis from person_entries order by entry_id',
  );
  const ground = await db.withClient((client) =>
    loadLinkGround(
      client,
      rows.map((r) => r.entry_id),
      [],
    ),
  );
  const wanted = new Map(
    linksOf(ground.entries, ground.bearers, ground.decided).map((l) => [
      l.entry_id,
      `P${l.person_id} ${l.basis}`,
    ]),
  );
  return rows
    .filter((r) => wanted.get(r.entry_id) !== `P${r.person_id} ${r.basis}`)
    .map((r) => `${r.entry_id}: P${r.person_id} ${r.basis}, and not ${wanted.get(r.entry_id)}`);
}

/** The name under which the process that is killed while it decides is known to the database. */
export const DECIDER = 'test decider';
