/** Residence as declared and as the register has it (DPR 445/2000 art. 46 b; services.md, Verification): comune, address, since when, not there. */
import { afterAll, beforeAll } from 'vitest';
import { A, at, B, type Declared, lives, tables } from '../support/declarations.ts';
import { ADA, IVO, MARIO, RITA, ROSSI_HOME, verificationRegister } from '../support/verification-register.ts';

let declared: Declared;
beforeAll(async () => {
  declared = await verificationRegister();
});
afterAll(() => declared.test.drop());

tables(() => declared, {
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
});
