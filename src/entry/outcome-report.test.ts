import { describe, expect, it } from 'vitest';
import type { Day } from '../kernel/day.ts';
import type { StoredFinding, StoredOutcome } from '../registry/supplies/supplies.sql.ts';
import { fileLines, findingLines } from './outcome-report.ts';

const outcome: StoredOutcome = {
  supplyId: 1,
  ricevuta: '2026/0000001',
  comune: '036042',
  progressivo: 1,
  tipo: 'COMPLETA',
  richiesta: null,
  id_operazione: null,
  file: 'SIPOP_036042_000001_COMPLETA.zip',
  esito: 'ACCETTATA_CON_SEGNALAZIONI',
  situazione_al: '2024-12-31' as Day,
  ricevuta_il: '2026-01-01T09:00:00.000Z',
  lette: { 'legami.csv': 10, 'famiglie.csv': 4, 'soggetti.csv': 8 },
  applicate: { 'legami.csv': 9, 'famiglie.csv': 4, 'soggetti.csv': 7 },
  scartate: { 'legami.csv': 1, 'soggetti.csv': 1 },
  segnalate: { 'soggetti.csv': 2 },
};

const found: StoredFinding = {
  ricevuta: '2026/0000001',
  progressivo: 1,
  codice: 'SIP-102',
  gravita: 'E',
  file: 'famiglie.csv',
  riga: 57,
  id_soggetto: '',
  id_famiglia: '90000057',
  id_evento: null,
  campo: 'dal',
  valore: '2022-06-31',
  messaggio: 'dal «2022-06-31»: non esiste. Correggerlo.',
  messaggio_en: 'dal "2022-06-31": does not exist. Correct it.',
  dettaglio: null,
  chiusa_da: 3,
  id_operazione: null,
  chiusa_da_operazione: null,
  sealed_since: false,
};

describe('an outcome as a clerk reads it (tracciato.md 4, Outcome)', () => {
  it('counts by file in the order of the tracciato, with their sum', () => {
    const lines = fileLines(outcome);
    expect(lines.map((l) => l.file)).toEqual(['soggetti.csv', 'famiglie.csv', 'legami.csv', 'totale']);
    expect(lines.at(-1)).toEqual({ file: 'totale', lette: 22, applicate: 20, scartate: 2, segnalate: 2 });
  });
  it('no sum under one file, and no line where the supply was not opened', () => {
    expect(fileLines({ ...outcome, lette: { 'eventi.jsonl': 3 }, scartate: {} })).toHaveLength(1);
    expect(fileLines({ ...outcome, lette: {}, scartate: {} })).toEqual([]);
  });
  it('a finding with file, row, family, and what to do, in the language asked for', () => {
    expect(findingLines(found, false)).toBe(
      'E SIP-102  famiglie.csv, riga 57, famiglia 90000057  [chiusa dalla fornitura 3]\n    dal «2022-06-31»: non esiste. Correggerlo.\n',
    );
    expect(findingLines(found, true)).toBe(
      'E SIP-102  famiglie.csv, row 57, family 90000057  [closed by supply 3]\n    dal "2022-06-31": does not exist. Correct it.\n',
    );
  });
});
