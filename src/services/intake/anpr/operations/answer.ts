/**
 * The answer in the national form (rispostaComune.xsd, and rispostaKO of the schema of the request): esitoOperazione 2 applied, 6
 * applied with warnings, 3 not applied; errors and warnings with code, kind, text, object, field and value. Pure.
 */
import type { Finding } from '../../../../kernel/findings.ts';
import type { OperationOutcome } from '../../../../registry/events/operation.service.ts';
import { elementOfCell } from './cell-elements.ts';
import { decorrenzaOf, type Head, registrationDay } from './head.ts';
import { type OperationKind, REQUEST_KINDS } from './kinds.ts';

/** tipoDato.xsd, esitoOperazione. */
export const ESITO = { applied: '2', notApplied: '3', withWarnings: '6' } as const;

const ANSWER_NAMESPACE = 'http://sogei.it/ANPR/rispostaComune';
/** tipoDato.xsd, tipoErroriAnomalia: charMax240. */
const MAX_TEXT = 240;
/** The national register's own code, where a request names no other (tipoDato.xsd, codDestinatario). */
const NATIONAL = '999999';

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that XML 1.0 cannot hold are shown as such. */
const text = (value: string): string =>
  value
    .replace(/[&<>"]/g, (c) => ESCAPED[c]!)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');

const element = (name: string, value: string): string => `<${name}>${text(value)}</${name}>`;
const optional = (name: string, value: string): string => (value === '' ? '' : element(name, value));
const cut = (value: string): string => (value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT - 1)}…` : value);

/** Codes are letters and digits, six at most (tipoCodiceErroreAnomalia): SIP-204 is SIP204. */
export const nationalCode = (codice: string): string => codice.replace('-', '');

/** Of an operation that was applied nothing was blocking, also where an event fell with what it annulled (SIP-206). */
function anomaly(name: 'errore' | 'anomalie', f: Finding, kind: OperationKind | null): string {
  const path = kind === null ? f.campo : elementOfCell(kind, f.campo);
  const at = path.lastIndexOf('/');
  const object = at < 0 ? (kind === null ? '' : `Richiesta${kind}`) : path.slice(0, at);
  return [
    `<${name}>`,
    element('codiceErroreAnomalia', nationalCode(f.codice)),
    element('tipoErroreAnomalia', f.gravita === 'W' || name === 'anomalie' ? 'W' : 'E'),
    element('testoErroreAnomalia', cut(f.messaggio)),
    optional('oggettoErroreAnomalia', cut(object)),
    optional('campoErroreAnomalia', cut(path.slice(at + 1))),
    optional('valoreErroreAnomalia', cut(f.valore)),
    `</${name}>`,
  ].join('');
}

/** What an answer says of itself; of a request that could not be read little is known. */
export interface AnswerTo {
  readonly kind: OperationKind | null;
  readonly head: Head;
  /** Used where the head does not say when it was asked. */
  readonly receivedAt: Date;
}

const DIGITS = /^[0-9a-zA-Z]{1,30}$/;

function answerHead({ kind, head, receivedAt }: AnswerTo, outcome: OperationOutcome): string {
  const warned = outcome.esito === 'ACCETTATA_CON_SEGNALAZIONI' ? ESITO.withWarnings : ESITO.applied;
  const short = (value: string, otherwise: string): string =>
    /^[0-9a-zA-Z ]{1,6}$/.test(value) ? value : otherwise;
  return [
    '<testataRisposta>',
    element('idOperazioneComune', DIGITS.test(head.idOperazioneComune) ? head.idOperazioneComune : '0'),
    element('codMittente', short(head.codDestinatario, NATIONAL)),
    element('codDestinatario', short(head.codMittente, '000000')),
    element(
      'operazioneRichiesta',
      kind ?? (head.operazioneRichiesta.length === 4 ? head.operazioneRichiesta : '0000'),
    ),
    element(
      'dataOraRichiesta',
      registrationDay(head) === null ? receivedAt.toISOString() : head.dataOraRichiesta,
    ),
    optional(
      'protocolloComune',
      /^[0-9a-zA-Z\-_/]{1,20}$/.test(head.protocolloComune) ? head.protocolloComune : '',
    ),
    optional('dataDecorrenza', decorrenzaOf(head) === null ? '' : head.dataDecorrenza),
    element('idOperazioneANPR', outcome.ricevuta.replace(/\D/g, '')),
    element('esitoOperazione', outcome.esito === 'RIFIUTATA' ? ESITO.notApplied : warned),
    '</testataRisposta>',
  ].join('');
}

/** Where what could not be read would have belonged: any schema has the same rispostaKO. */
const UNREAD = 'http://sogei.it/ANPR/5000mutazione';

/** The document of the answer. */
export function answerOf(to: AnswerTo, outcome: OperationOutcome): string {
  const { kind } = to;
  const head = answerHead(to, outcome);
  const list = (name: 'errore' | 'anomalie'): string =>
    outcome.findings.map((f) => anomaly(name, f, kind)).join('');
  const refused = outcome.esito === 'RIFIUTATA';
  // What was no request is answered with the element of refusals by itself, which is a document too.
  const [refusal, answer] =
    kind === null ? [`q:rispostaKO xmlns:q="${UNREAD}"`, null] : ['q:rispostaKO', `q:Risposta${kind}`];
  const warnings = outcome.findings.length === 0 ? '' : `<listaAnomalie>${list('anomalie')}</listaAnomalie>`;
  const body = refused
    ? `<${refusal}>${head}<listaErrori>${list('errore')}</listaErrori></q:rispostaKO>`
    : `<r:Risposta_Comune xmlns:r="${ANSWER_NAMESPACE}">${head}${warnings}</r:Risposta_Comune>`;
  const document =
    kind === null ? body : `<${answer} xmlns:q="${REQUEST_KINDS[kind].namespace}">${body}</${answer}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`;
}
