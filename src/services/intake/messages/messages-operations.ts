/**
 * Findings about operations in the national form: the national codes and what they say (anpr_error_codes.csv), and what to do.
 * A mended request comes again under its own idOperazioneComune: a refused one has not used it up.
 */
import { type MessageRule, quoted } from './message-rule.ts';

/** The sentence with the value in its place (`@`), or without one where there is none. */
const filled = (sentence: string, valore: string): string =>
  valore === '' ? sentence.replace(/,? @/, '') : sentence.replace('@', quoted(valore));

const about = (campo: string): string => (campo === '' ? '' : `${campo}: `);

function rule(it: string, en: string): MessageRule {
  return {
    gravita: 'E',
    it: (p) => `${about(p.campo)}${filled(it, p.valore)}. Correggere la richiesta e inviarla di nuovo.`,
    en: (p) => `${about(p.campo)}${filled(en, p.valore)}. Mend the request and send it again.`,
  };
}

export const OPERATION_MESSAGES = {
  EN489: {
    gravita: 'B',
    it: (p) =>
      `La richiesta non è valida secondo gli XSD${p.campo === '' ? '' : `, ${p.campo}${p.valore === '' ? ' manca' : ` ${quoted(p.valore)}`}`}${p.perche === null ? '' : `: ${p.perche[0]}`}. Rigenerarla con il programma anagrafico.`,
    en: (p) =>
      `The request is not valid by the XSDs${p.campo === '' ? '' : `, ${p.campo}${p.valore === '' ? ' is missing' : ` ${quoted(p.valore)}`}`}${p.perche === null ? '' : `: ${p.perche[1]}`}. Make it again with the registry software.`,
  },
  SP000: rule(
    'tipo operazione @ non ammesso per il servizio',
    'kind of operation @ not accepted by the service',
  ),
  EHR26: rule(
    'valore @ non ammesso: C richiesta del cittadino, V correzione di errori o anomalie, R rettifica di una precedente operazione',
    'value @ not accepted: C asked for by the citizen, V correction of errors, R correction of an earlier operation',
  ),
  ES004: rule(
    'deve esserci almeno un identificativo: quello attribuito dal comune, o il codice fiscale, o nome, cognome e data di nascita',
    'one identifier is needed at least: that of the comune, or the codice fiscale, or names and birth date',
  ),
  ES021: rule(
    'serve la residenza in Italia (tipo indirizzo @)',
    'the residence in Italy is needed (kind of address @)',
  ),
  ES034: rule(
    'comune della scheda @ diverso dal comune che richiede l’operazione',
    'the comune of the card @ is not the one that asks for the operation',
  ),
  ES068: rule(
    'indicare le nuove generalità per tipoMutazione 1',
    'tell the new identity for tipoMutazione 1',
  ),
  ES069: rule(
    'indicare la nuova cittadinanza per tipoMutazione 2',
    'tell the new citizenship for tipoMutazione 2',
  ),
  ES077: rule(
    'servizio incongruente con un soggetto AIRE',
    'the service is not for those registered abroad (AIRE)',
  ),
  ES096: rule('tipoMutazione @ non valido per il servizio', 'tipoMutazione @ is not one of the service'),
  ES100: rule(
    'identificativo soggetto attribuito dal comune @ non presente o scheda archiviata',
    'the register has no subject under the number @ of the comune',
  ),
  ES101: rule(
    'identificativo attribuito da ANPR @ non presente in questo registro: indicare quello attribuito dal comune, il codice fiscale, o nome, cognome e data di nascita',
    'the number @ given by the national register is not known here: give that of the comune, the codice fiscale, or names and birth date',
  ),
  ES102: rule(
    'codice fiscale @ non presente o scheda archiviata',
    'the register has nobody with the codice fiscale @',
  ),
  ES103: rule(
    "indicare i dati della carta d'identità per tipoMutazione 3",
    'tell the data of the identity card for tipoMutazione 3',
  ),
  ES104: rule(
    'indicare i dati del permesso di soggiorno per tipoMutazione 4',
    'tell the data of the permit for tipoMutazione 4',
  ),
  ES107: rule(
    'indicare titolo di studio, posizione o condizione professionale per tipoMutazione 7',
    'tell study, position or condition for tipoMutazione 7',
  ),
  ES109: rule('indicare i dati della paternità per tipoMutazione 10', 'tell the father for tipoMutazione 10'),
  ES110: rule('indicare i dati della maternità per tipoMutazione 11', 'tell the mother for tipoMutazione 11'),
  EN078: rule(
    "l'operazione da annullare @ non è presente nell'archivio delle registrazioni anagrafiche",
    'the operation to annul @ is not among those that were registered',
  ),
  EN136: rule(
    'identificativo famiglia o convivenza non valido o di competenza di un altro comune, @',
    'the number of the household is not valid or is that of another comune, @',
  ),
  EN183: rule(
    'il dato @ è incongruente con quelli presenti in registro per il soggetto',
    'the datum @ is not that of the subject in the register',
  ),
  EN273: rule(
    'è necessario specificare almeno un dato da modificare',
    'one datum to change must be told at least',
  ),
  EN275: rule(
    "per tipoMutazione 19 servono i dati dello scioglimento dell'unione civile",
    'for tipoMutazione 19 the dissolution of the union is needed',
  ),
  EN314: {
    gravita: 'E',
    it: (p) =>
      p.perche === null
        ? `${about(p.campo)}il servizio di annullamento non è congruente con l'operazione ${quoted(p.valore, 'indicata')}, registrata come ${quoted(p.atteso, 'altra')}. Le mutazioni (5001, 5005, 5008, 5014) si annullano con 5012.`
        : `${about(p.campo)}l'operazione da annullare ${quoted(p.valore)} ${p.perche[0]}. Correggere la richiesta e inviarla di nuovo.`,
    en: (p) =>
      p.perche === null
        ? `${about(p.campo)}the annulment is not one of the operation ${quoted(p.valore, 'named')}, registered as ${quoted(p.atteso, 'another')}. Mutations (5001, 5005, 5008, 5014) are annulled by 5012.`
        : `${about(p.campo)}the operation to annul, ${quoted(p.valore)}, ${p.perche[1]}. Mend the request and send it again.`,
  },
  EN318: rule(
    "è obbligatorio specificare i dati dell'annullamento o della cessazione del matrimonio",
    'the end of the marriage must be told',
  ),
  EN370: rule(
    'motivo di cancellazione @ non ammesso in questo servizio',
    'reason @ is not one of this service',
  ),
  EN409: rule(
    "per tipoMutazione 15 serve l'atto di nascita",
    'for tipoMutazione 15 the act of birth is needed',
  ),
  EN474: rule('indicare almeno un dato da rettificare', 'tell one datum to mend at least'),
  EN483: rule(
    "l'elenco dei soggetti deve contenere il nuovo intestatario (legame 1)",
    'the list of subjects must hold the new head (tie 1)',
  ),
  EN485: rule(
    "il soggetto da cancellare, @, non deve essere nell'elenco dei soggetti",
    'who leaves, @, must not be in the list of subjects',
  ),
  EN486: rule('il soggetto @ non risulta deceduto', 'the subject @ is not dead'),
  ENT01: rule('sono presenti più soggetti con gli stessi dati, @', 'several subjects have these data, @'),
  ENT04: rule('soggetto @ non presente', 'no subject @'),
  EF001: rule(
    'identificativo scheda famiglia o convivenza @ non trovato o scheda archiviata',
    'the register has no household under the number @',
  ),
  EF002: rule(
    'identificativo attribuito da ANPR @ non trovato: indicare quello attribuito dal comune',
    'the number @ given by the national register is not known here: give that of the comune',
  ),
  EF022: rule(
    'occorre indicare i dati della famiglia o della convivenza',
    'the family or the convivenza must be told',
  ),
  EF023: rule(
    'la residenza deve essere indicata se la famiglia è nuova',
    'the residence must be told where the family is new',
  ),
  EF028: rule('occorre elencare i soggetti', 'the subjects must be listed'),
  EF029: rule(
    'i dati della famiglia o della convivenza sono obbligatori nella mutazione di residenza',
    'the household must be told in a change of residence',
  ),
  EF030: rule(
    'i dati della famiglia o della convivenza sono obbligatori con attribuzioneFamiglia 4 o 5',
    'the household must be told with attribuzioneFamiglia 4 or 5',
  ),
  EF040: rule(
    'occorre indicare i dati da modificare della famiglia o della convivenza',
    'what changes of the household must be told',
  ),
  EF041: rule('occorre indicare la nuova residenza', 'the new residence must be told'),
  EF044: rule(
    'il soggetto @ non appartiene alla famiglia dichiarata',
    'the subject @ does not belong to the family that was told',
  ),
} as const satisfies Record<string, MessageRule>;
