/** 5001 and 5005: households, each request with the lines of eventi.jsonl that say the same. */
import { household, request, residence } from '../support/operation-requests.ts';
import { ADA, ANNA, DAY, event, LUCA, listed, MARIO, NO_ADDRESS, type OperationCase } from './case-words.ts';

export const HOUSEHOLD_CASES: Readonly<Record<string, OperationCase>> = {
  '5001/1: another head of the family': {
    request: request('5001', {
      famigliaConvivenza: household('F1'),
      elencoSoggettiFamiglia: [listed(ANNA, '1'), listed(MARIO, '2'), listed(LUCA, '3')],
      datiControllo: { tipoMutazione: '1', tipoScheda: '3' },
    }),
    events: [
      event('FAMIGLIA', {
        id_intestatario: 'S2',
        relazioni: [
          { id_soggetto: 'S1', relazione: '2' },
          { id_soggetto: 'S3', relazione: '3' },
        ],
      }),
    ],
  },
  '5001/2: somebody makes up a family of their own at the same address': {
    request: request('5001', {
      famigliaConvivenza: household('F9', '3', { motivoCostituzione: '9' }),
      elencoSoggettiFamiglia: [listed(LUCA, '1')],
      datiControllo: { tipoMutazione: '2', tipoScheda: '3' },
    }),
    events: [
      event('FAMIGLIA', {
        movimenti: [{ id_soggetto: 'S3', da: 'F1', a: 'F9', relazione: '1' }],
        famiglia: {
          id_famiglia: 'F9',
          motivo: '9',
          specie: 'VIA',
          toponimo: 'ROMA',
          civico: '10',
          interno: '3',
          cap: '41121',
        },
        id_intestatario: 'S3',
        relazioni: [],
      }),
    ],
  },
  '5001/2: somebody goes into a convivenza': {
    request: request('5001', {
      famigliaConvivenza: household('C1', '4'),
      elencoSoggettiFamiglia: [listed(ADA, '2')],
      datiControllo: { tipoMutazione: '2', tipoScheda: '4' },
    }),
    events: [
      event('CONVIVENZA', {
        azione: 'MODIFICA',
        convivenza: { id_convivenza: 'C1' },
        movimenti: [
          { id_soggetto: 'S4', da: { id_famiglia: 'F2' }, a: { id_convivenza: 'C1' }, relazione: '2' },
        ],
      }),
    ],
  },
  '5001/3: why a family is one, told otherwise': {
    request: request('5001', {
      famigliaConvivenza: household('F1', '3', { motivoCostituzione: '2' }),
      datiControllo: { tipoMutazione: '3', tipoScheda: '3' },
    }),
    events: [
      event('SCHEDA', {
        famiglie: [{ id_famiglia: 'F1', dal: '2010-01-01', motivo: '2', id_intestatario: 'S1' }],
      }),
    ],
  },
  '5001/4: the residence of a convivenza': {
    request: request('5001', {
      famigliaConvivenza: household('C1', '4'),
      residenzaFamigliaConvivenza: residence('MAZZINI', '4', '1', DAY),
      datiControllo: { tipoMutazione: '4', tipoScheda: '4' },
    }),
    events: [
      event('CONVIVENZA', {
        azione: 'MODIFICA',
        convivenza: {
          id_convivenza: 'C1',
          ...NO_ADDRESS,
          specie: 'VIA',
          toponimo: 'MAZZINI',
          civico: '4',
          cap: '41121',
        },
      }),
    ],
  },
  '5001/7: a street renamed, for everybody who lives there': {
    request: request('5001', {
      famigliaConvivenza: household('F1'),
      residenzaFamigliaConvivenza: residence('ROMA NUOVA', '10'),
      datiControllo: { tipoMutazione: '7', tipoScheda: '3' },
    }),
    events: [
      event('TOPONOMASTICA', {
        da: { specie: 'VIA', toponimo: 'ROMA', civico: '10' },
        a: { specie: 'VIA', toponimo: 'ROMA NUOVA', civico: '10' },
      }),
    ],
  },
  '5001/8: an address mended from its start': {
    request: request('5001', {
      famigliaConvivenza: household('F2'),
      residenzaFamigliaConvivenza: residence('VERDI', '4'),
      datiControllo: { tipoMutazione: '8', tipoScheda: '3' },
    }),
    events: [
      event('SCHEDA', {
        famiglie: [
          {
            id_famiglia: 'F2',
            dal: '2010-01-01',
            motivo: '9',
            id_intestatario: 'S4',
            specie: 'VIA',
            toponimo: 'VERDI',
            civico: '4',
            cap: '41121',
          },
        ],
      }),
    ],
  },
  '5005: a whole family moves': {
    request: request('5005', {
      generalitaSchedaFamiglia: household('F1'),
      residenzaFamiglia: [residence('EMILIA EST', '12', '1', DAY)],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    }),
    events: [
      event('CAMBIO_ABITAZIONE', {
        id_famiglia: 'F1',
        famiglia: {
          id_famiglia: 'F1',
          specie: 'VIA',
          toponimo: 'EMILIA EST',
          civico: '12',
          cap: '41121',
        },
      }),
    ],
  },
  '5005: somebody moves out, into a family of their own': {
    request: request('5005', {
      generalitaSchedaFamiglia: household('F9'),
      residenzaFamiglia: [residence('EMILIA EST', '12', '1', DAY)],
      elencoSoggettiFamiglia: [listed(LUCA, '1')],
      datiControllo: { tipoMutazione: '02', tipoScheda: '2' },
    }),
    events: [
      event('CAMBIO_ABITAZIONE', {
        id_soggetti: ['S3'],
        legami: [{ id_soggetto: 'S3', relazione: '1' }],
        famiglia: { id_famiglia: 'F9', specie: 'VIA', toponimo: 'EMILIA EST', civico: '12', cap: '41121' },
      }),
    ],
  },
};
