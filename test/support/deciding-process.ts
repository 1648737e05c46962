/** Decides and takes back without end, on the database named by its argument: to be killed (test/faults/decisions.test.ts). */
import { openDatabase } from '../../src/platform/db/pool.ts';
import { DECIDER, decided, undone } from './decisions.ts';

const db = await openDatabase({ url: process.argv[2]!, applicationName: DECIDER, poolSize: 1 });
const PAIRS = ['A:S1 B:S1', 'B:S1 C:S1', 'A:S2 C:S2', 'A:S1 A:S2'];
// What a process killed before had decided, and had not taken back.
const { rows } = await db.query<{ decision_id: number }>(
  `select decision_id from linkage_decisions d where kind <> 'undo'
      and not exists (select from linkage_decisions u where u.undoes = d.decision_id) order by 1 desc`,
);
for (const { decision_id } of rows) await undone(db, decision_id);
for (;;) {
  const made: (number | null)[] = [];
  for (const pair of PAIRS) made.push((await decided(db, 'same', pair)).decisione);
  for (const decision of made.toReversed()) await undone(db, decision);
}
