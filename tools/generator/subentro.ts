/** One full supply in the layout of ANPR: subentro.xml, in one file or in several (totaleInvii), with residents and the present alone. */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Reference } from '../../src/reference/load-reference.ts';
import { dayText } from './calendar.ts';
import type { Comune } from './comuni.ts';
import { get, type Row, UnitRows } from './defects/unit-rows.ts';
import type { Unit } from './model.ts';
import { householdXml, type RecordContext, soggettoXml } from './subentro-records.ts';
import type { Totals, WrittenSupply } from './supply.ts';

const BLOCK = 1 << 17;

/** Text on its way to a file. */
class Text {
  readonly path: string;
  readonly #file: number;
  #pending = '';

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'w');
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= BLOCK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#pending);
    this.#pending = '';
  }
}

const SECTIONS = ['generalitaSoggetti', 'famiglie', 'convivenze'] as const;
type Section = (typeof SECTIONS)[number];

interface Part {
  readonly sections: Readonly<Record<Section, Text>>;
  readonly totals: Totals;
}

const noTotals = (): Totals => ({
  soggetti: 0,
  residenti: 0,
  maschi: 0,
  femmine: 0,
  italiani: 0,
  stranieri: 0,
  famiglie: 0,
  convivenze: 0,
});

/** The name of a file of a subentro. */
export const subentroName = (comune: string, n = 1, of = 1): string =>
  of === 1 ? `SUBENTRO_${comune}.xml` : `SUBENTRO_${comune}_${n}di${of}.xml`;

const element = (name: string, value: string | number): string => `<${name}>${value}</${name}>`;

export class SubentroSupply {
  readonly #comune: Comune;
  readonly #today: number;
  readonly #folder: string;
  readonly #work: string;
  readonly #parts: readonly Part[];
  readonly #context: RecordContext;
  #units = 0;

  /** @param files how many the supply is made of */
  constructor(comune: Comune, today: number, folder: string, files: number, reference: Reference) {
    this.#comune = comune;
    this.#today = today;
    this.#folder = folder;
    this.#work = join(folder, `.parti-${comune.code}`);
    mkdirSync(this.#work, { recursive: true });
    this.#context = { comune: comune.code, reference };
    this.#parts = Array.from({ length: files }, (_, i) => ({
      sections: Object.fromEntries(
        SECTIONS.map((section) => [section, new Text(join(this.#work, `${section}-${i}`))]),
      ) as Record<Section, Text>,
      totals: noTotals(),
    }));
  }

  /** Adds what a unit has today. */
  add(unit: Unit): void {
    this.addRows(new UnitRows(unit));
  }

  addRows(rows: UnitRows): void {
    const { sections, totals } = this.#parts[this.#units++ % this.#parts.length]!;
    for (const row of rows.of('soggetti.csv')) {
      if (get(row, 'posizione') !== 'RESIDENTE') continue;
      totals.soggetti++;
      totals.residenti++;
      if (get(row, 'sesso') === 'M') totals.maschi++;
      else if (get(row, 'sesso') === 'F') totals.femmine++;
      if (get(row, 'cittadinanza') === '100') totals.italiani++;
      else totals.stranieri++;
      const id = get(row, 'id_soggetto');
      const tie = rows.tie(id) ?? null;
      const home = tie === null ? null : homeOf(rows, tie);
      const dwelling = rows.of('residenze.csv', id).find((d) => get(d, 'al') === '');
      const since = dwelling === undefined ? '' : get(dwelling, 'dal');
      sections.generalitaSoggetti.write(`${soggettoXml({ row, tie, home, since }, this.#context)}\n`);
    }
    for (const [file, section, total] of [
      ['famiglie.csv', 'famiglie', 'famiglie'],
      ['convivenze.csv', 'convivenze', 'convivenze'],
    ] as const)
      for (const row of rows.of(file)) {
        if (get(row, 'al') !== '') continue;
        totals[total]++;
        sections[section].write(`${householdXml(row, this.#context)}\n`);
      }
  }

  /** Nothing waits: what is written goes out at once. */
  async drain(): Promise<void> {}

  /** Puts the files together. */
  async close(): Promise<WrittenSupply> {
    const all = noTotals();
    for (const { totals, sections } of this.#parts) {
      for (const key of Object.keys(all) as (keyof Totals)[]) all[key] += totals[key];
      for (const section of SECTIONS) sections[section].close();
    }
    let file = '';
    for (const [i, part] of this.#parts.entries()) {
      file = join(this.#folder, subentroName(this.#comune.code, i + 1, this.#parts.length));
      await pipeline(Readable.from(this.#document(i + 1, part, all)), createWriteStream(file));
    }
    rmSync(this.#work, { recursive: true });
    return { file, totals: all, refused: false };
  }

  async *#document(number: number, { sections, totals }: Part, all: Totals): AsyncGenerator<string | Buffer> {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sub:subentro xmlns:sub="http://sogei.it/ANPR/subentro">\n';
    yield `<datiFornitura>${element('versioneFornitura', 1)}${element('totaleInvii', this.#parts.length)}${[
      element('numeroTotaleSchedeSoggetto', all.soggetti),
      element('numeroTotaleCittadiniItaliani', all.italiani),
      element('numeroTotaleIscrittiNonItaliani', all.stranieri),
      element('numeroTotalePersoneSessoFemminile', all.femmine),
      element('numeroTotalePersoneSessoMaschile', all.maschi),
      element('numeroTotaleSchedeFamiglia', all.famiglie),
      element('numeroTotaleSchedeConvivenza', all.convivenze),
    ].join('')}</datiFornitura>\n`;
    yield `<datiInvio>${element('progressivoInvio', number)}${element('dataEstrazione', dayText(this.#today))}${[
      element('numeroSchedeSoggettoInvio', totals.soggetti),
      element('numeroCittadiniItalianiInvio', totals.italiani),
      element('numeroIscrittiNonItalianiInvio', totals.stranieri),
      element('numeroPersoneSessoFemminileInvio', totals.femmine),
      element('numeroPersoneSessoMaschileInvio', totals.maschi),
      element('numeroTotaleSchedeFamigliaInvio', totals.famiglie),
      element('numeroTotaleSchedeConvivenzaInvio', totals.convivenze),
    ].join('')}</datiInvio>\n`;
    for (const section of SECTIONS) {
      yield `<${section}>\n`;
      yield* createReadStream(sections[section].path) as AsyncIterable<Buffer>;
      yield `</${section}>\n`;
    }
    yield '</sub:subentro>\n';
  }
}

function homeOf(rows: UnitRows, tie: Row): Row | null {
  const family = rows.family(tie);
  return family ?? rows.of('convivenze.csv', get(tie, 'id_convivenza'))[0] ?? null;
}
