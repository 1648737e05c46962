/** 5014: data of one person mended, each told by the row that bears it (5000mutazione.xsd, tipoRichiestaRettifica). */
import type { XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { EntryState, HouseholdState } from '../../../../registry/claims/entry-state.ts';
import { membershipSpells } from '../../../../registry/events/working-register.ts';
import { plainCode } from '../rules.ts';
import { at, type Cells, cellsOf, placeAt, valueAt } from './cells.ts';
import { rowOfFamily, rowOfSubject, rowsOfDwellings, rowsOfTies } from './held-cells.ts';
import { BIRTHPLACE_RULES } from './request-rules.ts';
import type { Telling } from './telling.ts';

/** Where each datum of a rettifica goes: for the table of correspondence. */
export const MENDED: Readonly<Record<string, string>> = {
  dataDecorrenzaResidenza: 'residenze: dal dell’ultima',
  idMotivoIscrizione: 'soggetti: motivo_iscrizione',
  provenienza: 'soggetti: comune_provenienza, stato_provenienza',
  dataPrimaIscrizioneComune: 'soggetti: iscritto_dal',
  dataIngressoFamiglia: 'legami: dal dell’ultimo',
  dataDecorrenzaLegame: 'legami: dal dell’ultimo',
  dataOrigineFamigliaConvivenza: 'famiglie: dal',
  dataUltimoAggiornamentoAPR: 'soggetti: data_aggiornamento',
  luogoNascita: 'soggetti: comune_nascita, stato_nascita, localita_nascita',
};

export async function tell5014(t: Telling): Promise<void> {
  const entry = await t.subject(t.part('generalitaPerRicerca'), 'generalitaPerRicerca');
  const [request] = t.part('tipoRettifica')?.children ?? [];
  if (request === undefined) t.fault('EN489', 'tipoRettifica');
  if (entry === null || request === undefined || t.findings.length > 0) return;
  const row = mendedRow(t, entry, request);
  const dati: Record<string, unknown> = {};
  if (row !== null) dati['soggetti'] = [row];
  const tieDay =
    valueAt(request, 'dataDecorrenzaLegame', 'day', t.context) ||
    valueAt(request, 'dataIngressoFamiglia', 'day', t.context);
  if (tieDay !== '') dati['legami'] = lastFrom(rowsOfTies(t.view, entry), tieDay);
  const homeDay = valueAt(request, 'dataDecorrenzaResidenza', 'day', t.context);
  if (homeDay !== '') dati['residenze'] = lastFrom(rowsOfDwellings(t.view, entry), homeDay);
  const begun = valueAt(request, 'dataOrigineFamigliaConvivenza', 'day', t.context);
  const household = begun === '' ? undefined : presentHousehold(t, entry);
  if (begun !== '' && household?.kind === 'famiglia')
    dati['famiglie'] = [{ ...rowOfFamily(household), dal: begun }];
  if (Object.keys(dati).length === 0) t.fault('EN474', `tipoRettifica/${request.name}`);
  else t.event('SCHEDA', dati);
}

/** The row of soggetti, with what the request says of it; null where it says nothing of it. */
function mendedRow(t: Telling, entry: EntryState, request: XmlElement): Cells | null {
  const told: Cells = {};
  const removed: string[] = [];
  const motivo = plainCode(at(request, 'idMotivoIscrizione'));
  if (motivo !== '') told['motivo_iscrizione'] = motivo;
  const from = placeAt(request.children.find((c) => c.name === 'provenienza') ?? null, t.context);
  if (from !== null) removed.push('comune_provenienza', 'stato_provenienza');
  if (from?.comune !== undefined) told['comune_provenienza'] = from.comune;
  if (from?.stato !== undefined) told['stato_provenienza'] = from.stato;
  const since = valueAt(request, 'dataPrimaIscrizioneComune', 'day', t.context);
  if (since !== '') told['iscritto_dal'] = since;
  const updated = valueAt(request, 'dataUltimoAggiornamentoAPR', 'day', t.context);
  if (updated !== '') told['data_aggiornamento'] = updated;
  const birth = cellsOf(request, BIRTHPLACE_RULES, t.context);
  if (Object.keys(birth).length > 0) removed.push('comune_nascita', 'stato_nascita', 'localita_nascita');
  if (Object.keys(told).length === 0 && Object.keys(birth).length === 0) return null;
  const held = rowOfSubject(entry);
  if (held === null) return t.fault('ES100', 'generalitaPerRicerca', entry.idSoggetto);
  for (const column of removed) delete held[column];
  return { ...held, data_aggiornamento: t.registrazione, ...told, ...birth };
}

function presentHousehold(t: Telling, entry: EntryState): HouseholdState | undefined {
  const last = membershipSpells(entry).at(-1);
  return last === undefined ? undefined : t.view.householdById(last.value.householdId);
}

/** The history with its last row begun on another day; the one before it ends there, if they touched. */
function lastFrom(rows: readonly Cells[], dal: string): Cells[] {
  const last = rows.at(-1);
  return rows.map((row, i) => {
    if (i === rows.length - 1) return { ...row, dal };
    return i === rows.length - 2 && row['al'] === last?.['dal'] ? { ...row, al: dal } : row;
  });
}
