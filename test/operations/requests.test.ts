/** Requests that are none, and ZIPs of many (docs/adr/0016). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAnswer } from '../support/operation-answers.ts';
import { type Parts, requestIn } from '../support/operation-requests.ts';
import { answeredBy, move, surname, told } from '../support/operation-stories.ts';
import { type OperationsRegister, operationsRegister } from '../support/operations-register.ts';
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

const one = (xml: string | Buffer) => answeredBy(register, xml);

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
