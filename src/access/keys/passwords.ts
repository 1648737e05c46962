/** Passwords (security.md, 7 to 9): what one may be, and how it is kept. */
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { AppError } from '../../kernel/app-error.ts';

/** Security.md, 7; code points. */
const LEAST_ALONE = 15;
const LEAST_WITH_SECOND_FACTOR = 8;
/** Longer is not stronger, and hashing it costs. */
const MOST = 128;
/** A piece of a name shorter than this is in too many words. */
const LEAST_PIECE = 3;
/**
 * Of zxcvbn's 0 to 4. Alone, fewer than 10^10 guesses (under 3) is a common word, a name or a pattern with something hung on it; with a second
 * factor 10^6 are enough (2): eight characters at random have no more than 10^8.
 */
const LEAST_SCORE_ALONE = 3;
const LEAST_SCORE_WITH_SECOND_FACTOR = 2;

export interface PasswordOwner {
  readonly userId: string;
  readonly surname: string;
  readonly givenName: string;
  readonly codiceFiscale: string | null;
}

export type PasswordFault = 'too-short' | 'too-long' | 'holds-own-data' | 'common';

let estimator: ZxcvbnFactory | undefined;
/** Its dictionary takes memory and a moment: only who sets a password pays for it. */
const estimate = (password: string): number => {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return estimator.check(password).score;
};

/** As it is hashed and compared: the same characters however a keyboard composes them (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string): string => password.normalize('NFKC');

/** Letters and digits alone, without accents: "D'Angelo" and "dangelo" are one. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Everything that is wrong with a password; of none, it may be used. @param secondFactor whether one is asked beside it */
export function passwordFaults(
  password: string,
  owner: PasswordOwner,
  secondFactor: boolean,
): PasswordFault[] {
  const text = normal(password);
  const length = [...text].length;
  const faults: PasswordFault[] = [];
  if (length < (secondFactor ? LEAST_WITH_SECOND_FACTOR : LEAST_ALONE)) faults.push('too-short');
  if (length > MOST) return [...faults, 'too-long'];
  const pieces = [
    owner.userId,
    owner.codiceFiscale ?? '',
    ...owner.surname.split(/\s+/),
    ...owner.givenName.split(/\s+/),
  ]
    .map(folded)
    .filter((piece) => piece.length >= LEAST_PIECE);
  if (pieces.some((piece) => folded(text).includes(piece))) faults.push('holds-own-data');
  if (estimate(text) < (secondFactor ? LEAST_SCORE_WITH_SECOND_FACTOR : LEAST_SCORE_ALONE))
    faults.push('common');
  return faults;
}

const WORDS: Readonly<Record<PasswordFault, readonly [italian: string, english: string]>> = {
  'too-short': [
    `è troppo corta (almeno ${LEAST_ALONE} caratteri, ${LEAST_WITH_SECOND_FACTOR} con un secondo fattore)`,
    `is too short (${LEAST_ALONE} characters at least, ${LEAST_WITH_SECOND_FACTOR} with a second factor)`,
  ],
  'too-long': [`è troppo lunga (al più ${MOST} caratteri)`, `is too long (${MOST} characters at most)`],
  'holds-own-data': [
    'contiene il nome, il codice fiscale o l’identificativo di chi la usa',
    'holds the name, the codice fiscale or the identifier of who uses it',
  ],
  common: [
    'è troppo comune: alcune parole senza legame tra loro vanno bene',
    'is too common: some words that have nothing to do with each other will do',
  ],
};

/** The refusal of a password, with all that is wrong. */
export function refusedPassword(faults: readonly PasswordFault[]): AppError {
  return new AppError(
    'invalid-request',
    `la password ${faults.map((fault) => WORDS[fault][0]).join('; ')}`,
    `the password ${faults.map((fault) => WORDS[fault][1]).join('; ')}`,
  );
}

/** Argon2id, OWASP's first choice: 19 MiB, two passes. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash to be kept, in PHC's form, salt included. */
export const hashPassword = (password: string): Promise<string> => hash(normal(password), ARGON2);

/** A hash of nothing anybody has, so that an unknown user takes as long as a known one. */
let nobody: Promise<string> | undefined;

/** Whether the password is the one that was hashed. @param kept null where there is nobody: always false, after as long a time */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  if (kept === null) nobody ??= hashPassword(`${Math.random()}`);
  const same = await verify(kept ?? (await nobody!), normal(password));
  return kept !== null && same;
}

/** Whether a hash was made with weaker settings than today's, and is to be made again at the next sign-in. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost } = parseOptions(kept);
  return memoryCost < ARGON2.memoryCost || timeCost < ARGON2.timeCost;
}
