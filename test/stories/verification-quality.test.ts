/**
 * What keeps an answer open, and what does not (services.md, Verification: "set aside, in conflict, in transit, uncertain or too old"): late supplies,
 * corrected and annulled facts, moves under way, who is protected, what is sealed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A, at, B, C, codeOf, Declared, family, lives, type Row, tables } from '../support/declarations.ts';
import { annulled, corrected, type Line, line } from '../support/story.ts';
import { death, leaves, moves, status } from '../support/story-lines.ts';

const RITA = codeOf('MONTI', 'RITA', 'F', '1990-07-07');
const SARA = codeOf('MORI', 'SARA', 'F', '1980-09-09');
const AMOS = codeOf('LENZI', 'AMOS', 'M', '1977-07-17');
const LIA = codeOf('TURCI', 'LIA', 'F', '1983-03-03');
const IVO = codeOf('SERRI', 'IVO', 'M', '1940-05-05');
const UGO = codeOf('GALLI', 'UGO', 'M', '1978-06-06');
const NEVA = codeOf('BONI', 'NEVA', 'F', '1935-05-05');

/** A girl before and after her adoption: who she was is sealed (L. 184/1983 art. 28). */
const BEFORE = codeOf('FERRI', 'EVA', 'F', '2015-01-01');
const AFTER = codeOf('MONTI', 'EVA', 'F', '2015-01-01');

let declared: Declared;
beforeAll(async () => {
  declared = await Declared.open();
  const { story } = declared;
  await story.begin(`
    id  nome        sesso  nascita     famiglia  stato  cf
    S1  MONTI RITA  F      1990-07-07  F1/1      1      ${RITA}
    S2  MORI SARA   F      1980-09-09  F2/1      1      ${SARA}
    S3  LENZI AMOS  M      1977-07-17  F3/1      1      ${AMOS}
    S4  TURCI LIA   F      1983-03-03  F4/1      1      ${LIA}
    S5  SERRI IVO   M      1940-05-05  F5/1      1      ${IVO}
    S6  FERRI EVA   F      2015-01-01  F6/1      1      ${BEFORE}
  `);
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-06-06  F1/1      1      ${UGO}
    S2  BONI NEVA  F      1935-05-05  F2/1      1      ${NEVA}
  `,
    'B',
  );
  const moved = moves('2', '2025-03-10', 'F3', 'NUOVA');
  const married = status('4', '2025-02-20', 'S2', '2', { id_coniuge: 'S3' });
  await story.supply(
    leaves('1', '2025-03-15', 'S1', { destinazione: { comune: B } }),
    moved,
    corrected('3', moved, { decorrenza: '2025-03-12' }, '2025-03-20'),
    married,
    annulled('5', married, '2025-03-21'),
    line('6', 'RISERVATEZZA', '2025-02-15', { id_soggetto: 'S4', riservatezza: '1' }),
    death('7', 'S5', '2025-03-01'),
    line('9', 'GENERALITA', '2025-03-02', {
      id_soggetto: 'S6',
      motivo: 'ADOZIONE',
      cognome: 'MONTI',
      codice_fiscale: AFTER,
      validita_cf: '1',
    }),
    line('8', 'RISERVATEZZA', '2025-03-25', { id_soggetto: 'S4', riservatezza: '0' }),
  );
  await story.supplyOf('B', death('1', 'S2', '2025-01-05'));
});
afterAll(() => declared.test.drop());

const one = (al: string, about: string, what: Line, verdict: string): Row => [al, about, what, verdict];
const alive: Line = { oggetto: 'esistenza_in_vita' };
const dead: Line = { oggetto: 'decesso' };
const married: Line = { oggetto: 'stato_civile', valore: 'coniugato' };
const single: Line = { oggetto: 'stato_civile', valore: 'celibe_nubile' };
const italian: Line = { oggetto: 'cittadinanza', stato: '100' };
const born: Line = { oggetto: 'nascita', data: '1978-06-06' };
const nuova = lives(A, { indirizzo: at('via Nuova', '1') });
const OLD = (element: string, days: number) => `A ${element}:fornitura_vecchia(${days})`;

tables(() => declared, {
  'a supply that is too old leaves open what may have changed since, and nothing else': [
    one('2025-02-19', UGO, lives(B), 'S'),
    one('2025-02-20', UGO, lives(B), OLD('comune', 46)),
    one('2025-03-31', UGO, lives(B), OLD('comune', 85)),
    one('2025-03-31', UGO, lives(A), OLD('comune', 85)),
    one('2025-03-31', UGO, alive, OLD('esistenza_in_vita', 85)),
    one('2025-03-31', UGO, dead, OLD('decesso', 85)),
    one('2025-03-31', UGO, single, OLD('stato_civile', 85)),
    one('2025-03-31', UGO, married, OLD('stato_civile', 85)),
    one('2025-03-31', UGO, italian, OLD('cittadinanza', 85)),
    one('2025-03-31', UGO, family(), OLD('componenti', 85)),
    one('2025-03-31', UGO, born, 'S'),
    one('2025-03-31', UGO, { oggetto: 'nascita', data: '1979' }, 'N data_nascita:diverso'),
    one('2025-03-31', UGO, { oggetto: 'generalita', cognome: 'Galli' }, 'S'),
    one('2025-03-31', UGO, { oggetto: 'codice_fiscale', codice: UGO }, 'S'),
  ],
  'a death that is recorded stays, however old the supply': [
    one('2025-03-31', NEVA, dead, 'S'),
    one('2025-03-31', NEVA, { oggetto: 'decesso', data: '2025-01-05' }, 'S'),
    one('2025-03-31', NEVA, { oggetto: 'decesso', data: '2025-01-06' }, 'N data_decesso:diverso'),
    one('2025-03-31', NEVA, alive, 'N esistenza_in_vita:deceduto'),
    one('2025-03-31', NEVA, lives(B), 'N comune:deceduto'),
    one('2025-01-04', NEVA, alive, 'S'),
  ],
  'a move between comuni under way': [
    one('2025-03-14', RITA, lives(A), 'S'),
    one('2025-03-15', RITA, lives(A), 'A comune:in_transito'),
    one('2025-03-15', RITA, lives(B), 'A comune:in_transito'),
    one('2025-03-15', RITA, lives(C), 'A comune:in_transito'),
    one('2025-03-15', RITA, lives(A, { non: true }), 'A comune:in_transito'),
    one('2025-03-15', RITA, family(), 'A componenti:in_transito'),
    one('2025-03-14', RITA, family(), 'S'),
    one('2025-03-15', RITA, { oggetto: 'nascita', data: '1990-07-07' }, 'S'),
    one('2025-03-15', RITA, single, 'S'),
  ],
  'a fact that was corrected: the day as it should have been': [
    one('2025-03-09', AMOS, nuova, 'N indirizzo:diverso'),
    one('2025-03-10', AMOS, nuova, 'N indirizzo:diverso'),
    one('2025-03-11', AMOS, nuova, 'N indirizzo:diverso'),
    one('2025-03-12', AMOS, nuova, 'S'),
    one('2025-03-12', AMOS, { ...nuova, dal: '2025-03-12' }, 'S'),
    one('2025-03-12', AMOS, { ...nuova, dal: '2025-03-10' }, 'N dal:diverso'),
  ],
  'a fact that was annulled: as if it had never been': [
    one('2025-02-25', SARA, married, 'N stato_civile:diverso'),
    one('2025-02-25', SARA, single, 'S'),
    one('2025-03-25', SARA, { oggetto: 'stato_civile', valore: 'libero' }, 'S'),
  ],
  'sealed: who somebody was is nobody, on any day, and is confirmed to nobody': [
    one('2025-03-10', AFTER, lives(A), 'S'),
    one('2025-03-01', AFTER, lives(A), 'S'),
    one('2025-03-10', BEFORE, lives(A), 'A persona:persona_non_trovata'),
    one('2025-03-01', BEFORE, lives(A), 'A persona:persona_non_trovata'),
    [
      '2025-03-01',
      { cognome: 'Ferri', nome: 'Eva', data_nascita: '2015-01-01' },
      lives(A),
      'A persona:persona_non_trovata',
    ],
    one('2025-03-10', AFTER, { oggetto: 'codice_fiscale', codice: AFTER }, 'S'),
    one('2025-03-10', AFTER, { oggetto: 'codice_fiscale', codice: BEFORE }, 'N codice_fiscale:diverso'),
    one('2025-03-01', AFTER, { oggetto: 'generalita', cognome: 'Ferri' }, 'N cognome:diverso'),
    one('2025-03-01', AFTER, { oggetto: 'generalita', cognome: 'Monti' }, 'S'),
  ],
  'control 23: while the protection stands, where the person lives is told to nobody who may not read it': [
    one('2025-02-14', LIA, lives(A), 'S'),
    one('2025-02-15', LIA, lives(A), 'A comune:protetto'),
    one('2025-02-15', LIA, lives(B), 'A comune:protetto'),
    one('2025-02-15', LIA, lives(A, { non: true }), 'A comune:protetto'),
    one('2025-02-15', LIA, lives(A, { indirizzo: at('via Dante', '1') }), 'A comune:protetto'),
    one('2025-02-15', LIA, family(), 'A componenti:protetto'),
    one('2025-02-15', LIA, alive, 'S'),
    one('2025-02-15', LIA, single, 'S'),
    one('2025-02-15', LIA, { oggetto: 'nascita', data: '1983-03-03' }, 'S'),
    one('2025-03-25', LIA, lives(A), 'S'),
  ],
});

describe('who may read a protected address', () => {
  it('is answered S and N', async () => {
    expect(await declared.verdict(one('2025-02-15', LIA, lives(A), ''), true)).toBe('S');
    expect(await declared.verdict(one('2025-02-15', LIA, lives(B), ''), true)).toBe(
      'N comune:residente_altrove',
    );
  });
});
