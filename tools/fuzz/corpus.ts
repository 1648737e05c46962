/** A small sound supply of each kind, with every file and every operation: what the fuzzer damages. Nobody in it exists. */
import type { Table } from './mutations.ts';

export interface Corpus {
  readonly comune: string;
  readonly tables: ReadonlyMap<string, Table>;
  /** Events of the VARIAZIONI that follows. */
  readonly events: readonly unknown[];
}

/** Rows written as "column=value" lists: cells left out are empty. */
function table(columns: string, ...rows: readonly Readonly<Record<string, string>>[]): Table {
  const header = columns.split(' ');
  return [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))];
}

const ADDRESS =
  'specie toponimo civico esponente scala piano interno cap frazione sezione lat lon senza_fissa_dimora';
const SOGGETTI =
  'id_soggetto codice_fiscale validita_cf cognome nome sesso data_nascita comune_nascita stato_nascita ' +
  'localita_nascita atto_nascita id_padre cf_padre id_madre cf_madre stato_civile stato_civile_dal id_coniuge ' +
  'cf_coniuge cittadinanza cittadinanza_dal altra_cittadinanza posizione iscritto_dal motivo_iscrizione ' +
  'comune_provenienza stato_provenienza cancellato_dal motivo_cancellazione comune_destinazione ' +
  'stato_destinazione data_morte comune_morte stato_morte titolo_studio posizione_professionale ' +
  'condizione_non_professionale documento_tipo documento_numero documento_rilascio documento_scadenza ' +
  'soggiorno_tipo soggiorno_scadenza riservatezza data_aggiornamento';

const RESIDENT = {
  validita_cf: '1',
  stato_civile: '1',
  cittadinanza: '100',
  posizione: 'RESIDENTE',
  motivo_iscrizione: '1',
  data_aggiornamento: '2024-11-04',
};
const VIA = { specie: 'VIA', toponimo: 'ROMA', civico: '1', cap: '41028', lat: '44.42', lon: '10.79' };

const SUBJECTS: readonly Readonly<Record<string, string>>[] = [
  {
    ...RESIDENT,
    id_soggetto: 'S1',
    codice_fiscale: 'RSSMRA80A01F257G',
    cognome: 'ROSSI',
    nome: 'MARIO',
    sesso: 'M',
    data_nascita: '1980-01-01',
    comune_nascita: '036023',
    stato_civile: '2',
    stato_civile_dal: '2004-05-08',
    id_coniuge: 'S2',
    cf_coniuge: 'BNCLCU82C43F257T',
    iscritto_dal: '1980-01-01',
    titolo_studio: '4',
    documento_tipo: 'CIE',
    documento_numero: 'CA00001ZZ',
    documento_rilascio: '2020-01-07',
    documento_scadenza: '2030-01-01',
  },
  {
    ...RESIDENT,
    id_soggetto: 'S2',
    codice_fiscale: 'BNCLCU82C43F257T',
    cognome: 'BIANCHI',
    nome: 'LUCIA',
    sesso: 'F',
    data_nascita: '1982-03-03',
    comune_nascita: '036023',
    stato_civile: '2',
    stato_civile_dal: '2004-05-08',
    id_coniuge: 'S1',
    iscritto_dal: '2004-05-08',
    motivo_iscrizione: '3',
    comune_provenienza: '036023',
  },
  {
    ...RESIDENT,
    id_soggetto: 'S3',
    codice_fiscale: 'RSSNNA10H55I462E',
    cognome: 'ROSSI',
    nome: 'ANNA',
    sesso: 'F',
    data_nascita: '2010-06-15',
    comune_nascita: '036040',
    id_padre: 'S1',
    id_madre: 'S2',
    iscritto_dal: '2010-06-15',
    riservatezza: '1',
  },
  {
    ...RESIDENT,
    id_soggetto: 'S4',
    cognome: 'OKAFOR',
    nome: '',
    sesso: 'M',
    data_nascita: '1975',
    stato_nascita: '443',
    localita_nascita: 'LAGOS',
    cittadinanza: '443',
    altra_cittadinanza: '219',
    iscritto_dal: '2019-10',
    motivo_iscrizione: '4',
    stato_provenienza: '443',
    soggiorno_tipo: '1',
    soggiorno_scadenza: '2026-07-13',
  },
  {
    ...RESIDENT,
    id_soggetto: 'S5',
    codice_fiscale: 'VRDGLI85E50F257T',
    cognome: 'VERDI',
    nome: 'GIULIA',
    sesso: 'F',
    data_nascita: '1985-05-10',
    comune_nascita: '036023',
    posizione: 'CANCELLATO',
    iscritto_dal: '1985-05-10',
    cancellato_dal: '2020-02-29',
    motivo_cancellazione: '3',
    comune_destinazione: '036023',
  },
  {
    ...RESIDENT,
    id_soggetto: 'S6',
    codice_fiscale: 'NRENTN50S12F257T',
    cognome: 'NERI',
    nome: 'ANTONIO',
    sesso: 'M',
    data_nascita: '1950-11-12',
    comune_nascita: '036023',
    stato_civile: '4',
    stato_civile_dal: '1990-01',
    posizione: 'DECEDUTO',
    iscritto_dal: '1950-11-12',
    data_morte: '2023-12',
    comune_morte: '036042',
  },
];

const event = (n: number, operazione: string, dati: object, more: object = {}): object => ({
  id_evento: `2025-${String(n).padStart(6, '0')}`,
  operazione,
  tipo: 'N',
  data_evento: '2025-01-09',
  decorrenza: '2025-01-09',
  registrazione: '2025-01-13',
  dati,
  ...more,
});
const NEWBORN = {
  ...RESIDENT,
  id_soggetto: 'S7',
  cognome: 'ROSSI',
  nome: 'UGO',
  sesso: 'M',
  data_nascita: '2025-01-09',
  comune_nascita: '036042',
  data_aggiornamento: '2025-01-13',
};
const legame = { id_famiglia: 'F1', relazione: '3' };

export const CORPUS: Corpus = {
  comune: '036042',
  tables: new Map<string, Table>([
    ['soggetti.csv', table(SOGGETTI, ...SUBJECTS)],
    [
      'famiglie.csv',
      table(
        `id_famiglia dal al motivo id_intestatario ${ADDRESS}`,
        { id_famiglia: 'F1', dal: '2004-05-08', motivo: '1', id_intestatario: 'S1', ...VIA },
        {
          id_famiglia: 'F2',
          dal: '1990',
          al: '2023-12-03',
          motivo: '2',
          ...VIA,
          civico: '2',
          esponente: 'BIS',
        },
        { id_famiglia: 'F3', dal: '1985-05-10', al: '2020-02-29', motivo: '1', ...VIA, civico: '3' },
      ),
    ],
    [
      'convivenze.csv',
      table(`id_convivenza specie_convivenza denominazione id_responsabile dal al ${ADDRESS}`, {
        id_convivenza: 'C1',
        specie_convivenza: '3',
        denominazione: 'CASA "SERENA"; 1',
        id_responsabile: 'S4',
        dal: '2003-06-29',
        ...VIA,
        civico: '9',
      }),
    ],
    [
      'legami.csv',
      table(
        'id_soggetto id_famiglia id_convivenza relazione progressivo dal al',
        { id_soggetto: 'S1', id_famiglia: 'F1', relazione: '1', progressivo: '1', dal: '2004-05-08' },
        { id_soggetto: 'S2', id_famiglia: 'F1', relazione: '2', progressivo: '2', dal: '2004-05-08' },
        { id_soggetto: 'S3', id_famiglia: 'F1', relazione: '3', progressivo: '3', dal: '2010-06-15' },
        { id_soggetto: 'S4', id_convivenza: 'C1', relazione: '1', dal: '2019-10' },
        { id_soggetto: 'S5', id_famiglia: 'F3', relazione: '1', dal: '1985-05-10', al: '2020-02-29' },
        { id_soggetto: 'S6', id_famiglia: 'F2', relazione: '1', dal: '1990', al: '2023-12-03' },
      ),
    ],
    [
      'residenze.csv',
      table(
        `id_soggetto dal al ${ADDRESS}`,
        { id_soggetto: 'S1', dal: '1980-01-01', al: '2004-05-08', ...VIA, civico: '7' },
        { id_soggetto: 'S1', dal: '2004-05-08', ...VIA },
      ),
    ],
    [
      'iscrizioni.csv',
      table(
        'id_soggetto dal al motivo_iscrizione motivo_cancellazione comune_provenienza stato_provenienza comune_destinazione stato_destinazione',
        {
          id_soggetto: 'S2',
          dal: '1999-01-02',
          al: '2001-05-02',
          motivo_iscrizione: '3',
          motivo_cancellazione: '3',
        },
      ),
    ],
    [
      'stati_civili.csv',
      table(
        'id_soggetto stato_civile dal al id_coniuge cf_coniuge atto',
        { id_soggetto: 'S1', stato_civile: '1', dal: '1980-01-01', al: '2004-05-08' },
        { id_soggetto: 'S1', stato_civile: '2', dal: '2004-05-08', id_coniuge: 'S2' },
      ),
    ],
    ['cittadinanze.csv', table('id_soggetto stato dal al', { id_soggetto: 'S4', stato: '443', dal: '1975' })],
    [
      'generalita.csv',
      table('id_soggetto dal al codice_fiscale cognome nome sesso motivo', {
        id_soggetto: 'S2',
        dal: '1982-03-03',
        al: '2004-05-08',
        nome: 'LUCIANA',
        motivo: 'RETTIFICA',
      }),
    ],
  ]),
  events: [
    event(1, 'NASCITA', { soggetto: NEWBORN, legame }),
    event(2, 'ISCRIZIONE', {
      motivo: '3',
      provenienza: { comune: '036023' },
      famiglia: { id_famiglia: 'F4', motivo: '2', ...VIA },
      soggetti: [
        {
          ...NEWBORN,
          id_soggetto: 'S8',
          iscritto_dal: '2025-01-09',
          legame: { id_famiglia: 'F4', relazione: '1' },
        },
      ],
    }),
    event(3, 'MORTE', { id_soggetto: 'S3', data_morte: '2025-01-09', comune_morte: '036042' }),
    event(4, 'CANCELLAZIONE', { motivo: '3', id_soggetti: ['S4'], destinazione: { stato: '443' } }),
    event(5, 'CAMBIO_ABITAZIONE', {
      id_famiglia: 'F1',
      famiglia: { id_famiglia: 'F1', ...VIA, civico: '12' },
    }),
    event(6, 'CAMBIO_ABITAZIONE', {
      id_soggetti: ['S2'],
      legami: [{ id_soggetto: 'S2', relazione: '1' }],
      famiglia: { id_famiglia: 'F5', motivo: '2', ...VIA },
    }),
    event(7, 'FAMIGLIA', {
      movimenti: [{ id_soggetto: 'S2', da: 'F1', a: 'F1', relazione: '2' }],
      id_intestatario: 'S1',
      relazioni: [{ id_soggetto: 'S3', relazione: '3' }],
    }),
    event(8, 'CONVIVENZA', {
      convivenza: { id_convivenza: 'C1', al: '2025-01-09' },
      azione: 'CHIUSURA',
      movimenti: [
        { id_soggetto: 'S4', da: { id_convivenza: 'C1' }, a: { id_famiglia: 'F1' }, relazione: '13' },
      ],
    }),
    event(9, 'STATO_CIVILE', {
      id_soggetto: 'S1',
      stato_civile: '4',
      id_coniuge: 'S2',
      atto: '036042/2025/II/A/1',
    }),
    event(10, 'CITTADINANZA', { id_soggetto: 'S4', cittadinanza: '100', altra_cittadinanza: '443' }),
    event(11, 'GENERALITA', { id_soggetto: 'S2', motivo: 'RETTIFICA', nome: 'LUCIA ANNA' }),
    event(12, 'GENITORI', { id_soggetto: 'S3', id_padre: 'S1', cf_madre: null }),
    event(13, 'DOCUMENTO', { id_soggetto: 'S1', documento_tipo: 'CIE', documento_numero: 'CA00002ZZ' }),
    event(14, 'SOGGIORNO', { id_soggetto: 'S4', soggiorno_tipo: '2', soggiorno_scadenza: null }),
    event(15, 'RISERVATEZZA', { id_soggetto: 'S3', riservatezza: null }),
    event(16, 'SCHEDA', {
      soggetti: [{ ...SUBJECTS[0] }],
      legami: [{ id_soggetto: 'S1', id_famiglia: 'F1', relazione: '1', dal: '2004-05-08' }],
    }),
    event(17, 'TOPONOMASTICA', { da: { specie: 'VIA', toponimo: 'ROMA' }, a: { toponimo: 'ROMA CAPITALE' } }),
    event(18, 'TERRITORIO', { id_famiglie: ['F1'], a: '036023' }),
    event(19, 'MORTE', {}, { tipo: 'A', riferimento: '2025-000003' }),
    event(
      20,
      'MORTE',
      { id_soggetto: 'S6', data_morte: '2023-12-03', comune_morte: '036042' },
      {
        tipo: 'R',
        decorrenza: '2023-12-03',
        riferimento: { fornitura: 1, id_soggetto: 'S6', fatto: 'MORTE' },
      },
    ),
  ],
};
