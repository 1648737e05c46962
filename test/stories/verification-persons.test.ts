/** Who is meant, and who is whose: homonyms, names of several words, families by person and not by spelling, couples (services.md, Verification). */
import { afterAll, beforeAll } from 'vitest';
import {
  A,
  B,
  codeOf,
  Declared,
  family,
  lives,
  named,
  type Row,
  tables,
  who,
} from '../support/declarations.ts';
import { line } from '../support/story.ts';
import { death } from '../support/story-lines.ts';

const MARIO = codeOf('ROSSI', 'MARIO', 'M', '1970-01-01');
const HOMONYM = codeOf('ROSSI', 'MARIO', 'M', '1985-10-10');
const THIRD = codeOf('ROSSI', 'MARIO', 'M', '1985-11-11');
const JEAN = codeOf('DE LUCA', 'JEAN PAUL', 'M', '1988-02-29');
const ELISA = codeOf('FABBRI', 'ELISA', 'F', '1960-01-01');
const LUIGI = codeOf('CONTI', 'LUIGI', 'M', '1955-05-05');
const MARCO = codeOf('POLI', 'MARCO', 'M', '1958-08-08');
const ANNA = codeOf('BIANCHI', 'ANNA', 'F', '1972-02-02');
const ANNA_MARIA = codeOf('BIANCHI', 'ANNA MARIA', 'F', '1999-03-03');
const LUCA = codeOf('ROSSI', 'LUCA', 'M', '2006-03-03');
const NONNO = codeOf('ROSSI', 'PIERO', 'M', '1938-04-04');
const VEDOVA = codeOf('BOSI', 'IDA', 'F', '1940-03-03');
const NOBODY = codeOf('NESSUNO', 'MAI', 'M', '1960-08-08');
const DAY = '2025-03-01';

let declared: Declared;
beforeAll(async () => {
  declared = await Declared.open();
  await declared.story.begin(`
    id   nome              sesso  nascita     famiglia  stato  cf             citt
    S1   ROSSI MARIO       M      1970-01-01  F1/1      2+S2   ${MARIO}       100
    S2   BIANCHI ANNA      F      1972-02-02  F1/2      2+S1   ${ANNA}        100
    S3   ROSSI LUCA        M      2006-03-03  F1/3      1      ${LUCA}        100
    S4   ROSSI MARIO       M      1985-10-10  F2/1      1      ${HOMONYM}     100
    S5   ROSSI MARIO       M      1985-11-11  F3/1      1      ${THIRD}       100
    S6   DELUCA JEAN PAUL  M      1988-02-29  F4/1      1      ${JEAN}        215
    S7   FABBRI ELISA      F      1960-01-01  F5/1      4      ${ELISA}       100
    S8   CONTI LUIGI       M      1955-05-05  F6/1      6+S9   ${LUIGI}       100
    S9   POLI MARCO        M      1958-08-08  F6/2      6+S8   ${MARCO}       100
    S10  BIANCHI ANNA MARIA  F      1999-03-03  F7/1      1      ${ANNA_MARIA}  100
    S11  ROSSI PIERO       M      1938-04-04  F8/1      2+S12  ${NONNO}       100
    S12  BOSI IDA          F      1940-03-03  F8/2      2+S11  ${VEDOVA}      100
  `);
  const parents = (n: string, child: string, id_padre: string, id_madre: string) =>
    line(n, 'GENITORI', '2025-01-15', { id_soggetto: child, id_padre, id_madre });
  await declared.story.supply(
    parents('1', 'S3', 'S1', 'S2'),
    parents('2', 'S1', 'S11', 'S12'),
    death('3', 'S11', '2025-02-10'),
  );
});
afterAll(() => declared.test.drop());

const by = (cognome: string, nome: string, data_nascita?: string) => ({
  cognome,
  nome,
  ...(data_nascita === undefined ? {} : { data_nascita }),
});
const status = (valore: string, more: object = {}) => ({ oggetto: 'stato_civile', valore, ...more });
const identity = (more: object) => ({ oggetto: 'generalita', ...more });
const lost = (relazione: string, parente: object, more: object = {}) => ({
  oggetto: 'decesso_familiare',
  relazione,
  parente,
  ...more,
});
const child = (figlio: object) => ({ oggetto: 'nascita_figlio', figlio });
const one = (about: string | object, what: object, verdict: string, al = DAY): Row => [
  al,
  about,
  what as Row[2],
  verdict,
];
const AMBIGUOUS = 'A persona:persona_ambigua';
const NONE = 'A persona:persona_non_trovata';

tables(() => declared, {
  'homonyms: several are nobody in particular, and never N': [
    one(by('Rossi', 'Mario'), lives(A), AMBIGUOUS),
    one(by('ROSSI', 'MARIO'), lives(B), AMBIGUOUS),
    one(by('Rossi', 'Mario', '1985'), lives(A), AMBIGUOUS),
    one(by('Rossi', 'Mario', '1985-10'), lives(A), 'S'),
    one(by('Rossi', 'Mario', '1985-11-11'), lives(A), 'S'),
    one(by('Rossi', 'Mario', '1970'), lives(A), 'S'),
    one(by('Rossi', 'Mario', '1970-01-01'), lives(B), 'N comune:residente_altrove'),
    one(by('Rossi', 'Mario', '1985-12'), lives(A), NONE),
    one(by('Rossi', 'Mario', '1971'), lives(A), NONE),
    one(by('Rossi', 'Marco'), lives(A), NONE),
    one(HOMONYM, status('coniugato'), 'N stato_civile:diverso'),
    one(MARIO, status('coniugato'), 'S'),
    one(NOBODY, lives(A), NONE),
  ],
  'names: spacing, several given names, a slip': [
    one(by('De Luca', 'Jean Paul'), lives(A), 'S'),
    one(by('DELUCA', 'JEANPAUL'), lives(A), 'S'),
    one(by('de luca', 'jean-paul'), lives(A), 'S'),
    one(JEAN, identity({ cognome: 'De Luca', nome: 'Jean Paul', sesso: 'M' }), 'S'),
    one(JEAN, identity({ cognome: 'DE LUCA', nome: 'Jean' }), 'A nome:simile'),
    one(JEAN, identity({ cognome: 'De Lucca' }), 'A cognome:simile'),
    one(JEAN, identity({ cognome: 'Lucarelli' }), 'N cognome:diverso'),
    one(JEAN, identity({ nome: 'Paul Jean' }), 'N nome:diverso'),
    one(JEAN, identity({ cognome: 'De Luca', sesso: 'F' }), 'N sesso:diverso'),
    one(ANNA_MARIA, identity({ nome: 'Anna' }), 'A nome:simile'),
    one(ANNA_MARIA, identity({ nome: 'Annamaria' }), 'S'),
    one(ANNA, identity({ nome: 'Anna Maria' }), 'A nome:simile'),
    one(ANNA, identity({ nome: 'Anna', cognome: 'Rossi' }), 'N cognome:diverso'),
  ],
  'birth: partial dates, the leap day, near misses': [
    one(JEAN, { oggetto: 'nascita', data: '1988-02-29' }, 'S'),
    one(JEAN, { oggetto: 'nascita', data: '1988-02' }, 'S'),
    one(JEAN, { oggetto: 'nascita', data: '1988' }, 'S'),
    one(JEAN, { oggetto: 'nascita', data: '1988-02-28' }, 'N data_nascita:diverso'),
    one(JEAN, { oggetto: 'nascita', data: '1988-03' }, 'N data_nascita:diverso'),
    one(JEAN, { oggetto: 'nascita', data: '1989' }, 'N data_nascita:diverso'),
    one(JEAN, { oggetto: 'nascita', data: '1988', stato: '100' }, 'S'),
    one(JEAN, { oggetto: 'nascita', data: '1988', stato: '215' }, 'N luogo_nascita:diverso'),
    one(JEAN, { oggetto: 'cittadinanza', stato: '215' }, 'S'),
    one(JEAN, { oggetto: 'cittadinanza', stato: '100' }, 'N cittadinanza:diverso'),
  ],
  'a family is its persons, however they are written': [
    one(MARIO, family(named('bianchi', 'anna'), named('Rossi', 'Luca')), 'S'),
    one(MARIO, family(named('ROSSI', 'LUCA', '2006'), who(ANNA)), 'S'),
    one(MARIO, family(who(ANNA, '2'), named('Rossi', 'Luca', '2006-03-03', '3')), 'S'),
    one(
      MARIO,
      family(who(ANNA), named('Rossi', 'Luca', '2006-03-04')),
      'N componenti:non_compreso(Rossi Luca) componenti:mancante(1)',
    ),
    one(MARIO, family(who(ANNA), named('Rossi', 'Lucca')), 'A componenti:simile(1)'),
    one(MARIO, family(named('Bianchi', 'Anna Maria'), who(LUCA)), 'A componenti:simile(1)'),
    one(
      MARIO,
      family(who(ANNA_MARIA), who(LUCA)),
      `N componenti:non_compreso(${ANNA_MARIA}) componenti:mancante(1)`,
    ),
    one(MARIO, family(who(ANNA), who(LUCA), who(NONNO)), `N componenti:non_compreso(${NONNO})`),
    one(MARIO, family(who(ANNA), who(ANNA), who(LUCA)), `N componenti:non_compreso(${ANNA})`),
    one(MARIO, family(who(LUCA)), 'N componenti:mancante(1)'),
    one(
      MARIO,
      family(who(ANNA, '3'), who(LUCA, '2')),
      `N relazione:diverso(${ANNA}) relazione:diverso(${LUCA})`,
    ),
    one(LUCA, family(who(MARIO, '1'), who(ANNA, '2')), 'S'),
    one(LUCA, family(who(MARIO)), 'N componenti:mancante(1)'),
    one(HOMONYM, family(), 'S'),
    one(HOMONYM, family(who(MARIO)), `N componenti:non_compreso(${MARIO})`),
    one(LUIGI, family(who(MARCO)), 'S'),
    one(VEDOVA, family(who(NONNO)), 'S', '2025-02-09'),
    one(VEDOVA, family(who(NONNO)), `N componenti:non_compreso(${NONNO})`, '2025-02-10'),
    one(VEDOVA, family(), 'S', '2025-02-10'),
    one(VEDOVA, family(), 'N componenti:mancante(1)', '2025-02-09'),
  ],
  'couples: married, united, divorced, widowed on the very day': [
    one(MARIO, status('coniugato', { coniuge: { codice_fiscale: ANNA } }), 'S'),
    one(MARIO, status('coniugato', { coniuge: by('Bianchi', 'Anna', '1972') }), 'S'),
    one(MARIO, status('coniugato', { coniuge: by('Bianchi', 'Ana') }), 'A coniuge:simile'),
    one(MARIO, status('coniugato', { coniuge: by('Bianchi', 'Anna', '1973') }), 'N coniuge:diverso'),
    one(MARIO, status('coniugato', { coniuge: { codice_fiscale: ANNA_MARIA } }), 'N coniuge:diverso'),
    one(LUIGI, status('unito_civilmente'), 'S'),
    one(LUIGI, status('unito_civilmente', { coniuge: { codice_fiscale: MARCO } }), 'S'),
    one(LUIGI, status('unito_civilmente', { coniuge: { codice_fiscale: MARIO } }), 'N coniuge:diverso'),
    one(LUIGI, status('coniugato'), 'N stato_civile:diverso'),
    one(LUIGI, status('libero'), 'N stato_civile:diverso'),
    one(ELISA, status('divorziato'), 'S'),
    one(ELISA, status('libero'), 'S'),
    one(ELISA, status('celibe_nubile'), 'N stato_civile:diverso'),
    one(ELISA, status('vedovo'), 'N stato_civile:diverso'),
    one(VEDOVA, status('coniugato'), 'S', '2025-02-09'),
    one(VEDOVA, status('vedovo'), 'N stato_civile:diverso', '2025-02-09'),
    one(VEDOVA, status('vedovo'), 'S', '2025-02-10'),
    one(VEDOVA, status('vedovo', { dal: '2025-02-10' }), 'S', '2025-02-10'),
    one(VEDOVA, status('vedovo', { dal: '2025-02' }), 'S', '2025-02-10'),
    one(VEDOVA, status('vedovo', { dal: '2025-02-11' }), 'N dal:diverso', '2025-02-11'),
    one(VEDOVA, status('libero'), 'S', '2025-02-10'),
    one(NONNO, status('coniugato'), 'A stato_civile:dato_assente', '2025-02-10'),
  ],
  'children, and relatives who died': [
    one(MARIO, child({ codice_fiscale: LUCA }), 'S'),
    one(ANNA, child(by('Rossi', 'Luca')), 'S'),
    one(MARIO, child(by('Rossi', 'Lucca', '2006-03-03')), 'A legame:simile'),
    one(MARIO, child({ codice_fiscale: ANNA_MARIA }), 'A legame:nessun_legame'),
    one(MARIO, child({ codice_fiscale: NOBODY }), 'A legame:altra_persona_non_trovata'),
    one(HOMONYM, child({ codice_fiscale: LUCA }), 'A legame:nessun_legame'),
    one(NONNO, child({ codice_fiscale: MARIO }), 'S', '2025-02-01'),
    one(VEDOVA, lost('coniuge', { codice_fiscale: NONNO }), 'S'),
    one(VEDOVA, lost('coniuge', { codice_fiscale: NONNO }, { data: '2025-02-10' }), 'S'),
    one(VEDOVA, lost('coniuge', { codice_fiscale: NONNO }, { data: '2025-02' }), 'S'),
    one(VEDOVA, lost('coniuge', { codice_fiscale: NONNO }, { data: '2025-02-09' }), 'N data_decesso:diverso'),
    one(VEDOVA, lost('coniuge', by('Rossi', 'Piero')), 'S'),
    one(VEDOVA, lost('coniuge', { codice_fiscale: NONNO }), 'A decesso:dato_assente', '2025-02-09'),
    one(MARIO, lost('ascendente', { codice_fiscale: NONNO }), 'S'),
    one(LUCA, lost('ascendente', { codice_fiscale: NONNO }), 'S'),
    one(LUCA, lost('ascendente', { codice_fiscale: NONNO }, { data: '2024' }), 'N data_decesso:diverso'),
    one(MARIO, lost('ascendente', { codice_fiscale: VEDOVA }), 'A decesso:dato_assente'),
    one(MARIO, lost('discendente', { codice_fiscale: LUCA }), 'A decesso:dato_assente'),
    one(ANNA, lost('ascendente', { codice_fiscale: NONNO }), 'A legame:nessun_legame'),
  ],
  'life and death of the person asked about': [
    one(NONNO, { oggetto: 'decesso' }, 'S', '2025-02-10'),
    one(NONNO, { oggetto: 'decesso' }, 'N decesso:in_vita', '2025-02-09'),
    one(NONNO, { oggetto: 'decesso', data: '2025-02-10' }, 'S'),
    one(NONNO, { oggetto: 'decesso', data: '2025' }, 'S'),
    one(NONNO, { oggetto: 'decesso', data: '2025-02-11' }, 'N data_decesso:diverso'),
    one(NONNO, { oggetto: 'esistenza_in_vita' }, 'S', '2025-02-09'),
    one(NONNO, { oggetto: 'esistenza_in_vita' }, 'N esistenza_in_vita:deceduto', '2025-02-10'),
    one(NONNO, lives(A), 'N comune:deceduto', '2025-02-10'),
    one(NONNO, lives(A), 'S', '2025-02-09'),
    one(MARIO, { oggetto: 'decesso' }, 'N decesso:in_vita', '2025-02-10'),
  ],
});
