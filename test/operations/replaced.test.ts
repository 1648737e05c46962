/** What a request tells takes the place of what was held: nothing of the old stays in it, and nothing told is thrown away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAnswer } from '../support/operation-answers.ts';
import {
  household,
  known,
  MODENA,
  type Parts,
  request,
  residence,
  tie,
} from '../support/operation-requests.ts';
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

const DAY = '2025-03-03';
const ADA = known('S4', 'NERI', 'ADA');
const UGO = known('S5', 'GALLI', 'UGO');
const LUCA = known('S3', 'ROSSI', 'LUCA');

const told = (answer: string): string[] =>
  parseAnswer(answer).anomalies.map((a) => [a.codice, a.oggetto, a.campo].join(' | '));
const esito = (answer: string): string | undefined => parseAnswer(answer).head['esitoOperazione'];

/** The filled address columns of a household as they are now. */
async function addressOf(id: string): Promise<Record<string, unknown>> {
  const { rows } = await register.test.db.query<Record<string, unknown>>(
    `select specie, toponimo, civico, esponente, scala, piano, interno, cap, frazione, sezione, lat, lon, senza_fissa_dimora
       from household_addresses join household_numbers using (household_id)
      where id_household = $1 and valid_to = 'infinity'`,
    [id],
  );
  expect(rows).toHaveLength(1);
  return Object.fromEntries(
    Object.entries(rows[0]!).filter(([, value]) => value !== null && value !== false),
  );
}

async function householdNow(idSoggetto: string): Promise<unknown> {
  const { rows } = await register.test.db.query(
    `select id_household from memberships join entries e using (entry_id) join household_numbers using (household_id)
      where e.id_soggetto = $1 and valid_to = 'infinity'`,
    [idSoggetto],
  );
  return rows.map((r) => (r as { id_household: string }).id_household).join();
}

const OLD = {
  specie: 'VIA',
  toponimo: 'VERDI',
  civico: '2',
  esponente: 'B',
  scala: 'A',
  piano: '3',
  interno: '7',
  cap: '41121',
  frazione: 'ALBARETO',
  sezione: '12',
  lat: '44.640000',
  lon: '10.930000',
};
const line = (operazione: string, dati: object): Record<string, unknown> => ({
  id_evento: `V-${operazione}`,
  operazione,
  tipo: 'N',
  data_evento: '2025-02-01',
  decorrenza: '2025-02-01',
  registrazione: '2025-02-01',
  dati,
});

describe('the residence of a convivenza is the one told: nothing of the address before stays', () => {
  const at = residence('MAZZINI', '4', '1', DAY);
  const of5001 = (tipoMutazione: string): string =>
    request('5001', {
      famigliaConvivenza: household('C1', '4'),
      residenzaFamigliaConvivenza: at,
      datiControllo: { tipoMutazione, tipoScheda: '4' },
    });
  const cases: Readonly<Record<string, string>> = {
    '5001/4': of5001('4'),
    '5001/5': of5001('5'),
    '5001/8': of5001('8'),
    '5005': request('5005', {
      generalitaSchedaFamiglia: household('C1', '4'),
      residenzaFamiglia: [at],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    }),
  };
  it.each(Object.entries(cases))('%s', async (_title, xml) => {
    await register.changes([
      line('CONVIVENZA', { azione: 'MODIFICA', convivenza: { id_convivenza: 'C1', ...OLD } }),
    ]);
    const [result] = await register.take(xml);
    expect(esito(result!.answer)).toBe('2');
    expect(await addressOf('C1')).toEqual({ specie: 'VIA', toponimo: 'MAZZINI', civico: '4', cap: '41121' });
  });
});

describe('a new card, permit or citizenship has nothing of the one before', () => {
  const mutation = (id: string, tipoMutazione: string, parts: Parts): string =>
    request(
      '5008',
      { generalitaPerRicerca: UGO, ...parts, datiControllo: { tipoMutazione } },
      { idOperazioneComune: id },
    );
  const state = (codiceStato: string, descrizioneStato: string): Parts => ({ descrizioneStato, codiceStato });
  const cases: Readonly<Record<string, readonly [string, Parts, Parts, string, object]>> = {
    'a card without scadenza': [
      '03',
      {
        cartaIdentita: {
          numero: 'CA12345AB',
          dataRilascio: '2020-05-05',
          interdizioneEspatrio: 'N',
          comuneRilascio: MODENA,
          dataScadenza: '2030-05-05',
        },
      },
      { cartaIdentita: { numero: 'CA99999AB', interdizioneEspatrio: 'N', comuneRilascio: MODENA } },
      'select tipo, numero, rilascio, scadenza from documents',
      {
        tipo: 'CIE',
        numero: 'CA99999AB',
        rilascio: null,
        scadenza: null,
      },
    ],
    'a permit without dataScadenza': [
      '04',
      { permessoSoggiorno: { tipoSoggiorno: '1', dataScadenza: '2027-01-01' } },
      { permessoSoggiorno: { tipoSoggiorno: '2' } },
      'select tipo, scadenza from permits',
      { tipo: '2', scadenza: null },
    ],
    'one citizenship after two': [
      '02',
      { cittadinanza: [state('235', 'ROMANIA'), state('254', 'MOLDOVA')] },
      { cittadinanza: [state('100', 'ITALIA')] },
      'select stato, altra from citizenships',
      { stato: '100', altra: null },
    ],
  };
  it.each(Object.entries(cases))('%s', async (_title, [kind, before, now, select, expected]) => {
    const results = await register.take(mutation('1', kind, before), mutation('2', kind, now));
    expect(results.map((r) => esito(r.answer))).not.toContain('3');
    const { rows } = await register.test.db.query(
      `${select} join entries using (entry_id) where id_soggetto = 'S5' and valid_to = 'infinity'`,
    );
    expect(rows).toEqual([expected]);
  });

  it.each([
    ['03', { cartaIdentita: { interdizioneEspatrio: 'N' } }, 'ES103 | Richiesta5008 | cartaIdentita'],
    ['04', { permessoSoggiorno: {} }, 'ES104 | Richiesta5008 | permessoSoggiorno'],
  ])('5008/%s that tells nothing takes nothing away', async (kind, parts, expected) => {
    const [result] = await register.take(mutation('1', kind, parts as Parts));
    expect(told(result!.answer)).toEqual([expected]);
  });
});

describe('5005 of a family that is held: the address told is given, or the request is refused', () => {
  const move = (id: string, listed: readonly (readonly [Parts, string])[], at: Parts | null): string =>
    request('5005', {
      generalitaSchedaFamiglia: household(id),
      residenzaFamiglia: at === null ? undefined : [at],
      elencoSoggettiFamiglia: listed.map(([generalita, legame]) => ({
        generalita,
        legameSoggetto: tie(legame, DAY),
      })),
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    });
  const NEW = residence('EMILIA EST', '12', '1', DAY);
  const moved = { specie: 'VIA', toponimo: 'EMILIA EST', civico: '12', cap: '41121' };

  it('its members and one more: the family moves, and who joins it lives there with it', async () => {
    const xml = move(
      'F2',
      [
        [ADA, '1'],
        [UGO, '99'],
      ],
      NEW,
    );
    const [result] = await register.take(xml);
    expect(esito(result!.answer)).not.toBe('3');
    expect(result!.events).toBe(2);
    expect(await addressOf('F2')).toEqual(moved);
    expect([await householdNow('S4'), await householdNow('S5')]).toEqual(['F2', 'F2']);
  });

  it('the members of a convivenza and one more: it moves, and who joins it with it', async () => {
    const xml = request('5005', {
      generalitaSchedaFamiglia: household('C1', '4'),
      residenzaFamiglia: [NEW],
      elencoSoggettiFamiglia: [
        { generalita: known('S6', 'VERDI', 'LEO'), legameSoggetto: { ...tie('1', DAY), tipoLegame: '4' } },
        { generalita: UGO, legameSoggetto: { ...tie('2', DAY), tipoLegame: '4' } },
      ],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    });
    const [result] = await register.take(xml);
    expect(esito(result!.answer)).not.toBe('3');
    expect(await addressOf('C1')).toEqual(moved);
    expect(await householdNow('S5')).toBe('C1');
  });

  it.each([
    ['some of its members, with another address', 'F1', LUCA, '3'],
    ['somebody who joins it, with another address than its own', 'F2', UGO, '99'],
  ])('%s: refused (SIP-202), and nobody moves', async (_title, id, who, legame) => {
    const before = await register.state();
    const [result] = await register.take(move(id, [[who, legame]], NEW));
    expect(esito(result!.answer)).toBe('3');
    expect(told(result!.answer)).toEqual(['SIP202 | residenzaFamiglia | indirizzo']);
    expect(await register.state()).toEqual(before);
  });

  it.each([
    ['with its own address, however it is written', residence('verdi', '2', '1', DAY)],
    ['with no address', null],
  ])('somebody joins it %s', async (_title, at) => {
    const [result] = await register.take(move('F2', [[UGO, '99']], at));
    expect(esito(result!.answer)).not.toBe('3');
    expect(await householdNow('S5')).toBe('F2');
  });
});

describe('5001/8, an address mended from its start, gives the address told or is refused', () => {
  const mend = (id: string, toponimo: string, civico: string): string =>
    request('5001', {
      famigliaConvivenza: household(id),
      residenzaFamigliaConvivenza: residence(toponimo, civico),
      datiControllo: { tipoMutazione: '8', tipoScheda: '3' },
    });

  it('an interno that is held and not told would stay: refused (SIP-202)', async () => {
    const before = await register.state();
    const [result] = await register.take(mend('F1', 'ROMA', '12'));
    expect(told(result!.answer)).toEqual(['SIP202 | residenzaFamigliaConvivenza | indirizzo']);
    expect(await register.state()).toEqual(before);
  });

  it('the section and the point of another door would stay: refused (SIP-202); those of the same door may', async () => {
    const { sezione, lat, lon } = OLD;
    const home = { specie: 'VIA', toponimo: 'VERDI', civico: '4', sezione, lat, lon };
    await register.changes([
      line('CAMBIO_ABITAZIONE', { id_famiglia: 'F2', famiglia: { id_famiglia: 'F2', ...home } }),
    ]);
    const [other] = await register.take(mend('F2', 'VERDI', '6'));
    expect(told(other!.answer)).toEqual(['SIP202 | residenzaFamigliaConvivenza | indirizzo']);
    const [same] = await register.take(mend('F2', 'VERDI', '4'));
    expect(esito(same!.answer)).toBe('2');
    expect(await addressOf('F2')).toEqual({ ...home, cap: '41121' });
  });
});
