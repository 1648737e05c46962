/** Corrections and annulments of what has been applied already, as a comune would send them. */
import { addDays, type Day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import type { Line, Register } from './lives.ts';

interface Standing {
  readonly event_id: number;
  readonly id_evento: string;
  readonly operazione: string;
  readonly decorrenza: Day;
}

/** Events N of a comune that stand: neither annulled, nor fallen. Latest first. */
async function standing(db: Database, comune: string): Promise<Standing[]> {
  const { rows } = await db.query<Standing>(
    `select event_id, id_evento, operazione, decorrenza from events e
      where comune = $1 and tipo = 'N' and operazione <> 'COMPLETA'
        and not exists (select from fallen_events f where f.event_id = e.event_id)
        and not exists (select from events a where a.comune = $1 and a.tipo = 'A' and a.riferimento ->> 'id_evento' = e.id_evento)
      order by event_id desc`,
    [comune],
  );
  return rows;
}

function told(of: Standing, id: string, tipo: 'R' | 'A', riferimento: string, on: Day, dati?: unknown): Line {
  return {
    id_evento: id,
    operazione: of.operazione,
    tipo,
    data_evento: on,
    decorrenza: on,
    registrazione: '2026-01-05' as Day,
    riferimento,
    ...(dati === undefined ? {} : { dati }),
  };
}

/** A correction that moves an event by some days, and the annulment of it, which restores what it had replaced. */
export async function correctOne(
  db: Database,
  registers: readonly Register[],
  n: number,
): Promise<{ readonly comune: string; readonly correction: Line; readonly reverse: Line } | null> {
  const all: { readonly comune: string; readonly of: Standing; readonly line: Line }[] = [];
  for (const { comune, lines } of registers) {
    const corrected = new Set(lines.map((line) => line['riferimento']));
    for (const of of await standing(db, comune)) {
      const line = lines.find((l) => l.id_evento === of.id_evento);
      // Dates that stand in the data too would have to be moved with them.
      if (line === undefined || corrected.has(line.id_evento)) continue;
      if (['NASCITA', 'ISCRIZIONE', 'MORTE', 'TERRITORIO', 'CONVIVENZA'].includes(of.operazione)) continue;
      all.push({ comune, of, line });
    }
  }
  const chosen = all[n % Math.max(1, all.length)];
  if (chosen === undefined) return null;
  const { comune, of, line } = chosen;
  const moved = addDays(of.decorrenza, (n % 61) - 30);
  return {
    comune,
    correction: told(of, 'R-1', 'R', of.id_evento, moved, line['dati']),
    reverse: told(of, 'A-1', 'A', 'R-1', moved),
  };
}

/** Corrections of facts of a full supply that stand. */
async function correctedFacts(db: Database, comune: string): Promise<Standing[]> {
  const { rows } = await db.query<Standing>(
    `select event_id, id_evento, operazione, decorrenza from events e
      where comune = $1 and tipo = 'R' and root_fact is not null
        and not exists (select from fallen_events f where f.event_id = e.event_id)
        and not exists (select from events a where a.comune = $1 and a.tipo = 'A'
                          and (a.riferimento ->> 'id_evento' = e.id_evento
                            or (a.root_event = e.root_event and a.root_fact = e.root_fact and a.event_id > e.event_id)))`,
    [comune],
  );
  return rows;
}

/** Annulments of everything that stands, latest first. */
export async function annulAll(db: Database, comune: string): Promise<Line[]> {
  const all = [...(await standing(db, comune)), ...(await correctedFacts(db, comune))];
  return all
    .sort((a, b) => b.event_id - a.event_id)
    .map((of, i) => told(of, `A-ALL-${i}`, 'A', of.id_evento, of.decorrenza));
}

/** The annulments of facts of a full supply that hold: nothing restores those. */
export async function annulledFacts(db: Database, comune: string): Promise<Line[]> {
  const { rows } = await db.query<Standing & { readonly riferimento: object }>(
    `select id_evento, operazione, decorrenza, riferimento from events e
      where comune = $1 and tipo = 'A' and jsonb_exists(riferimento, 'fornitura')
        and not exists (select from fallen_events f where f.event_id = e.event_id)
      order by event_id`,
    [comune],
  );
  return rows.map((of) => ({
    ...told(of, of.id_evento, 'A', '', of.decorrenza),
    riferimento: of.riferimento,
  }));
}

/** The ids of what has fallen with an annulment, and stands no more. */
export async function fallenIds(db: Database, comune: string): Promise<Set<unknown>> {
  const { rows } = await db.query<{ id_evento: string }>(
    'select id_evento from events e where comune = $1 and exists (select from fallen_events f where f.event_id = e.event_id)',
    [comune],
  );
  return new Set(rows.map((r) => r.id_evento));
}
