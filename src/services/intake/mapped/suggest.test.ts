/** What `intake map --suggest` proposes can be used, or says what is missing; and what a mapping does can be looked at. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { computeCodiceFiscale } from '../../../kernel/codice-fiscale.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import { checkFile } from '../check/check-file.ts';
import { findPackage } from './packages.ts';
import { previewMapping } from './preview.ts';
import { suggestForFile } from './suggest-file.ts';

const SAMPLES = 'test/golden/mapped';
const scratch = mkdtempSync(join(tmpdir(), 'sipop-suggest-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function found(yaml: string, files: readonly string[]): Promise<Record<string, number>> {
  const mapping = join(mkdtempSync(join(scratch, 'mapping-')), 'proposta.yaml');
  writeFileSync(mapping, yaml);
  const report = await checkFile(
    {
      paths: [mapping, ...files],
      door: 'MAPPATA',
      declared: { tipo: 'COMPLETA', comune: '036035', progressivo: 1, situazioneAl: day('2024-12-31') },
    },
    { reference: loadReference(), today: day('2025-02-10'), tempFolder: scratch, examples: 1 },
  );
  return Object.fromEntries(report.codici.map(({ codice, quante }) => [codice, quante]));
}

describe('a proposal', () => {
  it.each([
    ['a text with a header', 'package-csv-moderno/persone.csv'],
    ['a workbook with a title above its header', 'package-foglio/popolazione.xlsx'],
  ])('for %s passes the check, and finds in its rows what its package finds', async (_what, file) => {
    const path = join(SAMPLES, file);
    const { yaml, problems, missing } = await suggestForFile(path, scratch);
    expect({ problems, missing }).toEqual({ problems: [], missing: [] });
    expect(await found(yaml, [path])).toEqual({ EA048: 1, 'SIP-120': 1 });
  });

  it('says which columns nobody could find, on lines of its own', async () => {
    const { yaml, missing, problems } = await suggestForFile(
      join(SAMPLES, 'package-due-file/posizioni.txt'),
      scratch,
    );
    expect(missing).toContain('soggetti.data_nascita');
    expect(yaml).toContain('# MANCA data_nascita');
    expect(problems.map(({ what }) => what[0]).join()).toContain(
      'mancano colonne obbligatorie di soggetti.csv',
    );
  });

  it('sees the encoding, the separator, names in one column, sexes as numbers and dates of six digits', async () => {
    const path = join(scratch, 'vecchio.txt');
    writeFileSync(
      path,
      Buffer.from(
        'MATR|NOMINATIVO|SEX|DT_NASC|COD_FAM|REL|DT_ISCR|DT_AGG|INDIRIZZO\n' +
          [
            '1|NICOL\xe3 ANNA|2|010180|7|1|020285|030299|VIA ROMA 1\n',
            '2|ROSSI UGO|1|311299|7|3|311299|030299|VIA ROMA 1\n',
          ].join(''),
        'latin1',
      ),
    );
    const { yaml } = await suggestForFile(path, scratch);
    expect(yaml).toContain('separatore: "|"');
    expect(yaml).toContain('codifica: CP850');
    expect(yaml).toContain('nominativo: { campo: NOMINATIVO }');
    expect(yaml).toContain('sesso: { campo: SEX, codici: sesso }');
    expect(yaml).toContain('data_nascita: { campo: DT_NASC, data: GGMMAA }');
  });

  it('of a text without a header knows surname, given name, sex, day and place of birth by the codici fiscali beside them', async () => {
    const path = join(scratch, 'senza-titoli.txt');
    const rows = [
      ['NERI', 'ANNA', 'F', '01/02/1980', 'F257'],
      ['DE LUCA', 'UGO', 'M', '31/12/1999', 'H501'],
      ['BIANCHI', 'EVA', 'F', '15/07/1951', 'F257'],
    ] as const;
    const lines = rows.map(([surname, name, sex, date, place], i) => {
      const [day_, month, year] = date.split('/');
      const code = computeCodiceFiscale({
        cognome: surname,
        nome: name,
        sesso: sex,
        data_nascita: day(`${year}-${month}-${day_}`),
        luogo: place,
      });
      return [place, name, i + 1, date, surname, sex, code].join(';');
    });
    writeFileSync(path, `${lines.join('\n')}\n`);
    const { yaml } = await suggestForFile(path, scratch);
    expect(yaml).toContain(
      'colonne: [COMUNE_NASCITA, NOME, COL3, DATA_NASCITA, COGNOME, SESSO, CODICE_FISCALE]',
    );
    expect(yaml).toContain('id_soggetto: COL3');
    expect(yaml).toContain('nome: NOME');
    expect(yaml).toContain('data_nascita: { campo: DATA_NASCITA, data: "GG/MM/AAAA" }');
  });

  it('of a file of fixed width proposes places and types of rows, and what the codici fiscali in it tell', async () => {
    const path = join(SAMPLES, 'package-posizionale-2002/anagrafe.dat');
    const { yaml, missing } = await suggestForFile(path, scratch);
    // What the package's own mapping says of these places.
    for (const line of [
      'codifica: CP850',
      'tipo_record: 1-2',
      'CODICE_FISCALE: 11-26',
      'NOMINATIVO: 28-107',
      'SESSO: 108',
      'DATA_NASCITA: 109-116',
      'nominativo: { campo: NOMINATIVO, separatore: "*" }',
      'data_nascita: { campo: DATA_NASCITA, data: GGMMAAAA }',
      'id_soggetto: CAMPO_3',
    ])
      expect(yaml).toContain(line);
    // What no code tells is for the person who goes on from it.
    expect(missing).toContain('soggetti.iscritto_dal');
  });

  it('of a file of fixed width in which nothing says what it holds tells where to begin', async () => {
    const path = join(scratch, 'oscuro.dat');
    writeFileSync(path, 'A0001 UNO\nA0002 DUE\nA0003 TRE\n');
    await expect(suggestForFile(path, scratch)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('posizionale-2002'),
    });
  });
});

describe('a look at a mapping', () => {
  const look = (mapping: string, files: readonly string[]) =>
    previewMapping({
      mapping,
      files,
      situazioneAl: day('2024-12-31'),
      reference: loadReference(),
      tempFolder: scratch,
      rows: 2,
    });

  it('shows rows before and after, and the fields that are not read', async () => {
    const { sorgenti, tabelle } = await look(findPackage('due-file')!, [
      join(SAMPLES, 'package-due-file/anagrafica.txt'),
      join(SAMPLES, 'package-due-file/posizioni.txt'),
    ]);
    expect(sorgenti.map(({ nome, righe, non_letti }) => [nome, righe.length, non_letti])).toEqual([
      ['anagrafica', 2, []],
      ['posizioni', 2, []],
    ]);
    const [soggetti] = tabelle;
    expect(soggetti).toMatchObject({
      nome: 'soggetti.csv',
      righe: [{ file: 'anagrafica.txt', riga: 1 }, { riga: 2 }],
    });
    // What is joined to the first rows may stand anywhere in the other file.
    expect(soggetti!.righe[0]!.valori['posizione']).toBe('RESIDENTE');
  });

  it('shows where a value cannot be had', async () => {
    const { tabelle } = await look(join(SAMPLES, '_base/mappatura.yaml'), [
      join(SAMPLES, 'fault-values/persone.csv'),
    ]);
    expect(tabelle[0]!.righe[0]!.valori['sesso']).toMatch(/^✗ 9: il valore non è tra quelli/);
  });

  it('of a mapping that is wrong tells the problems alone', async () => {
    const { problemi, tabelle } = await look(join(SAMPLES, 'yaml-unknown-key/mappatura.yaml'), [
      join(SAMPLES, '_base/persone.csv'),
    ]);
    expect(tabelle).toEqual([]);
    expect(problemi).toMatchObject([{ line: 27, column: 5, path: 'tabelle.famiglie.una_pe' }]);
  });
});
