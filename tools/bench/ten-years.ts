/**
 * Ten years of monthly events about the same persons, a supply a month: each moves, gets a document, is protected and freed
 * again in turn, and every sixth event corrects the one of six months before. Deeper histories than anybody has.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileSink } from '../generator/sink.ts';
import { supplyName } from '../generator/supply.ts';
import { writeZip } from '../generator/zip.ts';
import type { LongResident } from './sample.sql.ts';

/** From this day on everybody must be a resident. */
export const TEN_YEARS_FROM = '2016-01-01';
const FIRST_YEAR = 2016;
const MONTHS = 120;
/** They are told now: after the full supply and every change of the province. */
const TOLD_ON = '2026-06-30';

interface Head {
  readonly id_evento: string;
  readonly operazione: string;
}

const dayOf = (month: number): string =>
  `${FIRST_YEAR + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}-10`;

/** What happens to a person in a month. */
function happening(person: LongResident, month: number): { operazione: string; dati: object } {
  const { id_soggetto, id_famiglia } = person;
  const decorrenza = dayOf(month);
  switch (month % 3) {
    case 0: {
      const address = { specie: 'VIA', toponimo: 'DELLE PROVE', civico: String(1 + month), cap: '41121' };
      return {
        operazione: 'CAMBIO_ABITAZIONE',
        dati: { id_famiglia, famiglia: { id_famiglia, ...address } },
      };
    }
    case 1:
      return {
        operazione: 'DOCUMENTO',
        dati: {
          id_soggetto,
          documento_tipo: 'CIE',
          documento_numero: `CA${String(10_000 + month)}AA`,
          documento_rilascio: decorrenza,
          documento_scadenza: dayOf(month + 120),
        },
      };
    default:
      return {
        operazione: 'RISERVATEZZA',
        dati: { id_soggetto, riservatezza: month % 2 === 0 ? '1' : '0' },
      };
  }
}

const eventId = (person: LongResident, month: number): string => `T-${person.id_soggetto}-${month}`;

/** The lines of one month. Each event is registered on the day it is told. */
export function linesOf(persons: readonly LongResident[], month: number): string[] {
  return persons.map((person) => {
    // The same operation six months earlier, with what it should have said.
    const corrects = month >= 6 && month % 6 === 0 ? month - 6 : null;
    const of = happening(person, corrects ?? month);
    const day = dayOf(corrects ?? month);
    const head: Head & Record<string, unknown> = {
      id_evento: eventId(person, month),
      operazione: of.operazione,
      tipo: corrects === null ? 'N' : 'R',
      data_evento: day,
      decorrenza: day,
      registrazione: TOLD_ON,
      ...(corrects === null ? {} : { riferimento: eventId(person, corrects) }),
      dati: of.dati,
    };
    return JSON.stringify(head);
  });
}

/** Writes the supplies, the first of them with the number after `last`. @returns their paths */
export async function writeTenYears(
  folder: string,
  comune: string,
  last: number,
  persons: readonly LongResident[],
): Promise<string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (let month = 0; month < MONTHS; month++) {
    const name = 'eventi.jsonl';
    const sink = new FileSink(name, join(folder, name), '');
    for (const line of linesOf(persons, month)) sink.write(line);
    const part = await sink.close();
    const progressivo = last + 1 + month;
    const manifest = {
      tracciato: 'SIPOP/1.0',
      tipo: 'VARIAZIONI',
      comune,
      progressivo,
      generata: `${TOLD_ON}T09:00:00+02:00`,
      situazione_al: TOLD_ON,
      software: { nome: 'Prova', versione: '1' },
      quadratura: { eventi: part.rows },
      file: { [name]: { righe: part.rows, sha256: part.sha256 } },
    };
    const path = join(folder, supplyName(comune, progressivo, 'VARIAZIONI'));
    await writeZip(path, JSON.stringify(manifest), [part], TOLD_ON);
    paths.push(path);
  }
  return paths;
}
