/** Controls 1 to 6 of security.md: who. */
import { type Removal, removal } from './removal.ts';

const AUTHORISE = 'src/access/rights/authorise.ts';
const RIGHTS_TEST = 'src/access/rights/authorise.test.ts';
const ACCOUNTS_TEST = 'src/access/accounts/accounts.db.test.ts';
const USERS = 'src/access/accounts/users.service.ts';

export const WHO: readonly Removal[] = [
  removal(
    1,
    'a second account of one person is refused',
    [USERS, "u.account === given.account && u.state !== 'ended'", 'false && u.state === given.office'],
    [ACCOUNTS_TEST, 'one account a person (1)'],
  ),
  removal(
    2,
    'identifiers come from a sequence, which gives none twice',
    [
      'src/access/accounts/accounts.sql.ts',
      'rows[0]!.n',
      "(await db.query<{ n: number }>(\"select count(*)::int + 1 as n from access.users where recorded_to = 'infinity' and state <> 'ended'\")).rows[0]!.n",
    ],
    [ACCOUNTS_TEST, 'its number is never given again (2, 4)'],
  ),
  removal(
    3,
    'a profile that nobody reviewed for a year opens nothing',
    [AUTHORISE, "<= demand.today) return 'grant-unreviewed'", "<= '0001-01-01') return 'grant-unreviewed'"],
    [RIGHTS_TEST, 'grant-unreviewed'],
  ),
  removal(
    3,
    'without a profile nothing opens',
    [
      AUTHORISE,
      '|| !operations.includes(demand.operation))',
      '|| (false && !operations.includes(demand.operation)))',
    ],
    [RIGHTS_TEST, 'every operation with every profile'],
  ),
  removal(
    3,
    'what must be reviewed is listed',
    ['src/access/accounts/reviews.ts', 'if (on > soon) continue;', 'if (on > today) continue;'],
    ['src/access/accounts/reviews.test.ts', 'what asks for a decision'],
  ),
  removal(
    4,
    'the end of an agreement',
    [AUTHORISE, '(validTo !== null && demand.today >= validTo)', "(validTo !== null && validTo === '')"],
    [RIGHTS_TEST, 'agreement-not-in-force'],
  ),
  removal(
    4,
    'a body that ended',
    [AUTHORISE, "if (holder.body.ended) return refused('body-ended');", ''],
    [RIGHTS_TEST, 'body-ended'],
  ),
  removal(
    4,
    'the end of an account, seen in the midst of a session',
    [
      'src/access/sessions/known-callers.ts',
      'if (kept?.epoch === epoch) return kept.holder;',
      'if (kept !== undefined) return kept.holder;',
    ],
    ['src/access/sessions/known-callers.db.test.ts', 'control 4'],
  ),
  removal(
    4,
    'who ends loses the keys in the same moment',
    [USERS, "await deleteKeys(db, userId);\n    if (step === 'end')", "if (step === 'end')"],
    ['test/http/passkeys.test.ts', 'resumed has none left (4, 12)'],
  ),
  removal(
    4,
    'a file of declarations asks the rights again before each chunk',
    [
      'src/services/verification/batches/run-batches.service.ts',
      'const rights = await context.rightsOf(batch);',
      'const rights = { mayReadProtected: false };',
    ],
    ['test/http/batches.test.ts', 'control 4'],
  ),
  removal(
    5,
    'an ordinary account asks nothing of administration, nor the other way round',
    [AUTHORISE, "if (holder.account !== right.account) return refused('account-kind');", ''],
    [RIGHTS_TEST, 'account-kind'],
  ),
  removal(
    5,
    'a profile goes to an account of its kind alone',
    [
      'src/access/accounts/grants.service.ts',
      "if ((user?.account ?? 'ordinary') !== profile.account)",
      "if ((user?.account ?? 'ordinary') === 'none')",
    ],
    [ACCOUNTS_TEST, 'another one apart for who administers (5)'],
  ),
  removal(
    5,
    'nobody grants profiles to oneself',
    ['src/access/accounts/grants.service.ts', 'given.holder_id === context.by', 'given.holder_id === null'],
    ['test/http/administration.test.ts', 'gives nothing to oneself (5)'],
  ),
  removal(
    6,
    'an account unused for six months opens nothing',
    [AUTHORISE, "if (isUnused(holder.usedOn, demand.today, policy)) return refused('account-unused');", ''],
    [RIGHTS_TEST, 'account-unused'],
  ),
  removal(
    6,
    'its own key does not make it used again',
    [
      'src/access/sessions/sign-in.service.ts',
      'if (lastUse !== null && isUnused(',
      'if (lastUse === undefined && isUnused(',
    ],
    ['test/stories/office-life.test.ts', 'a forgotten account'],
  ),
];
