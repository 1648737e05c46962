/** Columns hold what one piece of work needs, in a folder of its own: nothing else is read or written. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withColumns } from '../../../test/support/columns.ts';

describe('a store of columns', () => {
  it('reads and writes no file outside its folder, and no statement can allow it', async () => {
    await withColumns(64, async (store, folder) => {
      const outside = join(dirname(folder), 'sipop-outside.csv');
      await expect(store.run(`copy (select 1) to '${outside}'`)).rejects.toThrow('disabled by configuration');
      await expect(store.rows(`select * from read_text('${import.meta.filename}')`)).rejects.toThrow(
        'disabled by configuration',
      );
      await expect(store.run(`attach '${outside}' as other`)).rejects.toThrow('disabled by configuration');
      await expect(store.run('set enable_external_access = true')).rejects.toThrow();
      await expect(store.run('set threads = 1')).rejects.toThrow('locked');
    });
  });

  it('reads and writes files in its folder, and sorts more than fits in its memory', async () => {
    await withColumns(64, async (store, folder) => {
      writeFileSync(join(folder, 'in.txt'), 'read');
      expect(await store.rows(`select content from read_text('${join(folder, 'in.txt')}')`)).toEqual([
        { content: 'read' },
      ]);
      await store.run(
        'create table large as select range as i, hash(range)::varchar as h from range(3000000)',
      );
      await store.run('create table sorted as select h, i from large order by h');
      await store.run(`copy (select i from sorted limit 10) to '${join(folder, 'out.csv')}'`);
      expect(await store.rows('select count(*)::integer as n from sorted')).toEqual([{ n: 3_000_000 }]);
    });
  });
});
