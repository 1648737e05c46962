/** Questions in flight asked in one statement: each answer is the one that its question gets alone (docs/bench.md, verification). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Declared } from '../../../test/support/declarations.ts';
import { lives, TODAY } from '../../../test/support/declarations.ts';
import {
  ADA,
  ANNA,
  IVO,
  LUCA,
  MARIO,
  NOBODY,
  RITA,
  UGO,
  verificationRegister,
} from '../../../test/support/verification-register.ts';
import { day } from '../../kernel/day.ts';
import type { Client } from '../../platform/db/pool.ts';
import { getKnownAt } from '../../registry/answers/known-at.sql.ts';
import type { KnownAt } from '../../registry/answers/known-at.ts';
import { DECLARATION } from './declaration.ts';
import { needsOf } from './needs.ts';
import { directReads, gatheredReads } from './reads.ts';
import { type VerificationRequest, verifyDeclarations } from './verify.service.ts';

const PERSONS = [MARIO, ANNA, LUCA, ADA, IVO, UGO, RITA, NOBODY, MARIO];
const DECLARED = [
  lives('036001'),
  { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { codice_fiscale: ANNA } },
  { oggetto: 'stato_di_famiglia', componenti: [] },
  { oggetto: 'esistenza_in_vita' },
  { oggetto: 'decesso_familiare', relazione: 'ascendente', parente: { codice_fiscale: IVO } },
  { oggetto: 'cittadinanza', stato: '100' },
].map((declared) => DECLARATION.parse(declared));

let register: Declared;
let first: KnownAt;
beforeAll(async () => {
  register = await verificationRegister();
  const { rows } = await register.test.db.query<{ at: KnownAt }>(
    "select min(recorded_at) as at from supplies where comune = '036002'",
  );
  first = await getKnownAt(register.test.db, rows[0]!.at);
});
afterAll(() => register.test.drop());

function counted(db: Client): { readonly db: Client; readonly statements: Map<string, number> } {
  const statements = new Map<string, number>();
  const query: Client['query'] = (statement, values) => {
    const name = typeof statement === 'string' ? statement : (statement.name ?? statement.text);
    statements.set(name, (statements.get(name) ?? 0) + 1);
    return db.query(statement, values);
  };
  return { db: { query }, statements };
}

it('many questions at once, of several matters, persons and instants: each is answered as it is alone', async () => {
  const requests = PERSONS.flatMap((codice_fiscale) =>
    DECLARED.flatMap((declared) =>
      [null, first].map(
        (notoAl): VerificationRequest => ({
          persona: { codice_fiscale },
          dichiarazioni: [declared],
          when: { al: day('2025-03-20'), notoAl },
          mayReadProtected: false,
        }),
      ),
    ),
  );
  const alone = [];
  for (const request of requests)
    alone.push(await verifyDeclarations(directReads(register.test.db), request, TODAY));
  const { db, statements } = counted(register.test.db);
  const reads = gatheredReads(db);
  const together = await Promise.all(requests.map((request) => verifyDeclarations(reads, request, TODAY)));
  expect(together).toEqual(alone);
  expect(new Set(alone.map(({ noto_al }) => noto_al)).size).toBe(2);
  expect(new Set(alone.map(({ esiti }) => esiti[0]?.esito)).size).toBe(3);
  expect(statements.get('find-persons-by-codes')).toBeLessThan(requests.length / 2);
  expect(statements.get('verification-evidence')).toBeLessThan(requests.length / 2);
});

it('nothing of one question’s persons comes with the answer to another', async () => {
  const { db } = register.test;
  const reads = gatheredReads(db);
  const { knownAt } = await reads.byCodes([], null);
  const asked = await Promise.all(
    [MARIO, ADA, NOBODY].map(async (code) => {
      const { byCode } = await reads.byCodes([code], null);
      expect([...byCode.keys()]).toEqual([code]);
      const numbers = byCode.get(code) ?? [];
      const tables = needsOf(DECLARED.slice(0, 1)).tables;
      return { code, loaded: await reads.evidence({ numbers, tables }, knownAt) };
    }),
  );
  const codes = asked.map(({ loaded }) =>
    loaded.persons.flatMap(({ entries }) =>
      entries.flatMap(({ identities }) => identities.map(({ codice_fiscale }) => codice_fiscale)),
    ),
  );
  expect(codes).toEqual([[MARIO], [ADA], []]);
});

it('a kind of fact that nobody asks of a person is not read, whatever is asked of others (GDPR art. 5)', async () => {
  const { db } = register.test;
  const reads = gatheredReads(db);
  const { knownAt, byCode } = await reads.byCodes([MARIO, ADA], null);
  const [mario, ada] = await Promise.all(
    [
      { code: MARIO, of: 0 },
      { code: ADA, of: 1 },
    ].map(({ code, of }) =>
      reads.evidence(
        { numbers: byCode.get(code)!, tables: needsOf(DECLARED.slice(of, of + 1)).tables },
        knownAt,
      ),
    ),
  );
  const kinds = (loaded: typeof mario) =>
    loaded?.persons.flatMap(({ entries }) =>
      entries.map(({ dwellings, civil_statuses }) => [dwellings.length > 0, civil_statuses.length > 0]),
    );
  expect(kinds(mario)).toEqual([[true, false]]);
  expect(kinds(ada)).toEqual([[false, true]]);
});
