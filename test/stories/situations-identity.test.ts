/** Who somebody is: names, codes, sex, parents, citizenship. Hard situations, each under its rule. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { code } from '../support/codes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { arrives, leaves, status } from '../support/story-lines.ts';

const MARIO = code('ROSSI', 'MARIO', 'M', '1926-01-01');
/** The son was born a hundred years after, under the same name: the Agenzia gave him another form of the same code. */
const MARIO_SON = omocodicForms(MARIO)[1]!;
const ADA = code('NERI', 'ADA', 'F', '1980-01-01');
const ADO = code('NERI', 'ADO', 'M', '1980-01-01');

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  citt  cf
    S1  ROSSI MARIO   M      1926-01-01  F1/1      2+S2   100   ${MARIO}
    S2  BIANCHI ANNA  F      1985-01-01  F1/2      2+S1   100   -
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1      100   -
    S4  NERI ADA      F      1980-01-01  F2/1      1      100   ${ADA}
    S5  GALLI UGO     M      1985        F3/1      1      235   -
  `);
  await story.begin(
    `
    id  nome      sesso  nascita     famiglia  stato  citt  cf
    S1  NERI ADA  F      1980-01-01  F1/1      1      100   ${ADA}
  `,
    'B',
  );
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const identity = (id: string, on: string, subject: string, motivo: string, change: Line): Line =>
  line(id, 'GENERALITA', on, { id_soggetto: subject, motivo, ...change });

describe('codici fiscali (registry.md, People, not rows)', () => {
  it('omocodia between a father and a son: two people, in one register and in two', async () => {
    const son = {
      cognome: 'ROSSI',
      nome: 'MARIO',
      data_nascita: '2026-01-01',
      comune_nascita: '036023',
      codice_fiscale: MARIO_SON,
      validita_cf: '1',
      id_padre: 'S1',
    };
    expect(
      await story.supply(
        line('1', 'NASCITA', '2026-01-01', {
          soggetto: arrival('S9', son),
          legame: { id_famiglia: 'F1', relazione: '3' },
        }),
      ),
    ).toEqual(['EA036 1']);
    await story.supply(leaves('2', '2026-03-01', 'S9', { destinazione: { comune: '036002' } }));
    await story.supplyOf(
      'B',
      arrives(
        '1',
        '2026-03-01',
        'S7',
        'F7',
        { ...son, id_padre: null },
        { provenienza: { comune: '036001' } },
      ),
    );
    await story.expect(`
      al          noto  S1.schede  S9.schede   S9.padre     S9.dove  S1.dove  S9.eta  S1.eta
      2026-01-01  1     A:S1       A:S9        ROSSI MARIO  A        A        0       100
      2026-03-01  3     A:S1       B:S7, A:S9  ROSSI MARIO  B        A        0       100
    `);
  });

  it('a validated code on two entries of one register joins neither (Within one register two entries are two people)', async () => {
    await story.supply(leaves('1', '2025-03-01', 'S4'));
    await story.supply(
      arrives('2', '2025-06-01', 'S9', 'F9', {
        cognome: 'NERI',
        nome: 'ADA',
        sesso: 'F',
        data_nascita: '1980-01-01',
        codice_fiscale: ADA,
        validita_cf: '1',
      }),
    );
    await story.expect(`
      al          noto  S4.schede   S9.schede  S4.dove  S9.dove
      2025-06-01  1     B:S1, A:S4  ignoto     B        ignoto
      2025-06-01  2     A:S4        A:S9       -        A
    `);
  });

  it('a wrong code that joined two people is mended: they part, and what was known before stays known (R)', async () => {
    await story.supply(
      identity('1', '2025-02-01', 'S4', 'RETTIFICA', { codice_fiscale: ADO, validita_cf: '9' }),
    );
    await story.expect(`
      al          noto  S4.schede   B:S1.schede  S4.cf
      2025-01-31  0     A:S4, B:S1  A:S4, B:S1   ${ADA}
      2025-01-31  1     A:S4        B:S1         ${ADA}
      2025-02-01  1     A:S4        B:S1         ${ADO} (9)
    `);
  });

  it('registered twice by mistake: the second is cancelled for double registration, and both numbers answer', async () => {
    const twice = arrives('1', '2025-02-01', 'S9', 'F9', {
      cognome: 'NERI',
      nome: 'ADA',
      sesso: 'F',
      data_nascita: '1980-01-01',
    });
    await story.supply(twice);
    await story.supply(line('2', 'CANCELLAZIONE', '2025-03-01', { motivo: '10', id_soggetti: ['S9'] }));
    await story.expect(`
      al          noto  A.residenti           S4.dove  S9.dove
      2025-02-01  1     3M 3F 1 stranieri     A        A
      2025-03-01  2     3M 2F 1 stranieri     A        -
    `);
  });
});

describe('sealed (registry.md; L. 184/1983 art. 28; L. 164/1982)', () => {
  it('adoption with change of names: no day and no history tells the earlier name or parents', async () => {
    await story.supply(
      line('0', 'GENITORI', '2025-01-10', { id_soggetto: 'S3', id_padre: 'S1', id_madre: 'S2' }),
    );
    await story.supply(
      identity('1', '2025-06-01', 'S3', 'ADOZIONE', { cognome: 'NERI' }),
      line('2', 'GENITORI', '2025-06-01', { id_soggetto: 'S3', id_padre: null, id_madre: 'S4' }),
      line('3', 'FAMIGLIA', '2025-06-01', {
        movimenti: [{ id_soggetto: 'S3', da: 'F1', a: 'F2', relazione: '80' }],
      }),
    );
    await story.expect(`
      al          noto  S3.nome    S3.nomi    S3.padre  S3.madre  S1.figli  S3.famiglia
      2025-06-01  2     NERI LUCA  NERI LUCA  -         NERI ADA  -         F2/80
      2025-05-31  2     NERI LUCA  NERI LUCA  -         -         -         F1/3
    `);
  });

  it('parents from before an adoption that an older entry of another register still gives: hidden with it', async () => {
    // S4 is one person with S1 of B, by their code. B gives a mother without an end; A then tells of an adoption without saying parents.
    await story.supplyOf('B', line('1', 'GENITORI', '2020-01-10', { id_soggetto: 'S1', cf_madre: MARIO }));
    await story.expect(`
      al          noto  S4.schede
      2025-01-31  1     A:S4, B:S1
    `);
    await story.supply(identity('1', '2025-06-01', 'S4', 'ADOZIONE', { cognome: 'MONTI' }));
    await story.expect(`
      al          noto  S4.nome    S4.madre  B:S1.madre  S1.figli
      2025-01-31  2     MONTI ADA  -         -           -
      2025-06-01  2     MONTI ADA  -         -           -
    `);
  });

  it('rectification of sex: the person has the new name and sex on every day; the counts of each day stay', async () => {
    await story.supply(
      identity('1', '2025-06-01', 'S4', 'SESSO', {
        nome: 'ADO',
        sesso: 'M',
        codice_fiscale: ADO,
        validita_cf: '1',
      }),
    );
    await story.expect(`
      al          noto  S4.nome   S4.sesso  S4.nomi   S4.cf    A.residenti
      2025-05-31  1     NERI ADO  M         NERI ADO  ${ADO}   3M 2F 1 stranieri
      2025-06-01  1     NERI ADO  M         NERI ADO  ${ADO}   4M 1F 1 stranieri
    `);
  });

  it('a seal lifted by the annulment of its event shows again what it hid', async () => {
    const adopted = identity('1', '2025-06-01', 'S3', 'ADOZIONE', { cognome: 'NERI' });
    await story.supply(adopted);
    await story.supply(annulled('2', adopted, '2025-07-01'));
    await story.expect(`
      al          noto  S3.nome     S3.nomi
      2025-06-01  2     ROSSI LUCA  ROSSI LUCA, NERI LUCA
    `);
  });
});

describe('identity that changes or is mended (tracciato.md 3, GENERALITA and GENITORI)', () => {
  it('a foreigner of whom only the year of birth is known becomes a citizen, and the date is mended for every day', async () => {
    await story.supply(
      line('1', 'CITTADINANZA', '2025-03-01', {
        id_soggetto: 'S5',
        cittadinanza: '100',
        altra_cittadinanza: '235',
      }),
      identity('2', '2025-03-01', 'S5', 'CITTADINANZA', { cognome: 'GALLI', nome: 'UGO MARIA' }),
    );
    await story.expect(`
      al          noto  S5.cittadinanza  S5.nome          S5.nascita  S5.eta  A.residenti
      2025-02-28  1     235              GALLI UGO        1985        -       3M 2F 1 stranieri
      2025-03-01  1     100/235          GALLI UGO MARIA  1985        -       3M 2F 0 stranieri
      2025-12-31  1     100/235          GALLI UGO MARIA  1985        40      3M 2F 0 stranieri
    `);
    await story.supply(identity('3', '2025-09-01', 'S5', 'RETTIFICA', { data_nascita: '1985-11-20' }));
    await story.expect(`
      al          noto  S5.nascita  S5.eta
      2025-02-28  1     1985        -
      2025-02-28  2     1985-11-20  39
      2025-11-20  2     1985-11-20  40
    `);
  });

  it('a second citizenship is kept while nothing is said of it, and removed by null', async () => {
    await story.supply(
      line('1', 'CITTADINANZA', '2025-02-01', {
        id_soggetto: 'S4',
        cittadinanza: '100',
        altra_cittadinanza: '215',
      }),
    );
    await story.supply(line('2', 'CITTADINANZA', '2025-03-01', { id_soggetto: 'S4', cittadinanza: '236' }));
    await story.supply(
      line('3', 'CITTADINANZA', '2025-04-01', {
        id_soggetto: 'S4',
        cittadinanza: '100',
        altra_cittadinanza: null,
      }),
    );
    await story.expect(`
      al          noto  S4.cittadinanza
      2025-01-31  3     100
      2025-02-01  3     100/215
      2025-03-01  3     236/215
      2025-04-01  3     100
    `);
  });

  it('a change of surname learned of after another: each from its day, the absent key as it was (How events read)', async () => {
    await story.supply(identity('1', '2025-06-01', 'S4', 'ALTRO', { cognome: 'NERI GALLI' }));
    await story.supply(
      line(
        '2',
        'GENERALITA',
        '2025-03-01',
        { id_soggetto: 'S4', motivo: 'RETTIFICA', nome: 'ADELE' },
        { registrazione: '2025-07-01' },
      ),
    );
    await story.expect(`
      al          noto  S4.nome
      2025-06-01  1     NERI GALLI ADA
      2025-02-28  2     NERI ADA
      2025-03-01  2     NERI ADELE
      2025-06-01  2     NERI GALLI ADELE
    `);
  });

  it('the wrong father corrected, then the acknowledgement annulled: children answer as the parents do (R and A)', async () => {
    const told = line('1', 'GENITORI', '2025-02-01', { id_soggetto: 'S3', id_padre: 'S5', id_madre: 'S2' });
    await story.supply(told);
    const right = corrected('2', told, { dati: { id_padre: 'S1' } }, '2025-03-01');
    await story.supply(right);
    await story.supply(annulled('3', told, '2025-04-01'));
    await story.expect(`
      al          noto  S3.padre     S3.madre      S1.figli    S5.figli
      2025-02-01  1     GALLI UGO    BIANCHI ANNA  -           ROSSI LUCA
      2025-02-01  2     ROSSI MARIO  BIANCHI ANNA  ROSSI LUCA  -
      2025-02-01  3     -            -             -           -
    `);
  });

  it('documents and permits keep the columns that an event does not name, and lose those it makes null', async () => {
    await story.supply(
      line('1', 'DOCUMENTO', '2025-02-01', {
        id_soggetto: 'S5',
        documento_tipo: 'CI',
        documento_numero: 'AX1',
      }),
      line('2', 'SOGGIORNO', '2025-02-01', {
        id_soggetto: 'S5',
        soggiorno_tipo: '1',
        soggiorno_scadenza: '2026-02-01',
      }),
    );
    await story.supply(
      line('3', 'DOCUMENTO', '2025-03-01', { id_soggetto: 'S5', documento_numero: 'AX2' }),
      line('4', 'SOGGIORNO', '2025-03-01', { id_soggetto: 'S5', soggiorno_scadenza: null }),
    );
    await story.expect(`
      al          noto  S5.documento  S5.soggiorno
      2025-02-01  2     CI AX1        1 2026-02-01
      2025-03-01  2     CI AX2        1
    `);
  });

  it('somebody unknown, married or not, has no identity to change (SIP-203, SIP-204)', async () => {
    await story.supply(leaves('1', '2025-02-01', 'S4'));
    expect(
      await story.supply(
        identity('2', '2025-03-01', 'S99', 'ALTRO', { cognome: 'X' }),
        identity('3', '2025-03-01', 'S4', 'ALTRO', { cognome: 'X' }),
        status('4', '2025-03-01', 'S4', '2', { id_coniuge: 'S5' }),
      ),
    ).toEqual(['SIP-203 1', 'SIP-204 2', 'SIP-204 3']);
  });
});
