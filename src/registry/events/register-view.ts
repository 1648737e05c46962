/**
 * One register as it is held now, asked by whatever names a subject: what a request must know of it before it can be told as
 * events. Read in the transaction that then applies them.
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../../kernel/day.ts';
import { nameKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryState, HouseholdState } from '../claims/entry-state.ts';
import type { AddressRecord } from '../claims/records.ts';
import { layOut } from '../claims/timeline.ts';
import {
  type AcceptedOperation,
  type DeathSource,
  findByIdentity,
  findDeathSource,
  findOperation,
  findOperationEvents,
  type OperationEvent,
} from '../supplies/operations.sql.ts';
import { findByCode } from '../tables/state.sql.ts';
import { Directory } from './directory.ts';
import type { Touched } from './event-log.ts';
import type { HouseholdKey } from './event-records.ts';
import { findTouched } from './events.sql.ts';
import { presentCode } from './leaving.ts';
import { nothingMentioned } from './mentioned.ts';
import { RegisterLoader } from './register-loader.ts';
import { holdsOn, isOpen, membershipOn, WorkingRegister } from './working-register.ts';

/** A member of a household on a day, with the kinship. */
export interface Member {
  readonly entry: EntryState;
  readonly relazione: string;
}

export class RegisterView {
  readonly comune: string;
  readonly #client: Client;
  readonly #register: WorkingRegister;
  readonly #loader: RegisterLoader;

  constructor(client: Client, comune: string) {
    this.comune = comune;
    this.#client = client;
    this.#register = new WorkingRegister(comune);
    this.#loader = new RegisterLoader(new Directory(client, comune), this.#register, null);
  }

  /** By the comune's own number. */
  async findByNumber(idSoggetto: string): Promise<EntryState | undefined> {
    await this.#loader.loadMentioned({ ...nothingMentioned(), soggetti: new Set([idSoggetto]) });
    return this.#register.entry(idSoggetto);
  }

  /** Those whose present codice fiscale it is. */
  async findByCode(code: string): Promise<EntryState[]> {
    const found = await findByCode(this.#client, this.comune, [code]);
    return (await this.#load(found.map((f) => f.entry_id))).filter((entry) => presentCode(entry) === code);
  }

  /** Those who are called so now and were born on that date, accents and spaces aside. */
  async findByIdentity(cognome: string, nome: string, nascita: PartialDate): Promise<EntryState[]> {
    const who = { surnameKey: nameKey(cognome), givenKey: nameKey(nome) };
    const ids = await findByIdentity(this.#client, this.comune, {
      ...who,
      birthFrom: firstDay(nascita),
      birthTo: lastDay(nascita),
    });
    return (await this.#load(ids)).filter((entry) => {
      const present = layOut(entry.identities).at(-1)?.value;
      return (
        nameKey(present?.cognome ?? '') === who.surnameKey && nameKey(present?.nome ?? '') === who.givenKey
      );
    });
  }

  async #load(entryIds: readonly number[]): Promise<EntryState[]> {
    await this.#loader.loadEntryIds(entryIds);
    return entryIds.flatMap((id) => this.#register.entryById(id) ?? []);
  }

  /** By the comune's own number; undefined too where nothing is held of it any more. */
  async findHousehold(key: HouseholdKey): Promise<HouseholdState | undefined> {
    const [famiglie, convivenze] = key.kind === 'famiglia' ? [[key.id], []] : [[], [key.id]];
    await this.#loader.loadMentioned({
      ...nothingMentioned(),
      famiglie: new Set(famiglie),
      convivenze: new Set(convivenze),
    });
    return this.#register.household(key);
  }

  /** Does it take members on that day? */
  isOpen(household: HouseholdState, day: Day): boolean {
    return isOpen(this.#register, household, day);
  }

  /** Where somebody belongs at the end of a day. */
  householdOf(entry: EntryState, day: Day): HouseholdState | undefined {
    const tie = membershipOn(entry, day);
    return tie === undefined ? undefined : this.#register.householdById(tie.value.householdId);
  }

  householdById(householdId: number): HouseholdState | undefined {
    return this.#register.householdById(householdId);
  }

  membersOn(household: HouseholdState, day: Day): Member[] {
    return this.#register
      .membersOn(household.householdId, day)
      .map(({ entry, tie }) => ({ entry, relazione: tie.value.relazione }));
  }

  addressOn(household: HouseholdState, day: Day): AddressRecord | undefined {
    return layOut(household.addresses).find((spell) => holdsOn(spell, day))?.value;
  }

  /** An accepted operation by its idOperazioneComune. */
  findOperation(idOperazione: string): Promise<AcceptedOperation | null> {
    return findOperation(this.#client, this.comune, idOperazione);
  }

  eventsOf(operation: AcceptedOperation): Promise<OperationEvent[]> {
    return findOperationEvents(this.#client, operation.supplyId);
  }

  /** Whom and what events of the register touched. */
  async touchedBy(events: readonly OperationEvent[]): Promise<Touched> {
    const found = await findTouched(
      this.#client,
      events.map((event) => event.event_id),
    );
    return {
      entries: new Set(found.flatMap((touched) => touched.entries)),
      households: new Set(found.flatMap((touched) => touched.households)),
    };
  }

  findDeathSource(entry: EntryState): Promise<DeathSource | null> {
    return findDeathSource(this.#client, entry.entryId);
  }
}
