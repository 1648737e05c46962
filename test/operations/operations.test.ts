/**
 * The nine national operations (issue 4, item 2; tracciato.md 3, column ANPR): each comes to the events that a supply of changes
 * would tell, and the register is the same after the one as after the other, table by table.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OperationsRegister, operationsRegister } from '../support/operations-register.ts';
import type { OperationCase } from './case-words.ts';
import { OPERATION_CASES } from './operation-cases.ts';

let begun: OperationsRegister;
beforeAll(async () => {
  begun = await operationsRegister();
});
afterAll(() => begun.end());

/** The register after the earlier requests of a case, and after what is tried. */
async function stateAfter(
  change: (register: OperationsRegister) => Promise<void>,
): Promise<Record<string, string>> {
  const register = await begun.copy();
  try {
    await change(register);
    return await register.state();
  } finally {
    await register.end();
  }
}

async function accepted(register: OperationsRegister, requests: readonly string[]): Promise<void> {
  for (const result of await register.take(...requests))
    if (result.receipt.esito === 'RIFIUTATA')
      throw new Error(`${result.kind} was refused: ${JSON.stringify(result.findings)}`);
}

describe('an operation and a supply of changes that say the same leave the same register', () => {
  it.each(Object.entries(OPERATION_CASES))('%s', async (_title, one: OperationCase) => {
    const told = await stateAfter(async (register) => {
      await accepted(register, one.before ?? []);
      await accepted(register, [one.request]);
    });
    const same = await stateAfter(async (register) => {
      await accepted(register, one.before ?? []);
      await register.changes(one.events);
    });
    expect(told).toEqual(same);
  });
});
