import { it } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { findingsOf, loadProvince, testProvince } from '../support/province.ts';
it('times', async () => {
  const t = () => (performance.now() / 1000).toFixed(1);
  const N = Number(process.env['P'] ?? 3000), M = Number(process.env['M'] ?? 2);
  console.log(t(), 'gen');
  const p = await testProvince({ persons: N, months: M, seed: Number(process.env['S'] ?? 11), defects: Number(process.env['D'] ?? 0) });
  console.log(t(), 'db');
  const test = await testDatabase();
  for (let s = 1; s <= M + 1; s++) {
    const a = p.archives.filter((n) => n.includes(`_${String(s).padStart(6, '0')}_`));
    console.log(t(), 'load', s);
    const r = await loadProvince(test.db, p, a);
    console.log(t(), r.filter((x) => x.esito !== 'ACCETTATA'));
  }
  console.log((await findingsOf(test.db)).join('\n'));
  console.log((await test.db.query("select file_name, f.codice, f.messaggio, f.valore, id_evento from findings f join supplies using (supply_id) where f.codice<>'EF008' limit 60")).rows.map((r)=>JSON.stringify(r)).join('\n'));
  await test.drop();
  console.log(p.folder);
}, 500_000);
