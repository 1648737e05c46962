/** Requests that are wrong on purpose: texts that are names of every object, other people's acts, senders without the right. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeOperations } from '../../src/services/intake/anpr/operations/operations.service.ts';
import { parseAnswer } from '../support/operation-answers.ts';
import { household, known, MODENA, type Parts, request, residence } from '../support/operation-requests.ts';
import { type OperationsRegister, operationsRegister, REFERENCE } from '../support/operations-register.ts';
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
const UGO = known('S5', 'GALLI', 'UGO');
const DAY = '2025-03-03';

/** Code, object, field and value of each error or warning of an answer. */
const told = (answer: string): string[] =>
  parseAnswer(answer).anomalies.map((a) => [a.codice, a.oggetto, a.campo, a.valore].join(' | '));
const esito = (answer: string): string | undefined => parseAnswer(answer).head['esitoOperazione'];

const move = (id: string, civico: string, tipoMutazione = '02'): string =>
  request(
    '5005',
    {
      generalitaSchedaFamiglia: household('F2'),
      residenzaFamiglia: [residence('EMILIA EST', civico, '1', DAY)],
      datiControllo: { tipoMutazione, tipoScheda: '1' },
    },
    { idOperazioneComune: id },
  );

/** Names that every object of the language has. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

describe('a code that is a name which every object has is no code', () => {
  it.each(INHERITED)('5001 with tipoMutazione %s is refused (ES096)', async (name) => {
    const [result] = await register.take(
      request('5001', {
        famigliaConvivenza: household('F2'),
        datiControllo: { tipoMutazione: name, tipoScheda: '3' },
      }),
    );
    expect(told(result!.answer)).toEqual([`ES096 | datiControllo | tipoMutazione | ${name}`]);
  });

  it.each(INHERITED)('5005 with tipoMutazione %s is refused (ES096), and nobody moves', async (name) => {
    const before = await register.state();
    const [result] = await register.take(move('1', '12', name));
    expect(told(result!.answer)).toEqual([`ES096 | datiControllo | tipoMutazione | ${name}`]);
    expect(await register.state()).toEqual(before);
  });

  it.each(INHERITED)('5008 with tipoMutazione %s is refused (ES096)', async (name) => {
    const [result] = await register.take(
      request('5008', { generalitaPerRicerca: ADA, datiControllo: { tipoMutazione: name } }),
    );
    expect(told(result!.answer)).toEqual([`ES096 | datiControllo | tipoMutazione | ${name}`]);
  });

  it.each(INHERITED)('1001 with attribuzioneFamiglia %s has no family (EF030)', async (name) => {
    const [result] = await register.take(
      request('1001', {
        generalita1001: {
          generalita: {
            ...known('S9', 'NERI', 'EVA'),
            sesso: 'F',
            dataNascita: '2025-03-01',
            luogoNascita: { comune: MODENA },
          },
        },
        cittadinanza: { descrizioneStato: 'ITALIA', codiceStato: '100' },
        maternita: { generalita: ADA },
        datiControllo: { attribuzioneFamiglia: name },
      }),
    );
    expect(told(result!.answer)).toEqual(['EF030 | Richiesta1001 | famConv | ']);
  });
});

it('a defect in one request of a ZIP leaves none of the others unanswered, and is told at the end', async () => {
  const zip = writeZip(
    ['1', '2', '3'].map((id) => ({ name: `op-${id}.xml`, data: Buffer.from(move(id, id)) })),
  );
  const answered: string[] = [];
  let calls = 0;
  const taking = takeOperations(register.test.db, [register.write('operazioni.zip', zip)], {
    workFolder: join(register.folder, 'work'),
    reference: REFERENCE,
    // The second request finds no clock: whatever the defect, it is of that request alone.
    now: () => {
      calls += 1;
      if (calls === 2) throw new Error('no clock');
      return new Date('2025-06-01T08:00:00Z');
    },
    onResult: ({ file }) => void answered.push(file),
  });
  await expect(taking).rejects.toThrow(/op-2\.xml/);
  expect(answered).toEqual(['op-1.xml', 'op-3.xml']);
});

describe('a 5012 annuls what concerns whom it names', () => {
  const annul = (id: string, soggetto: Parts, more: Parts = {}, kind = '5005'): string =>
    request(
      '5012',
      {
        datiOperazioneDaAnnullare: {
          operazioneRichiesta: kind,
          idOperazioneComune: '1',
          idOperazioneANPR: '1',
        },
        datiSchedaSoggettoFamigliaConvivenza: { soggetto, ...more },
        datiControllo: { tipoScheda: '1', annullamentoAttribuzioneCF: 'N' },
      },
      { idOperazioneComune: id },
    );
  const surname = request('5008', {
    generalitaPerRicerca: ADA,
    generalitaDaModificare: { generalita: { cognome: 'NERI BIANCHI', nome: 'ADA' } },
    datiControllo: { tipoMutazione: '01' },
  });
  const REFUSED = ['EN314 | datiSchedaSoggettoFamigliaConvivenza | soggetto | 1'];

  it('an operation of somebody else is not annulled (EN314)', async () => {
    await register.take(surname);
    const before = await register.state();
    const [result] = await register.take(annul('2', UGO, {}, '5008'));
    expect(told(result!.answer)).toEqual(REFUSED);
    expect(await register.state()).toEqual(before);
  });

  it('nor by the household of others (EN314)', async () => {
    await register.take(move('1', '12'));
    const [result] = await register.take(annul('2', UGO, { schedaFamigliaConvivenza: household('F3') }));
    expect(told(result!.answer)).toEqual(REFUSED);
  });

  it('one of a household is annulled by a member of it, or where it is named', async () => {
    await register.take(move('1', '12'));
    const copy = await register.copy();
    try {
      const [byMember] = await register.take(annul('2', ADA));
      const [byHousehold] = await copy.take(annul('2', UGO, { schedaFamigliaConvivenza: household('F2') }));
      expect([byMember, byHousehold].map((r) => esito(r!.answer))).toEqual(['2', '2']);
    } finally {
      await copy.end();
    }
  });
});

it('a sender without the right to the comune is told nothing of its operations: SIP-004, known or not', async () => {
  const first = move('1', '12');
  await register.take(first);
  const sent = [first, move('1', '14'), move('2', '14')];
  const results = await takeOperations(
    register.test.db,
    sent.map((xml, i) => register.write(`${i}.xml`, xml)),
    {
      workFolder: join(register.folder, 'work'),
      now: () => new Date('2025-06-01T08:00:00Z'),
      reference: REFERENCE,
      allowedComuni: ['036005'],
    },
  );
  expect(results.map((r) => told(r.answer))).toEqual(
    sent.map(() => ['SIP004 | testataRichiesta | codMittente | 036023']),
  );
});

describe('the sha256 of what was sent is that of its bytes', () => {
  const cases: Readonly<Record<string, readonly [string, Buffer]>> = {
    'of a request over 4 MiB': ['op.xml', Buffer.alloc(5_000_000, 'A')],
    'of an unsafe ZIP': ['op.zip', writeZip([{ name: '../op.xml', data: Buffer.from(move('1', '12')) }])],
  };
  it.each(Object.entries(cases))('%s', async (_title, [name, bytes]) => {
    await register.takeFiles([register.write(name, bytes)]);
    const { rows } = await register.test.db.query("select sha256 from supplies where tipo = 'OPERAZIONE'");
    expect(rows).toEqual([{ sha256: createHash('sha256').update(bytes).digest('hex') }]);
  });
});

it('an instant that is none is not repeated in the answer, however well it begins (xs:dateTime)', async () => {
  const xml = move('1', '12').replace(`${DAY}T10:30:00`, `${DAY}T10:30:00 e poi`);
  const [result] = await register.take(xml);
  expect(parseAnswer(result!.answer).head['dataOraRichiesta']).toBe('2025-06-01T08:00:00.000Z');
});
