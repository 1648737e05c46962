/** Every control of security.md that is kept, each with an edit that takes it away and the test that must then fail. */
import type { Removal } from './removal.ts';
import { AUDIT } from './removals-audit.ts';
import { DATA } from './removals-data.ts';
import { KEYS } from './removals-keys.ts';
import { QUERIES } from './removals-queries.ts';
import { SESSIONS } from './removals-sessions.ts';
import { WHO } from './removals-who.ts';

export const REMOVALS: readonly Removal[] = [
  ...WHO,
  ...KEYS,
  ...SESSIONS,
  ...QUERIES,
  ...AUDIT,
  ...DATA,
].sort((a, b) => place(a) - place(b));

/** The paragraph on input comes last. */
function place({ control }: Removal): number {
  return control === 'input' ? 43 : control;
}
