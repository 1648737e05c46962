/** What the demo tells of the loaded register: what came in, why something did not, and how many people live where. */
import { romeDay } from '../kernel/day.ts';
import type { Database } from '../platform/db/pool.ts';
import { askPopulation } from '../registry/answers/population.ts';
import { summariseFindings, summariseSupplies } from '../registry/supplies/supplies.sql.ts';
import type { AppContext } from './context.ts';
import type { Labels } from './labels.ts';
import { table, thousands } from './table.ts';

const GRAVITY: Readonly<Record<string, string>> = {
  B: 'fornitura rifiutata / refused',
  E: 'scartato / set aside',
  W: 'caricato, segnalato / loaded, warned',
};
const EXAMPLE = 90;

export async function showWhatCameIn(db: Database, out: NodeJS.WriteStream): Promise<void> {
  const sum = await summariseSupplies(db);
  out.write(
    `${thousands(sum.forniture)} forniture (${thousands(sum.rifiutate)} rifiutate), ${thousands(sum.lette)} righe lette, ` +
      `${thousands(sum.eventi)} eventi, ${thousands(sum.scartate)} scartati e conservati come sono arrivati\n`,
  );
  const findings = await summariseFindings(db);
  if (findings.length === 0) return;
  out.write('\n');
  out.write(
    table(
      findings,
      [
        { title: 'codice', text: (f) => f.codice },
        { title: 'n.', text: (f) => thousands(f.n), right: true },
        { title: 'esito', text: (f) => GRAVITY[f.gravita] },
        {
          title: 'per esempio',
          text: (f) => (f.messaggio.length > EXAMPLE ? `${f.messaggio.slice(0, EXAMPLE)}…` : f.messaggio),
        },
      ],
      out,
    ),
  );
}

export async function showPopulation(
  app: AppContext,
  labels: Labels,
  out: NodeJS.WriteStream,
): Promise<void> {
  const al = romeDay(app.now());
  const state = await askPopulation(app.db, null, al, null);
  const right = true;
  out.write(
    table(
      state.per_comune,
      [
        { title: 'comune', text: (l) => labels.comune(l.comune) },
        { title: 'maschi', text: (l) => thousands(l.maschi), right },
        { title: 'femmine', text: (l) => thousands(l.femmine), right },
        { title: 'residenti', text: (l) => thousands(l.totale), right },
        { title: 'stranieri', text: (l) => thousands(l.stranieri), right },
        { title: 'famiglie', text: (l) => thousands(l.famiglie), right },
      ],
      out,
    ),
  );
  const { residenti } = state;
  out.write(
    `\nProvincia: ${thousands(residenti.totale)} persone (${thousands(residenti.maschi)} maschi, ${thousands(residenti.femmine)} femmine, ` +
      `${thousands(residenti.stranieri)} straniere), ${thousands(state.famiglie)} famiglie, ${thousands(state.convivenze)} convivenze; ` +
      `${thousands(state.iscrizioni_doppie)} iscritte in due comuni\n`,
  );
}
