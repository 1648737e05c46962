/** Declarations of each other matter and their verdicts (services.md, Verification; DPR 445/2000 art. 46, 71): what agrees, what certain evidence contradicts, what cannot be told. */
import { afterAll, beforeAll } from 'vitest';
import { A, type Declared, lives, named, tables, who } from '../support/declarations.ts';
import {
  ADA,
  ANNA,
  IVO,
  LUCA,
  MARIO,
  NOBODY,
  OTHER_FORM,
  RITA,
  UGO,
  verificationRegister,
} from '../support/verification-register.ts';

let declared: Declared;
beforeAll(async () => {
  declared = await verificationRegister();
});
afterAll(() => declared.test.drop());

tables(() => declared, {
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
});
