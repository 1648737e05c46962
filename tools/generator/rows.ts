/** The rows of a full supply, in the columns and order of the page (tracciato.md 2). */
import { dayText, endText, OPEN } from './calendar.ts';
import type { Household, Person, Unit } from './model.ts';

export const ADDRESS =
  'specie;toponimo;civico;esponente;scala;piano;interno;cap;frazione;sezione;lat;lon;senza_fissa_dimora';

export const HEADERS: Readonly<Record<string, string>> = {
  'soggetti.csv':
    'id_soggetto;codice_fiscale;validita_cf;cognome;nome;sesso;data_nascita;comune_nascita;stato_nascita;localita_nascita;atto_nascita;id_padre;cf_padre;id_madre;cf_madre;stato_civile;stato_civile_dal;id_coniuge;cf_coniuge;cittadinanza;cittadinanza_dal;altra_cittadinanza;posizione;iscritto_dal;motivo_iscrizione;comune_provenienza;stato_provenienza;cancellato_dal;motivo_cancellazione;comune_destinazione;stato_destinazione;data_morte;comune_morte;stato_morte;titolo_studio;posizione_professionale;condizione_non_professionale;documento_tipo;documento_numero;documento_rilascio;documento_scadenza;soggiorno_tipo;soggiorno_scadenza;riservatezza;data_aggiornamento',
  'famiglie.csv': `id_famiglia;dal;al;motivo;id_intestatario;${ADDRESS}`,
  'convivenze.csv': `id_convivenza;specie_convivenza;denominazione;id_responsabile;dal;al;${ADDRESS}`,
  'legami.csv': 'id_soggetto;id_famiglia;id_convivenza;relazione;progressivo;dal;al',
  'residenze.csv': `id_soggetto;dal;al;${ADDRESS}`,
  'iscrizioni.csv':
    'id_soggetto;dal;al;motivo_iscrizione;motivo_cancellazione;comune_provenienza;stato_provenienza;comune_destinazione;stato_destinazione',
  'stati_civili.csv': 'id_soggetto;stato_civile;dal;al;id_coniuge;cf_coniuge;atto',
  'cittadinanze.csv': 'id_soggetto;stato;dal;al',
  'generalita.csv': 'id_soggetto;dal;al;codice_fiscale;cognome;nome;sesso;motivo',
};

/** Takes the rows of one file. */
export interface Table {
  write(row: string): void;
}

/** The tables of one full supply, by file name. */
export type Tables = Readonly<Record<string, Table>>;

const cell = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const dayOr = (day: number): string => (day === 0 ? '' : dayText(day));
const idOf = (person: Person | null): string => person?.id ?? '';
const codeOf = (person: Person | null, code: string): string => (person === null ? code : person.code);

/** RESIDENTE, CANCELLATO or DECEDUTO. */
export function position(person: Person): string {
  if (person.death < OPEN) return 'DECEDUTO';
  return person.registration.to < OPEN ? 'CANCELLATO' : 'RESIDENTE';
}

/** The row of soggetti.csv. */
export function subjectRow(p: Person): string {
  const r = p.registration;
  const { status, citizen, place } = p;
  const dead = p.death < OPEN;
  const gone = !dead && r.to < OPEN;
  // Who died was married to the end; the present spouse is for the living alone.
  const spouse = dead ? null : status.spouse;
  const spouseCode = dead ? '' : codeOf(spouse, status.spouseCode);
  const bound = status.status === '2' || status.status === '6';
  return (
    `${p.id};${p.code};${p.code === '' ? '' : p.validity};${p.surname};${p.name};${p.sex};` +
    `${p.birthText === '' ? dayText(p.birth) : p.birthText};${place.comune};${place.state};${place.locality};${p.act};` +
    `${idOf(p.father)};${codeOf(p.father, p.fatherCode)};${idOf(p.mother)};${codeOf(p.mother, p.motherCode)};` +
    `${status.status};${status.status === '1' ? '' : dayText(status.from)};` +
    `${bound ? idOf(spouse) : ''};${bound ? spouseCode : ''};` +
    `${citizen.state};${p.citizenship.length > 1 ? dayText(citizen.from) : ''};${p.otherCitizenship};` +
    `${position(p)};${p.registeredText === '' ? dayText(r.from) : p.registeredText};${r.reasonIn};${r.fromComune};${r.fromState};` +
    `${gone ? dayText(r.to) : ''};${gone ? r.reasonOut : ''};${gone ? r.toComune : ''};${gone ? r.toState : ''};` +
    `${dead ? p.deathText || dayText(p.death) : ''};${dead ? p.deathComune : ''};${dead ? p.deathState : ''};` +
    `${p.education};${p.work};${p.noWork};${p.documentKind};${p.documentNumber};${dayOr(p.documentFrom)};${dayOr(p.documentTo)};` +
    `${p.permit};${dayOr(p.permitTo)};${p.reserved ? '1' : ''};${dayText(p.updated)}`
  );
}

function householdRow(h: Household): string {
  const address = h.addresses[h.addresses.length - 1]!.address;
  const head = h.head === null ? '' : h.head.id;
  return h.name === ''
    ? `${h.id};${dayText(h.from)};${endText(h.to)};${h.reason};${head};${address}`
    : `${h.id};${h.reason};${cell(h.name)};${head};${dayText(h.from)};${endText(h.to)};${address}`;
}

/** Writes every row of a unit. */
export function writeUnit(unit: Unit, tables: Tables): void {
  for (const household of unit.households) {
    tables[household.name === '' ? 'famiglie.csv' : 'convivenze.csv']!.write(householdRow(household));
  }
  const orders = new Map<Household, number>();
  for (const person of unit.people) {
    tables['soggetti.csv']!.write(subjectRow(person));
    writeMemberships(person, tables['legami.csv']!, orders);
    writeHistories(person, tables);
  }
}

function writeMemberships(person: Person, table: Table, orders: Map<Household, number>): void {
  for (const { household, relation, from, to } of person.memberships) {
    const family = household.name === '';
    let order = '';
    if (to >= OPEN && family) {
      const next = (orders.get(household) ?? 0) + 1;
      orders.set(household, next);
      order = String(next);
    }
    const ids = family ? `${household.id};` : `;${household.id}`;
    table.write(`${person.id};${ids};${relation};${order};${dayText(from)};${endText(to)}`);
  }
}

function writeHistories(person: Person, tables: Tables): void {
  const { id } = person;
  for (const { address, from, to } of person.dwellings)
    tables['residenze.csv']!.write(`${id};${dayText(from)};${endText(to)};${address}`);
  for (let i = 0; i + 1 < person.registrations.length; i++) {
    const r = person.registrations[i]!;
    tables['iscrizioni.csv']!.write(
      `${id};${dayText(r.from)};${dayText(r.to)};${r.reasonIn};${r.reasonOut};${r.fromComune};${r.fromState};${r.toComune};${r.toState}`,
    );
  }
  for (const spell of person.civil) {
    const { spouse, spouseCode, act } = spell;
    tables['stati_civili.csv']!.write(
      `${id};${spell.status};${dayText(spell.from)};${endText(spell.to)};${idOf(spouse)};${codeOf(spouse, spouseCode)};${act}`,
    );
  }
  for (const { state, from, to } of person.citizenship)
    tables['cittadinanze.csv']!.write(`${id};${state};${dayText(from)};${endText(to)}`);
  for (const f of person.former)
    tables['generalita.csv']!.write(
      `${id};${dayText(f.from)};${dayText(f.to)};${f.code};${f.surname};${f.name};;${f.reason}`,
    );
}
