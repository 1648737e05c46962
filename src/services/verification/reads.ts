/**
 * What every verification asks the register: whom a code leads to, and what of them a declaration is held against. A server is asked by many at once, and what a
 * statement costs before its first row is then more than the rows: questions in flight are asked together (platform/db/gathered.ts).
 */
import { gathered } from '../../platform/db/gathered.ts';
import type { Client } from '../../platform/db/pool.ts';
import { type FoundByCode, findEntriesByCodes } from '../../registry/answers/find-person.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import { type EvidenceWanted, type LoadedEvidence, loadEvidence } from './evidence.sql.ts';

export interface VerificationReads {
  /** For what few ask. */
  readonly db: Client;
  /** @param notoAl null for now */
  byCodes(codes: readonly string[], notoAl: KnownAt | null): Promise<FoundByCode>;
  evidence(wanted: EvidenceWanted, knownAt: KnownAt): Promise<LoadedEvidence>;
}

/** For who asks alone: each question by itself. */
export const directReads = (db: Client): VerificationReads => ({
  db,
  byCodes: (codes, notoAl) => findEntriesByCodes(db, codes, notoAl),
  evidence: (wanted, knownAt) => loadEvidence(db, [wanted], knownAt),
});

interface Asked<Question, At> {
  readonly question: Question;
  readonly at: At;
}

/** The answer to each, from one answer for all that ask as of the same instant. */
async function byInstant<Question, At, Answer>(
  asked: readonly Asked<Question, At>[],
  askAll: (questions: readonly Question[], at: At) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers = new Map<At, Promise<Answer>>();
  for (const [at, own] of Map.groupBy(asked, (one) => one.at))
    answers.set(
      at,
      askAll(
        own.map(({ question }) => question),
        at,
      ),
    );
  return Promise.all(asked.map(({ at }) => answers.get(at)!));
}

/** For a server. What one hears of the others' persons is dropped here: a question sees its own. */
export function gatheredReads(db: Client): VerificationReads {
  const codes = gathered((asked: readonly Asked<readonly string[], KnownAt | null>[]) =>
    byInstant(asked, (lists, at) => findEntriesByCodes(db, [...new Set(lists.flat())], at)),
  );
  const evidence = gathered((asked: readonly Asked<EvidenceWanted, KnownAt>[]) =>
    byInstant(asked, (wanted, at) => loadEvidence(db, wanted, at)),
  );
  return {
    db,
    byCodes: async (own, notoAl) => {
      const { knownAt, byCode } = await codes({ question: own, at: notoAl });
      return { knownAt, byCode: new Map(own.map((code) => [code, byCode.get(code) ?? []])) };
    },
    evidence: async (wanted, knownAt) => {
      const loaded = await evidence({ question: wanted, at: knownAt });
      const own = new Set(wanted.numbers.map(({ person_id }) => person_id));
      return { ...loaded, persons: loaded.persons.filter(({ personId }) => own.has(personId)) };
    },
  };
}
