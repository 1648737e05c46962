/** The samples of ../shared/samples: what expected.json says, in types, and the questions put to the register in its words. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askAddress } from '../../src/registry/answers/ask-address.ts';
import { askFamily, askHousehold } from '../../src/registry/answers/ask-family.ts';
import { askPerson, type PersonAnswer } from '../../src/registry/answers/ask-person.ts';
import type { FamilyState } from '../../src/registry/answers/family.ts';
import type { KnownAt } from '../../src/registry/answers/known-at.ts';
import { type PersonKey, parsePersonKey } from '../../src/registry/answers/person-key.ts';
import type { AddressAnswer } from '../../src/registry/answers/residence.ts';

export const SAMPLES = '../shared/samples';
export const samplesPresent = existsSync(SAMPLES);

export type Json = { readonly [key: string]: unknown };

export interface ExpectedSupply {
  readonly file: string;
  readonly esito: string;
  readonly lette: Readonly<Record<string, number>>;
  readonly scartate: Readonly<Record<string, number>>;
  readonly totale_lette: number;
  readonly totale_scartate: number;
  readonly segnalazioni: readonly Json[];
}

export interface MonthEnd {
  readonly al: string;
  readonly noto_dopo_progressivo?: number;
  readonly maschi: number;
  readonly femmine: number;
  readonly stranieri: number;
  readonly famiglie: number;
}

export interface Probe {
  readonly n: number;
  readonly tipo: string;
  readonly domanda: Readonly<Record<string, string>>;
  readonly noto_al: { readonly comune: string; readonly dopo_progressivo: number } | null;
  readonly regola?: string;
  readonly atteso: Json;
}

export interface ClosedFinding {
  readonly comune: string;
  readonly progressivo: number;
  readonly codice: string;
  readonly id_soggetto?: string;
  readonly id_famiglia?: string;
  readonly id_evento?: string;
  readonly chiusa_da: number;
}

export interface Correction {
  readonly comune: string;
  readonly id_evento: string;
  readonly tipo: string;
  readonly operazione: string;
  readonly riferimento: string | Json | null;
  readonly effetto: string;
}

interface PairedEntry {
  readonly comune: string;
  readonly id_soggetto: string;
}

/** Entries that may be one person, or that only look alike. */
export interface ExpectedPair {
  readonly differenza: string;
  readonly a: PairedEntry;
  readonly b: PairedEntry;
}

export interface Expected {
  readonly ordine_di_caricamento: readonly string[];
  readonly forniture: readonly ExpectedSupply[];
  readonly residenti: Readonly<
    Record<string, { readonly mesi: readonly MonthEnd[]; readonly alla_fine: readonly MonthEnd[] }>
  >;
  readonly rettifiche: readonly Correction[];
  readonly segnalazioni_chiuse: readonly ClosedFinding[];
  readonly prove: readonly Probe[];
  readonly candidati: readonly ExpectedPair[];
  readonly distinti: readonly ExpectedPair[];
}

const NOTHING: Expected = {
  ordine_di_caricamento: [],
  forniture: [],
  residenti: {},
  rettifiche: [],
  segnalazioni_chiuse: [],
  prove: [],
  candidati: [],
  distinti: [],
};

export const readExpected = (): Expected =>
  samplesPresent ? (JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8')) as Expected) : NOTHING;

/** The columns of an address that answers leave out (samples/README.md, Addresses). */
const LEFT_OUT = new Set(['scala', 'piano', 'cap', 'frazione', 'sezione', 'lat', 'lon']);

type Place = { readonly indirizzo?: AddressAnswer; readonly senza_fissa_dimora?: true };

function place({ indirizzo, senza_fissa_dimora }: Place): Json {
  if (senza_fissa_dimora === true) return { senza_fissa_dimora: true };
  if (indirizzo === undefined) return {};
  return { indirizzo: Object.fromEntries(Object.entries(indirizzo).filter(([name]) => !LEFT_OUT.has(name))) };
}

/** "SPECIE TOPONIMO CIVICO" or "SPECIE TOPONIMO CIVICO/ESPONENTE". */
function inOneLine(address: AddressAnswer | undefined): string | null {
  if (address === undefined) return null;
  const { specie, toponimo, civico, esponente } = address;
  const number = esponente === undefined ? civico : `${civico}/${esponente}`;
  return [specie, toponimo, number].filter((part) => part !== undefined).join(' ');
}

/** The day of a question that names none: the last month end of the samples. */
const LAST_DAY = day('2025-02-28');

export class Asker {
  readonly #db: Database;
  readonly #knownAfter: ReadonlyMap<string, KnownAt>;

  /** @param knownAfter the instant of each supply, by `comune/progressivo` */
  constructor(db: Database, knownAfter: ReadonlyMap<string, KnownAt>) {
    this.#db = db;
    this.#knownAfter = knownAfter;
  }

  /** The answer of the register in the words of `atteso`. */
  ask(probe: Probe): Promise<Json> {
    const asked = this.#answers[probe.tipo];
    if (asked === undefined) throw new Error(`no question of type ${probe.tipo}`);
    return asked(probe);
  }

  #when(probe: Probe): { al: Day; notoAl: KnownAt | null } {
    const { al } = probe.domanda;
    const after = probe.noto_al;
    return {
      al: al === undefined ? LAST_DAY : day(al),
      notoAl:
        after === null ? null : (this.#knownAfter.get(`${after.comune}/${after.dopo_progressivo}`) ?? null),
    };
  }

  /** The same person must answer to the codice fiscale and to the number of the entry. */
  #keys({ domanda }: Probe): PersonKey[] {
    const { codice_fiscale: code, comune, id_soggetto: id } = domanda;
    const words = [...(id === undefined ? [] : [`${comune}:${id}`]), ...(code === undefined ? [] : [code])];
    return words.map((word) => parsePersonKey([word])!);
  }

  async #person(probe: Probe): Promise<PersonAnswer> {
    const when = this.#when(probe);
    const [first, ...others] = this.#keys(probe);
    const answer = await askPerson(this.#db, first!, when);
    for (const key of others) {
      const again = await askPerson(this.#db, key, when);
      if (again.persona !== answer.persona)
        throw new Error(
          `probe ${probe.n}: ${JSON.stringify(key)} is ${again.persona}, not ${answer.persona}`,
        );
    }
    return answer;
  }

  readonly #residence = async (probe: Probe): Promise<Json> => {
    const { residenza } = await this.#person(probe);
    if (!residenza.residente) return { residente: false };
    return { residente: true, comune: residenza.comune, ...place(residenza) };
  };

  readonly #answers: Readonly<Record<string, (probe: Probe) => Promise<Json>>> = {
    residenza_al: this.#residence,
    residenza_incerta_al: async (probe) => {
      const { residente, certezza } = (await this.#person(probe)).residenza;
      return { residente, certezza };
    },
    famiglia_al: async (probe) => {
      const { famiglia } = await askFamily(this.#db, this.#keys(probe)[0]!, this.#when(probe));
      return famiglia === null ? {} : familyAnswer(famiglia);
    },
    intestatario_al: async (probe) => {
      const { comune, id_famiglia } = probe.domanda;
      const family = await askHousehold(
        this.#db,
        { comune: comune!, tipo: 'famiglia', id: id_famiglia! },
        this.#when(probe),
      );
      return {
        facente_funzione: family.facente_funzione ?? false,
        codice_fiscale: family.intestatario,
        id_soggetto: family.id_intestatario,
      };
    },
    stato_civile_al: async (probe) => {
      const status = (await this.#person(probe)).stato_civile;
      if (status === null) return {};
      const { stato_civile, cf_coniuge } = status;
      return cf_coniuge === undefined ? { stato_civile } : { stato_civile, cf_coniuge };
    },
    cittadinanza_al: async (probe) => ({
      cittadinanza: (await this.#person(probe)).cittadinanza?.cittadinanza,
    }),
    generalita_al: async (probe) => {
      const identity = (await this.#person(probe)).generalita!;
      const { codice_fiscale, cognome, nome, sesso } = identity;
      return { codice_fiscale, cognome, nome, sesso };
    },
    genitori: async (probe) => {
      const { padre, madre } = (await this.#person(probe)).genitori;
      return { padre: padre?.codice_fiscale ?? null, madre: madre?.codice_fiscale ?? null };
    },
    figli: async (probe) => ({
      figli: (await this.#person(probe)).figli.map((f) => f.codice_fiscale).sort(),
    }),
    occupanti_al: async (probe) => {
      const { comune, specie, toponimo, civico, esponente } = probe.domanda;
      const { al, notoAl } = this.#when(probe);
      const found = await askAddress(this.#db, {
        comune: comune!,
        street: `${specie} ${toponimo}`,
        number: esponente ? `${civico}/${esponente}` : civico!,
        span: { on: al },
        notoAl,
      });
      return { codici_fiscali: (found.occupanti ?? []).map((o) => o.codice_fiscale).sort() };
    },
    in_transito: async (probe) => {
      const { residenza, segnali } = await this.#person(probe);
      const moving = segnali.in_transito;
      return {
        residente: residenza.residente,
        in_transito: moving !== null,
        da: moving?.da,
        verso: moving?.verso,
      };
    },
    doppia_residenza: async (probe) => {
      const twice = (await this.#person(probe)).segnali.doppia_residenza;
      return { corrente: twice?.corrente, anche: twice?.anche.join(' ') };
    },
    persona_nota: async (probe) => {
      const { residenza, decesso } = await this.#person(probe);
      return { residente: residenza.residente, deceduto: decesso !== null };
    },
    documento: async (probe) => ({ documento_numero: (await this.#person(probe)).documento?.numero }),
    noto_al: async (probe) => {
      const { residenza, decesso, famiglia, stato_civile } = await this.#person(probe);
      const all: Json = {
        residente: residenza.residente,
        deceduto: decesso !== null,
        indirizzo: inOneLine(residenza.indirizzo),
        famiglia: famiglia?.id ?? null,
        stato_civile: stato_civile?.stato_civile ?? null,
      };
      // Each of these questions asks for some of the keys: those of its answer.
      return Object.fromEntries(Object.entries(all).filter(([key]) => key in probe.atteso));
    },
  };
}

function familyAnswer(family: FamilyState): Json {
  return {
    comune: family.comune,
    id_famiglia: family.id_famiglia,
    intestatario: family.intestatario,
    ...(family.facente_funzione === undefined ? {} : { facente_funzione: true }),
    componenti: family.componenti
      .map((m) => ({
        codice_fiscale: m.codice_fiscale,
        id_soggetto: m.id_soggetto,
        relazione: m.relazione,
        ...(m.ultima_dichiarata === undefined ? {} : { ultima_dichiarata: m.ultima_dichiarata }),
      }))
      .sort((a, b) => (a.id_soggetto < b.id_soggetto ? -1 : 1)),
  };
}
