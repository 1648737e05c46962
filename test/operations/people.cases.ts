/** 5008, 5012 and 5014: data of one person, each request with the lines of eventi.jsonl that say the same. */
import { comune, MODENA, type Parts, request } from '../support/operation-requests.ts';
import {
  ADA,
  ANNA,
  DAY,
  event,
  ITALIAN,
  LEO,
  LUCA,
  MARIO,
  type OperationCase,
  search,
  second,
  UGO,
} from './case-words.ts';

const mutation = (kinds: readonly string[], who: Parts, parts: Parts): string =>
  request('5008', {
    ...search(who),
    ...parts,
    datiControllo: { tipoMutazione: kinds },
  });

export const PERSON_CASES: Readonly<Record<string, OperationCase>> = {
  '5008/1: another surname': {
    request: mutation(['01'], ADA, {
      generalitaDaModificare: { generalita: { cognome: 'NERI BIANCHI', nome: 'ADA' } },
    }),
    events: [
      event('GENERALITA', { id_soggetto: 'S4', motivo: 'ALTRO', cognome: 'NERI BIANCHI', nome: 'ADA' }),
    ],
  },
  '5008/2, 4 and 7: citizenship, permit and study, applied together, the card of what is held before what changes':
    {
      request: mutation(['02', '04', '07'], UGO, {
        cittadinanza: [{ ...ITALIAN, dataValidita: '2025-03-01' }],
        permessoSoggiorno: { tipoSoggiorno: '2', dataScadenza: '2026-01-01' },
        altriDati: { titoloStudio: '5' },
      }),
      events: [
        event('SCHEDA', {
          soggetti: [
            {
              id_soggetto: 'S5',
              codice_fiscale: 'GLLGUO78A01F257U',
              validita_cf: '1',
              cognome: 'GALLI',
              nome: 'UGO',
              sesso: 'M',
              data_nascita: '1978-01-01',
              comune_nascita: '036023',
              stato_civile: '1',
              cittadinanza: '235',
              posizione: 'RESIDENTE',
              iscritto_dal: '2010-01-01',
              motivo_iscrizione: '9',
              titolo_studio: '5',
              data_aggiornamento: DAY,
            },
          ],
        }),
        event(
          'CITTADINANZA',
          { id_soggetto: 'S5', cittadinanza: '100', altra_cittadinanza: null },
          { ...second, data_evento: '2025-03-01', decorrenza: '2025-03-01' },
        ),
        event(
          'SOGGIORNO',
          { id_soggetto: 'S5', soggiorno_tipo: '2', soggiorno_scadenza: '2026-01-01' },
          { id_evento: 'ANPR-1/3' },
        ),
      ],
    },
  '5008/3: an identity card': {
    request: mutation(['03'], ADA, {
      cartaIdentita: {
        numero: 'AX1234567',
        dataRilascio: '2025-03-01',
        cartaceaElettronica: '1',
        interdizioneEspatrio: 'N',
        comuneRilascio: MODENA,
        dataScadenza: '2035-01-01',
      },
    }),
    events: [
      event('DOCUMENTO', {
        id_soggetto: 'S4',
        documento_tipo: 'CI',
        documento_numero: 'AX1234567',
        documento_rilascio: '2025-03-01',
        documento_scadenza: '2035-01-01',
      }),
    ],
  },
  '5008/10: a father': {
    request: mutation(['10'], ADA, { paternita: { generalita: LEO } }),
    events: [event('GENITORI', { id_soggetto: 'S4', id_padre: 'S6', cf_padre: null })],
  },
  '5008/12: a marriage within the register moves both': {
    request: mutation(['12'], ADA, {
      statoCivile: { statoCivile: '2' },
      matrimonio: {
        coniuge: UGO,
        datiMatrimonio: {
          dataEvento: '2025-03-01',
          luogoEvento: { comune: MODENA },
          attoEvento: { comuneRegistrazione: MODENA, anno: '2025', parte: '2', serie: 'A', numeroAtto: '3' },
        },
      },
    }),
    events: [
      event(
        'STATO_CIVILE',
        { id_soggetto: 'S4', stato_civile: '2', id_coniuge: 'S5', atto: '036023/2025/2/A/3' },
        { data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
    ],
  },
  '5008/13: a widowhood': {
    request: mutation(['13'], MARIO, {
      statoCivile: { statoCivile: '3' },
      vedovanza: { datiMorteconiuge: { dataEvento: '2025-03-01', luogoEvento: { comune: MODENA } } },
    }),
    events: [
      event(
        'STATO_CIVILE',
        { id_soggetto: 'S1', stato_civile: '3' },
        { data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
    ],
  },
  '5008/18: a civil union with somebody of another register, of a day on which who unites was not here yet': {
    request: mutation(['18'], ADA, {
      statoCivile: { statoCivile: '6' },
      unioneCivile: {
        unitoCivilmente: { codiceFiscale: { codFiscale: 'CNTDIA90E45F257D' }, cognome: 'CONTI', nome: 'IDA' },
        attoUnione: { dataEvento: '2009-06-01', luogoEvento: { comune: comune('BOLOGNA', '037006', 'BO') } },
      },
    }),
    events: [
      event(
        'STATO_CIVILE',
        { id_soggetto: 'S4', stato_civile: '6', cf_coniuge: 'CNTDIA90E45F257D' },
        { data_evento: '2009-06-01' },
      ),
    ],
  },
  '5008/19: a civil union that the death of the other ended': {
    request: mutation(['19'], ADA, {
      unioneCivile: {
        scioglimentoUnione: {
          motivoScioglimento: '98',
          datiEvento: { dataEvento: '2025-03-01', luogoEvento: { comune: MODENA } },
        },
      },
    }),
    events: [
      event(
        'STATO_CIVILE',
        { id_soggetto: 'S4', stato_civile: '7' },
        { data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
    ],
  },
  '5008/1: a change of sex asked for is sealed': {
    request: mutation(['01'], ADA, {
      generalitaDaModificare: { generalita: { cognome: 'NERI', nome: 'ADAMO', sesso: 'M' } },
    }),
    events: [
      event('GENERALITA', { id_soggetto: 'S4', motivo: 'SESSO', cognome: 'NERI', nome: 'ADAMO', sesso: 'M' }),
    ],
  },
  '5008/5: what the tracciato does not keep comes to no event': {
    request: mutation(['05', '08'], ADA, {
      liste: { listaLeva: { iscritto: 'N' } },
      autoVeicoli: { possessoAutoveicoli: 'S', possessoPatente: 'S' },
    }),
    events: [],
  },
  '5008/14: a divorce': {
    request: mutation(['14'], MARIO, {
      statoCivile: { statoCivile: '4' },
      matrimonio: { coniuge: ANNA },
      separazioneAnnullamentoCessazioneMatrimonio: {
        tipoCessazione: '1',
        sentenza: {
          data: '2025-02-01',
          tipoTribunale: '1',
          autorita: 'TRIBUNALE DI MODENA',
          dataValidita: '2025-03-01',
        },
      },
    }),
    events: [
      event(
        'STATO_CIVILE',
        { id_soggetto: 'S1', stato_civile: '4', id_coniuge: 'S2' },
        { data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
    ],
  },
  '5008/22: a death told again': {
    request: mutation(['22'], LEO, {
      datiDecesso: {
        motivoDecesso: '1',
        eventoDecesso: { dataEvento: '2025-02-02', luogoEvento: { comune: MODENA } },
      },
    }).replace('<idOperazioneComune>1<', '<idOperazioneComune>2<'),
    before: [
      request('2001', {
        motivoCancellazione: { tipoMotivoCancellazione: '1' },
        ...search(LEO),
        datiDecesso: { dataEvento: '2025-02-01', luogoEvento: { comune: MODENA } },
        datiControllo: { ruoloSoggetto: '1' },
      }),
    ],
    events: [
      event(
        'MORTE',
        { id_soggetto: 'S6', data_morte: '2025-02-02', comune_morte: '036023' },
        {
          id_evento: 'ANPR-2',
          tipo: 'R',
          riferimento: 'ANPR-1',
          data_evento: '2025-02-02',
          decorrenza: '2025-02-02',
        },
      ),
    ],
  },
  '5012: a mutation of several events annulled, the last first': {
    before: [
      mutation(['02', '04'], UGO, {
        cittadinanza: [{ ...ITALIAN, dataValidita: '2025-03-01' }],
        permessoSoggiorno: { tipoSoggiorno: '2', dataScadenza: '2026-01-01' },
      }),
    ],
    request: request(
      '5012',
      {
        datiOperazioneDaAnnullare: {
          operazioneRichiesta: '5008',
          idOperazioneComune: '1',
          idOperazioneANPR: '20250000002',
        },
        datiSchedaSoggettoFamigliaConvivenza: { soggetto: UGO },
        datiControllo: { tipoScheda: '1', annullamentoAttribuzioneCF: 'N' },
      },
      { idOperazioneComune: '2' },
    ),
    events: [
      event('SOGGIORNO', null, { id_evento: 'ANPR-2', tipo: 'A', riferimento: 'ANPR-1/2' }),
      event('CITTADINANZA', null, {
        id_evento: 'ANPR-2/2',
        tipo: 'A',
        riferimento: 'ANPR-1',
        data_evento: '2025-03-01',
        decorrenza: '2025-03-01',
      }),
    ],
  },
  '5014/102: why somebody was registered, and from where, mended': {
    request: request('5014', {
      ...search(ADA),
      tipoRettifica: {
        richiestaRettifica102: {
          idMotivoIscrizione: '3',
          provenienza: { comune: comune('BOLOGNA', '037006', 'BO') },
        },
      },
    }),
    events: [
      event('SCHEDA', {
        soggetti: [
          {
            id_soggetto: 'S4',
            codice_fiscale: 'NREDAA80A41F257C',
            validita_cf: '1',
            cognome: 'NERI',
            nome: 'ADA',
            sesso: 'F',
            data_nascita: '1980-01-01',
            comune_nascita: '036023',
            stato_civile: '1',
            cittadinanza: '100',
            posizione: 'RESIDENTE',
            iscritto_dal: '2010-01-01',
            motivo_iscrizione: '3',
            comune_provenienza: '037006',
            data_aggiornamento: DAY,
          },
        ],
      }),
    ],
  },
  '5014/104: the day of a tie and of a residence, mended': {
    request: request('5014', {
      ...search(LUCA),
      tipoRettifica: {
        richiestaRettifica104: {
          dataDecorrenzaResidenza: '2012-05-01',
          dataDecorrenzaLegame: '2012-05-01',
        },
      },
    }),
    events: [
      event('SCHEDA', {
        legami: [{ id_soggetto: 'S3', id_famiglia: 'F1', relazione: '3', dal: '2012-05-01' }],
        residenze: [
          {
            id_soggetto: 'S3',
            dal: '2012-05-01',
            specie: 'VIA',
            toponimo: 'ROMA',
            civico: '10',
            interno: '3',
            cap: '41121',
          },
        ],
      }),
    ],
  },
  '5014/105: the place of birth, mended': {
    request: request('5014', {
      ...search(UGO),
      tipoRettifica: {
        richiestaRettifica105: {
          luogoNascita: {
            localita: { descrizioneLocalita: 'IASI', descrizioneStato: 'ROMANIA', codiceStato: '235' },
          },
        },
      },
    }),
    events: [
      event('SCHEDA', {
        soggetti: [
          {
            id_soggetto: 'S5',
            codice_fiscale: 'GLLGUO78A01F257U',
            validita_cf: '1',
            cognome: 'GALLI',
            nome: 'UGO',
            sesso: 'M',
            data_nascita: '1978-01-01',
            stato_nascita: '235',
            localita_nascita: 'IASI',
            stato_civile: '1',
            cittadinanza: '235',
            posizione: 'RESIDENTE',
            iscritto_dal: '2010-01-01',
            motivo_iscrizione: '9',
            data_aggiornamento: DAY,
          },
        ],
      }),
    ],
  },
};
