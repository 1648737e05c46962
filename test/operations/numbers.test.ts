/** What an idOperazioneComune and the order of operations and supplies are to the register (docs/adr/0016). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { known, request } from '../support/operation-requests.ts';
import { ADA, answeredBy, move, surname, told } from '../support/operation-stories.ts';
import { type OperationsRegister, operationsRegister, REFERENCE } from '../support/operations-register.ts';
import { replayOf, unequal } from '../support/replay.ts';

let begun: OperationsRegister;
let register: OperationsRegister;
beforeAll(async () => {
  begun = await operationsRegister();
});
afterAll(() => begun.end());
beforeEach(async () => {
  register = await begun.copy();
  return () => register.end();
});

const one = (xml: string | Buffer) => answeredBy(register, xml);

describe('idOperazioneComune plays the part of the progressivo', () => {
  it('a known one with the same bytes gives the earlier answer, byte for byte, and changes nothing', async () => {
    const [first] = await register.take(move('7', '12'));
    const state = await register.state();
    const [again] = await register.take(move('7', '12'));
    expect(again!.answer).toBe(first!.answer);
    expect(again!.receipt).toEqual({ ...first!.receipt, repeated: true });
    expect(await register.state()).toEqual(state);
  });

  it('a known one with other bytes is refused, and the first stands (SIP-005)', async () => {
    await register.take(move('7', '12'));
    const state = await register.state();
    const answered = await one(move('7', '14'));
    expect(answered.head['esitoOperazione']).toBe('3');
    expect(told(answered.answer)).toEqual(['SIP005 | E | testataRichiesta | idOperazioneComune | 7']);
    expect(await register.state()).toEqual(state);
  });

  it('a refused one has not used it up: mended it comes under the same, and what was found is closed', async () => {
    const refused = await one(surname('X', { idOperazioneComune: '7' }, known('S99', 'NERI', 'ADA')));
    expect(refused.head['esitoOperazione']).toBe('3');
    await register.take(move('8', '12'));
    const mended = await one(surname('NERI BIANCHI', { idOperazioneComune: '7' }));
    expect(mended.head['esitoOperazione']).toBe('2');
    const { rows } = await register.test.db.query(
      "select codice, chiusa_da is not null as closed from findings where gravita <> 'W'",
    );
    expect(rows).toEqual([{ codice: 'ES100', closed: true }]);
  });

  it('a new one that is lower than the last accepted is refused, however often it comes (tipoDato.xsd; SIP-006)', async () => {
    await register.take(move('20', '12'));
    for (const xml of [move('9', '14'), move('9', '14')])
      expect(told((await one(xml)).answer)).toEqual([
        'SIP006 | E | testataRichiesta | idOperazioneComune | 9',
      ]);
  });

  it('operations use no progressivo up, and supplies of changes go on beside them', async () => {
    await register.take(move('1', '12'));
    await register.changes([], '2025-01-31');
    await register.take(move('2', '14'));
    const { rows } = await register.test.db.query(
      'select tipo, progressivo, id_operazione, situazione_al from supplies order by supply_id',
    );
    expect(rows).toEqual([
      { tipo: 'COMPLETA', progressivo: 1, id_operazione: null, situazione_al: '2024-12-31' },
      { tipo: 'OPERAZIONE', progressivo: 0, id_operazione: '1', situazione_al: '2025-03-03' },
      { tipo: 'VARIAZIONI', progressivo: 2, id_operazione: null, situazione_al: '2025-01-31' },
      { tipo: 'OPERAZIONE', progressivo: 0, id_operazione: '2', situazione_al: '2025-03-03' },
    ]);
  });
});

it('the same request taken at once by two calls is registered once, and answered alike', async () => {
  const [first, second] = await Promise.all([register.take(move('7', '12')), register.take(move('7', '12'))]);
  expect(first[0]!.answer).toBe(second[0]!.answer);
  expect([first[0]!.receipt.repeated, second[0]!.receipt.repeated].sort()).toEqual([false, true]);
  const { rows } = await register.test.db.query(
    "select count(*)::int as n from supplies where tipo = 'OPERAZIONE'",
  );
  expect(rows).toEqual([{ n: 1 }]);
});

it('a COMPLETA may not go back before the operations, which it would take back (SIP-015)', async () => {
  await register.take(move('1', '12'));
  await expect(register.full('2025-03-02')).resolves.toEqual(['SIP-015']);
  await expect(register.full('2025-03-03')).resolves.toEqual([]);
});

it('a replay brings operations again among the supplies, refused ones too, with their answers (invariant 4)', async () => {
  await register.take(
    move('1', '12'),
    surname('X', { idOperazioneComune: '2' }, known('S99', 'NERI', 'ADA')),
  );
  await register.changes([], '2025-03-10');
  await register.take(
    surname('NERI BIANCHI', { idOperazioneComune: '2' }),
    request(
      '5012',
      {
        datiOperazioneDaAnnullare: {
          operazioneRichiesta: '5005',
          idOperazioneComune: '1',
          idOperazioneANPR: '1',
        },
        datiSchedaSoggettoFamigliaConvivenza: { soggetto: { ...ADA, cognome: 'NERI BIANCHI' } },
        datiControllo: { tipoScheda: '1', annullamentoAttribuzioneCF: 'N' },
      },
      { idOperazioneComune: '3' },
    ),
  );
  const report = await replayOf(register.test, REFERENCE);
  expect(unequal(report)).toEqual([]);
  expect(report).toMatchObject({ equal: true, supplies: 5, refusals: 1 });
});

it('what another sent for the comune has not been sent by it: the number is as new as before (SIP-004, SIP-006), and that finding stays', async () => {
  await register.take(move('20', '12'));
  const foreign = { allowedComuni: ['036005'] };
  for (const id of ['9', '21']) {
    const [refused] = await register.takeFiles([register.write('altri.xml', move(id, '14'))], foreign);
    expect(told(refused!.answer)).toEqual(['SIP004 | E | testataRichiesta | codMittente | 036023']);
  }
  expect(told((await one(move('9', '14'))).answer)).toEqual([
    'SIP006 | E | testataRichiesta | idOperazioneComune | 9',
  ]);
  expect((await one(move('21', '14'))).head['esitoOperazione']).toBe('2');
  const { rows } = await register.test.db.query(
    "select codice, count(*)::int as n, count(chiusa_da)::int as closed from findings where gravita <> 'W' group by codice order by codice",
  );
  expect(rows).toEqual([
    { codice: 'SIP-004', n: 2, closed: 0 },
    { codice: 'SIP-006', n: 1, closed: 0 },
  ]);
});
