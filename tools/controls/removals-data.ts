/** Controls 33 to 42 of security.md: data, and interoperability. */
import { type Removal, removal } from './removal.ts';

const SERVER = 'src/platform/http/server.ts';
const SERVER_TEST = 'test/http/server.test.ts';
const VAULT = 'src/platform/backup/vault.ts';
const VAULT_TEST = 'src/platform/backup/vault.test.ts';
const BREACH = 'src/access/accountability/breach.ts';
const BREACH_TEST = 'src/access/accountability/breach.test.ts';
const RETENTION = 'src/access/retention/retention.service.ts';
const RETENTION_TEST = 'test/stories/retention.test.ts';
const TOKEN = 'src/access/interoperability/token.ts';
const VOUCHER = 'src/access/interoperability/voucher.ts';
const TOKENS_TEST = 'src/access/interoperability/tokens.db.test.ts';
const VOUCHERS = 'control 38: the voucher of the platform';
const INTEGRITY = 'src/access/interoperability/integrity.ts';
const SIGNATURES = 'control 39: Digest and Agid-JWT-Signature';
const TRACKING = 'src/access/interoperability/tracking.ts';
const EVIDENCE = 'control 40';
const SYSTEMS = 'src/access/guard/systems.ts';
const SYSTEMS_TEST = 'test/http/systems.test.ts';

export const DATA: readonly Removal[] = [
  removal(
    33,
    'the auditor’s role reads no key of a subject',
    [
      'migrations/0012_audit.sql',
      'grant select on audit.leaves, audit.nodes, audit.checkpoints to sipop_auditor;',
      'grant select on all tables in schema audit to sipop_auditor;',
    ],
    ['src/access/audit/append.db.test.ts', 'the auditor’s role reads the leaves, not the keys'],
  ),
  removal(
    33,
    'the role of statistics reads no leaf',
    [
      'migrations/0012_audit.sql',
      'grant usage on schema audit to sipop_app, sipop_auditor;',
      'grant usage on schema audit to sipop_app, sipop_auditor, sipop_stats;\ngrant select on audit.leaves to sipop_stats;',
    ],
    ['src/access/audit/append.db.test.ts', 'the role of statistics reads no leaf'],
  ),
  removal(
    33,
    'the role of statistics reads no person',
    [
      'migrations/0016_access.sql',
      'grant usage on sequence body_numbers,',
      'grant usage on schema registry to sipop_stats;\ngrant select on registry.identities to sipop_stats;\ngrant usage on sequence body_numbers,',
    ],
    [
      'src/access/accounts/accounts.db.test.ts',
      'control 33: the role of statistics reads no table of persons',
    ],
  ),
  removal(
    33,
    'the application may not change the schema',
    [
      'src/platform/db/pool.ts',
      'const role = options.role === undefined ? {} : { role: options.role };',
      "const role = options.role === 'none' ? { role: options.role } : {};",
    ],
    ['src/platform/db/pool.db.test.ts', 'and may not change the schema'],
  ),
  removal(
    34,
    'the log names no address',
    [SERVER, 'logController: new LogController({ disableRequestLogging: true }),', ''],
    [SERVER_TEST, 'control 34: the log names the operation'],
  ),
  removal(
    34,
    'no personal data in an address',
    [SERVER, 'if (Object.keys(request.query as object).length > 0) throw noQuery();', ''],
    [SERVER_TEST, 'control 34: a query string is refused'],
  ),
  removal(
    34,
    'a defect tells the caller a number alone',
    [
      'src/platform/http/problem.ts',
      "return made(DEFECT, 'internal', DEFECT_DETAIL[language], language, correlationId);",
      "return made(DEFECT, 'internal', String(error), language, correlationId);",
    ],
    [SERVER_TEST, 'a defect and a machine in trouble'],
  ),
  removal(
    34,
    'the secret of a second factor is sealed',
    [
      'src/access/sessions/second-factor.service.ts',
      'context.box.seal(userId, Buffer.from(secret))',
      'Buffer.from(secret)',
    ],
    ['src/access/sessions/sign-in.db.test.ts', 'the secret of the code not in the open'],
  ),
  removal(
    35,
    'backups are encrypted',
    [
      VAULT,
      'return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);',
      'cipher.update(text);\n    cipher.final();\n    return Buffer.concat([text, cipher.getAuthTag()]);',
    ],
    ['test/faults/backup.test.ts', 'nothing of the data can be read in it'],
  ),
  removal(
    35,
    'a change is noticed',
    [
      VAULT,
      'return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);',
      'return decipher.update(sealed.subarray(0, -TAG_BYTES));',
    ],
    [VAULT_TEST, 'any change is noticed'],
  ),
  removal(
    35,
    'a name stands for its own file',
    [VAULT, 'decipher.setAAD(Buffer.concat([header, Buffer.from(name)]));', 'decipher.setAAD(header);'],
    [VAULT_TEST, 'what is sealed comes back'],
  ),
  removal(
    35,
    'restored to a point in time',
    [
      'src/platform/backup/restore.ts',
      "...(plan.at === null ? {} : { recovery_target_time: plan.at.replace('Z', '+00') }),",
      '',
    ],
    ['test/faults/backup.test.ts', 'a moment in the middle'],
  ),
  removal(
    36,
    'what is past its term goes',
    [RETENTION, 'if (!rule.active) continue;', 'if (rule.active) continue;'],
    [RETENTION_TEST, 'what is past its term goes'],
  ),
  removal(
    36,
    'nothing goes without a leaf',
    [RETENTION, '        await record(aboutOf(done));\n', ''],
    [RETENTION_TEST, 'where the leaf cannot be written nothing is taken away'],
  ),
  removal(
    36,
    'no rule without a source of law',
    [
      'src/access/retention/retention.ts',
      "if (law === '' || law.length > LONGEST_LAW)",
      'if (law.length > LONGEST_LAW)',
    ],
    [RETENTION_TEST, 'no rule is without a term, a source of law'],
  ),
  removal(
    37,
    '72 hours',
    [BREACH, 'const NOTIFY_WITHIN_HOURS = 72;', 'const NOTIFY_WITHIN_HOURS = 96;'],
    [BREACH_TEST, 'the hours run since one is aware'],
  ),
  removal(
    37,
    'late only with a reason',
    [BREACH, "timer === 'overdue' && why === null", "timer === 'late' && why === null"],
    [BREACH_TEST, 'within 72 hours'],
  ),
  removal(
    37,
    'the register of processing is handed over',
    [
      'src/access/accountability/accountability.http.ts',
      'return { answer: processingCsv(rows), count: rows.length };',
      'return { answer: processingCsv([]), count: rows.length };',
    ],
    ['test/http/accountability.test.ts', 'the register of processing'],
  ),
  removal(38, 'RS256 alone', [TOKEN, '      algorithms: [ALGORITHM],\n', ''], [TOKENS_TEST, VOUCHERS]),
  removal(38, 'at+jwt', [TOKEN, '      typ: rules.type,\n', ''], [TOKENS_TEST, VOUCHERS]),
  removal(38, 'issuer', [TOKEN, '      issuer: rules.issuer,\n', ''], [TOKENS_TEST, VOUCHERS]),
  removal(38, 'audience', [TOKEN, '      audience: rules.audience,\n', ''], [TOKENS_TEST, VOUCHERS]),
  removal(38, 'life', [TOKEN, 'exp - iat > LONGEST_LIFE)', 'exp - iat < 0)'], [TOKENS_TEST, VOUCHERS]),
  removal(
    38,
    'not issued in the future',
    [TOKEN, '      maxTokenAge: LONGEST_LIFE,\n', ''],
    [TOKENS_TEST, VOUCHERS],
  ),
  removal(
    38,
    'purpose',
    [VOUCHER, "purpose: name(payload.purposeId, 'purposeId'),", 'purpose: String(payload.purposeId),'],
    [TOKENS_TEST, VOUCHERS],
  ),
  removal(
    38,
    'client',
    [VOUCHER, "client: name(client, 'client_id'),", 'client: String(client),'],
    [TOKENS_TEST, VOUCHERS],
  ),
  removal(
    38,
    'the purpose that the platform granted and no other',
    [
      'src/access/guard/guard.ts',
      'if (system !== null && system.purpose !== (asked.scopo ?? null))',
      'if (system !== null && system.user === asked.scopo)',
    ],
    [SYSTEMS_TEST, 'may ask for the purpose that the platform granted'],
  ),
  removal(
    38,
    'each number once',
    [
      TOKEN,
      'if (!(await rules.used.use(rules.issuer, jti, until)))',
      'if (jti.length > LONGEST_NUMBER && !(await rules.used.use(rules.issuer, jti, until)))',
    ],
    [TOKENS_TEST, 'a number is used once'],
  ),
  removal(
    39,
    'the digest of the body',
    [
      INTEGRITY,
      "if (!same(headers['digest'] ?? '', digestHeader(body))) throw new RefusedToken('digest differs');",
      '',
    ],
    [TOKENS_TEST, 'refused: another body under the same headers'],
  ),
  removal(
    39,
    'headers as they were signed',
    [
      INTEGRITY,
      'if (headers[header] === undefined || !same(headers[header], value))',
      'if (headers[header] === undefined)',
    ],
    [TOKENS_TEST, SIGNATURES],
  ),
  removal(
    39,
    'headers that must be signed',
    [
      INTEGRITY,
      'if (headers[covered] !== undefined && !signed.has(covered))',
      'if (signed.size > MOST_HEADERS)',
    ],
    [TOKENS_TEST, SIGNATURES],
  ),
  removal(
    39,
    'names in lower case, each once',
    [
      INTEGRITY,
      "if (name !== name.toLowerCase() || signed.has(name)) throw new RefusedToken('signed_headers');",
      '',
    ],
    [TOKENS_TEST, SIGNATURES],
  ),
  removal(
    39,
    'responses are signed too',
    [SERVER, '        await sealed(request, reply, sent, JSON_TYPE);\n', ''],
    [SYSTEMS_TEST, 'and the answer is signed'],
  ),
  removal(
    39,
    'an unsigned request of a system is not known',
    [SYSTEMS, 'else await checkIntegrity(headers, request.rawBody, rules);', ''],
    [SYSTEMS_TEST, 'what is replayed, forged'],
  ),
  removal(
    40,
    'equal to the voucher’s digest',
    [
      TRACKING,
      "if (!timingSafeEqual(digest, Buffer.from(voucher.evidenceDigest, 'hex')))",
      'if (digest.length === 0)',
    ],
    [TOKENS_TEST, EVIDENCE],
  ),
  removal(
    40,
    'for the voucher’s purpose',
    [TRACKING, "if (payload.purposeId !== voucher.purpose) throw new RefusedToken('another purpose');", ''],
    [TOKENS_TEST, EVIDENCE],
  ),
  removal(
    40,
    'announced and not sent',
    [SYSTEMS, 'if ((evidence === undefined) !== (voucher.evidenceDigest === null)) return null;', ''],
    [SYSTEMS_TEST, 'the tracking evidence is the one'],
  ),
  removal(
    40,
    'its user stands in the leaf',
    [
      'src/access/guard/guard.ts',
      'user: system === null ? (caller?.holder.id ?? null) : system.user,',
      'user: system === null ? (caller?.holder.id ?? null) : null,',
    ],
    [SYSTEMS_TEST, 'the tracking evidence is the one'],
  ),
  removal(
    41,
    'problem+json on every error',
    [
      SERVER,
      'reply.code(problem.status).type(PROBLEM_TYPE);',
      "reply.code(problem.status).type('application/json');",
    ],
    [SERVER_TEST, 'control 41: application/problem+json'],
  ),
  removal(
    41,
    'Retry-After',
    [SERVER, "    reply.header('Retry-After', RETRY_SECONDS);\n", '    void RETRY_SECONDS;\n'],
    [SERVER_TEST, 'a defect and a machine in trouble'],
  ),
  removal(
    41,
    'X-RateLimit on every answer, 429 past it',
    [SERVER, '    max: options.requestsPerMinute,\n', '    max: 1e9,\n'],
    [SERVER_TEST, 'control 41: past the rate'],
  ),
  removal(
    41,
    '/status',
    ['src/entry/status.http.ts', "path: '/status',", "path: '/state',"],
    ['test/http/api-guidelines.test.ts', 'control 41: what is asked of a service on the network'],
  ),
  removal(
    42,
    'a system must show a certificate where the agreement asks for one',
    [
      'src/access/rights/authorise.ts',
      "if (agreement.certificate && !demand.certificate) return 'certificate';",
      '',
    ],
    [SYSTEMS_TEST, 'a certificate that is asked must be shown (42)'],
  ),
  removal(
    42,
    'the very one that it is known by',
    [
      SYSTEMS,
      'certificate: shown !== null && shown === client.certificate_digest,',
      'certificate: shown !== null,',
    ],
    [SYSTEMS_TEST, 'control 42: a system by mutual TLS'],
  ),
];
