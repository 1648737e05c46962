/** The national register's verification e-services asked here (services.md, Verification): exactly their shapes, S N A, and 404 with EN122. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NATIONAL_SERVICES } from '../../src/services/verification/national/national-services.ts';
import type { ApiClient } from '../support/api.ts';
import { code } from '../support/codes.ts';
import { line } from '../support/story.ts';
import { death } from '../support/story-lines.ts';
import { VerifyingOffice } from '../support/verifying-office.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const LUCA = code('ROSSI', 'LUCA', 'M', '2006-03-03');
const IVO = code('SERRI', 'IVO', 'M', '1940-05-05');
const RITA = code('MONTI', 'RITA', 'F', '1950-07-07');
const A = '036001';
const A_COMUNE = { comune: { codiceIstat: A } };

let office: VerifyingOffice;
let api: ApiClient;
beforeAll(async () => {
  office = await VerifyingOffice.open('2025-03-02T09:00:00Z');
  await office.story.begin(`
    id  nome          sesso  nascita     famiglia  stato  cf
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
    S2  BIANCHI ANNA  F      1972-02-02  F1/2      2+S1   ${ANNA}
    S3  ROSSI LUCA    M      2006-03-03  F1/3      1      ${LUCA}
    S4  SERRI IVO     M      1940-05-05  F3/1      1      ${IVO}
    S5  MONTI RITA    F      1950-07-07  F4/1      3      ${RITA}
  `);
  await office.story.supply(
    line('1', 'GENITORI', '2025-01-15', { id_soggetto: 'S3', id_padre: 'S1', id_madre: 'S2' }),
    death('2', 'S4', '2025-02-03'),
  );
  api = await office.signedIn('socialServices', 'altro', { comuni: [A] });
});
afterAll(() => office.close());

const pathOf = (wanted: string): string => {
  const found = NATIONAL_SERVICES.find(({ code: one }) => one === wanted);
  return `/v1/anpr/${wanted.toLowerCase()}-${found?.slug}`;
};
const request = (codiceFiscale: string, verifica: object) => ({
  idOperazioneClient: '17',
  criteriRicerca: { codiceFiscale },
  verifica,
  datiRichiesta: {
    dataRiferimentoRichiesta: '2025-02-10',
    motivoRichiesta: '2025/17',
    casoUso: 'C001',
  },
});
const post = (service: string, who: string, verifica: object) =>
  api.post(pathOf(service), request(who, verifica));

const via = (denominazioneToponimo: string, numero: string) => ({
  residenza: {
    indirizzo: { ...A_COMUNE, toponimo: { specie: 'VIA', denominazioneToponimo }, numeroCivico: { numero } },
  },
});

const ROWS: readonly [service: string, who: string, verifica: object, valore: string][] = [
  ['C003', MARIO, { generalita: { cognome: 'Rossi', nome: 'Mario', sesso: 'M' } }, 'S'],
  ['C003', MARIO, { generalita: { cognome: 'Verdi' } }, 'N'],
  ['C003', MARIO, { generalita: { datiNascita: { dataEvento: '1970-01-01' } } }, 'S'],
  ['C003', MARIO, { generalita: { datiNascita: { dataEvento: '1970-05-01', senzaGiornoMese: '1' } } }, 'S'],
  ['C003', MARIO, { generalita: { datiNascita: { dataEvento: '1970-05-01' } } }, 'N'],
  ['C004', IVO, { datiDecesso: { dataEvento: '2025-02-03' } }, 'S'],
  ['C004', IVO, { datiDecesso: { dataEvento: '2025-02-04' } }, 'N'],
  ['C004', IVO, {}, 'S'],
  ['C004', MARIO, {}, 'N'],
  ['C005', MARIO, { coniuge: { codiceFiscale: ANNA } }, 'S'],
  ['C005', MARIO, { coniuge: { codiceFiscale: RITA } }, 'N'],
  ['C005', LUCA, {}, 'N'],
  ['C006', MARIO, { cittadinanza: [{ codiceStato: '100' }] }, 'S'],
  ['C006', MARIO, { cittadinanza: [{ codiceStato: '215' }] }, 'N'],
  ['C007', MARIO, {}, 'S'],
  ['C007', IVO, {}, 'N'],
  ['C008', MARIO, via('ROMA', '1'), 'S'],
  ['C008', MARIO, via('ROMA', '2'), 'N'],
  ['C009', MARIO, { famiglia: [{ codiceFiscale: ANNA, codiceLegame: '2' }, { codiceFiscale: LUCA }] }, 'S'],
  ['C009', MARIO, { famiglia: [{ codiceFiscale: ANNA }] }, 'N'],
  ['C010', LUCA, {}, 'S'],
  ['C010', MARIO, {}, 'N'],
  ['C011', RITA, {}, 'S'],
  ['C011', MARIO, {}, 'N'],
  ['C012', MARIO, { figlio: { codiceFiscale: LUCA } }, 'S'],
  ['C012', ANNA, { figlio: { codiceFiscale: LUCA } }, 'N'],
  ['C012', MARIO, { figlio: { codiceFiscale: RITA } }, 'A'],
  ['C013', ANNA, { figlio: { codiceFiscale: LUCA } }, 'S'],
  ['C014', MARIO, {}, 'N'],
];

describe('each service, as the national one', () => {
  it.each(ROWS)('%s of %s, %o: %s', async (service, who, verifica, valore) => {
    const { status, body, headers } = await post(service, who, verifica);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['idOperazioneANPR', 'listaAnomalie', 'listaSoggetti']);
    const [first] = (body['listaSoggetti'] as { datiSoggetto: { infoSoggettoEnte: { valore: string }[] }[] })
      .datiSoggetto[0]!.infoSoggettoEnte;
    expect(first?.valore).toBe(valore);
    expect(headers.get('x-ricevuta')).toMatch(/^eyJ/);
  });

  it('all twelve of the page are here, each with a row', () => {
    expect(NATIONAL_SERVICES.map(({ code: one }) => one)).toEqual(
      Array.from({ length: 12 }, (_, i) => `C${String(i + 3).padStart(3, '0')}`),
    );
    expect(new Set(ROWS.map(([service]) => service)).size).toBe(12);
  });
});

describe('what cannot be answered', () => {
  it.each(NATIONAL_SERVICES)('nobody found is 404 with EN122, never N: $code', async ({ code: service }) => {
    const stated = ROWS.find(([one]) => one === service)?.[2] ?? {};
    const { status, body } = await post(service, code('NESSUNO', 'MAI', 'M', '1960-08-08'), stated);
    expect(status).toBe(404);
    expect(body['idOperazioneANPR']).toEqual(expect.any(String));
    expect(body['listaErrori']).toMatchObject([{ codiceErroreAnomalia: 'EN122', tipoErroreAnomalia: 'E' }]);
  });

  it('a national identifier, of which this register holds none, finds nobody', async () => {
    const asked = { ...request(MARIO, {}), criteriRicerca: { idANPR: 'AB12345CD' } };
    expect((await api.post(pathOf('C007'), asked)).body['listaErrori']).toMatchObject([
      { codiceErroreAnomalia: 'EN122' },
    ]);
  });

  it('a request that states nothing to check is refused', async () => {
    expect((await post('C008', MARIO, {})).status).toBe(400);
  });

  it('the age of the comune’s supply is an anomaly beside the answer', async () => {
    const asked = {
      ...request(MARIO, {}),
      datiRichiesta: { dataRiferimentoRichiesta: '2025-03-02', motivoRichiesta: '1' },
    };
    const { body } = await api.post(pathOf('C007'), asked);
    expect(body['listaAnomalie']).toHaveLength(1);
  });
});
