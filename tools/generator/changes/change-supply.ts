/** One supply of changes: the events registered in a month, counted while they are written, with their manifest, in a ZIP. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayText } from '../calendar.ts';
import type { Comune } from '../comuni.ts';
import { FileSink } from '../sink.ts';
import { supplyName } from '../supply.ts';
import { writeZip } from '../zip.ts';
import type { LoggedEvent } from './event-log.ts';

const FILE = 'eventi.jsonl';

/** A supply of changes before it is written. */
export interface Changes {
  readonly comune: Comune;
  readonly serial: number;
  /** The day at whose end it is true. */
  readonly day: number;
  readonly events: readonly LoggedEvent[];
  readonly software: { readonly nome: string; readonly versione: string };
}

/** Writes the supply into `folder`. @returns its file name */
export async function writeChanges(changes: Changes, folder: string): Promise<string> {
  const { comune, serial, day, events, software } = changes;
  const parts = join(folder, `.parti-${comune.code}`);
  await mkdir(parts, { recursive: true });
  const sink = new FileSink(FILE, join(parts, FILE), '');
  for (const { text } of events) sink.write(text);
  const part = await sink.close();
  const made = dayText(day + 2);
  const manifest = {
    tracciato: 'SIPOP/1.0',
    tipo: 'VARIAZIONI',
    comune: comune.code,
    progressivo: serial,
    generata: `${made}T08:15:00+01:00`,
    situazione_al: dayText(day),
    software,
    quadratura: { eventi: events.length },
    file: { [FILE]: { righe: part.rows, sha256: part.sha256 } },
  };
  const name = supplyName(comune.code, serial, 'VARIAZIONI');
  await writeZip(join(folder, name), JSON.stringify(manifest), [part], made);
  await rm(parts, { recursive: true });
  return name;
}
