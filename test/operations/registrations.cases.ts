/** 1001, 1002, 2001, 2003: who comes and who leaves, each request with the lines of eventi.jsonl that say the same. */
import {
  comune,
  household,
  MODENA,
  type Parts,
  request,
  residence,
  tie,
} from '../support/operation-requests.ts';
import {
  ANNA,
  DAY,
  event,
  ITALIAN,
  LUCA,
  listed,
  MARIO,
  type OperationCase,
  search,
  second,
} from './case-words.ts';

const EVA: Parts = {
  codiceFiscale: { codFiscale: 'RSSVEA25C41F257P', validitaCF: '9' },
  cognome: 'ROSSI',
  nome: 'EVA',
  sesso: 'F',
  dataNascita: '2025-03-01',
  luogoNascita: { comune: MODENA },
  idSchedaSoggettoComune: { idSchedaSoggettoComuneIstat: '036023', idSchedaSoggetto: 'S9' },
};
const eva = {
  id_soggetto: 'S9',
  codice_fiscale: 'RSSVEA25C41F257P',
  validita_cf: '9',
  cognome: 'ROSSI',
  nome: 'EVA',
  sesso: 'F',
  data_nascita: '2025-03-01',
  comune_nascita: '036023',
  posizione: 'RESIDENTE',
  data_aggiornamento: DAY,
  cittadinanza: '100',
};
const BIRTH: Parts = {
  generalita1001: { generalita: EVA },
  attoNascita: { comuneRegistrazione: MODENA, anno: '2025', parte: '1', serie: 'A', numeroAtto: '17' },
  cittadinanza: ITALIAN,
  paternita: { generalita: MARIO },
  maternita: { generalita: ANNA },
};
const born = {
  soggetto: {
    ...eva,
    stato_civile: '1',
    atto_nascita: '036023/2025/1/A/17',
    id_padre: 'S1',
    id_madre: 'S2',
  },
  legame: { id_famiglia: 'F1', relazione: '3' },
};

export const REGISTRATION_CASES: Readonly<Record<string, OperationCase>> = {
  '1001: a birth, into the family that it names': {
    request: request('1001', {
      ...BIRTH,
      famConv: household('F1'),
      legameSoggetto: tie('3', '2025-03-01'),
      datiDelProcedimento: { numeroPraticaComune: 'P-7' },
      datiControllo: { attribuzioneFamiglia: '5' },
    }),
    events: [event('NASCITA', born, { data_evento: '2025-03-01', pratica: 'P-7' })],
  },
  '1001: a birth, into the family of the parents, counted from the birth where the head tells no day': {
    request: request(
      '1001',
      { ...BIRTH, datiControllo: { attribuzioneFamiglia: '1' } },
      { dataDecorrenza: undefined, dataOraRichiesta: `${DAY}T09:00:00+01:00` },
    ),
    events: [event('NASCITA', born, { data_evento: '2025-03-01', decorrenza: '2025-03-01' })],
  },
  '1002: a move from another comune, with a family of its own': {
    request: request('1002', {
      motivoIscrizione: { idMotivoIscrizione: '3' },
      generalita1002: {
        generalita: {
          cognome: 'CONTI',
          nome: 'IDA',
          sesso: 'F',
          dataNascita: '1990-01-01',
          senzaGiornoMese: '1',
          luogoNascita: { comune: comune('BOLOGNA', '037006', 'BO') },
          idSchedaSoggettoComune: { idSchedaSoggettoComuneIstat: '036023', idSchedaSoggetto: 'S9' },
        },
        statoCivile: { statoCivile: '1' },
      },
      altriDati: { posizioneProfessionale: '3', titoloStudio: '4' },
      cittadinanza: [ITALIAN],
      provenienza: { comune: comune('BOLOGNA', '037006', 'BO') },
      residenza: [residence('EMILIA EST', '12', '1', DAY)],
      famiglia: {
        famiglia: household('F9', '3', { motivoCostituzione: '9' }),
        legameSoggetto: tie('1', DAY),
      },
      cartaIdentita: {
        numero: 'CA12345AB',
        dataRilascio: '2020-05-05',
        interdizioneEspatrio: 'N',
        comuneRilascio: MODENA,
        dataScadenza: '2030-05-05',
      },
      datiControllo: { attribuzioneFamiglia: '1' },
    }),
    events: [
      event('ISCRIZIONE', {
        motivo: '3',
        provenienza: { comune: '037006' },
        soggetti: [
          {
            id_soggetto: 'S9',
            cognome: 'CONTI',
            nome: 'IDA',
            sesso: 'F',
            data_nascita: '1990',
            comune_nascita: '037006',
            stato_civile: '1',
            cittadinanza: '100',
            posizione: 'RESIDENTE',
            data_aggiornamento: DAY,
            posizione_professionale: '3',
            titolo_studio: '4',
            comune_provenienza: '037006',
            documento_tipo: 'CIE',
            documento_numero: 'CA12345AB',
            documento_rilascio: '2020-05-05',
            documento_scadenza: '2030-05-05',
            legame: { id_famiglia: 'F9', relazione: '1' },
          },
        ],
        famiglia: {
          id_famiglia: 'F9',
          motivo: '9',
          specie: 'VIA',
          toponimo: 'EMILIA EST',
          civico: '12',
          cap: '41121',
        },
      }),
    ],
  },
  '1002: a foreigner into a convivenza, with spouse, permit and second citizenship': {
    request: request('1002', {
      motivoIscrizione: { idMotivoIscrizione: '4' },
      generalita1002: {
        generalita: {
          cognome: 'POPESCU',
          nome: 'ION',
          sesso: 'M',
          dataNascita: '1985-03-12',
          luogoNascita: {
            localita: { descrizioneLocalita: 'IASI', descrizioneStato: 'ROMANIA', codiceStato: '235' },
          },
          idSchedaSoggettoComune: { idSchedaSoggettoComuneIstat: '036023', idSchedaSoggetto: 'S9' },
        },
      },
      cittadinanza: [
        { descrizioneStato: 'ROMANIA', codiceStato: '235', dataValidita: '1985-03-12' },
        { descrizioneStato: 'MOLDOVA', codiceStato: '254' },
      ],
      provenienza: { localita: { descrizioneStato: 'ROMANIA', codiceStato: '235' } },
      convivenza: { convivenza: household('C1', '4'), legameSoggetto: { ...tie('2', DAY), tipoLegame: '4' } },
      matrimonio: {
        coniuge: { codiceFiscale: { codFiscale: 'PPSMRA86A41Z129X' }, cognome: 'POPESCU', nome: 'MARIA' },
        datiMatrimonio: { dataEvento: '2010-07-01' },
      },
      permessoSoggiorno: { tipoSoggiorno: '1', dataScadenza: '2027-01-01' },
      datiControllo: { attribuzioneFamiglia: '1' },
    }),
    events: [
      event('ISCRIZIONE', {
        motivo: '4',
        provenienza: { stato: '235' },
        soggetti: [
          {
            id_soggetto: 'S9',
            cognome: 'POPESCU',
            nome: 'ION',
            sesso: 'M',
            data_nascita: '1985-03-12',
            stato_nascita: '235',
            localita_nascita: 'IASI',
            stato_civile: '2',
            stato_civile_dal: '2010-07-01',
            cf_coniuge: 'PPSMRA86A41Z129X',
            cittadinanza: '235',
            cittadinanza_dal: '1985-03-12',
            altra_cittadinanza: '254',
            posizione: 'RESIDENTE',
            data_aggiornamento: DAY,
            stato_provenienza: '235',
            soggiorno_tipo: '1',
            soggiorno_scadenza: '2027-01-01',
            legame: { id_convivenza: 'C1', relazione: '2' },
          },
        ],
      }),
    ],
  },
  '2001: a death, and who heads the family then': {
    request: request('2001', {
      motivoCancellazione: { tipoMotivoCancellazione: '1' },
      ...search(MARIO),
      datiDecesso: { dataEvento: '2025-03-01', luogoEvento: { comune: MODENA } },
      elencoSoggettiFamiglia: [listed(ANNA, '1'), listed(LUCA, '3')],
      datiControllo: { ruoloSoggetto: '1' },
    }),
    events: [
      event(
        'MORTE',
        { id_soggetto: 'S1', data_morte: '2025-03-01', comune_morte: '036023' },
        { data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
      event(
        'FAMIGLIA',
        { id_intestatario: 'S2', relazioni: [{ id_soggetto: 'S3', relazione: '3' }] },
        { ...second, data_evento: '2025-03-01', decorrenza: '2025-03-01' },
      ),
    ],
  },
  '2001: a death abroad of which the day is not known': {
    request: request('2001', {
      motivoCancellazione: { tipoMotivoCancellazione: '1' },
      ...search({ codiceFiscale: { codFiscale: 'NREDAA80A41F257C' }, cognome: 'NERI', nome: 'ADA' }),
      datiDecesso: {
        dataEvento: '2025-02-01',
        senzaGiorno: '1',
        luogoEvento: { localita: { descrizioneStato: 'FRANCIA', codiceStato: '215' } },
      },
      datiControllo: { ruoloSoggetto: '1' },
    }),
    events: [
      event(
        'MORTE',
        { id_soggetto: 'S4', data_morte: '2025-02', stato_morte: '215' },
        { data_evento: '2025-02', decorrenza: '2025-02-01' },
      ),
    ],
  },
  '2003: a cancellation towards another comune': {
    request: request('2003', {
      datiCancellazione: { motivoCancellazione: '3', dataDecorrenzaCancellazione: '2025-03-02' },
      ...search({ cognome: 'Galli', nome: 'Ugo', dataNascita: '1978-01-01' }),
      destinazione: { comune: { nomeComune: 'Bologna', siglaProvinciaIstat: 'BO' } },
      datiControllo: { ruoloSoggetto: '1' },
    }),
    events: [
      event(
        'CANCELLAZIONE',
        { motivo: '3', id_soggetti: ['S5'], destinazione: { comune: '037006' } },
        { data_evento: '2025-03-02', decorrenza: '2025-03-02' },
      ),
    ],
  },
};
