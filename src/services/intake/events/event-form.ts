/** A line of eventi.jsonl: its form, key by key, into a typed event or findings (tracciato.md 3, "How events read"). */
import { createHash } from 'node:crypto';
import { type Day, firstDay, type PartialDate } from '../../../kernel/day.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { EventLine } from '../../../registry/events/event-line.ts';
import {
  type EventRecord,
  OPERAZIONI,
  type Operazione,
  type Riferimento,
} from '../../../registry/events/event-records.ts';
import type { Json } from '../archive/jsonl.ts';
import { finding } from '../messages/messages.ts';
import { READERS } from './event-data.ts';
import { EventReader, type EventRowFault, isObject, keysOf, UnknownKeys } from './event-keys.ts';

const FILE = 'eventi.jsonl';
const HEAD = keysOf([
  'id_evento',
  'operazione',
  'tipo',
  'data_evento',
  'decorrenza',
  'registrazione',
  'pratica',
]);
const [ID, OPERAZIONE, TIPO, DATA, DECORRENZA, REGISTRAZIONE, PRATICA] = [0, 1, 2, 3, 4, 5, 6] as const;
const TIPI = ['N', 'R', 'A'] as const;
const MAX_ID = 60;

const isOperazione = (text: string): text is Operazione => (OPERAZIONI as readonly string[]).includes(text);

/** JSON with its keys in order, so that the same content gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

const digestOf = (event: Json): string => createHash('sha256').update(canonical(event)).digest('hex');

/** The one subject that an event speaks of, as written; '' where it is none or several. */
function subjectOf(dati: unknown): string {
  if (!isObject(dati)) return '';
  if (typeof dati['id_soggetto'] === 'string') return dati['id_soggetto'];
  const { soggetto, soggetti, id_soggetti: ids } = dati;
  if (isObject(soggetto) && typeof soggetto['id_soggetto'] === 'string') return soggetto['id_soggetto'];
  const one = Array.isArray(soggetti) && soggetti.length === 1 ? soggetti[0] : undefined;
  if (isObject(one) && typeof one['id_soggetto'] === 'string') return one['id_soggetto'];
  return Array.isArray(ids) && ids.length === 1 && typeof ids[0] === 'string' ? ids[0] : '';
}

const REFERENCE = keysOf(['id_soggetto', 'fatto', 'dal']);

function readReference(r: EventReader, value: unknown): Riferimento | null {
  if (typeof value === 'string' && value.trim() !== '') return { id_evento: value.trim() };
  if (isObject(value)) {
    const form = r.row(REFERENCE, value, ['fornitura']);
    const fornitura = Number(value['fornitura']);
    const id = r.required(form, 0);
    const fatto = form.cells[1]!;
    const dal: PartialDate | null = form.date(2);
    r.settle(form);
    if (Number.isInteger(fornitura) && fornitura > 0 && isOperazione(fatto) && id !== '')
      return { fornitura, id_soggetto: id, fatto, dal };
  }
  r.fault('riferimento', value, [
    'serve un id_evento, oppure fornitura, id_soggetto e fatto',
    'an id_evento is needed, or fornitura, id_soggetto and fatto',
  ]);
  return null;
}

/** Dates that cannot be: SIP-207. */
function checkDates(r: EventReader, data: PartialDate, registrazione: Day, situazioneAl: Day): void {
  if (registrazione > situazioneAl)
    r.faults.push({ codice: 'SIP-207', campo: 'registrazione', valore: registrazione, altro: situazioneAl });
  else if (firstDay(data) > registrazione)
    r.faults.push({ codice: 'SIP-207', campo: 'data_evento', valore: data, altro: registrazione });
}

function readHead(r: EventReader, json: Json, situazioneAl: Day) {
  const form = r.row(HEAD, json, ['riferimento', 'dati']);
  const operazione = form.cells[OPERAZIONE]!;
  for (const column of [ID, TIPO, DATA, DECORRENZA, REGISTRAZIONE]) form.require(column);
  const head = {
    riga: r.riga,
    id_evento: form.text(ID, MAX_ID) ?? '',
    data_evento: form.date(DATA),
    decorrenza: form.day(DECORRENZA),
    registrazione: form.day(REGISTRAZIONE),
    pratica: form.text(PRATICA),
  };
  const tipo = form.oneOf(TIPO, TIPI);
  r.settle(form);
  if (!isOperazione(operazione)) {
    r.faults.unshift({ codice: 'SIP-201', campo: 'operazione', valore: operazione });
    return null;
  }
  const { data_evento, decorrenza, registrazione } = head;
  if (tipo === null || data_evento === null || decorrenza === null || registrazione === null) return null;
  checkDates(r, data_evento, registrazione, situazioneAl);
  return { ...head, operazione, tipo, data_evento, decorrenza, registrazione };
}

function readRecord(r: EventReader, json: Json, situazioneAl: Day): EventRecord | null {
  const head = readHead(r, json, situazioneAl);
  if (head === null) return null;
  const riferimento = head.tipo === 'N' ? null : readReference(r, json['riferimento']);
  if (head.tipo === 'A') return riferimento === null ? null : ({ ...head, riferimento } as EventRecord);
  const dati = r.object(json, 'dati');
  if (dati === null) return null;
  const read = READERS[head.operazione](r, dati, { decorrenza: head.decorrenza, situazioneAl });
  // The table pairs each operation with its own data; the compiler cannot follow the pairing through the union.
  return read === null ? null : ({ ...head, riferimento, dati: read } as EventRecord);
}

function toFinding(fault: EventRowFault, riga: number, id: string, subject: string): Finding {
  return finding(fault.codice, {
    file: FILE,
    riga,
    id_evento: id,
    ...fault,
    id_soggetto: fault.id_soggetto ?? subject,
  });
}

/** What the lines of a supply are judged by. */
export interface JudgedBy {
  readonly situazioneAl: Day;
  readonly reference: Reference;
}

/** Reads one line. A line at fault comes back with findings and no event; nothing is thrown. */
export function readEvent(
  json: Json,
  riga: number,
  raw: string,
  { situazioneAl, reference }: JudgedBy,
  unknown: UnknownKeys,
): EventLine {
  const r = new EventReader(riga, unknown, reference);
  const record = readRecord(r, json, situazioneAl);
  const idEvento = typeof json['id_evento'] === 'string' ? json['id_evento'].trim() : '';
  const subject = subjectOf(json['dati']);
  const fit = record !== null && r.faults.length === 0;
  const found = fit ? r.warnings : r.faults;
  return {
    riga,
    idEvento,
    digest: digestOf(json),
    raw,
    event: fit ? record : null,
    findings: found.map((fault) => toFinding(fault, riga, idEvento, subject)),
  };
}

/** A line kept raw, read again. */
export function rereadEvent(raw: string, riga: number, judged: JudgedBy): EventLine {
  return readEvent(JSON.parse(raw) as Json, riga, raw, judged, new UnknownKeys());
}
