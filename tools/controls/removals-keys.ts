/** Controls 7 to 12 of security.md: keys. */
import { type Removal, removal } from './removal.ts';

const PASSWORDS = 'src/access/keys/passwords.ts';
const PASSWORDS_TEST = 'src/access/keys/passwords.test.ts';
const MAY_BE = 'what a password may be (security.md, 7)';
const SIGN_IN = 'src/access/sessions/sign-in.service.ts';
const SIGN_IN_TEST = 'src/access/sessions/sign-in.db.test.ts';
const PASSKEYS = 'src/access/keys/passkeys.ts';
const PASSKEYS_TEST = 'test/http/passkeys.test.ts';
const CERTIFICATES = 'src/access/keys/certificates.ts';
const CERTIFICATES_TEST = 'src/access/keys/certificates.test.ts';
const OIDC = 'src/access/keys/oidc.ts';
const BOUND = 'src/access/sessions/bound-sign-in.service.ts';
const OIDC_TEST = 'test/http/oidc.test.ts';
const RECOVERY = 'src/access/sessions/recovery.service.ts';
const RECOVERY_TEST = 'test/http/recovery.test.ts';

export const KEYS: readonly Removal[] = [
  removal(
    7,
    'fifteen characters alone',
    [PASSWORDS, 'const LEAST_ALONE = 15;', 'const LEAST_ALONE = 8;'],
    [PASSWORDS_TEST, MAY_BE],
  ),
  removal(
    7,
    'eight characters with a second factor',
    [PASSWORDS, 'const LEAST_WITH_SECOND_FACTOR = 8;', 'const LEAST_WITH_SECOND_FACTOR = 1;'],
    [PASSWORDS_TEST, MAY_BE],
  ),
  removal(
    7,
    'nothing of whose it is',
    [
      PASSWORDS,
      "if (pieces.some((piece) => folded(text).includes(piece))) faults.push('holds-own-data');",
      '',
    ],
    [PASSWORDS_TEST, MAY_BE],
  ),
  removal(
    7,
    'common ones',
    [PASSWORDS, "    faults.push('common');", '    void 0;'],
    [PASSWORDS_TEST, MAY_BE],
  ),
  removal(
    7,
    'asked where a password is chosen',
    ['src/access/accounts/users.service.ts', 'if (faults.length > 0) throw refusedPassword(faults);', ''],
    ['test/http/first-use.test.ts', 'what is wrong leaves the invitation as it was'],
  ),
  removal(
    8,
    'an invitation lasts seven days',
    [
      'src/access/accounts/accounts.sql.ts',
      'and used_at is null and expires_at > $2::timestamptz returning user_id',
      'and used_at is null and $2::timestamptz is not null returning user_id',
    ],
    ['src/access/accounts/accounts.db.test.ts', 'an invitation lasts seven days'],
  ),
  removal(
    8,
    'a password that must be changed opens nothing else',
    ['src/access/guard/guard.ts', 'if (session.must_change) throw mustChange();', ''],
    ['test/http/first-use.test.ts', 'control 8, rotation'],
  ),
  removal(
    8,
    'rotation, where the policy has one',
    [
      SIGN_IN,
      'kept.must_change || isTooOld(kept.set_at, policy, now)',
      'kept.must_change || (false && isTooOld(kept.set_at, policy, now))',
    ],
    ['test/http/first-use.test.ts', 'control 8, rotation'],
  ),
  removal(
    9,
    'argon2id with 19 MiB and two passes',
    [PASSWORDS, 'memoryCost: 19_456', 'memoryCost: 1_024'],
    [PASSWORDS_TEST, 'argon2id with a salt of its own'],
  ),
  removal(
    9,
    'the database keeps no other hash',
    [
      'migrations/0016_access.sql',
      "hash text not null check (hash like '$argon2id$%')",
      'hash text not null',
    ],
    ['src/access/accounts/accounts.db.test.ts', 'the database keeps no password but by argon2id (9)'],
  ),
  removal(
    9,
    'made anew where it was weaker',
    [SIGN_IN, 'if (isOutdated(kept.hash))', 'if (false)'],
    [SIGN_IN_TEST, 'control 9: a hash with weaker settings is made anew'],
  ),
  removal(
    10,
    'a second factor for administrators and who sees persons',
    [
      'src/access/rights/authorise.ts',
      "&& !demand.secondFactor) return 'second-factor'",
      "&& demand.address === '') return 'second-factor'",
    ],
    ['test/http/access.test.ts', 'control 10'],
  ),
  removal(
    10,
    'no new key by a password alone',
    ['src/access/sessions/own-keys.ts', 'if (!session.second_factor)', 'if (false)'],
    [PASSKEYS_TEST, 'not with a password alone'],
  ),
  removal(
    10,
    'no new key in a session that was left open',
    [
      'src/access/sessions/own-keys.ts',
      '- Date.parse(session.made_at) > fresh)',
      '- Date.parse(session.made_at) > fresh * 1e6)',
    ],
    [PASSKEYS_TEST, 'nor in a session that was left open'],
  ),
  removal(
    10,
    'no password alone at first use for who sees persons',
    [
      'src/access/sessions/first-use.service.ts',
      'if (code === null && needsSecondFactor(',
      'if (code === undefined && needsSecondFactor(',
    ],
    ['test/http/first-use.test.ts', 'not for who sees persons'],
  ),
  removal(
    10,
    'who has a second factor is not let in without',
    [
      SIGN_IN,
      "return { kind: code === null ? 'none' : 'wrong' };\n",
      "return { kind: code === null ? 'none' : 'wrong' };\n  if (code === null) return { kind: 'none' };\n",
    ],
    [SIGN_IN_TEST, 'control 11: one error for all failures'],
  ),
  removal(
    10,
    'a code is taken once',
    ['src/access/sessions/sessions.sql.ts', 'and (last_step is null or last_step < $2)', ''],
    [SIGN_IN_TEST, 'a code is taken once'],
  ),
  removal(
    10,
    'a passkey asks for its owner’s finger or PIN',
    [
      PASSKEYS,
      '    requireUserVerification: true,\n  }).catch(() => null);\n  return used',
      '    requireUserVerification: false,\n  }).catch(() => null);\n  return used',
    ],
    [PASSKEYS_TEST, 'control 11: a sign-in that is not right'],
  ),
  removal(
    10,
    'also when it is made',
    [
      PASSKEYS,
      '    requireUserVerification: true,\n    supportedAlgorithmIDs',
      '    requireUserVerification: false,\n    supportedAlgorithmIDs',
    ],
    [PASSKEYS_TEST, 'a registration that is not right registers nothing'],
  ),
  removal(
    10,
    'a passkey’s challenge is used once',
    [
      'src/access/keys/pending-steps.sql.ts',
      '`delete from access.pending_steps\n      where digest = $1 and kind = $2 and user_id is not distinct from $3 and expires_at > $4 returning content`',
      '`select content from access.pending_steps\n      where digest = $1 and kind = $2 and user_id is not distinct from $3 and expires_at > $4`',
    ],
    [PASSKEYS_TEST, 'a replayed answer opens nothing'],
  ),
  removal(
    10,
    'a counter that goes back blocks the passkey',
    [
      'src/access/sessions/passkeys.service.ts',
      'if (await usePasskey(context.db, held.passkey_id, counter, now)) return held.user_id;',
      'await usePasskey(context.db, held.passkey_id, counter, now);\n  if (now) return held.user_id;',
    ],
    [PASSKEYS_TEST, 'a counter that goes back is a copy'],
  ),
  removal(
    10,
    'a certificate of an authority of ours',
    [CERTIFICATES, 'certificate.verify(authority.certificate.publicKey) &&', ''],
    [CERTIFICATES_TEST, 'of another authority'],
  ),
  removal(
    10,
    'a certificate in its time',
    [
      CERTIFICATES,
      'certificate.ca || !isWithin(certificate, now)) return null;',
      'certificate.ca) return null;',
    ],
    [CERTIFICATES_TEST, 'expired, or not yet begun'],
  ),
  removal(
    10,
    'a certificate that was not revoked',
    [CERTIFICATES, 'if (issuer.list.serials.has(serial(certificate.serialNumber))) return null;', ''],
    [CERTIFICATES_TEST, 'revoked'],
  ),
  removal(
    10,
    'a list of the revoked in its time',
    [CERTIFICATES, 'if (now < issuer.list.from || now >= issuer.list.to) return null;', ''],
    [CERTIFICATES_TEST, 'while the list of the revoked is out of its time'],
  ),
  removal(
    10,
    'OpenID Connect: the level of assurance',
    [OIDC, '|| !provider.levels.includes(claims.acr))', ')'],
    [OIDC_TEST, 'a level of assurance that is not among those taken'],
  ),
  removal(
    10,
    'OpenID Connect: who comes back is who went',
    [
      BOUND,
      'if (!timingSafeEqual(Buffer.from(sha256(browser)), Buffer.from(step.browser))) return null;',
      '',
    ],
    [OIDC_TEST, 'login CSRF'],
  ),
  removal(
    11,
    'a user who failed five times waits',
    [SIGN_IN, 'const allRight = !locked && right', 'const allRight = right'],
    [SIGN_IN_TEST, 'after five failures'],
  ),
  removal(
    11,
    'an address that fails with many users waits',
    ['src/access/sessions/attempts.ts', 'ofAddress >= policy.addressFailures || ', ''],
    [SIGN_IN_TEST, 'an address that tries many users waits'],
  ),
  removal(
    11,
    'passkeys are counted too',
    [
      'src/access/sessions/passkeys.service.ts',
      'if (!locked) await noteFailure(context, null, address);',
      '',
    ],
    [PASSKEYS_TEST, 'an address that fails fifty times waits'],
  ),
  removal(
    11,
    'one error for all failures',
    [
      SIGN_IN,
      'const factor = await checkFactor(context, given, now);',
      "const factor = await checkFactor(context, given, now);\n  if (right && factor.kind === 'wrong') throw new AppError('unauthenticated', 'codice errato', 'wrong code');",
    ],
    [SIGN_IN_TEST, 'user unknown, password wrong, code wrong, missing or used: the same'],
  ),
  removal(
    11,
    'whoever is unknown takes as long',
    [
      PASSWORDS,
      'if (kept === null) nobody ??=',
      'if (kept === null) return false;\n  if (kept === null) nobody ??=',
    ],
    [PASSWORDS_TEST, 'of nobody it takes as long to say so'],
  ),
  removal(
    12,
    'not by oneself',
    [
      RECOVERY,
      'if (userId === colleague.userId || self?.codice_fiscale === recovery.codice_fiscale)',
      'if (self?.codice_fiscale === undefined)',
    ],
    [RECOVERY_TEST, 'not by oneself'],
  ),
  removal(
    12,
    'not by another body',
    [
      'src/access/keys/recoveries.sql.ts',
      "where u.body_id = $1 and r.state = 'waiting'",
      "where $1::text is not null and r.state = 'waiting'",
    ],
    [RECOVERY_TEST, 'not by oneself'],
  ),
  removal(
    12,
    'two halves',
    [
      'src/access/accounts/users.service.ts',
      'sha256(Buffer.concat([asked, Buffer.from(code.toUpperCase()',
      "sha256(Buffer.concat([sha256(''), Buffer.from(code.toUpperCase()",
    ],
    [RECOVERY_TEST, 'neither half is enough'],
  ),
  removal(
    12,
    'whether there is such a user is told to nobody',
    [
      RECOVERY,
      'if (!(await isLocked(context, null, address))) {',
      "if ((await findNow(context.db, USERS, [userId])) === null) throw unknown('l’utente', userId);\n  if (!(await isLocked(context, null, address))) {",
    ],
    [RECOVERY_TEST, 'whether there is such a user'],
  ),
  removal(
    12,
    'old keys are taken away at once',
    [
      'src/access/accounts/users.service.ts',
      'const user = await stepped(db, context, userId, step, null);\n  await deleteKeys(db, userId);',
      'const user = await stepped(db, context, userId, step, null);',
    ],
    ['test/http/first-use.test.ts', 'leave nothing of the ones before'],
  ),
  removal(
    12,
    'who lost the keys does not give them to oneself',
    ['src/access/accounts/users.service.ts', 'if (context.by === userId)', 'if (context.by === null)'],
    ['src/access/accounts/accounts.db.test.ts', 'comes back by an invitation of somebody else (12)'],
  ),
];
