/** `constraints`: microseconds a row for each way of keeping spells of one entry apart (docs/adr/0007). */
import { join } from 'node:path';
import { openBenchDatabase } from './bench-database.ts';
import { checkSpells, dropSpells, emptySpells, fillSpells, makeSpells, WAYS } from './constraints.sql.ts';
import { timed } from './measure.ts';
import type { BenchOptions } from './options.ts';
import { type Figure, type Report, report } from './report.ts';

export async function benchConstraints(options: BenchOptions): Promise<Report> {
  const bench = await openBenchDatabase(join(options.folder, 'constraints'), true);
  try {
    const { persons } = options;
    const rows = persons * 4;
    await makeSpells(bench.owner, rows);
    const figures: Figure[] = [];
    for (const { name, setUp, check } of WAYS) {
      await emptySpells(bench.owner, { name, setUp, check });
      await bench.owner.query('checkpoint');
      const took = await timed(bench.server.pid, async () => {
        await fillSpells(bench.owner);
        if (check !== null) await checkSpells(bench.owner, check);
      });
      figures.push({ name, value: (1e6 * took.seconds) / rows, unit: 'µs a row' });
      if (took.serverSeconds !== null)
        figures.push({
          name: `${name}: processor`,
          value: (1e6 * took.serverSeconds) / rows,
          unit: 'µs a row',
        });
    }
    await dropSpells(bench.owner);
    return report('constraints', persons, bench.version, figures);
  } finally {
    await bench.close();
  }
}
