/** One full supply: the files of a comune, counted while they are written, with their manifest, in a ZIP. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayText, OPEN } from './calendar.ts';
import type { Comune } from './comuni.ts';
import { get, type UnitRows } from './defects/unit-rows.ts';
import type { Unit } from './model.ts';
import { HEADERS, writeUnit } from './rows.ts';
import { FileSink } from './sink.ts';
import { writeZip } from './zip.ts';

/** The totals of the manifest (tracciato.md 1, "quadratura"). */
export interface Totals {
  soggetti: number;
  residenti: number;
  maschi: number;
  femmine: number;
  italiani: number;
  stranieri: number;
  famiglie: number;
  convivenze: number;
}

/** What was written. */
export interface WrittenSupply {
  readonly file: string;
  readonly totals: Totals;
  /** Set aside in so large a number that the supply is refused whole (SIP-014). */
  readonly refused: boolean;
}

/** Packages that municipal offices might use; invented. */
const SOFTWARE = [
  ['Anagrafe Aperta', '7.2'],
  ['DemoNet', '4.10.1'],
  ['Civilia Demografici', '22.3'],
  ['PopolaWeb', '3.0'],
] as const;

/** @param changes how often the comune has taken another package since */
export const softwareOf = (comune: Comune, changes = 0): { nome: string; versione: string } => {
  const [nome, versione] = SOFTWARE[(comune.index + changes) % SOFTWARE.length]!;
  return { nome, versione };
};

/** The name of a supply's archive. */
export const supplyName = (comune: string, serial: number, kind: 'COMPLETA' | 'VARIAZIONI'): string =>
  `SIPOP_${comune}_${String(serial).padStart(6, '0')}_${kind}.zip`;

/** More than 20 and more than 5% of the rows of soggetti.csv (tracciato.md 1, "Too much"). */
const isTooMuch = (fallen: number, rows: number): boolean => fallen > 20 && fallen > 0.05 * rows;

export class FullSupply {
  private readonly comune: Comune;
  private readonly today: number;
  private readonly folder: string;
  private readonly parts: string;
  private readonly sinks: Readonly<Record<string, FileSink>>;
  readonly totals: Totals = {
    soggetti: 0,
    residenti: 0,
    maschi: 0,
    femmine: 0,
    italiani: 0,
    stranieri: 0,
    famiglie: 0,
    convivenze: 0,
  };

  private constructor(comune: Comune, today: number, folder: string, parts: string) {
    this.comune = comune;
    this.today = today;
    this.folder = folder;
    this.parts = parts;
    this.sinks = Object.fromEntries(
      Object.entries(HEADERS).map(([name, header]) => [name, new FileSink(name, join(parts, name), header)]),
    );
  }

  /** Opens the files of a comune's supply under `folder`. */
  static async open(comune: Comune, today: number, folder: string): Promise<FullSupply> {
    const parts = join(folder, `.parti-${comune.code}`);
    await mkdir(parts, { recursive: true });
    return new FullSupply(comune, today, folder, parts);
  }

  /** Adds everything a unit brings. */
  add(unit: Unit): void {
    const { totals } = this;
    for (const person of unit.people) {
      totals.soggetti++;
      if (person.registration.to < OPEN) continue;
      totals.residenti++;
      if (person.sex === 'M') totals.maschi++;
      else totals.femmine++;
      if (person.citizen.state === '100') totals.italiani++;
      else totals.stranieri++;
    }
    for (const household of unit.households) {
      if (household.to < OPEN) continue;
      if (household.name === '') totals.famiglie++;
      else totals.convivenze++;
    }
    writeUnit(unit, this.sinks);
  }

  /** Adds the rows of a unit as they are, and counts what they say. */
  addRows(unit: UnitRows): void {
    const { totals } = this;
    for (const row of unit.of('soggetti.csv')) {
      totals.soggetti++;
      if (get(row, 'posizione') !== 'RESIDENTE') continue;
      totals.residenti++;
      if (get(row, 'sesso') === 'M') totals.maschi++;
      else if (get(row, 'sesso') === 'F') totals.femmine++;
      if (get(row, 'cittadinanza') === '100') totals.italiani++;
      else totals.stranieri++;
    }
    for (const row of unit.of('famiglie.csv')) if (get(row, 'al') === '') totals.famiglie++;
    for (const row of unit.of('convivenze.csv')) if (get(row, 'al') === '') totals.convivenze++;
    unit.write(this.sinks);
  }

  /** Lets what was written go out; to be awaited now and then. */
  async drain(): Promise<void> {
    for (const sink of Object.values(this.sinks)) await sink.drain();
  }

  /** Closes the files and writes the archive. @param fallen rows of soggetti.csv that will be set aside or fall */
  async close(fallen = 0): Promise<WrittenSupply> {
    const parts = await Promise.all(Object.values(this.sinks).map((sink) => sink.close()));
    const al = dayText(this.today);
    const made = dayText(this.today + 2);
    const manifest = {
      tracciato: 'SIPOP/1.0',
      tipo: 'COMPLETA',
      comune: this.comune.code,
      progressivo: 1,
      generata: `${made}T08:15:00+01:00`,
      situazione_al: al,
      software: softwareOf(this.comune),
      assenti: 'segnala',
      quadratura: this.totals,
      file: Object.fromEntries(parts.map((part) => [part.name, { righe: part.rows, sha256: part.sha256 }])),
    };
    const file = join(this.folder, supplyName(this.comune.code, 1, 'COMPLETA'));
    await writeZip(file, JSON.stringify(manifest), parts, made);
    await rm(this.parts, { recursive: true });
    return { file, totals: this.totals, refused: isTooMuch(fallen, this.totals.soggetti) };
  }
}
