/** States: ISTAT three-digit codes (100 is Italy), cadastral Z codes, and the states that are no more. */
import { type Day, day } from '../kernel/day.ts';
import { FORMER_STATES, OTHER_CADASTRAL_CODES, STATES } from './states-data.ts';

export interface State {
  /** ISTAT code, three digits; null for a state that is no more, which the table does not code. */
  readonly code: string | null;
  /** Z and three digits, as in a codice fiscale; null where there is none. */
  readonly cadastral: string | null;
  readonly iso3: string | null;
  readonly name: string;
  /** What the table allows the code for. */
  readonly citizenship: boolean;
  readonly birth: boolean;
  readonly residence: boolean;
  /** The day from which it was no more; null for those of today. */
  readonly validTo: Day | null;
  /** ISTAT codes of the states that came of it. */
  readonly successors: readonly string[];
}

export interface States {
  /** The state of an ISTAT code, of the table. */
  findState(code: string): State | null;
  /** Is it a code of the table (EC030, EC036)? 100, and 888, 997 to 999 (stateless, unknown), are. */
  isState(code: string): boolean;
  stateName(code: string): string | null;
  /** The state of a Z code, also one that is no more. */
  stateByCadastral(cadastral: string): State | null;
  /** Every Z code that the codice fiscale of somebody born in that state may hold; empty where none is known. */
  cadastralCodesOfState(code: string): readonly string[];
  /** States of today, by ISTAT code, then those that are no more. */
  listStates(): readonly State[];
}

const none = (text: string): string | null => (text === '' ? null : text);

/** Reads lines of states-data.ts, or the same written by an import. */
export function parseStates(lines: string): State[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', cadastral = '', iso3 = '', uses = '', name = ''] = line.split('|');
      return {
        code,
        cadastral: none(cadastral),
        iso3: none(iso3),
        name,
        citizenship: uses.includes('C'),
        birth: uses.includes('N'),
        residence: uses.includes('R'),
        validTo: null,
        successors: [],
      };
    });
}

export const embeddedStates = (): State[] => parseStates(STATES);

function formerStates(): State[] {
  return FORMER_STATES.trim()
    .split('\n')
    .map((line) => {
      const [cadastral = '', iso3 = '', until = '', name = '', successors = ''] = line.split('|');
      return {
        code: null,
        cadastral,
        iso3,
        name,
        citizenship: false,
        birth: true,
        residence: false,
        validTo: day(until),
        successors: successors.split(' '),
      };
    });
}

const NO_CODES: readonly string[] = [];

export function createStates(present: readonly State[]): States {
  const all = [...present, ...formerStates()];
  const byCode = new Map(present.map((state) => [state.code, state]));
  // Those of today come last, so that a code used again names the state that has it now.
  const byCadastral = new Map([...all].reverse().map((state) => [state.cadastral, state]));
  const codes = new Map<string, readonly string[]>();
  for (const { code, cadastral } of present) {
    if (code === null) continue;
    const former = all.filter((state) => state.successors.includes(code));
    const own = [cadastral, ...former.map((state) => state.cadastral)].filter((item) => item !== null);
    codes.set(code, [...own, ...(OTHER_CADASTRAL_CODES[code] ?? [])]);
  }
  return {
    findState: (code) => byCode.get(code) ?? null,
    isState: (code) => byCode.has(code),
    stateName: (code) => byCode.get(code)?.name ?? null,
    stateByCadastral: (cadastral) => byCadastral.get(cadastral) ?? null,
    cadastralCodesOfState: (code) => codes.get(code) ?? NO_CODES,
    listStates: () => all,
  };
}
