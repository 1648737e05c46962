/** All the requests of the national operations that say what lines of eventi.jsonl say. */
import type { OperationCase } from './case-words.ts';
import { HOUSEHOLD_CASES } from './households.cases.ts';
import { PERSON_CASES } from './people.cases.ts';
import { REGISTRATION_CASES } from './registrations.cases.ts';

export const OPERATION_CASES: Readonly<Record<string, OperationCase>> = {
  ...REGISTRATION_CASES,
  ...HOUSEHOLD_CASES,
  ...PERSON_CASES,
};
