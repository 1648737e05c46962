/** What an operation is to the register: one supply, applied whole or not at all, answered in the national form (docs/adr/0016). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAnswer } from '../support/operation-answers.ts';
import {
  COMUNE,
  comune,
  household,
  known,
  MODENA,
  type Parts,
  request,
  requestIn,
  residence,
  tie,
} from '../support/operation-requests.ts';
import { type OperationsRegister, operationsRegister, REFERENCE } from '../support/operations-register.ts';
import { replayOf, unequal } from '../support/replay.ts';
import { writeZip } from '../support/zip-writer.ts';

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

const ADA = known('S4', 'NERI', 'ADA');
const surname = (cognome: string, head: Parts = {}, who: Parts = ADA, nome = 'ADA'): string =>
  request(
    '5008',
    {
      generalitaPerRicerca: who,
      generalitaDaModificare: { generalita: { cognome, nome } },
      datiControllo: { tipoMutazione: '01' },
    },
    head,
  );
const move = (id: string, civico: string, day = '2025-03-03'): string =>
  request(
    '5005',
    {
      generalitaSchedaFamiglia: household('F2'),
      residenzaFamiglia: [residence('EMILIA EST', civico, '1', day)],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    },
    { idOperazioneComune: id, dataDecorrenza: day },
  );

/** Code, kind, object, field and value of each error or warning of an answer. */
const told = (answer: string): string[] =>
  parseAnswer(answer).anomalies.map((a) => [a.codice, a.tipo, a.oggetto, a.campo, a.valore].join(' | '));

async function one(xml: string | Buffer) {
  const [result] = await register.take(xml);
  return { ...result!, ...parseAnswer(result!.answer) };
}

describe('esitoOperazione', () => {
  it('is 2 of what was applied, with the receipt as idOperazioneANPR', async () => {
    const answered = await one(surname('NERI BIANCHI', { protocolloComune: 'P/12' }));
    expect(answered.head).toEqual({
      idOperazioneComune: '1',
      codMittente: '999999',
      codDestinatario: COMUNE,
      operazioneRichiesta: '5008',
      dataOraRichiesta: '2025-03-03T10:30:00',
      protocolloComune: 'P/12',
      dataDecorrenza: '2025-03-03',
      idOperazioneANPR: '20250000002',
      esitoOperazione: '2',
    });
    expect(answered.receipt).toEqual({ ricevuta: '2025/0000002', esito: 'ACCETTATA', repeated: false });
  });

  it('is 6 of what was applied with warnings, each with code, W, element, field and value', async () => {
    const answered = await one(
      request('5008', {
        generalitaPerRicerca: ADA,
        generalitaDaModificare: {
          generalita: { codiceFiscale: { codFiscale: 'NREDAA80A41F257X' }, cognome: 'NERI', nome: 'ADA' },
        },
        autoVeicoli: { possessoAutoveicoli: 'S', possessoPatente: 'S' },
        datiControllo: { tipoMutazione: ['01', '08'] },
      }),
    );
    expect(answered.head['esitoOperazione']).toBe('6');
    expect(told(answered.answer)).toEqual([
      'SIP020 | W | datiControllo | tipoMutazione | 8',
      'EA048 | W | generalitaDaModificare/generalita/codiceFiscale | codFiscale | NREDAA80A41F257X',
    ]);
  });

  it('is 3 of what does not apply: nothing of it is recorded, not even what would', async () => {
    const before = await register.state();
    const answered = await one(
      request('2001', {
        motivoCancellazione: { tipoMotivoCancellazione: '1' },
        generalitaPerRicerca: known('S1', 'ROSSI', 'MARIO'),
        datiDecesso: { dataEvento: '2025-03-01', luogoEvento: { comune: MODENA } },
        elencoSoggettiFamiglia: [
          { generalita: ADA, legameSoggetto: tie('3', '2025-03-01') },
          { generalita: known('S2', 'BIANCHI', 'ANNA'), legameSoggetto: tie('1', '2025-03-01') },
        ],
        datiControllo: { ruoloSoggetto: '1' },
      }),
    );
    expect(answered.head['esitoOperazione']).toBe('3');
    expect(told(answered.answer)).toEqual([
      'SIP204 | E | generalitaPerRicerca/idSchedaSoggettoComune | idSchedaSoggetto | S4',
    ]);
    expect(await register.state()).toEqual(before);
  });
});

describe('whom and what a request names', () => {
  const cases: Readonly<Record<string, readonly [string, string[]]>> = {
    'a number that the register does not have (ES100)': [
      surname('X', {}, known('S99', 'NERI', 'ADA')),
      ['ES100 | E | generalitaPerRicerca/idSchedaSoggettoComune | idSchedaSoggetto | S99'],
    ],
    'the number of another comune (ES034)': [
      surname(
        'X',
        {},
        {
          cognome: 'NERI',
          nome: 'ADA',
          idSchedaSoggettoComune: { idSchedaSoggettoComuneIstat: '036005', idSchedaSoggetto: 'S4' },
        },
      ),
      ['ES034 | E | generalitaPerRicerca/idSchedaSoggettoComune | idSchedaSoggettoComuneIstat | 036005'],
    ],
    'a codice fiscale that nobody bears (ES102)': [
      surname('X', {}, { codiceFiscale: { codFiscale: 'AAABBB80A01F257X' }, cognome: 'NERI', nome: 'ADA' }),
      ['ES102 | E | generalitaPerRicerca/codiceFiscale | codFiscale | AAABBB80A01F257X'],
    ],
    'nobody of that name and birth (ENT04)': [
      surname('X', {}, { cognome: 'NERI', nome: 'ADA', dataNascita: '1980-01-02' }),
      ['ENT04 | E | Richiesta5008 | generalitaPerRicerca | NERI ADA 1980-01-02'],
    ],
    'only a number of the national register (ES101)': [
      surname('X', {}, { cognome: 'NERI', nome: 'ADA', idSchedaSoggettoANPR: '123456' }),
      ['ES101 | E | generalitaPerRicerca | idSchedaSoggettoANPR | 123456'],
    ],
    'no identifier at all (ES004)': [
      surname('X', {}, { cognome: 'NERI', nome: 'ADA' }),
      ['ES004 | E | Richiesta5008 | generalitaPerRicerca | '],
    ],
    'the number of somebody who is called otherwise (EN183)': [
      surname('X', {}, known('S4', 'BIANCHI', 'ADA')),
      ['EN183 | E | generalitaPerRicerca | cognome | BIANCHI'],
    ],
    'a family that the register does not have (EF001)': [
      request('5001', {
        famigliaConvivenza: household('F99'),
        residenzaFamigliaConvivenza: residence('ROMA', '1'),
        datiControllo: { tipoMutazione: '4', tipoScheda: '3' },
      }),
      ['EF001 | E | Richiesta5001 | famigliaConvivenza | F99'],
    ],
    'a birth into a family that the register does not have (EF001)': [
      request('1001', {
        generalita1001: {
          generalita: { ...known('S9', 'NERI', 'EVA'), sesso: 'F', dataNascita: '2025-03-01' },
        },
        cittadinanza: { descrizioneStato: 'ITALIA', codiceStato: '100' },
        famConv: household('F99'),
        datiControllo: { attribuzioneFamiglia: '5' },
      }),
      ['EF001 | E | Richiesta1001 | famConv | F99'],
    ],
    'somebody registered abroad (ES077)': [
      surname('X', {}, { ...ADA, soggettoAIRE: 'S' }),
      ['ES077 | E | generalitaPerRicerca | soggettoAIRE | S'],
    ],
  };
  it.each(Object.entries(cases))('%s', async (_title, [xml, expected]) => {
    const answered = await one(xml);
    expect(answered.head['esitoOperazione']).toBe('3');
    expect(told(answered.answer)).toEqual(expected);
  });

  it('of two under one codice fiscale the one who is registered on the day is meant: who came back under another number', async () => {
    const code = { codiceFiscale: { codFiscale: 'NREDAA80A41F257C' } };
    const leaving = request(
      '2003',
      {
        datiCancellazione: { motivoCancellazione: '3', dataDecorrenzaCancellazione: '2025-02-01' },
        generalitaPerRicerca: ADA,
        destinazione: { comune: comune('BOLOGNA', '037006', 'BO') },
        datiControllo: { ruoloSoggetto: '1' },
      },
      { dataDecorrenza: '2025-02-01' },
    );
    const back = request(
      '1002',
      {
        motivoIscrizione: { idMotivoIscrizione: '3' },
        generalita1002: {
          generalita: {
            ...code,
            ...known('S40', 'NERI', 'ADA'),
            sesso: 'F',
            dataNascita: '1980-01-01',
            luogoNascita: { comune: MODENA },
          },
          statoCivile: { statoCivile: '1' },
        },
        cittadinanza: [{ descrizioneStato: 'ITALIA', codiceStato: '100' }],
        residenza: [residence('VERDI', '3', '1', '2025-03-01')],
        famiglia: { famiglia: household('F40'), legameSoggetto: tie('1', '2025-03-01') },
        datiControllo: { attribuzioneFamiglia: '1' },
      },
      { idOperazioneComune: '2', dataDecorrenza: '2025-03-01' },
    );
    const named = surname(
      'NERI BIANCHI',
      { idOperazioneComune: '3' },
      { ...code, cognome: 'NERI', nome: 'ADA' },
    );
    for (const { answer } of await register.take(leaving, back, named))
      expect(parseAnswer(answer).head['esitoOperazione']).not.toBe('3');
    const { rows } = await register.test.db.query(
      "select id_soggetto from identities join entries using (entry_id) where cognome = 'NERI BIANCHI'",
    );
    expect(rows).toEqual([{ id_soggetto: 'S40' }]);
  });

  it('accents and case do not make another person; two of one name and birth are none (ENT01)', async () => {
    const birth = { dataNascita: '1990-05-05', luogoNascita: { comune: MODENA } };
    const arriving = (id: string): string =>
      request(
        '1002',
        {
          motivoIscrizione: { idMotivoIscrizione: '9' },
          generalita1002: {
            generalita: { ...known(`S${id}0`, 'D’Angelò', 'Zoe'), sesso: 'F', ...birth },
            statoCivile: { statoCivile: '1' },
          },
          cittadinanza: [{ descrizioneStato: 'ITALIA', codiceStato: '100' }],
          residenza: [residence('VERDI', id, '1', '2025-03-03')],
          famiglia: { famiglia: household(`F${id}0`), legameSoggetto: tie('1', '2025-03-03') },
          datiControllo: { attribuzioneFamiglia: '1' },
        },
        { idOperazioneComune: id },
      );
    const who = { cognome: "D'ANGELO", nome: 'ZOE', dataNascita: '1990-05-05' };
    const [first, found] = await register.take(
      arriving('1'),
      surname('DANGELO', { idOperazioneComune: '2' }, who, 'ZOE'),
    );
    expect([first, found].map((r) => parseAnswer(r!.answer).head['esitoOperazione'])).not.toContain('3');
    await register.take(arriving('3'));
    const twice = await register.take(
      surname('X', { idOperazioneComune: '4' }, { ...who, cognome: 'DANGELO' }),
    );
    expect(told(twice[0]!.answer)).toEqual([
      'ENT01 | E | Richiesta5008 | generalitaPerRicerca | DANGELO ZOE 1990-05-05',
    ]);
  });
});

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

describe('what a 5012 may annul', () => {
  const annul = (id: string, of: string, operazioneRichiesta: string, more: Parts = {}): string =>
    request(
      '5012',
      {
        datiOperazioneDaAnnullare: { operazioneRichiesta, idOperazioneComune: of, idOperazioneANPR: '1' },
        datiSchedaSoggettoFamigliaConvivenza: { soggetto: ADA },
        datiControllo: { tipoScheda: '1', annullamentoAttribuzioneCF: 'N' },
      },
      { idOperazioneComune: id, ...more },
    );

  it('an operation that was not registered (EN078), or is named as another (EN314), or is no mutation (EN314)', async () => {
    const death = request('2001', {
      motivoCancellazione: { tipoMotivoCancellazione: '1' },
      generalitaPerRicerca: known('S6', 'VERDI', 'LEO'),
      datiDecesso: { dataEvento: '2025-03-01', luogoEvento: { comune: MODENA } },
      datiControllo: { ruoloSoggetto: '1' },
    });
    await register.take(death, move('2', '12'));
    const answers = await register.take(
      annul('3', '99', '5005'),
      annul('4', '2', '5008'),
      annul('5', '1', '2001'),
    );
    expect(answers.map((r) => told(r.answer))).toEqual([
      ['EN078 | E | datiOperazioneDaAnnullare | idOperazioneComune | 99'],
      ['EN314 | E | datiOperazioneDaAnnullare | operazioneRichiesta | 5008'],
      ['EN314 | E | datiOperazioneDaAnnullare | operazioneRichiesta | 2001'],
    ]);
  });

  it('a mutation once: what is annulled already cannot be annulled again (SIP-205)', async () => {
    const [, first, second] = await register.take(
      move('1', '12'),
      annul('2', '1', '5005'),
      annul('3', '1', '5005'),
    );
    expect(parseAnswer(first!.answer).head['esitoOperazione']).toBe('2');
    expect(told(second!.answer)).toEqual([
      'SIP205 | E | datiOperazioneDaAnnullare | idOperazioneComune | ANPR-1',
    ]);
    const { rows } = await register.test.db.query(
      "select count(*)::int as n from household_addresses where toponimo = 'EMILIA EST'",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});

it('what stood on an annulled operation falls, and is told as a warning of the annulment that was applied (SIP-206)', async () => {
  const LUCA = known('S3', 'ROSSI', 'LUCA');
  const out = request('5005', {
    generalitaSchedaFamiglia: household('F9'),
    residenzaFamiglia: [residence('EMILIA EST', '12', '1', '2025-03-03')],
    elencoSoggettiFamiglia: [{ generalita: LUCA, legameSoggetto: tie('1', '2025-03-03') }],
    datiControllo: { tipoMutazione: '02', tipoScheda: '2' },
  });
  const again = move('2', '30').replaceAll('>F2<', '>F9<');
  const annulment = request(
    '5012',
    {
      datiOperazioneDaAnnullare: {
        operazioneRichiesta: '5005',
        idOperazioneComune: '1',
        idOperazioneANPR: '1',
      },
      datiSchedaSoggettoFamigliaConvivenza: { soggetto: LUCA },
      datiControllo: { tipoScheda: '1', annullamentoAttribuzioneCF: 'N' },
    },
    { idOperazioneComune: '3' },
  );
  const results = await register.take(out, again, annulment);
  const { answer } = results.at(-1)!;
  expect(parseAnswer(answer).head['esitoOperazione']).toBe('6');
  expect(told(answer).map((line) => line.split(' | ').slice(0, 2))).toEqual([['SIP206', 'W']]);
  const { rows } = await register.test.db.query(
    `select id_household from memberships join entries e using (entry_id) join household_numbers using (household_id)
      where e.id_soggetto = 'S3' and valid_to = 'infinity'`,
  );
  expect(rows).toEqual([{ id_household: 'F1' }]);
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

describe('a request that is none', () => {
  const cases: Readonly<Record<string, string | Buffer>> = {
    'is cut': move('1', '12').slice(0, 400),
    'declares a DTD': move('1', '12').replace('<q:', '<!DOCTYPE q [<!ENTITY e "x">]><q:'),
    'has an entity of its own': move('1', '12').replace('EMILIA EST', '&e;'),
    'is in another namespace': requestIn('http://example.org/', 'Richiesta5005', {}),
    'asks for another operation': requestIn('http://sogei.it/ANPR/5000mutazione', 'Richiesta5021', {}),
    'is not XML': Buffer.from([0, 1, 2, 3]),
    'is empty': '',
    'holds a text without end': move('1', '12').replace('EMILIA EST', 'A'.repeat(3_000_000)),
    'is over 4 MiB': move('1', '12').replace('EMILIA EST', 'A'.repeat(5_000_000)),
  };
  it.each(Object.entries(cases))(
    '%s: answered 3 with EN489, and nothing else happens',
    async (_title, xml) => {
      const before = await register.state();
      const answered = await one(xml);
      expect(answered.head['esitoOperazione']).toBe('3');
      expect(answered.anomalies.map((a) => `${a.codice} ${a.tipo}`)).toEqual(['EN489 E']);
      expect(await register.state()).toEqual(before);
    },
  );

  const heads: Readonly<Record<string, readonly [Parts, string]>> = {
    'a trial (tipoInvio TEST)': [{ tipoInvio: 'TEST' }, 'SIP202 | E | testataRichiesta | tipoInvio | TEST'],
    'a comune that there is not': [
      { codMittente: '999998' },
      'SIP004 | E | testataRichiesta | codMittente | 999998',
    ],
    'an operation other than its root': [
      { operazioneRichiesta: '5005' },
      'EN489 | E | testataRichiesta | operazioneRichiesta | 5005',
    ],
    'an instant to come': [
      { dataOraRichiesta: '2026-01-01T00:00:00' },
      'SIP015 | E | testataRichiesta | dataOraRichiesta | 2026-01-01T00:00:00',
    ],
    'a tipoOperazione that there is not': [
      { tipoOperazione: 'Z' },
      'EHR26 | E | testataRichiesta | tipoOperazione | Z',
    ],
    'a comune of which the register has nothing yet': [
      { codMittente: '036005' },
      'SIP006 | E | Richiesta5008 | tipo | 5008',
    ],
  };
  it.each(Object.entries(heads))('with %s is refused', async (_title, [change, expected]) => {
    const answered = await one(surname('X', change));
    expect(told(answered.answer)).toEqual([expected]);
  });
});

describe('a ZIP of many', () => {
  it('is taken in the order of their numbers, one answer each, those that fail among the others', async () => {
    const zip = writeZip([
      { name: 'op-10.xml', data: Buffer.from(move('10', '30')) },
      { name: 'op-2.xml', data: Buffer.from(move('2', '10')) },
      { name: 'op-3.xml', data: Buffer.from('<broken') },
      { name: 'op-9.xml', data: Buffer.from(move('9', '20')) },
    ]);
    const results = await register.takeFiles([register.write('operazioni.zip', zip)]);
    expect(results.map((r) => [r.file, parseAnswer(r.answer).head['esitoOperazione']])).toEqual([
      ['op-2.xml', '2'],
      ['op-9.xml', '2'],
      ['op-3.xml', '3'],
      ['op-10.xml', '2'],
    ]);
    const { rows } = await register.test.db.query(
      `select civico from household_addresses where toponimo = 'EMILIA EST' and valid_to = 'infinity'`,
    );
    expect(rows).toEqual([{ civico: '30' }]);
  });

  it('that is unsafe is answered once, and nothing of it is taken (SIP-001)', async () => {
    const zip = writeZip([{ name: '../op.xml', data: Buffer.from(move('1', '12')) }]);
    const results = await register.takeFiles([register.write('operazioni.zip', zip)]);
    expect(results.map((r) => told(r.answer))).toEqual([['SIP001 | E |  |  | ']]);
  });
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
