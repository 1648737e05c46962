/** testataRichiesta: who sends what, and when (tipoDato.xsd, tipoDatoTestataRichiesta). Pure. */
import { type Day, parseDay, romeDay } from '../../../../kernel/day.ts';
import type { Finding } from '../../../../kernel/findings.ts';
import { childOf, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { Reference } from '../../../../reference/load-reference.ts';
import { type FindingCode, finding, type Where } from '../../messages/messages.ts';
import { at } from './cells.ts';
import { isOperationKind, type OperationKind } from './kinds.ts';

/** What the answer repeats, as it was written; '' where it was not. */
export interface Head {
  readonly idOperazioneComune: string;
  readonly codMittente: string;
  readonly codDestinatario: string;
  readonly operazioneRichiesta: string;
  readonly dataOraRichiesta: string;
  readonly tipoOperazione: string;
  readonly protocolloComune: string;
  readonly dataProtocolloComune: string;
  readonly tipoInvio: string;
  readonly dataDecorrenza: string;
  readonly dataDefinizionePratica: string;
  readonly nomeApplicativo: string;
  readonly versioneApplicativo: string;
}

const NAMES: readonly (keyof Head)[] = [
  'idOperazioneComune',
  'codMittente',
  'codDestinatario',
  'operazioneRichiesta',
  'dataOraRichiesta',
  'tipoOperazione',
  'protocolloComune',
  'dataProtocolloComune',
  'tipoInvio',
  'dataDecorrenza',
  'dataDefinizionePratica',
  'nomeApplicativo',
  'versioneApplicativo',
];

/** The head of a request of which nothing can be read. */
export const NO_HEAD: Head = Object.fromEntries(NAMES.map((name) => [name, ''])) as unknown as Head;

export function readHead(request: XmlElement): Head {
  const element = childOf(request, 'testataRichiesta');
  if (element === null) return NO_HEAD;
  return Object.fromEntries(NAMES.map((name) => [name, at(element, name)])) as unknown as Head;
}

/** xs:dateTime, with or without its offset; without one it is the hour of Rome. */
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

/** The day of Rome on which the comune registered it; null where the head does not tell. */
export function registrationDay(head: Head): Day | null {
  const match = INSTANT.exec(head.dataOraRichiesta);
  if (match === null || parseDay(match[1]!) === null) return null;
  return match[2] === undefined ? parseDay(match[1]!) : romeDay(new Date(head.dataOraRichiesta));
}

/** An xs:date may carry its zone, which says nothing of a day of a register. */
const dayOf = (text: string): Day | null => parseDay(text.replace(/(?<=^.{10})(?:Z|[+-]\d{2}:\d{2})$/, ''));

/** From when the operation counts, where its head tells it. */
export const decorrenzaOf = (head: Head): Day | null => dayOf(head.dataDecorrenza);

const ID = /^[0-9a-zA-Z]{1,30}$/;

export interface HeadRules {
  readonly kind: OperationKind;
  readonly today: Day;
  readonly allowedComuni: ReadonlySet<string> | null;
  readonly reference: Reference;
}

/** Every refusal of the head by itself. */
export function checkHead(head: Head, { kind, today, allowedComuni, reference }: HeadRules): Finding[] {
  const found: Finding[] = [];
  const refuse = (codice: FindingCode, campo: keyof Head, more: Where = {}): void =>
    void found.push(finding(codice, { campo, valore: head[campo], ...more }));
  const registered = registrationDay(head);
  if (!ID.test(head.idOperazioneComune)) refuse('EN489', 'idOperazioneComune');
  if (registered === null) refuse('EN489', 'dataOraRichiesta');
  if (head.operazioneRichiesta !== kind)
    refuse(isOperationKind(head.operazioneRichiesta) ? 'EN489' : 'SP000', 'operazioneRichiesta');
  if (!['C', 'V', 'R'].includes(head.tipoOperazione)) refuse('EHR26', 'tipoOperazione');
  if (head.tipoInvio.toUpperCase() !== 'PROD')
    refuse('SIP-202', 'tipoInvio', {
      perche: [
        'qui si registrano solo invii di produzione (PROD)',
        'only requests of production (PROD) are registered here',
      ],
    });
  if (head.dataDecorrenza !== '' && decorrenzaOf(head) === null) refuse('EN489', 'dataDecorrenza');
  if (registered !== null && registered > today)
    refuse('SIP-015', 'dataOraRichiesta', {
      perche: [`è nel futuro (oggi è ${today})`, `lies in the future (today is ${today})`],
    });
  if (registered !== null && reference.comuneOn(head.codMittente, registered) === null)
    refuse('SIP-004', 'codMittente', {
      perche: [
        `non è il codice ISTAT di un comune al ${registered}`,
        `is not the ISTAT code of a comune on ${registered}`,
      ],
    });
  else if (allowedComuni !== null && !allowedComuni.has(head.codMittente))
    refuse('SIP-004', 'codMittente', {
      perche: [
        'non è tra quelli per cui il mittente può consegnare',
        'is not one the sender may deliver for',
      ],
    });
  return found;
}
