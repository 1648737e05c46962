import { describe, expect, it } from 'vitest';
import { pairRows } from './compare-tables.ts';

describe('rows without an equal are paired by their key, and told by the columns that differ', () => {
  it('tells each column of a pair, both values', () => {
    expect(
      pairRows([{ id: '1', a: 'x', b: 'y', c: null }], [{ id: '1', a: 'x', b: 'z', c: 'w' }], ['id']),
    ).toEqual([
      {
        kind: 'changed',
        key: 'id=1',
        columns: [
          { column: 'b', first: 'y', second: 'z' },
          { column: 'c', first: null, second: 'w' },
        ],
      },
    ]);
  });

  it('leaves alone what has no partner, on either side, also among rows of one key', () => {
    const row = { id: '1', a: 'x' };
    expect(
      pairRows(
        [row, { id: '2', a: 'x' }],
        [
          { ...row, a: 'y' },
          { ...row, a: 'z' },
        ],
        ['id'],
      ),
    ).toEqual([
      { kind: 'changed', key: 'id=1', columns: [{ column: 'a', first: 'x', second: 'y' }] },
      { kind: 'first-only', key: 'id=2' },
      { kind: 'second-only', key: 'id=1' },
    ]);
  });

  it('pairs nothing where rows have no key', () => {
    expect(pairRows([{ a: '1' }], [{ a: '2' }], [])).toEqual([
      { kind: 'first-only', key: 'a=1' },
      { kind: 'second-only', key: 'a=2' },
    ]);
  });
});
