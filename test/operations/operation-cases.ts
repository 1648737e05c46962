/** Requests of the national operations, each with the lines of eventi.jsonl that say the same. */

import {
  comune,
  household,
  known,
  MODENA,
  type Parts,
  request,
  residence,
  tie,
} from '../support/operation-requests.ts';
import type { Json } from '../support/operations-register.ts';

export interface OperationCase {
  /** Requests that come before. */
  readonly before?: readonly string[];
  readonly request: string;
  readonly events: readonly Json[];
}

const DAY = '2025-03-03';
const MARIO = known('S1', 'ROSSI', 'MARIO');
const ANNA = known('S2', 'BIANCHI', 'ANNA');
const LUCA = known('S3', 'ROSSI', 'LUCA');
const ADA = known('S4', 'NERI', 'ADA');
const UGO = known('S5', 'GALLI', 'UGO');
const LEO = known('S6', 'VERDI', 'LEO');

/** A line as operation 1 would tell it: of its day, unless the change says otherwise. */
const event = (operazione: string, dati: Json | null, change: Json = {}): Json => ({
  id_evento: 'ANPR-1',
  operazione,
  tipo: 'N',
  data_evento: DAY,
  decorrenza: DAY,
  registrazione: DAY,
  ...(dati === null ? {} : { dati }),
  ...change,
});

const second = { id_evento: 'ANPR-1/2' };
const listed = (generalita: Parts, legame: string): Parts => ({
  generalita,
  legameSoggetto: tie(legame, DAY),
});

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
const ITALIAN: Parts = { descrizioneStato: 'ITALIA', codiceStato: '100' };

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

const search = (generalitaPerRicerca: Parts): Parts => ({ generalitaPerRicerca });
const mutation = (kinds: readonly string[], who: Parts, parts: Parts): string =>
  request('5008', {
    ...search(who),
    ...parts,
    datiControllo: { tipoMutazione: kinds },
  });

export const OPERATION_CASES: Readonly<Record<string, OperationCase>> = {
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
        convivenza: { id_convivenza: 'C1', specie: 'VIA', toponimo: 'MAZZINI', civico: '4', cap: '41121' },
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
          { id_soggetto: 'S5', cittadinanza: '100' },
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
