/**
 * Properties of the checks of a full supply's rows (tracciato.md 4), over small registers full of defects: whatever
 * comes in, nothing gets lost, what stands is consistent, and the outcome does not depend on how rows are gathered.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import type { EntryBundle, HouseholdRecord } from '../../../registry/claims/records.ts';
import { checkRegister } from './check-register.ts';
import { ListSink } from './list-sink.ts';
import { Tally } from './tally.ts';

const REFERENCE = loadReference();

type Row = readonly string[];
interface Tables {
  readonly soggetti: readonly Row[];
  readonly famiglie: readonly Row[];
  readonly convivenze: readonly Row[];
  readonly legami: readonly Row[];
  readonly residenze: readonly Row[];
  readonly iscrizioni: readonly Row[];
  readonly stati_civili: readonly Row[];
  readonly cittadinanze: readonly Row[];
  readonly generalita: readonly Row[];
}

const HEADERS: Readonly<Record<keyof Tables, string>> = {
  soggetti:
    'id_soggetto;codice_fiscale;cognome;nome;sesso;data_nascita;comune_nascita;id_padre;stato_civile;id_coniuge;cittadinanza;posizione;iscritto_dal;motivo_iscrizione;cancellato_dal;motivo_cancellazione;data_morte;data_aggiornamento',
  famiglie: 'id_famiglia;dal;al;id_intestatario;civico',
  convivenze: 'id_convivenza;specie_convivenza;denominazione;id_responsabile;dal;al;civico',
  legami: 'id_soggetto;id_famiglia;id_convivenza;relazione;progressivo;dal;al',
  residenze: 'id_soggetto;dal;al;civico',
  iscrizioni: 'id_soggetto;dal;al;motivo_iscrizione',
  stati_civili: 'id_soggetto;stato_civile;dal;al;id_coniuge',
  cittadinanze: 'id_soggetto;stato;dal;al',
  generalita: 'id_soggetto;dal;al;cognome;motivo',
};
const NAMES = Object.keys(HEADERS) as (keyof Tables)[];

const of = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
/** Mostly the first value: registers in which everything is wrong show little. */
const mostly = (usual: fc.Arbitrary<string>, ...odd: string[]): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: usual, weight: 12 }, { arbitrary: of(...odd), weight: 1 });
const subject = mostly(of('S1', 'S2', 'S3', 'S4', 'S5'), 'S9', '');
const famiglia = of('F1', 'F2', 'F3', 'F9');
const start = mostly(of('1990-01-01', '1995', '1995-06', '2000-01-01', '2010-05-05'), '', '1990-13-01');
const end = mostly(
  of('', '', '', '2000-01-01', '2005-01-01', '2010-05-05', '2015-12-31'),
  '1980-01-01',
  '2005',
);
const code = of('', 'RSSMRA80A01F257G', 'RSSMRA80A01F25TG', 'VRDPLA70L07F257X', '12345678903', 'RSSMRA');

const soggetto = fc
  .tuple(
    subject,
    code,
    mostly(of('ROSSI', 'VERDI; "BIANCHI"', 'È'), ''),
    mostly(of('MARIO'), ''),
    mostly(of('M', 'F'), 'X'),
    mostly(of('1980-01-01', '1970', '1985-05-05'), '2030-01-01', ''),
    mostly(of('036023'), '36023', ''),
    of('', 'S1', 'S9'),
    mostly(of('1', '2', '6'), '5'),
    of('', 'S1', 'S2', 'S9'),
    mostly(of('100', '201'), ''),
    mostly(of('RESIDENTE'), 'CANCELLATO', 'DECEDUTO', 'ALTRO'),
    mostly(of('1990-01-01', '1990'), '1960-01-01', ''),
    mostly(of('1', '3'), '77'),
    mostly(of(''), '2015-01-01', '1980-01-01'),
    mostly(of(''), '3'),
    mostly(of(''), '2016-02'),
    mostly(of('2024-01-01'), '1980-01-01', '2024'),
  )
  .map((cells): Row => {
    // What the position asks for, most of the time.
    const [row, gone] = [[...cells], cells[11]];
    if (gone === 'CANCELLATO' && row[14] === '') row.splice(14, 2, '2015-01-01', '3');
    if (gone === 'DECEDUTO' && row[16] === '') row[16] = '2016-02';
    return row;
  });

const some = <T>(row: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> => fc.array(row, { maxLength });
const tables: fc.Arbitrary<Tables> = fc.record({
  soggetti: some(soggetto, 7),
  famiglie: some(fc.tuple(famiglia, start, end, of('', 'S1', 'S2', 'S9'), of('1', '2')), 5),
  convivenze: some(
    fc.tuple(of('C1', 'C2'), of('3', '9'), of('CASA', ''), of('', 'S1'), start, end, of('1')),
    2,
  ),
  legami: some(
    fc.tuple(
      subject,
      mostly(famiglia, ''),
      mostly(of(''), 'C1'),
      mostly(of('1', '2', '3', '28'), '77', ''),
      of('', '1', '2'),
      start,
      end,
    ),
    12,
  ),
  residenze: some(fc.tuple(subject, start, end, of('1', '2')), 8),
  iscrizioni: some(fc.tuple(subject, start, end, of('1', '3')), 3),
  stati_civili: some(fc.tuple(subject, of('1', '2', '5'), start, end, of('', 'S2', 'S9')), 8),
  cittadinanze: some(fc.tuple(subject, of('100', '201'), start, end), 6),
  generalita: some(fc.tuple(subject, start, end, of('NERI', ''), of('RETTIFICA', 'SESSO', 'X', '')), 3),
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipop-register-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quoted = (cell: string): string => (/[;"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function check(input: Tables, bucketBytes?: number): { sink: ListSink; tally: Tally } {
  const files = new Map<string, string>();
  for (const name of NAMES) {
    const path = join(folder, `${name}.csv`);
    const lines = [HEADERS[name], ...input[name].map((row) => row.map(quoted).join(';'))];
    writeFileSync(path, `${lines.join('\n')}\n`);
    files.set(`${name}.csv`, path);
  }
  const sink = new ListSink();
  const tally = new Tally(sink);
  checkRegister(
    {
      files,
      soggetti: input.soggetti.length,
      situazioneAl: day('2024-12-31'),
      reference: REFERENCE,
      folder,
      ...(bucketBytes === undefined ? {} : { bucketBytes }),
    },
    sink,
    tally,
  );
  return { sink, tally };
}

/** Rows of the input that reached the register, by file. */
function standing(sink: ListSink): Record<keyof Tables, number[]> {
  const rows = (list: readonly { readonly riga: number }[]): number[] => list.map((r) => r.riga);
  const all = (pick: (b: EntryBundle) => readonly { readonly riga: number }[]): number[] =>
    sink.bundles.flatMap((b) => rows(pick(b)));
  const households = (kind: HouseholdRecord['kind']): number[] =>
    rows(sink.households.filter((h) => h.kind === kind));
  return {
    soggetti: all((b) => [b.soggetto]),
    famiglie: households('famiglia'),
    convivenze: households('convivenza'),
    legami: all((b) => b.legami),
    residenze: all((b) => b.residenze),
    iscrizioni: all((b) => b.iscrizioni),
    stati_civili: all((b) => b.stati_civili),
    cittadinanze: all((b) => b.cittadinanze),
    generalita: all((b) => b.generalita),
  };
}

const RUNS = { numRuns: 300 };

describe('checks of a full supply', () => {
  it('takes or sets aside every row, each once, and counts what it sets aside', () => {
    fc.assert(
      fc.property(tables, (input) => {
        const { sink, tally } = check(input);
        const kept = standing(sink);
        for (const name of NAMES) {
          const aside = sink.setAsideRows.filter((r) => r.file === `${name}.csv`).map((r) => r.riga);
          const seen = [...kept[name], ...aside].sort((a, b) => a - b);
          expect(seen).toEqual(input[name].map((_, i) => i + 1));
          expect(tally.scartate[`${name}.csv`] ?? 0).toBe(aside.length);
        }
      }),
      RUNS,
    );
  });

  it('says the same, in the same order, however many buckets the rows are gathered in', () => {
    fc.assert(
      fc.property(tables, (input) => {
        const { sink: one } = check(input);
        const { sink: many } = check(input, 1);
        expect(many).toEqual(one);
      }),
      RUNS,
    );
  });

  it('leaves nothing that another look would set aside: what stands is consistent by itself', () => {
    fc.assert(
      fc.property(tables, (input) => {
        const kept = standing(check(input).sink);
        const rest = Object.fromEntries(
          NAMES.map((name) => [name, kept[name].sort((a, b) => a - b).map((riga) => input[name][riga - 1]!)]),
        ) as unknown as Tables;
        const again = check(rest).sink;
        expect(again.setAsideRows).toEqual([]);
        expect(again.findings.filter((f) => f.gravita === 'E')).toEqual([]);
      }),
      RUNS,
    );
  });

  it('reports no warning about a row set aside, and each row set aside falls once, for a reason that was found', () => {
    fc.assert(
      fc.property(tables, (input) => {
        const { sink } = check(input);
        const aside = new Set(sink.setAsideRows.map((r) => `${r.file} ${r.riga}`));
        for (const f of sink.findings)
          expect(`${f.file} ${f.riga} ${f.codice} ${aside.has(`${f.file} ${f.riga}`)}`).toBe(
            `${f.file} ${f.riga} ${f.codice} ${f.gravita === 'E'}`,
          );
        // Without a finding of their own fall only those that fall with another row.
        const found = new Set(sink.findings.map((f) => `${f.file} ${f.riga} ${f.codice}`));
        for (const r of sink.setAsideRows)
          expect(
            found.has(`${r.file} ${r.riga} ${r.codice}`) || ['SIP-104', 'ES092'].includes(r.codice),
          ).toBe(true);
      }),
      RUNS,
    );
  });

  const NOTHING: Tables = {
    soggetti: [],
    famiglie: [],
    convivenze: [],
    legami: [],
    residenze: [],
    iscrizioni: [],
    stati_civili: [],
    cittadinanze: [],
    generalita: [],
  };
  const person = (id: string): Row => [
    ...[id, '', 'ROSSI', 'MARIO', 'M', '1980-01-01', '036023', '', '1', '', '100', 'RESIDENTE', '1990-01-01'],
    ...['1', '', '', '', '2024-01-01'],
  ];

  it('turns away every row of an id after the first that is well formed (SIP-103), with its number and its text', () => {
    const bad = person('S1').with(5, '1980-13-01');
    const { sink } = check({
      ...NOTHING,
      soggetti: [bad, person('S1'), person('S1').with(3, 'UGO'), bad, person('S1')],
      famiglie: [['F1', '1990-01-01', '', 'S1', '1']],
      legami: [['S1', 'F1', '', '1', '1', '1990-01-01', '']],
    });
    expect(sink.bundles.map((b) => [b.soggetto.riga, b.soggetto.nome])).toEqual([[2, 'MARIO']]);
    expect(sink.setAsideRows.map((r) => [r.riga, r.codice])).toEqual([
      [1, 'SIP-102'],
      [3, 'SIP-103'],
      [4, 'SIP-102'],
      [5, 'SIP-103'],
    ]);
    expect(sink.setAsideRows[1]!.raw).toContain('UGO');
  });

  it('sets aside what bears an identifier longer than a text may be, and what points at it, each by its own form (SIP-102)', () => {
    const long = 'X'.repeat(2000);
    const { sink } = check({
      ...NOTHING,
      soggetti: [person(long)],
      famiglie: [[long, '1990-01-01', '', '', '1']],
      legami: [[long, long, '', '1', '1', '1990-01-01', '']],
    });
    expect(sink.setAsideRows.map((r) => [r.file, r.codice]).sort()).toEqual([
      ['famiglie.csv', 'SIP-102'],
      ['legami.csv', 'SIP-102'],
      ['soggetti.csv', 'SIP-102'],
    ]);
  });
});
