import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts';
import { int8 } from './copy-out.ts';
import type { Client } from './pool.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

describe('values come as text where a number or a Date would lose something', () => {
  it.each([
    ["date 'infinity'", 'infinity'],
    ["date '1861-03-17'", '1861-03-17'],
    ["timestamptz '2026-03-01 10:00:00.123456+01'", '2026-03-01T09:00:00.123456Z'],
    ["timestamptz 'infinity'", 'infinity'],
    ['9007199254740991::bigint', 9007199254740991],
    ['1.10::numeric', '1.10'],
    ["array[date '2020-01-01', null]", ['2020-01-01', null]],
    ["'{1,2}'::bigint[]", [1, 2]],
    ['\'{"a":[1]}\'::jsonb', { a: [1] }],
  ])('%s', async (expression, expected) => {
    const { rows } = await t.db.query<{ value: unknown }>(`select ${expression} as value`);
    expect(rows[0]?.value).toEqual(expected);
  });

  it('a bigint beyond 2^53 is refused rather than rounded', async () => {
    await expect(t.db.query('select 9007199254740993::bigint')).rejects.toThrow(RangeError);
    expect((await t.db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('the application acts as its own role', () => {
  it('and may not change the schema', async () => {
    const { rows } = await t.db.query('select current_user as role');
    expect(rows).toEqual([{ role: 'sipop_app' }]);
    await expect(t.db.query('drop table registry.events')).rejects.toThrow(/must be owner/);
    await expect(t.db.query('create table registry.intruder (n int)')).rejects.toThrow(/permission denied/);
  });
});

describe('a transaction is all or nothing', () => {
  it('rolls back what its work did before throwing, and the connection is good for the next', async () => {
    const insert = 'insert into receipt_numbers (year, last) values (1999, 1)';
    await expect(
      t.db.transaction(async (client) => {
        await client.query(insert);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await t.db.query('select * from receipt_numbers')).rowCount).toBe(0);
  });

  it('a read-only one refuses to write', async () => {
    const write = t.db.transaction(
      (client) => client.query('insert into receipt_numbers (year, last) values (1999, 1)'),
      { readOnly: true, isolation: 'repeatable read' },
    );
    await expect(write).rejects.toThrow(/read-only transaction/);
  });

  it('streams rows in with COPY and counts them; a broken source leaves nothing', async () => {
    const columns = ['codice_fiscale', 'entry_id'];
    const count = await t.db.transaction((client) =>
      t.db.copyFrom(client, 'person_keys', columns, Readable.from(['A\t1\n', 'B\t2\n'])),
    );
    expect(count).toBe(2);
    async function* broken() {
      yield 'C\t3\n';
      throw new Error('source failed');
    }
    await expect(
      t.db.transaction((client) => t.db.copyFrom(client, 'person_keys', columns, Readable.from(broken()))),
    ).rejects.toThrow('source failed');
    const { rows } = await t.db.query('select codice_fiscale from person_keys order by 1');
    expect(rows).toEqual([{ codice_fiscale: 'A' }, { codice_fiscale: 'B' }]);
  });
});

describe('rows that are in memory go in with COPY in one piece', () => {
  const columns = ['codice_fiscale', 'entry_id'];
  const copy = (client: Client, rows: string): Promise<number> =>
    t.db.copyFrom(client, 'person_keys', columns, Buffer.from(rows));

  it('and are counted', async () => {
    expect(await t.db.transaction((client) => copy(client, 'D\t4\nE\t5\n'))).toBe(2);
    const { rows } = await t.db.query(`select entry_id from person_keys where codice_fiscale in ('D', 'E')`);
    expect(rows).toHaveLength(2);
  });

  it('nothing of them where the server refuses one, and the connection serves on', async () => {
    await t.db.withClient(async (client) => {
      await expect(copy(client, `F\t6\nG\tno number\n${'H\t8\n'.repeat(50_000)}`)).rejects.toThrow(
        /invalid input syntax/,
      );
      await expect(t.db.copyFrom(client, 'no_such_table', columns, Buffer.from('I\t9\n'))).rejects.toThrow(
        /does not exist/,
      );
      expect(await copy(client, 'J\t10\n')).toBe(1);
      const { rows } = await client.query(
        `select codice_fiscale from person_keys where codice_fiscale in ('F', 'G', 'H', 'I', 'J')`,
      );
      expect(rows).toEqual([{ codice_fiscale: 'J' }]);
    });
  });
});

describe('rows come out with COPY in binary', () => {
  const ROWS = 20_000;
  const select = `select n::bigint, case when n % 3 = 0 then null else repeat('x', (n % 700)::int) end from generate_series(1, ${ROWS}) n order by n`;
  const text = (n: number): string | null => (n % 3 === 0 ? null : 'x'.repeat(n % 700));

  it('each once and in order, whole and null as they are, and are counted', async () => {
    let n = 0;
    const count = await t.db.withClient((client) =>
      t.db.copyTo(client, select, ([number, value]) => {
        n++;
        if (int8(number!) !== n || (value === null ? null : value!.toString()) !== text(n))
          throw new Error(`row ${n} is not itself`);
      }),
    );
    expect([count, n]).toEqual([ROWS, ROWS]);
    const none = await t.db.withClient((client) =>
      t.db.copyTo(client, 'select 1 where false', () => {
        throw new Error('a row of none');
      }),
    );
    expect(none).toBe(0);
  });

  it('who takes them may make the server wait, to the last of them', async () => {
    let under = 0;
    let most = 0;
    let done = 0;
    const count = await t.db.withClient((client) =>
      t.db.copyTo(client, select, async () => {
        most = Math.max(most, ++under);
        await wait(1);
        under--;
        done++;
      }),
    );
    expect([count, done]).toEqual([ROWS, ROWS]);
    // What was received is given, and no more is read: some thousand rows, not all.
    expect(most).toBeLessThan(ROWS / 2);
  });

  it('what is thrown for a row, at once or later, and what the server refuses midway is thrown, and the connection serves on', async () => {
    await t.db.withClient(async (client) => {
      const at = (n: number): boolean => n === 300;
      let seen = 0;
      await expect(
        t.db.copyTo(client, select, () => {
          if (at(++seen)) throw new Error('enough');
        }),
      ).rejects.toThrow('enough');
      expect(seen).toBe(300);
      await expect(
        t.db.copyTo(client, select, async ([n]) => {
          if (int8(n!) === ROWS) throw new Error('the last');
        }),
      ).rejects.toThrow('the last');
      await expect(
        t.db.copyTo(client, 'select 1 / (5000 - n) from generate_series(1, 9000) n', () => undefined),
      ).rejects.toThrow(/division by zero/);
      expect((await client.query<{ n: number }>('select 7 as n')).rows).toEqual([{ n: 7 }]);
    });
  });
});

describe('named statements are prepared once on a connection', () => {
  it('and take their values each time', async () => {
    await t.db.withClient(async (client) => {
      const ask = (n: number) =>
        client.query<{ n: number }>({ name: 'ask', text: 'select $1::bigint as n', values: [n] });
      expect((await ask(1)).rows[0]?.n).toBe(1);
      expect((await ask(2)).rows[0]?.n).toBe(2);
      const prepared = await client.query(
        "select count(*) as n from pg_prepared_statements where name = 'ask'",
      );
      expect(prepared.rows).toEqual([{ n: 1 }]);
    });
  });
});
