import { describe, expect, it } from 'vitest';
import { byDoor, type OccupantAnswer } from './address.ts';

const occupant = (
  id_soggetto: string,
  persona: string,
  change: Partial<OccupantAnswer> = {},
): OccupantAnswer =>
  ({
    persona,
    scheda: { comune: '036042', id_soggetto },
    codice_fiscale: null,
    cognome: 'ROSSI',
    nome: 'MARIO',
    interno: null,
    dal: '2020-01-01',
    al: null,
    ...change,
  }) as OccupantAnswer;

describe('occupants stand in the order of a doorbell, which does not depend on the order of loading', () => {
  it('by flat, by name, then by the number of the register whatever the provincial one', () => {
    const [first, second] = [occupant('S1', 'P9'), occupant('S2', 'P1')];
    const above = occupant('S0', 'P2', { interno: '10' });
    const other = occupant('S9', 'P3', { cognome: 'BIANCHI' });
    expect([above, second, first, other].sort(byDoor)).toEqual([other, first, second, above]);
  });
});
