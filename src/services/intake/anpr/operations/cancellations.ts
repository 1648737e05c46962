/** 2001 and 2003: who leaves the register, and who heads the family then (2000cancellazione.xsd). */
import { firstDay, parsePartialDate } from '../../../../kernel/day.ts';
import { childOf } from '../../../../platform/xml/xml-records.ts';
import type { EntryState } from '../../../../registry/claims/entry-state.ts';
import { plainCode } from '../rules.ts';
import { at, dayAt, placeAt, valueAt } from './cells.ts';
import type { EventJson, Telling } from './telling.ts';

/** T15: death ascertained, and presumed. */
const DEATHS: ReadonlySet<string> = new Set(['1', '2']);
const HEAD = '1';

/** The cells of a death that a tipoDatiEvento tells; a sentence gives the day where there is none. */
export function deathOf(t: Telling, path: readonly string[], sentence: readonly string[]): EventJson | null {
  const event = t.part(...path);
  const data_morte =
    event === null
      ? (dayAt(t.part(...sentence), 'dataValidita', t.context) ?? '')
      : valueAt(event, 'dataEvento', 'partialDay', t.context);
  if (parsePartialDate(data_morte) === null) return t.fault('EN489', path.join('/'), data_morte);
  const place = event === null ? null : placeAt(childOf(event, 'luogoEvento'), t.context);
  return {
    data_morte,
    ...(place?.comune === undefined ? {} : { comune_morte: place.comune }),
    ...(place?.stato === undefined ? {} : { stato_morte: place.stato }),
  };
}

/** "A partial data_morte has its first day as decorrenza" (tracciato.md 3). */
export const dayOfDeath = (dati: EventJson): string =>
  firstDay(parsePartialDate(String(dati['data_morte']))!);

export async function tell2001(t: Telling): Promise<void> {
  if (t.part('motivoCancellazione', 'tipoMotivoCancellazioneAIRE') !== null) {
    t.fault('ES077', 'motivoCancellazione/tipoMotivoCancellazioneAIRE');
    return;
  }
  const motivo = plainCode(t.text('motivoCancellazione/tipoMotivoCancellazione'));
  if (!DEATHS.has(motivo)) {
    t.fault('EN370', 'motivoCancellazione/tipoMotivoCancellazione', motivo);
    return;
  }
  const entry = await t.subject(t.part('generalitaPerRicerca'), 'generalitaPerRicerca');
  const dati = deathOf(t, ['datiDecesso'], ['datiSentenza']);
  if (entry === null || dati === null) return;
  const day = dayOfDeath(dati);
  t.event(
    'MORTE',
    { id_soggetto: entry.idSoggetto, ...dati },
    { decorrenza: day, data_evento: String(dati['data_morte']) },
  );
  await headsFamilyNow(t, 'elencoSoggettiFamiglia', entry, day);
}

export async function tell2003(t: Telling): Promise<void> {
  const motivo = plainCode(t.text('datiCancellazione/motivoCancellazione'));
  if (DEATHS.has(motivo)) {
    t.fault('EN370', 'datiCancellazione/motivoCancellazione', motivo);
    return;
  }
  const entry = await t.subject(t.part('generalitaPerRicerca'), 'generalitaPerRicerca');
  if (entry === null) return;
  const destinazione = placeAt(t.part('destinazione'), t.context);
  const told = at(t.request, 'datiCancellazione/dataDecorrenzaCancellazione');
  const day = dayAt(t.part('datiCancellazione'), 'dataDecorrenzaCancellazione', t.context);
  if (day === null && told !== '') {
    t.fault('EN489', 'datiCancellazione/dataDecorrenzaCancellazione', told);
    return;
  }
  t.event(
    'CANCELLAZIONE',
    {
      motivo,
      id_soggetti: [entry.idSoggetto],
      ...(destinazione === null ? {} : { destinazione }),
    },
    { decorrenza: day },
  );
  await headsFamilyNow(t, 'elencoSoggetti', entry, day ?? t.decorrenza);
}

/** The family that the head leaves, told again by the list of those who stay (EN483, EN485). */
async function headsFamilyNow(t: Telling, list: string, gone: EntryState, decorrenza: string): Promise<void> {
  const staying = await t.listed(list);
  if (t.parts(list).length === 0 || t.findings.length > 0) return;
  if (staying.some(({ entry }) => entry.idSoggetto === gone.idSoggetto)) {
    t.fault('EN485', list, gone.idSoggetto, { id_soggetto: gone.idSoggetto });
    return;
  }
  const head = staying.find(({ relazione }) => relazione === HEAD);
  if (head === undefined) {
    t.fault('EN483', list);
    return;
  }
  t.event(
    'FAMIGLIA',
    { id_intestatario: head.entry.idSoggetto, relazioni: relations(staying, head.entry) },
    {
      decorrenza,
    },
  );
}

/** Kinships to the head, the head apart. */
export const relations = (
  listed: readonly { readonly entry: EntryState; readonly relazione: string }[],
  head: EntryState,
): EventJson[] =>
  listed
    .filter(({ entry }) => entry !== head)
    .map(({ entry, relazione }) => ({ id_soggetto: entry.idSoggetto, relazione }));
