/**
 * Declarations and their verdicts (services.md, Verification; DPR 445/2000 art. 46, 71): what agrees, what certain evidence contradicts,
 * what cannot be told. Each row is one declaration about one person on one day.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeCodiceFiscale, omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { DECLARATION, NAMED_PERSON } from '../../src/services/verification/declaration.ts';
import { verifyDeclarations } from '../../src/services/verification/verify.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, type Line, line, Story } from '../support/story.ts';
import { death, leaves } from '../support/story-lines.ts';

const code = (cognome: string, nome: string, sesso: 'M' | 'F', born: string): string =>
  computeCodiceFiscale({ cognome, nome, sesso, data_nascita: day(born), luogo: 'F257' });
const MARIO = code('ROSSI', 'MARIO', 'M', '1970-01-01');
const ANNA = code('BIANCHI', 'ANNA', 'F', '1972-02-02');
const LUCA = code('ROSSI', 'LUCA', 'M', '2006-03-03');
const ADA = code('NERI', 'ADA', 'F', '1980-04-04');
const IVO = code('DANGELO', 'NICOLO', 'M', '1950-05-05');
const UGO = code('GALLI', 'UGO', 'M', '1978-06-06');
const RITA = code('MONTI', 'RITA', 'F', '1990-07-07');
const NOBODY = code('NESSUNO', 'MAI', 'M', '1960-08-08');
const [OTHER_FORM = ''] = omocodicForms(MARIO).filter((form) => form !== MARIO);
const TODAY = '2025-04-10';

let test: TestDatabase;
let story: Story;
beforeAll(async () => {
  test = await testDatabase();
  story = new Story(test.db);
  await story.begin(
    `
    id  nome             sesso  nascita     famiglia  stato  cf       citt  dal
    S1  ROSSI MARIO      M      1970-01-01  F1/1      2+S2   ${MARIO}  100   2010-01-01
    S2  BIANCHI ANNA     F      1972-02-02  F1/2      2+S1   ${ANNA}   100   2010-01-01
    S3  ROSSI LUCA       M      2006-03-03  F1/3      1      ${LUCA}   100   2010-01-01
    S4  NERI ADA         F      1980-04-04  F2/1      1      ${ADA}    203   2012
    S5  D'ANGELO NICOLÒ  M      1950-05-05  F3/1      3      ${IVO}    100   2010-01-01
    S6  BRUNI PIA        F      1985        F4/1      9      -        100   2011-01-01
    S7  MONTI RITA       F      1990-07-07  F5/1      1      ${RITA}   100   2010-01-01
  `,
    'A',
    ['S99'],
  );
  await story.begin(
    `
    id  nome       sesso  nascita     famiglia  stato  cf
    S1  GALLI UGO  M      1978-06-06  F1/1      1      ${UGO}
  `,
    'B',
  );
  const parents = line(
    '1',
    'GENITORI',
    '2025-01-15',
    { id_soggetto: 'S3', id_padre: 'S1', id_madre: 'S2' },
    { registrazione: '2025-02-01' },
  );
  const renamed = line('2', 'TOPONOMASTICA', '2025-02-10', {
    da: { specie: 'VIA', toponimo: 'VERDI' },
    a: { specie: 'VIA', toponimo: 'GIUSEPPE VERDI' },
  });
  await story.supply(
    parents,
    renamed,
    death('3', 'S5', '2025-03-01'),
    leaves('4', '2025-03-15', 'S7', { destinazione: { comune: '036002' } }),
    line('5', 'CAMBIO_ABITAZIONE', '2025-04-01', {
      id_famiglia: 'F1',
      famiglia: {
        id_famiglia: 'F1',
        specie: 'VIALE',
        toponimo: 'EMILIA EST',
        civico: '12',
        esponente: 'A',
        interno: '3',
      },
    }),
  );
});
afterAll(() => test.drop());

type Row = readonly [al: string, who: string | object, declared: Line, verdict: string];

const person = (who: string | object) =>
  NAMED_PERSON.parse(typeof who === 'string' ? { codice_fiscale: who } : who);

async function verdict([al, who, declared]: Row, mayReadProtected = false): Promise<string> {
  const { esiti } = await verifyDeclarations(
    test.db,
    {
      persona: person(who),
      dichiarazioni: [DECLARATION.parse(declared)],
      when: { al: day(al), notoAl: null },
      mayReadProtected,
    },
    TODAY,
  );
  const [{ esito, elementi } = { esito: '?', elementi: [] }] = esiti;
  const told = elementi
    .filter((e) => e.esito !== 'concorda')
    .map((e) => `${e.elemento}:${e.motivo}${e.dettaglio === undefined ? '' : `(${e.dettaglio})`}`);
  return [esito, ...told].join(' ');
}

const A = '036001';
const B = '036002';
const at = (via: string, civico?: string, more: Line = {}): Line => ({
  via,
  ...(civico === undefined ? {} : { civico }),
  ...more,
});
const lives = (comune: string, more: Line = {}): Line => ({ oggetto: 'residenza', comune, ...more });
const ROSSI_HOME = at('via Roma', '1');

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'residenza (b): comune, and the day on which it changes': [
    ['2025-03-14', MARIO, lives(A), 'S'],
    ['2025-03-14', MARIO, lives(B), 'N comune:residente_altrove'],
    ['2009-12-31', MARIO, lives(A), 'A comune:fuori_provincia'],
    ['2010-01-01', MARIO, lives(A), 'S'],
    ['2025-02-28', IVO, lives(A), 'S'],
    ['2025-03-01', IVO, lives(A), 'N comune:deceduto'],
    ['2025-03-14', RITA, lives(A), 'S'],
    ['2025-03-15', RITA, lives(A), 'A comune:in_transito'],
    ['2025-03-15', RITA, lives(B), 'A comune:in_transito'],
    ['2025-03-01', MARIO, lives('058091'), 'N comune:residente_altrove'],
  ],
  'residenza (b): the address at the precision declared': [
    ['2025-03-31', MARIO, lives(A, { indirizzo: ROSSI_HOME }), 'S'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('V. ROMA', '1') }), 'S'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('Roma', '1') }), 'S'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('via roma') }), 'S'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('via Romagna', '1') }), 'N indirizzo:diverso'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('via Roma', '2') }), 'N indirizzo:diverso'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('via Roma', '1/A') }), 'N indirizzo:diverso'],
    ['2025-03-31', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12/a') }), 'N indirizzo:diverso'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12/a') }), 'S'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('V.le Emilia Est', '12 A') }), 'S'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('v.le emilia est', '12A int. 3') }), 'S'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12/A', { interno: '3' }) }), 'S'],
    [
      '2025-04-01',
      MARIO,
      lives(A, { indirizzo: at('viale Emilia Est', '12/A', { interno: '4' }) }),
      'N indirizzo:diverso',
    ],
    [
      '2025-04-01',
      MARIO,
      lives(A, { indirizzo: at('viale Emilia Est', '12/A', { scala: 'B' }) }),
      'A indirizzo:dato_assente',
    ],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12') }), 'N indirizzo:diverso'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: at('via Emilia', '12') }), 'N indirizzo:diverso'],
    ['2025-04-01', MARIO, lives(A, { indirizzo: ROSSI_HOME }), 'N indirizzo:diverso'],
    ['2025-04-01', MARIO, lives(B, { indirizzo: ROSSI_HOME }), 'N comune:residente_altrove'],
  ],
  'residenza (b): a street renamed is the same street': [
    ['2025-02-09', ADA, lives(A, { indirizzo: at('via Verdi', '1') }), 'S'],
    ['2025-03-01', ADA, lives(A, { indirizzo: at('via Giuseppe Verdi', '1') }), 'S'],
    ['2025-03-01', ADA, lives(A, { indirizzo: at('via Verdi', '1') }), 'S'],
    ['2025-02-09', ADA, lives(A, { indirizzo: at('via Giuseppe Verdi', '1') }), 'N indirizzo:diverso'],
  ],
  'residenza (b): since when, whole and partial': [
    ['2025-03-31', MARIO, lives(A, { dal: '2010-01-01' }), 'S'],
    ['2025-03-31', MARIO, lives(A, { dal: '2010' }), 'S'],
    ['2025-03-31', MARIO, lives(A, { dal: '2011' }), 'N dal:diverso'],
    ['2025-03-31', ADA, lives(A, { dal: '2012' }), 'S'],
    ['2025-03-31', ADA, lives(A, { dal: '2012-05-01' }), 'A dal:data_incerta'],
    ['2025-03-31', ADA, lives(A, { dal: '2013' }), 'N dal:diverso'],
    ['2012-06-01', ADA, lives(A), 'A comune:data_incerta'],
    ['2025-04-05', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12/A'), dal: '2025-04-01' }), 'S'],
    ['2025-04-05', MARIO, lives(A, { indirizzo: at('viale Emilia Est', '12/A'), dal: '2010' }), 'S'],
    [
      '2025-04-05',
      MARIO,
      lives(A, { indirizzo: at('viale Emilia Est', '12/A'), dal: '2024' }),
      'N dal:diverso',
    ],
    ['2025-03-01', ADA, lives(A, { indirizzo: at('via Giuseppe Verdi', '1'), dal: '2012' }), 'S'],
  ],
  'residenza (b): not there': [
    ['2025-03-31', MARIO, lives(B, { non: true }), 'S'],
    ['2025-03-31', MARIO, lives(A, { non: true }), 'N comune:residente_li'],
    ['2025-03-31', MARIO, lives(A, { non: true, indirizzo: at('via Dante', '1') }), 'S'],
    ['2025-03-31', MARIO, lives(A, { non: true, indirizzo: ROSSI_HOME }), 'N indirizzo:residente_li'],
    ['2025-03-15', RITA, lives(A, { non: true }), 'A comune:in_transito'],
  ],
  'nascita (a): date and place': [
    ['2025-03-01', MARIO, { oggetto: 'nascita', data: '1970-01-01' }, 'S'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', data: '1970' }, 'S'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', data: '1970-01-10' }, 'N data_nascita:diverso'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', comune: '036023' }, 'S'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', comune: '036040' }, 'N luogo_nascita:diverso'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', stato: '100' }, 'S'],
    ['2025-03-01', MARIO, { oggetto: 'nascita', stato: '215' }, 'N luogo_nascita:diverso'],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'nascita', data: '1970-01-01', comune: '036040' },
      'N luogo_nascita:diverso',
    ],
    [
      '2025-03-01',
      { cognome: 'Bruni', nome: 'Pia' },
      { oggetto: 'nascita', data: '1985-03-02' },
      'A data_nascita:data_incerta',
    ],
    [
      '2025-03-01',
      { cognome: 'Bruni', nome: 'Pia' },
      { oggetto: 'nascita', data: '1986' },
      'N data_nascita:diverso',
    ],
    ['2025-03-01', IVO, { oggetto: 'nascita', data: '1950-05-05' }, 'S'],
  ],
  'generalità: names without accents and apostrophes; a slip of the pen is no other name': [
    ['2025-02-01', IVO, { oggetto: 'generalita', cognome: 'DANGELO', nome: "NICOLO'" }, 'S'],
    ['2025-02-01', IVO, { oggetto: 'generalita', cognome: 'd’ Angelo', nome: 'Nicolò' }, 'S'],
    ['2025-02-01', IVO, { oggetto: 'generalita', cognome: 'DANGELI' }, 'A cognome:simile'],
    ['2025-02-01', IVO, { oggetto: 'generalita', cognome: 'VERDI' }, 'N cognome:diverso'],
    ['2025-02-01', IVO, { oggetto: 'generalita', sesso: 'F' }, 'N sesso:diverso'],
    ['2025-02-01', MARIO, { oggetto: 'generalita', nome: 'MARIA' }, 'A nome:simile'],
  ],
  'cittadinanza (c)': [
    ['2025-03-01', MARIO, { oggetto: 'cittadinanza', stato: '100' }, 'S'],
    ['2025-03-01', ADA, { oggetto: 'cittadinanza', stato: '100' }, 'N cittadinanza:diverso'],
    ['2025-03-01', ADA, { oggetto: 'cittadinanza', stato: '203' }, 'S'],
    ['2012-06-01', ADA, { oggetto: 'cittadinanza', stato: '203' }, 'A cittadinanza:data_incerta'],
  ],
  'diritti politici (d) and the other letters: the office that would know': [
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'altro', materia: 'diritti_politici' },
      'A materia:altro_ufficio(ufficio elettorale del comune)',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'altro', materia: 'titolo_studio' },
      'A materia:altro_ufficio(istituto scolastico o università)',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'altro', materia: 'carichi_pendenti' },
      'A materia:altro_ufficio(Procura della Repubblica)',
    ],
  ],
  'stato civile (e)': [
    ['2025-03-01', MARIO, { oggetto: 'stato_civile', valore: 'coniugato' }, 'S'],
    ['2025-03-01', MARIO, { oggetto: 'stato_civile', valore: 'libero' }, 'N stato_civile:diverso'],
    ['2025-03-01', ADA, { oggetto: 'stato_civile', valore: 'libero' }, 'S'],
    ['2025-03-01', ADA, { oggetto: 'stato_civile', valore: 'celibe_nubile' }, 'S'],
    ['2025-03-01', ADA, { oggetto: 'stato_civile', valore: 'vedovo' }, 'N stato_civile:diverso'],
    ['2025-02-01', IVO, { oggetto: 'stato_civile', valore: 'vedovo' }, 'S'],
    ['2025-02-01', IVO, { oggetto: 'stato_civile', valore: 'libero' }, 'S'],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { codice_fiscale: ANNA } },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { cognome: 'Bianchi', nome: 'Anna' } },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { codice_fiscale: ADA } },
      'N coniuge:diverso',
    ],
    ['2025-03-01', MARIO, { oggetto: 'stato_civile', valore: 'coniugato', dal: '2012' }, 'S'],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_civile', valore: 'coniugato', dal: '2012-06-02' },
      'N dal:diverso',
    ],
    [
      '2025-03-01',
      { cognome: 'Bruni', nome: 'Pia' },
      { oggetto: 'stato_civile', valore: 'libero' },
      'A stato_civile:dato_assente',
    ],
  ],
  'stato di famiglia (f): the set of members and their kinship, by person and not by spelling': [
    ['2025-03-01', MARIO, { oggetto: 'stato_di_famiglia', componenti: [who(ANNA), who(LUCA)] }, 'S'],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [who(MARIO), who(ANNA), who(LUCA)] },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [who(ANNA, '2'), who(LUCA, '3')] },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [who(ANNA, '3'), who(LUCA, '3')] },
      `N relazione:diverso(${ANNA})`,
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [who(ANNA)] },
      'N componenti:mancante(1)',
    ],
    ['2025-03-01', MARIO, { oggetto: 'stato_di_famiglia', componenti: [] }, 'N componenti:mancante(2)'],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [who(ANNA), who(LUCA), who(ADA)] },
      `N componenti:non_compreso(${ADA})`,
    ],
    [
      '2025-03-01',
      MARIO,
      {
        oggetto: 'stato_di_famiglia',
        componenti: [named('Bianchi', 'Anna', '1972'), named('rossi', 'luca')],
      },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      {
        oggetto: 'stato_di_famiglia',
        componenti: [named('Bianchi', 'Anna', '1973'), named('rossi', 'luca')],
      },
      'N componenti:non_compreso(Bianchi Anna) componenti:mancante(1)',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'stato_di_famiglia', componenti: [named('Bianci', 'Anna'), named('rossi', 'luca')] },
      'A componenti:simile(1)',
    ],
    ['2025-03-01', ADA, { oggetto: 'stato_di_famiglia', componenti: [] }, 'S'],
    ['2025-03-15', RITA, { oggetto: 'stato_di_famiglia', componenti: [] }, 'A componenti:in_transito'],
  ],
  'esistenza in vita (g)': [
    ['2025-02-28', IVO, { oggetto: 'esistenza_in_vita' }, 'S'],
    ['2025-03-01', IVO, { oggetto: 'esistenza_in_vita' }, 'N esistenza_in_vita:deceduto'],
    ['2025-03-20', RITA, { oggetto: 'esistenza_in_vita' }, 'A esistenza_in_vita:fuori_provincia'],
    ['2025-04-10', UGO, { oggetto: 'esistenza_in_vita' }, 'A esistenza_in_vita:fornitura_vecchia(100)'],
  ],
  'nascita del figlio, decesso di un familiare (h)': [
    ['2025-03-01', MARIO, { oggetto: 'nascita_figlio', figlio: { codice_fiscale: LUCA } }, 'S'],
    [
      '2025-03-01',
      ANNA,
      { oggetto: 'nascita_figlio', figlio: { cognome: 'Rossi', nome: 'Luca', data_nascita: '2006-03-03' } },
      'S',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'nascita_figlio', figlio: { codice_fiscale: ADA } },
      'A legame:nessun_legame',
    ],
    [
      '2025-03-01',
      MARIO,
      { oggetto: 'nascita_figlio', figlio: { codice_fiscale: NOBODY } },
      'A legame:altra_persona_non_trovata',
    ],
    [
      '2025-03-01',
      LUCA,
      { oggetto: 'decesso_familiare', relazione: 'ascendente', parente: { codice_fiscale: MARIO } },
      'A decesso:dato_assente',
    ],
    [
      '2025-03-01',
      LUCA,
      { oggetto: 'decesso_familiare', relazione: 'ascendente', parente: { codice_fiscale: IVO } },
      'A legame:nessun_legame',
    ],
  ],
  'codice fiscale (q)': [
    [
      '2025-03-01',
      { cognome: 'Rossi', nome: 'Mario', data_nascita: '1970' },
      { oggetto: 'codice_fiscale', codice: MARIO },
      'S',
    ],
    [
      '2025-03-01',
      { cognome: 'Rossi', nome: 'Mario', data_nascita: '1970' },
      { oggetto: 'codice_fiscale', codice: OTHER_FORM },
      'N codice_fiscale:diverso',
    ],
    [
      '2025-03-01',
      { cognome: 'Bruni', nome: 'Pia' },
      { oggetto: 'codice_fiscale', codice: MARIO },
      'A codice_fiscale:dato_assente',
    ],
  ],
  'nobody found is no false declaration': [
    ['2025-03-01', NOBODY, lives(A), 'A persona:persona_non_trovata'],
    ['2025-03-01', { cognome: 'Rossi', nome: 'Maria' }, lives(A), 'A persona:persona_non_trovata'],
    [
      '2025-03-01',
      { cognome: 'Rossi', nome: 'Mario', data_nascita: '1971' },
      lives(A),
      'A persona:persona_non_trovata',
    ],
  ],
};

function who(codice_fiscale: string, relazione?: string) {
  return { persona: { codice_fiscale }, ...(relazione === undefined ? {} : { relazione }) };
}
function named(cognome: string, nome: string, data_nascita?: string) {
  return { persona: { cognome, nome, ...(data_nascita === undefined ? {} : { data_nascita }) } };
}

for (const [title, rows] of Object.entries(TABLES))
  describe(title, () => {
    it.each(rows)('%s %s %o → %s', async (...row) => {
      expect(await verdict(row)).toBe(row[3]);
    });
  });

describe('what changes the verdict after the fact', () => {
  let own: TestDatabase;
  let told: Story;
  beforeAll(async () => {
    own = await testDatabase();
    told = new Story(own.db);
    await told.begin(`
      id  nome          sesso  nascita     famiglia  stato  cf
      S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   ${MARIO}
      S2  BIANCHI ANNA  F      1972-02-02  F1/2      2+S1   ${ANNA}
    `);
  });
  afterAll(() => own.drop());

  const ask = async (who: string, declared: Line, al: string, mayReadProtected = false): Promise<string> => {
    const { esiti } = await verifyDeclarations(
      own.db,
      {
        persona: person(who),
        dichiarazioni: [DECLARATION.parse(declared)],
        when: { al: day(al), notoAl: null },
        mayReadProtected,
      },
      TODAY,
    );
    return [
      esiti[0]?.esito,
      ...(esiti[0]?.elementi ?? []).flatMap((e) => (e.motivo === undefined ? [] : [e.motivo])),
    ].join(' ');
  };
  const married: Line = { oggetto: 'stato_civile', valore: 'coniugato', coniuge: { codice_fiscale: ANNA } };
  const lost: Line = {
    oggetto: 'decesso_familiare',
    relazione: 'coniuge',
    parente: { codice_fiscale: ANNA },
    data: '2025-02-01',
  };

  it('a death widows the survivor from its day, and its annulment gives the marriage back', async () => {
    const died = death('1', 'S2', '2025-02-01');
    expect(await ask(MARIO, married, '2025-02-10')).toBe('S');
    await told.supply(died);
    expect(await ask(MARIO, married, '2025-02-10')).toBe('N diverso');
    expect(await ask(MARIO, married, '2025-01-31')).toBe('S');
    expect(await ask(MARIO, lost, '2025-02-10')).toBe('S');
    expect(await ask(MARIO, { ...lost, data: '2025-02-02' }, '2025-02-10')).toBe('N diverso');
    await told.supply(annulled('2', died, '2025-03-01'));
    expect(await ask(MARIO, married, '2025-02-10')).toBe('S');
    expect(await ask(MARIO, lost, '2025-02-10')).toBe('A dato_assente');
  });

  it('an event set aside leaves what it is about open, until it is mended', async () => {
    const faulty = line('3', 'STATO_CIVILE', '2025-03-05', { id_soggetto: 'S1' });
    expect(await told.supply(faulty)).toEqual(['SIP-202 1 stato_civile']);
    expect(await ask(MARIO, lives(A), '2025-03-10')).toBe('A dato_scartato');
    await told.supply(
      line('3', 'STATO_CIVILE', '2025-03-05', { id_soggetto: 'S1', stato_civile: '2', id_coniuge: 'S2' }),
    );
    expect(await ask(MARIO, lives(A), '2025-03-10')).toBe('S');
  });

  it('control 23: where somebody protected lives is confirmed to nobody whose profile may not read it', async () => {
    await told.supply(line('5', 'RISERVATEZZA', '2025-03-08', { id_soggetto: 'S1', riservatezza: '1' }));
    for (const declared of [lives(A), lives(B), { oggetto: 'stato_di_famiglia', componenti: [] }])
      expect(await ask(MARIO, declared, '2025-03-10')).toBe('A protetto');
    expect(await ask(MARIO, lives(B), '2025-03-10', true)).toBe('N residente_altrove');
    expect(await ask(MARIO, { oggetto: 'nascita', data: '1970-01-01' }, '2025-03-10')).toMatch(
      /^(S|A dato_scartato)$/,
    );
  });

  it('a reference day in the future is refused', async () => {
    await expect(ask(MARIO, lives(A), '2025-04-11')).rejects.toMatchObject({ code: 'usage' });
  });
});
