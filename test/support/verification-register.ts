/** The register that the tables of verification-matters and verification-residence ask of. */
import { omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { at, codeOf, Declared } from './declarations.ts';
import { line } from './story.ts';
import { death, leaves } from './story-lines.ts';

export const MARIO = codeOf('ROSSI', 'MARIO', 'M', '1970-01-01');
export const ANNA = codeOf('BIANCHI', 'ANNA', 'F', '1972-02-02');
export const LUCA = codeOf('ROSSI', 'LUCA', 'M', '2006-03-03');
export const ADA = codeOf('NERI', 'ADA', 'F', '1980-04-04');
export const IVO = codeOf('DANGELO', 'NICOLO', 'M', '1950-05-05');
export const UGO = codeOf('GALLI', 'UGO', 'M', '1978-06-06');
export const RITA = codeOf('MONTI', 'RITA', 'F', '1990-07-07');
export const NOBODY = codeOf('NESSUNO', 'MAI', 'M', '1960-08-08');
export const [OTHER_FORM = ''] = omocodicForms(MARIO).filter((form) => form !== MARIO);

export const ROSSI_HOME = at('via Roma', '1');

/** Seven persons of A and one of B; a street renamed, a death, a departure, a move. */
export async function verificationRegister(): Promise<Declared> {
  const declared = await Declared.open();
  const { story } = declared;
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
  return declared;
}
