/** The world that random lives are lived in: who is where and with whom, and what each comune has told of it so far. */
import { addDays, type Day, day, daysBetween } from '../../src/kernel/day.ts';
import { fiscalCode } from '../../tools/generator/fiscal-code.ts';
import { type Cells, CODES, END, type FamilySeed, type Line, type Register } from './lives.ts';

export const STREETS = ['ROMA', 'VERDI', 'DANTE', 'MAZZINI', 'GARIBALDI'];
const SURNAMES = ['ROSSI', 'BIANCHI', 'VERDI', 'FERRARI', 'RICCI', 'MARINI', 'GALLI', 'CONTI'];
export const NAMES = {
  M: ['MARIO', 'LUCA', 'PAOLO', 'ANDREA'],
  F: ['ANNA', 'LUCIA', 'PAOLA', 'MARIA'],
} as const;
export const FOREIGN = '436';

export interface Person {
  readonly comune: string;
  readonly id: string;
  readonly sesso: 'M' | 'F';
  readonly cognome: string;
  nome: string;
  readonly nascita: string;
  readonly codice: string;
  cittadinanza: string;
  family: string | null;
  /** Where he lives in a convivenza, and in no family. */
  convivenza: string | null;
  /** The relation to who heads it, and since when he is in it. */
  relazione: string;
  tied: string;
  readonly since: string;
  readonly reason: string;
  spouse: Person | null;
  dead: boolean;
  left: { readonly on: string; readonly motivo: string } | null;
}

/** A family or a convivenza as its comune believes it to be. */
export interface Home {
  readonly comune: string;
  readonly id: string;
  readonly dal: string;
  address: Cells;
  closed: string | null;
}

/** What a comune's number of somebody or of a family is made of. */
class Numbers {
  #last = 0;
  readonly next = (prefix: string): string => `${prefix}${++this.#last}`;
}

export class World {
  readonly registers = new Map<string, Register>();
  readonly people: Person[] = [];
  readonly homes: Home[] = [];
  readonly #numbers = new Map<string, Numbers>();
  readonly #streets = new Map<string, number>();

  constructor(comuni: number) {
    for (const comune of CODES.slice(0, comuni)) {
      this.registers.set(comune, {
        comune,
        soggetti: [],
        famiglie: [],
        convivenze: [],
        legami: [],
        wholes: [],
        lines: [],
      });
      this.#numbers.set(comune, new Numbers());
    }
  }

  get codes(): readonly string[] {
    return [...this.registers.keys()];
  }

  number(comune: string, prefix: string): string {
    return this.#numbers.get(comune)!.next(prefix);
  }

  address(n: number): Cells {
    return {
      specie: 'VIA',
      toponimo: STREETS[n % STREETS.length]!,
      civico: String(1 + (n % 7)),
      sezione: `000${1 + (n % 3)}`,
    };
  }

  street(comune: string): number {
    const n = (this.#streets.get(comune) ?? 0) + 1;
    this.#streets.set(comune, n);
    return n;
  }

  person(comune: string, family: string, of: Partial<Person> & { born: Day; n: number }): Person {
    const sesso = of.sesso ?? (of.n % 2 === 0 ? 'M' : 'F');
    const cognome = of.cognome ?? SURNAMES[of.n % SURNAMES.length]!;
    const nome = of.nome ?? NAMES[sesso][of.n % NAMES[sesso].length]!;
    const person: Person = {
      comune,
      id: this.number(comune, 'S'),
      sesso,
      cognome,
      nome,
      nascita: of.nascita ?? of.born,
      codice: of.codice ?? codeOf(cognome, nome, sesso, of.born),
      cittadinanza: of.cittadinanza ?? '100',
      family,
      convivenza: null,
      relazione: of.relazione ?? '21',
      tied: of.tied ?? of.born,
      since: of.since ?? of.born,
      reason: of.reason ?? '1',
      spouse: null,
      dead: false,
      left: null,
    };
    this.people.push(person);
    return person;
  }

  residents(comune?: string): Person[] {
    return this.people.filter(
      (p) => (p.family ?? p.convivenza) !== null && (comune === undefined || p.comune === comune),
    );
  }

  home(comune: string, id: string): Home | undefined {
    return this.homes.find((h) => h.comune === comune && h.id === id);
  }

  /** A new home of the comune, from a day on. @returns its number */
  settle(comune: string, prefix: 'F' | 'C', dal: string, address: Cells): string {
    const id = this.number(comune, prefix);
    this.homes.push({ comune, id, dal, address, closed: null });
    return id;
  }

  members(comune: string, family: string): Person[] {
    return this.people.filter((p) => p.comune === comune && p.family === family);
  }
}

function codeOf(cognome: string, nome: string, sesso: 'M' | 'F', born: Day): string {
  return fiscalCode(cognome, nome, sesso, daysBetween(day('1970-01-01'), born), 'F257');
}

export const earliest = (a: string, b: string): string => [a, b].sort()[0]!;
export const latest = (a: string, b: string): string => [a, b].sort()[1]!;

export const pick = <T>(list: readonly T[], n: number): T | undefined =>
  list.length === 0 ? undefined : list[n % list.length];

/** A row of soggetti.csv about somebody resident. */
export function row(p: Person, since: string, motivo: string, change: Cells = {}): Cells {
  return {
    id_soggetto: p.id,
    codice_fiscale: p.codice,
    validita_cf: '1',
    cognome: p.cognome,
    nome: p.nome,
    sesso: p.sesso,
    data_nascita: p.nascita,
    comune_nascita: '036023',
    stato_civile: p.spouse === null ? '1' : '2',
    ...(p.spouse === null ? {} : { id_coniuge: p.spouse.id }),
    cittadinanza: p.cittadinanza,
    posizione: 'RESIDENTE',
    iscritto_dal: since,
    motivo_iscrizione: motivo,
    data_aggiornamento: END,
    ...change,
  };
}

/** The registers as they stand at the end of START. */
export function populate(world: World, families: readonly FamilySeed[]): void {
  for (const [i, seed] of families.entries()) {
    const comune = world.codes[i < world.codes.length ? i : seed.comune % world.codes.length]!;
    const register = world.registers.get(comune)!;
    const family = world.settle(comune, 'F', '1950-01-01', world.address(i));
    const born = addDays(day('1950-01-01'), seed.born);
    const citizenship = seed.foreign ? { cittadinanza: FOREIGN } : {};
    const uncertain = seed.uncertain ? { nascita: born.slice(0, 4) } : {};
    const head = world.person(comune, family, { born, n: i, ...citizenship, ...uncertain });
    const members = [head];
    if (seed.couple) {
      const sesso = head.sesso === 'M' ? 'F' : 'M';
      const spouse = world.person(comune, family, {
        born: addDays(born, 400),
        n: i + 3,
        sesso,
        ...citizenship,
      });
      head.spouse = spouse;
      spouse.spouse = head;
      members.push(spouse);
    }
    for (let c = 0; c < seed.children; c++)
      members.push(
        world.person(comune, family, {
          born: addDays(born, 8000 + 700 * c),
          n: i + c,
          cognome: head.cognome,
          ...citizenship,
        }),
      );
    for (const [n, p] of members.entries()) {
      // Registered before birth is a fault: the children's registration begins with them.
      const since = n < 2 && !(seed.couple === false && n === 1) ? '2000-01-01' : p.nascita;
      const from = latest(since, p.nascita);
      const reason = n === 0 ? '3' : '1';
      const relazione = p === head ? '1' : p === head.spouse ? '2' : '3';
      Object.assign(p, { since: from, tied: from, reason, relazione });
      register.soggetti.push(row(p, from, reason));
      register.legami.push({ id_soggetto: p.id, id_famiglia: family, relazione, dal: from });
    }
    register.famiglie.push({
      id_famiglia: family,
      dal: '1950-01-01',
      id_intestatario: head.id,
      ...world.address(i),
    });
  }
}

/** Who tells what: the day it counts from, the day it is registered, and the lines it comes to. */
export class Teller {
  readonly #world: World;
  readonly #all: { readonly comune: string; readonly line: Line }[] = [];
  #last = 0;

  constructor(world: World) {
    this.#world = world;
  }

  tell(
    comune: string,
    operazione: string,
    on: Day,
    registrazione: Day,
    dati: object,
    head: object = {},
  ): void {
    const line = {
      id_evento: `E${++this.#last}`,
      operazione,
      tipo: 'N',
      data_evento: on,
      decorrenza: on,
      registrazione,
      dati,
      ...head,
    };
    this.#all.push({ comune, line });
    this.#world.registers.get(comune)!.lines.push(line);
  }

  /** Something told before, of those that still may be spoken of. */
  earlier(n: number): { readonly comune: string; readonly line: Line } | undefined {
    const spoken = new Set(
      this.#all.map(({ comune, line }) => `${comune} ${String(line['riferimento'] ?? '')}`),
    );
    return pick(
      this.#all.filter(({ comune, line }) => line.tipo !== 'A' && !spoken.has(`${comune} ${line.id_evento}`)),
      n,
    );
  }
}
