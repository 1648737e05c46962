/** The requests and answers that the stories of operations are told with. */
import { parseAnswer } from './operation-answers.ts';
import { household, known, type Parts, request, residence } from './operation-requests.ts';
import type { OperationsRegister } from './operations-register.ts';

export const ADA = known('S4', 'NERI', 'ADA');
export const surname = (cognome: string, head: Parts = {}, who: Parts = ADA, nome = 'ADA'): string =>
  request(
    '5008',
    {
      generalitaPerRicerca: who,
      generalitaDaModificare: { generalita: { cognome, nome } },
      datiControllo: { tipoMutazione: '01' },
    },
    head,
  );
export const move = (id: string, civico: string, day = '2025-03-03'): string =>
  request(
    '5005',
    {
      generalitaSchedaFamiglia: household('F2'),
      residenzaFamiglia: [residence('EMILIA EST', civico, '1', day)],
      datiControllo: { tipoMutazione: '02', tipoScheda: '1' },
    },
    { idOperazioneComune: id, dataDecorrenza: day },
  );

/** Code, kind, object, field and value of each error or warning of an answer. */
export const told = (answer: string): string[] =>
  parseAnswer(answer).anomalies.map((a) => [a.codice, a.tipo, a.oggetto, a.campo, a.valore].join(' | '));

/** Takes one request. @returns what came of it, its answer read too */
export async function answeredBy(register: OperationsRegister, xml: string | Buffer) {
  const [result] = await register.take(xml);
  return { ...result!, ...parseAnswer(result!.answer) };
}
