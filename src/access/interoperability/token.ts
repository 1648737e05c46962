/**
 * What every signed token of the national interoperability model shares (ModI; security.md 38 to 40): RS256 and nothing else, a type,
 * an audience, a life that is neither over nor too long, a number that is used once. Why a token fails is written down for the log;
 * the caller is told the same sentence whatever it was (control 11).
 */
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { AppError } from '../../kernel/app-error.ts';

/** The only algorithm: naming it here is what keeps "none" and a public key used as a secret (HS256) out. */
export const ALGORITHM = 'RS256';
/** Clocks of two public bodies may differ by this many seconds. */
export const CLOCK_TOLERANCE = 30;
/** A token that claims to live longer than this, in seconds, is refused. */
export const LONGEST_LIFE = 3600;
/** Characters of a token; a longer one is not read. */
const LONGEST_TOKEN = 16_384;
/** Characters of a `jti`: it is kept, so it has a bound. */
const LONGEST_NUMBER = 200;

/** Remembers the numbers of tokens until they expire. */
export interface UsedTokens {
  /** @returns true the first time, false when the issuer's number was used before; over all processes at once */
  use(issuer: string, number: string, until: Date): Promise<boolean>;
}

export interface TokenRules {
  /** Finds the public key of a `kid`, from the keys that the platform or the agreement publishes. */
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** The header's `typ`. */
  readonly type: string;
  readonly now: Date;
  readonly used: UsedTokens;
  /** Claims that must stand in it beside iss, aud, exp, iat and jti. */
  readonly claims: readonly string[];
}

/** A token that is refused; `reason` is for the log and the audit, never for the caller. */
export class RefusedToken extends AppError {
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(
      'unauthenticated',
      'accesso non riconosciuto: controllare le credenziali e ripetere',
      'not signed in: check the credentials and repeat',
      cause,
    );
    this.name = 'RefusedToken';
    this.reason = reason;
  }
}

/**
 * Reads a signed token and uses its number up.
 * @throws RefusedToken for whatever is wrong with it
 */
export async function readToken(
  token: string,
  rules: TokenRules,
): Promise<JWTPayload & { readonly jti: string }> {
  if (token.length > LONGEST_TOKEN) throw new RefusedToken('too long');
  const payload = await verified(token, rules);
  const { exp, iat, jti } = payload;
  if (exp === undefined || iat === undefined || exp - iat > LONGEST_LIFE)
    throw new RefusedToken('life too long');
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_NUMBER) throw new RefusedToken('jti');
  const until = new Date((exp + CLOCK_TOLERANCE) * 1000);
  // Last of all: a token that fails for another reason must not use a number up.
  if (!(await rules.used.use(rules.issuer, jti, until))) throw new RefusedToken('replayed');
  return { ...payload, jti };
}

async function verified(token: string, rules: TokenRules): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, rules.keys, {
      algorithms: [ALGORITHM],
      issuer: rules.issuer,
      audience: rules.audience,
      typ: rules.type,
      currentDate: rules.now,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti', ...rules.claims],
      // Seconds since it was issued: also refuses one issued in the future.
      maxTokenAge: LONGEST_LIFE,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new RefusedToken(`${error.code}: ${error.message}`, error);
    throw error;
  }
}
