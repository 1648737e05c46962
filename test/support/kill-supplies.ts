/** Supplies for the loads that are killed: full ones of an invented province, and a day's changes of the people in them. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../src/platform/db/pool.ts';
import { generateProvince } from '../../tools/generator/province.ts';
import { supplyName, supplyZip } from './supply-zip.ts';

/** The full supplies of `comuni` comuni of a province of so many persons, the largest first. */
export async function fullSupplies(folder: string, persons: number, comuni: number): Promise<string[]> {
  const sizes = new Map<string, number>();
  await generateProvince({ persons, months: 0, seed: 7, defects: 0.01, out: folder }, (comune, written) => {
    sizes.set(comune.code, written.totals.soggetti);
  });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.zip'))
    .sort((a, b) => sizes.get(b.slice(6, 12))! - sizes.get(a.slice(6, 12))!)
    .slice(0, comuni)
    .map((name) => join(folder, name));
}

interface Resident {
  readonly comune: string;
  readonly id_soggetto: string;
  readonly id_famiglia: string;
}

/** One VARIAZIONI for each comune in the database: moves, deaths, departures, and corrections and annulments of them. */
export async function daysChanges(db: Database, folder: string, perComune: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const { rows } = await db.query<Resident>(
    `select comune, id_soggetto, id_famiglia from (
       select e.comune, e.id_soggetto, h.id_household as id_famiglia,
              row_number() over (partition by e.comune order by e.id_soggetto) as n
         from registrations r join entries e using (entry_id)
         join memberships m using (entry_id) join household_numbers h using (household_id)
        where r.valid_to = 'infinity' and m.valid_to = 'infinity' and h.kind = 'famiglia') one
      where n <= $1 order by comune, id_soggetto`,
    [perComune],
  );
  const byComune = Map.groupBy(rows, (r) => r.comune);
  return [...byComune].map(([comune, residents]) => {
    const lines = residents.flatMap((r, i) => linesOf(r, i)).map((l) => `${JSON.stringify(l)}\n`);
    const parts = {
      tipo: 'VARIAZIONI',
      comune,
      progressivo: 2,
      situazione_al: '2025-01-31',
      files: new Map([['eventi.jsonl', Buffer.from(lines.join(''))]]),
    } as const;
    const path = join(folder, supplyName(parts));
    writeFileSync(path, supplyZip(parts));
    return path;
  });
}

function linesOf({ id_soggetto, id_famiglia }: Resident, i: number): object[] {
  const day = `2025-01-${String(1 + (i % 20)).padStart(2, '0')}`;
  const head = { tipo: 'N', data_evento: day, decorrenza: day, registrazione: day };
  const id = `2025-${String(i).padStart(5, '0')}`;
  const street = { id_famiglia, specie: 'VIA', toponimo: `NUOVA ${i}`, civico: '1' };
  switch (i % 6) {
    case 0:
      return [{ ...head, id_evento: id, operazione: 'MORTE', dati: { id_soggetto, comune_morte: '036023' } }];
    case 1:
      return [
        {
          ...head,
          id_evento: id,
          operazione: 'CANCELLAZIONE',
          dati: { motivo: '3', id_soggetti: [id_soggetto], destinazione: { comune: '037006' } },
        },
      ];
    case 2:
    case 3: {
      const moved = {
        ...head,
        id_evento: id,
        operazione: 'CAMBIO_ABITAZIONE',
        dati: { id_famiglia, famiglia: street },
      };
      if (i % 12 > 5) return [moved];
      return [
        moved,
        {
          ...moved,
          id_evento: `${id}-R`,
          tipo: 'R',
          riferimento: id,
          registrazione: '2025-01-25',
          dati: { id_famiglia, famiglia: { ...street, civico: '2' } },
        },
      ];
    }
    case 4: {
      const guarded = {
        ...head,
        id_evento: id,
        operazione: 'RISERVATEZZA',
        dati: { id_soggetto, riservatezza: '1' },
      };
      const { dati: _, ...bare } = guarded;
      return [
        guarded,
        { ...bare, id_evento: `${id}-A`, tipo: 'A', riferimento: id, registrazione: '2025-01-26' },
      ];
    }
    default:
      return [
        {
          ...head,
          id_evento: id,
          operazione: 'DOCUMENTO',
          dati: { id_soggetto, documento_tipo: 'CIE', documento_numero: `CA${i}` },
        },
      ];
  }
}
