/**
 * What a request is told as while it is read: events in the words of the tracciato, and findings. Whom and what the request
 * names is looked for in the comune's register, by the comune's own number first, then by codice fiscale, then by identity.
 */
import { addDays, type Day, parsePartialDate } from '../../../../kernel/day.ts';
import type { Finding } from '../../../../kernel/findings.ts';
import { nameKey } from '../../../../kernel/text-keys.ts';
import { childOf, elementAt, type XmlElement } from '../../../../platform/xml/xml-records.ts';
import type { Reference } from '../../../../reference/load-reference.ts';
import type { EntryState, HouseholdState } from '../../../../registry/claims/entry-state.ts';
import { layOut } from '../../../../registry/claims/timeline.ts';
import type { HouseholdKey, Riferimento } from '../../../../registry/events/event-records.ts';
import type { RegisterView } from '../../../../registry/events/register-view.ts';
import { registrationOn } from '../../../../registry/events/working-register.ts';
import { type FindingCode, finding, type Where } from '../../messages/messages.ts';
import { plainCode, type ReadingContext } from '../rules.ts';
import { at, type Cells, cellsOf, valueAt } from './cells.ts';
import { decorrenzaOf, type Head, registrationDay } from './head.ts';
import { RESIDENCE_RULES } from './request-rules.ts';

/** An event in the words of the tracciato, as a line of eventi.jsonl would tell it. */
export type EventJson = Readonly<Record<string, unknown>>;

export interface EventDates {
  /** The day of the request where absent. */
  readonly decorrenza?: string | null;
  /** The decorrenza where absent. */
  readonly data_evento?: string | null;
}

/** A household as a request names it. */
export interface NamedHousehold {
  readonly key: HouseholdKey;
  /** Undefined where the register has none of that number. */
  readonly held: HouseholdState | undefined;
}

/** One of a list of subjects with the tie that the request gives them. */
export interface ListedSubject {
  readonly entry: EntryState;
  readonly relazione: string;
}

/** tipoScheda, of the household that a request names: family, convivenza, family abroad. */
const CONVIVENZA = '4';
const ABROAD = '5';

export class Telling {
  readonly view: RegisterView;
  /** What elements are read by. */
  readonly context: ReadingContext;
  readonly request: XmlElement;
  readonly head: Head;
  readonly registrazione: Day;
  readonly events: EventJson[] = [];
  readonly findings: Finding[] = [];

  constructor(view: RegisterView, reference: Reference, request: XmlElement, head: Head) {
    this.view = view;
    this.context = { comune: view.comune, reference };
    this.request = request;
    this.head = head;
    this.registrazione = registrationDay(head)!;
  }

  /** From when the operation counts: dataDecorrenza of its head, else the day on which it was registered. */
  get decorrenza(): Day {
    return decorrenzaOf(this.head) ?? this.registrazione;
  }

  part(...path: string[]): XmlElement | null {
    return elementAt(this.request, path);
  }

  /** Every part of that name. */
  parts(name: string): readonly XmlElement[] {
    return this.request.children.filter((child) => child.name === name);
  }

  /** The text at a path of the request. */
  text(path: string): string {
    return at(this.request, path);
  }

  fault(codice: FindingCode, campo: string, valore = '', more: Where = {}): null {
    this.findings.push(finding(codice, { campo, valore, ...more }));
    return null;
  }

  /** One event more, in the order in which they are to be applied. */
  event(operazione: string, dati: EventJson, dates: EventDates = {}): void {
    this.#add(operazione, dates, { tipo: 'N', dati });
  }

  /** A correction of an earlier event. */
  correction(
    operazione: string,
    riferimento: Riferimento | string,
    dati: EventJson,
    dates: EventDates,
  ): void {
    this.#add(operazione, dates, { tipo: 'R', riferimento, dati });
  }

  annulment(operazione: string, riferimento: string, dates: EventDates): void {
    this.#add(operazione, dates, { tipo: 'A', riferimento });
  }

  #add(operazione: string, { decorrenza, data_evento }: EventDates, more: EventJson): void {
    const n = this.events.length + 1;
    const from = decorrenza ?? this.decorrenza;
    const pratica = this.text('datiDelProcedimento/numeroPraticaComune') || this.head.protocolloComune;
    const id = `ANPR-${this.head.idOperazioneComune}`;
    this.events.push({
      id_evento: n === 1 ? id : `${id}/${n}`,
      operazione,
      data_evento: data_evento ?? from,
      decorrenza: from,
      registrazione: this.registrazione,
      ...(pratica === '' ? {} : { pratica }),
      ...more,
    });
  }

  /** The number that this comune gave to the subject of a tipoGeneralita; '' where it gives none. */
  ownNumber(generalita: XmlElement): string {
    return valueAt(generalita, 'idSchedaSoggettoComune', 'ownId', this.context);
  }

  /** The subject that a tipoGeneralita names, in this register; null, with a finding, where it is none or not one. */
  async subject(generalita: XmlElement | null, campo: string): Promise<EntryState | null> {
    if (generalita === null) return this.fault('EN489', campo);
    if (at(generalita, 'soggettoAIRE').toUpperCase() === 'S')
      return this.fault('ES077', `${campo}/soggettoAIRE`, 'S');
    const found = await this.#find(generalita, campo);
    return found === null || this.#contradicts(found, generalita, campo) ? null : found;
  }

  async #find(generalita: XmlElement, campo: string): Promise<EntryState | null> {
    const istat = at(generalita, 'idSchedaSoggettoComune/idSchedaSoggettoComuneIstat');
    const number = at(generalita, 'idSchedaSoggettoComune/idSchedaSoggetto');
    if (number !== '' && istat !== this.view.comune)
      return this.fault('ES034', `${campo}/idSchedaSoggettoComune/idSchedaSoggettoComuneIstat`, istat);
    if (number !== '')
      return (
        (await this.view.findByNumber(number)) ??
        this.fault('ES100', `${campo}/idSchedaSoggettoComune/idSchedaSoggetto`, number, {
          id_soggetto: number,
        })
      );
    const code = at(generalita, 'codiceFiscale/codFiscale').toUpperCase();
    if (code !== '')
      return this.#only(await this.view.findByCode(code), 'ES102', `${campo}/codiceFiscale/codFiscale`, code);
    const birth = parsePartialDate(valueAt(generalita, 'dataNascita', 'partialDay', this.context));
    const [surname, given] = [at(generalita, 'cognome'), at(generalita, 'nome')];
    if (birth === null || (surname === '' && given === '')) {
      // The national number is not kept: by it alone nobody can be found.
      const national = at(generalita, 'idSchedaSoggettoANPR');
      return national === ''
        ? this.fault('ES004', campo)
        : this.fault('ES101', `${campo}/idSchedaSoggettoANPR`, national);
    }
    const named = await this.view.findByIdentity(surname, given, birth);
    return this.#only(named, 'ENT04', campo, `${surname} ${given} ${birth}`);
  }

  /** Who came back under another number is meant as they are registered now: on the day, or on the one before for who leaves. */
  #only(found: readonly EntryState[], none: FindingCode, campo: string, valore: string): EntryState | null {
    const days = [this.decorrenza, addDays(this.decorrenza, -1)];
    const here = found.filter((entry) => days.some((day) => registrationOn(entry, day) !== undefined));
    const meant = here.length === 1 ? here : found;
    if (meant.length === 1) return meant[0]!;
    return this.fault(found.length === 0 ? none : 'ENT01', campo, valore);
  }

  /** EN183: what the request says of the subject beside the key is another's. Names that differ in accents alone are the same. */
  #contradicts(entry: EntryState, generalita: XmlElement, campo: string): boolean {
    const held = layOut(entry.identities).map((spell) => spell.value);
    for (const name of ['cognome', 'nome'] as const) {
      const told = at(generalita, name);
      if (told === '' || held.some((identity) => nameKey(identity[name]) === nameKey(told))) continue;
      this.fault('EN183', `${campo}/${name}`, told, { id_soggetto: entry.idSoggetto });
      return true;
    }
    const code = at(generalita, 'codiceFiscale/codFiscale').toUpperCase();
    const bears = held.some(
      (identity) => identity.codice_fiscale === null || identity.codice_fiscale === code,
    );
    if (code === '' || bears) return false;
    this.fault('EN183', `${campo}/codiceFiscale/codFiscale`, code, { id_soggetto: entry.idSoggetto });
    return true;
  }

  /** The household of a tipoFamigliaConvivenza; null where it names none. */
  async household(element: XmlElement | null, campo: string): Promise<NamedHousehold | null> {
    if (element === null) return null;
    const kind = at(element, 'tipoScheda');
    if (kind === ABROAD || at(element, 'famigliaAire').toUpperCase() === 'S')
      return this.fault('ES077', `${campo}/tipoScheda`, kind);
    const istat = at(element, 'idFamigliaConvivenzaComune/idFamigliaConvivenzaComuneIstat');
    const id = at(element, 'idFamigliaConvivenzaComune/idFamigliaConvivenza');
    const where = `${campo}/idFamigliaConvivenzaComune`;
    if (id === '') {
      // The national number is not kept: a register knows its households by the comune's.
      const national = at(element, 'idFamigliaConvivenzaANPR');
      return national === '' ? null : this.fault('EF002', `${campo}/idFamigliaConvivenzaANPR`, national);
    }
    if (istat !== this.view.comune)
      return this.fault('EN136', `${where}/idFamigliaConvivenzaComuneIstat`, istat, { id_famiglia: id });
    const key: HouseholdKey = { kind: kind === CONVIVENZA ? 'convivenza' : 'famiglia', id };
    return { key, held: await this.view.findHousehold(key) };
  }

  /** The household of a part that must name one of the register. */
  async heldHousehold(element: XmlElement | null, campo: string): Promise<HouseholdState | null> {
    const before = this.findings.length;
    const named = await this.household(element, campo);
    if (named?.held !== undefined) return named.held;
    if (this.findings.length > before) return null;
    const id = named?.key.id ?? '';
    return this.fault(named === null ? 'EF022' : 'EF001', campo, id, { id_famiglia: id });
  }

  /** Those of a list of tipoSoggettoFamiglia, with their ties. */
  async listed(name: string): Promise<ListedSubject[]> {
    const found: ListedSubject[] = [];
    for (const element of this.parts(name)) {
      const entry = await this.subject(childOf(element, 'generalita'), `${name}/generalita`);
      const relazione = plainCode(at(element, 'legameSoggetto/codiceLegame'));
      if (entry !== null) found.push({ entry, relazione });
    }
    return found;
  }

  /** The address of a tipoResidenza; null, with a finding, where it is none in Italy. */
  address(residenza: XmlElement | null, campo: string, missing: FindingCode): Cells | null {
    if (residenza === null) return this.fault(missing, campo);
    if (childOf(residenza, 'indirizzo') === null)
      return this.fault('ES021', `${campo}/tipoIndirizzo`, at(residenza, 'tipoIndirizzo'));
    return cellsOf(residenza, RESIDENCE_RULES, this.context);
  }
}
