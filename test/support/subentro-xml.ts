/** subentro.xml from rows of the tracciato, for tests: sound or not, cell by cell as they are given. */
import { loadReference } from '../../src/reference/load-reference.ts';
import type { Row } from '../../tools/generator/defects/unit-rows.ts';
import { HEADERS } from '../../tools/generator/rows.ts';
import { householdXml, soggettoXml } from '../../tools/generator/subentro-records.ts';

export type Cells = Readonly<Record<string, string>>;

/** What a subentro can say of a register: residents in order, each with at most one tie, and the households of today. */
export interface PresentRegister {
  readonly residents: readonly {
    readonly soggetto: Cells;
    readonly tie: Cells | null;
    /** The household of the tie, whose address the resident has. */
    readonly home: Cells | null;
    readonly since: string;
  }[];
  readonly famiglie: readonly Cells[];
  readonly convivenze: readonly Cells[];
}

export interface SubentroShape {
  readonly comune: string;
  /** Laid over the totals that tell the truth. */
  readonly totals?: Readonly<Record<string, string>>;
}

const reference = loadReference();

const asRow = (file: string, cells: Cells): Row => ({
  file,
  cells: HEADERS[file]!.split(';').map((column) => cells[column] ?? ''),
  riga: 0,
});

const element = (name: string, value: string | number): string => `<${name}>${value}</${name}>`;

/** The whole document, in one file. */
export function subentroXml(register: PresentRegister, { comune, totals = {} }: SubentroShape): string {
  const context = { comune, reference };
  const { residents, famiglie, convivenze } = register;
  const count = (of: (s: Cells) => boolean): number =>
    residents.filter(({ soggetto }) => of(soggetto)).length;
  const italians = count((s) => s['cittadinanza'] === '100');
  const truth: Record<string, string> = {
    versioneFornitura: '1',
    totaleInvii: '1',
    numeroTotaleSchedeSoggetto: String(residents.length),
    numeroTotaleCittadiniItaliani: String(italians),
    numeroTotaleIscrittiNonItaliani: String(residents.length - italians),
    numeroTotalePersoneSessoFemminile: String(count((s) => s['sesso'] === 'F')),
    numeroTotalePersoneSessoMaschile: String(count((s) => s['sesso'] === 'M')),
    numeroTotaleSchedeFamiglia: String(famiglie.length),
    numeroTotaleSchedeConvivenza: String(convivenze.length),
  };
  const heads = Object.entries({ ...truth, ...totals }).map(([name, value]) => element(name, value));
  const people = residents.map(({ soggetto, tie, home, since }) =>
    soggettoXml(
      {
        row: asRow('soggetti.csv', soggetto),
        tie: tie === null ? null : asRow('legami.csv', tie),
        home:
          home === null
            ? null
            : asRow(home['id_convivenza'] === undefined ? 'famiglie.csv' : 'convivenze.csv', home),
        since,
      },
      context,
    ),
  );
  const households = (file: string, rows: readonly Cells[]): string[] =>
    rows.map((row) => householdXml(asRow(file, row), context));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<sub:subentro xmlns:sub="http://sogei.it/ANPR/subentro">',
    `<datiFornitura>${heads.join('')}</datiFornitura>`,
    '<generalitaSoggetti>',
    ...people,
    '</generalitaSoggetti>',
    '<famiglie>',
    ...households('famiglie.csv', famiglie),
    '</famiglie>',
    '<convivenze>',
    ...households('convivenze.csv', convivenze),
    '</convivenze>',
    '</sub:subentro>',
    '',
  ].join('\n');
}
