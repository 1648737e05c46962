/** Controls 25 to 32 of security.md: the audit. */
import { type Removal, removal } from './removal.ts';

const WITH_AUDIT = 'src/access/audit/with-audit.ts';
const APPEND_TEST = 'src/access/audit/append.db.test.ts';
const CHECK = 'src/access/audit/check.ts';
const VERIFY_TEST = 'src/access/audit/verify.db.test.ts';
const CAUGHT = 'what a superuser does by hand is caught';
const MIGRATION = 'migrations/0012_audit.sql';
const ALERTS = 'src/access/audit/alerts.ts';
const ALERTS_TEST = 'src/access/audit/alerts.test.ts';
const AUDIT_TEST = 'test/http/audit.test.ts';
const MERKLE = 'src/access/audit/merkle.ts';

export const AUDIT: readonly Removal[] = [
  removal(
    25,
    'a refusal is a leaf',
    [
      WITH_AUDIT,
      '    const refused = error instanceof AppError;\n',
      '    const refused = error instanceof AppError;\n    if (refused) throw error;\n',
    ],
    [APPEND_TEST, 'records refusals and failures'],
  ),
  removal(
    25,
    'with whom it was about',
    [WITH_AUDIT, 'subjects: sought,', 'subjects: [],'],
    [APPEND_TEST, 'records refusals and failures'],
  ),
  removal(
    25,
    'listed and consulted are told apart',
    ['src/access/guard/guard.ts', 'kind: right.kind,', "kind: 'consulted',"],
    ['test/http/access.test.ts', 'who, what for, which file, whom, how it ended'],
  ),
  removal(
    25,
    'a look at the audit is a leaf too',
    [
      WITH_AUDIT,
      'return release(found.answer, recorded ?? (await answered(found)));',
      "return release(found.answer, recorded ?? (act.operation === 'auditSearch' ? ({ index: 0, hash: Buffer.alloc(32) } as Placed) : await answered(found)));",
    ],
    [AUDIT_TEST, 'by person, by user, by alert'],
  ),
  removal(
    25,
    'subjects are commitments of one month',
    [
      'src/access/audit/subjects.ts',
      'const monthOf = (at: string): string => at.slice(0, 7);',
      'const monthOf = (at: string): string => at.slice(0, 4);',
    ],
    ['src/access/audit/subjects.db.test.ts', 'the leaves alone name nobody'],
  ),
  removal(
    25,
    'under a secret that the database has not',
    [
      'src/access/audit/subjects.ts',
      'const own = hmacSha256(secret)(key);',
      'const own = secret.length === 0 ? secret : key;',
    ],
    ['src/access/audit/subjects.db.test.ts', 'the keys in the database are not enough'],
  ),
  removal(
    25,
    'a person is untied for ever once the key is deleted',
    [
      'src/access/audit/erase.service.ts',
      'const erased = await deleteSubjectKeys(client, subjects);',
      'const erased = subjects.length;',
    ],
    ['src/access/audit/erase.db.test.ts', 'the key goes'],
  ),
  removal(
    25,
    'commands leave leaves',
    [
      'src/entry/audited.ts',
      'return { answer, ...(told ?? (await tell(answer))) };',
      'return { answer, subjects: [], fields: [], count: 0 };',
    ],
    ['src/entry/audited.db.test.ts', 'every command that shows persons'],
  ),
  removal(
    26,
    'no answer before the leaf',
    [
      WITH_AUDIT,
      'return release(found.answer, recorded ?? (await answered(found)));',
      'const writing = recorded === null ? answered(found) : null;\n  writing?.catch(() => {});\n  return release(found.answer, recorded ?? { index: 0, hash: Buffer.alloc(32) });',
    ],
    [APPEND_TEST, 'answers nothing while the leaf is not yet written'],
  ),
  removal(
    26,
    'no answer without the leaf',
    [
      'src/access/audit/append.service.ts',
      'for (const w of batch) w.failed(unavailable(error));',
      'for (const w of batch) w.done({ index: error === null ? 1 : 0, hash: Buffer.alloc(32) });',
    ],
    [APPEND_TEST, 'answers nothing where the leaf cannot be written'],
  ),
  removal(
    26,
    'no change of access without its leaf',
    ['src/access/accounts/change.service.ts', '    await context.beforeCommit?.();\n', ''],
    ['test/http/administration.test.ts', 'makes no change without a durable leaf'],
  ),
  removal(
    26,
    'no first key without its leaf',
    ['src/access/accounts/users.service.ts', '    await context.beforeCommit?.();\n', ''],
    ['test/http/first-use.test.ts', 'control 26'],
  ),
  removal(
    26,
    'no decision on persons without its leaf',
    ['src/registry/review/review.service.ts', '      await deciding.beforeCommit?.(outcome);\n', ''],
    ['test/http/reconciliation.test.ts', 'no decision without its leaf'],
  ),
  removal(
    27,
    'leaves and nodes hashed apart',
    [MERKLE, '  leafBytes[0] = 0;', '  leafBytes[0] = 1;'],
    ['src/access/audit/merkle.test.ts', 'hashes leaves and nodes apart'],
  ),
  removal(
    27,
    'a checkpoint that nobody known has signed counts for nothing',
    [
      'src/access/audit/checkpoint.ts',
      'return verify(null, Buffer.from(text), key, signature);',
      "return verify(null, Buffer.from(text), key, signature) || text !== '';",
    ],
    ['src/access/audit/checkpoint.test.ts', 'a checkpoint is a signed note'],
  ),
  removal(
    27,
    'signed by themselves',
    [
      'src/access/audit/checkpoint-schedule.ts',
      'return last === null || added >= policy.leaves ||',
      'return last === null || added < 0 ||',
    ],
    ['src/access/audit/checkpoint-schedule.test.ts', 'checkpoints by themselves'],
  ),
  removal(
    27,
    'a tree that is not the one signed is not signed again',
    ['src/access/audit/checkpoint-log.ts', '  await refuseRewritten(place, notes);\n', ''],
    [VERIFY_TEST, 'is not signed again'],
  ),
  removal(
    28,
    'an edited leaf',
    [CHECK, "if (edited) this.#fault('edited', index);\n    else if", 'if'],
    [VERIFY_TEST, CAUGHT],
  ),
  removal(
    28,
    'a leaf that is none of ours',
    [
      CHECK,
      "!isSealed(sealers, index, hash, seal)) this.#fault('foreign', index);",
      "!isSealed(sealers, index, hash, seal)) this.#fault('edited', index + 1e6);",
    ],
    [VERIFY_TEST, CAUGHT],
  ),
  removal(
    28,
    'a missing leaf',
    [CHECK, "this.#fault('missing', this.#expected, index);", ''],
    [VERIFY_TEST, CAUGHT],
  ),
  removal(
    28,
    'a tree that was cut',
    [CHECK, "if (known > this.#expected) this.#fault('cut', this.#expected, known);\n    else if", 'if'],
    [VERIFY_TEST, CAUGHT],
  ),
  removal(
    28,
    'a tree made again',
    [CHECK, 'if (!root.equals(this.#tree.root())) this.#fault(', 'if (root.length === 0) this.#fault('],
    [VERIFY_TEST, 'made again from a changed audit'],
  ),
  removal(
    28,
    'a process notices a cut',
    ['src/access/audit/append.service.ts', 'if (edge.size < this.#seen)', 'if (edge.size < 0)'],
    [VERIFY_TEST, 'a process that had written more notices'],
  ),
  removal(
    29,
    'no update',
    [MIGRATION, 'grant select, insert on audit.leaves,', 'grant select, insert, update on audit.leaves,'],
    [APPEND_TEST, 'the application may add leaves and nothing else'],
  ),
  removal(
    29,
    'no delete',
    [MIGRATION, 'grant select, insert on audit.leaves,', 'grant select, insert, delete on audit.leaves,'],
    [APPEND_TEST, 'the application may add leaves and nothing else'],
  ),
  removal(
    30,
    'odd hours',
    [ALERTS, "if (hours.sundays && parts['weekday'] === 'Sun') return true;", ''],
    [ALERTS_TEST, 'odd hours'],
  ),
  removal(
    30,
    'volume',
    [ALERTS, 'if (sum > most) for', 'if (sum > most * 1e6) for'],
    [ALERTS_TEST, 'volume and refusals'],
  ),
  removal(
    30,
    'refusals',
    [
      ALERTS,
      "leaves.filter((leaf) => leaf.outcome === 'refused'),",
      "leaves.filter((leaf) => leaf.outcome === 'answered'),",
    ],
    [ALERTS_TEST, 'refusals are counted apart from answers'],
  ),
  removal(
    30,
    'colleagues',
    [
      ALERTS,
      'colleagues: (_, leaves, world) => ofCircle(leaves, world.colleagues),',
      'colleagues: () => [],',
    ],
    [ALERTS_TEST, 'an auditor finds a curious clerk'],
  ),
  removal(
    30,
    'neighbours',
    [
      ALERTS,
      'neighbours: (_, leaves, world) => ofCircle(leaves, world.neighbours),',
      'neighbours: () => [],',
    ],
    [ALERTS_TEST, 'an auditor finds a curious clerk'],
  ),
  removal(
    30,
    'well-known people',
    [
      ALERTS,
      'return byUser(leaves).flatMap(([user, own]) => bySubject(user, own, names));\n  },',
      'return names.size < 0 ? byUser(leaves).flatMap(([user, own]) => bySubject(user, own, names)) : [];\n  },',
    ],
    [ALERTS_TEST, 'well-known people'],
  ),
  removal(
    30,
    'looked up by many',
    [
      ALERTS,
      "'looked-up-by-many': ({ parameters }, leaves) => lookedUpByMany(leaves, parameters),",
      "'looked-up-by-many': ({ parameters }, leaves) => lookedUpByMany(leaves.slice(0, 0), parameters),",
    ],
    [ALERTS_TEST, 'a person looked up by many users'],
  ),
  removal(
    31,
    'what the law hides is left out',
    [
      'src/access/audit/own-accesses.ts',
      'if (purpose?.disclosed !== true) return [];',
      'if (purpose === undefined) return [];',
    ],
    [AUDIT_TEST, 'hears which body, when, why'],
  ),
  removal(
    31,
    'only of oneself',
    ['src/access/guard/guard.ts', "if (right.service === 'own') caller = await asSelf(context, caller);", ''],
    [AUDIT_TEST, 'hears which body, when, why'],
  ),
  removal(
    32,
    'what there is to decide about administrators',
    [
      'src/access/accounts/administrators.ts',
      "if (user.state === 'active' && grants.length === 0) questions.push('no-profile');",
      '',
    ],
    ['src/access/audit/oversight.db.test.ts', 'the yearly review of administrators'],
  ),
  removal(
    32,
    'what they did',
    ['src/access/accounts/administrators.ts', 'acts: acts.get(user.user_id) ?? [],', 'acts: [],'],
    ['src/access/audit/oversight.db.test.ts', 'the yearly review of administrators'],
  ),
];
