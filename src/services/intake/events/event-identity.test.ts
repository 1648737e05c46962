/** What a GENERALITA says by itself is checked like a row (tracciato.md 3, "Rows inside events"): a W is reported, and it applies. */
import { expect, it } from 'vitest';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import { rereadEvent } from './event-form.ts';

const judged = { situazioneAl: day('2025-01-31'), reference: loadReference() };

function read(dati: object) {
  const event = {
    id_evento: 'E1',
    operazione: 'GENERALITA',
    tipo: 'N',
    data_evento: '2025-01-10',
    decorrenza: '2025-01-10',
    registrazione: '2025-01-10',
    dati: { id_soggetto: 'S1', motivo: 'RETTIFICA', ...dati },
  };
  return rereadEvent(JSON.stringify(event), 1, judged);
}

it.each([
  ['a sound code', { codice_fiscale: 'RSSMRA80A01F257G' }, []],
  ['a provisional one', { codice_fiscale: '12345678903' }, []],
  ['a code of another length', { codice_fiscale: 'RSSMRA80A01F257' }, ['EA001 S1 codice_fiscale']],
  ['a wrong check character', { codice_fiscale: 'RSSMRA80A01F257A' }, ['EA048 S1 codice_fiscale']],
  ['a state outside the table', { stato_nascita: '900' }, ['EC030 S1 stato_nascita']],
  [
    'a comune that was not there at birth',
    { data_nascita: '1950-07-07', comune_nascita: '036029' },
    ['EC007 S1 comune_nascita'],
  ],
  ['a comune that may have been there', { data_nascita: '1958', comune_nascita: '036029' }, []],
  ['a comune, where the event does not say the birth', { comune_nascita: '036029' }, []],
])('%s', (_what, dati, expected) => {
  const line = read(dati);
  expect(line.findings.map((f) => `${f.codice} ${f.id_soggetto} ${f.campo}`)).toEqual(expected);
  expect(line.event).not.toBeNull();
});
