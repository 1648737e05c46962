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
  residence,
  tie,
} from '../support/operation-requests.ts';
import { ADA, answeredBy, move, surname, told } from '../support/operation-stories.ts';
import { type OperationsRegister, operationsRegister } from '../support/operations-register.ts';

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
