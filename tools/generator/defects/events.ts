/** Events that cannot be: unknown, misshapen, about nobody, of what cannot happen, told twice. Nothing follows from them. */
import { dayText, OPEN } from '../calendar.ts';
import type { Clan } from '../changes/living.ts';
import { type Town, townOf, type World } from '../changes/world.ts';
import type { Unit } from '../model.ts';
import { fraction, hash } from '../random.ts';

interface Chance {
  readonly world: World;
  readonly town: Town;
  /** Somebody resident from before `day` on. */
  readonly id: string;
  readonly unit: Unit;
  readonly day: number;
}

interface Wrong {
  readonly operazione: string;
  readonly dati?: object;
  readonly codice: string;
  readonly idSoggetto: string;
  /** What differs in the head of the event. */
  readonly head?: object;
}

type Kind = (chance: Chance) => Wrong | null;

const card = (id: string, number: string): object => ({
  id_soggetto: id,
  documento_tipo: 'CIE',
  documento_numero: number,
});

const unknownOperation: Kind = ({ id }) => ({
  operazione: 'TRASLOCO',
  dati: { id_soggetto: id },
  codice: 'SIP-201',
  idSoggetto: id,
});

const noSuchDay: Kind = ({ id, town, day }) => ({
  operazione: 'MORTE',
  dati: {
    id_soggetto: id,
    data_morte: `${dayText(day).slice(0, 4)}-02-30`,
    comune_morte: town.comune.code,
  },
  codice: 'SIP-202',
  idSoggetto: id,
});

const nothingSaid: Kind = ({ id }) => ({
  operazione: 'CITTADINANZA',
  dati: { id_soggetto: id },
  codice: 'SIP-202',
  idSoggetto: id,
});

const nobody: Kind = ({ id }) => ({
  operazione: 'DOCUMENTO',
  dati: card(`${id}Z`, 'CA00001ZZ'),
  codice: 'SIP-203',
  idSoggetto: `${id}Z`,
});

const deadAlready: Kind = ({ unit, town, day }) => {
  const dead = unit.people.find((person) => person.death < OPEN);
  if (dead === undefined) return null;
  return {
    operazione: 'MORTE',
    dati: { id_soggetto: dead.id, data_morte: dayText(day), comune_morte: town.comune.code },
    codice: 'SIP-204',
    idSoggetto: dead.id,
  };
};

const goneAlready: Kind = ({ unit }) => {
  const gone = unit.people.find((person) => person.death >= OPEN && person.registration.to < OPEN);
  if (gone === undefined) return null;
  return {
    operazione: 'CANCELLAZIONE',
    dati: { motivo: '6', id_soggetti: [gone.id] },
    codice: 'SIP-204',
    idSoggetto: gone.id,
  };
};

const noSuchEvent: Kind = () => ({
  operazione: 'DOCUMENTO',
  head: { tipo: 'A', riferimento: '2019-000001' },
  codice: 'SIP-205',
  idSoggetto: '',
});

const tooEarly: Kind = ({ id, day }) => ({
  operazione: 'DOCUMENTO',
  dati: card(id, 'CA00002ZZ'),
  head: { data_evento: dayText(day + 3) },
  codice: 'SIP-207',
  idSoggetto: id,
});

const waits: Kind = ({ town, world }) => {
  if (town.aside.length === 0) return null;
  const id = world.random.pick(town.aside);
  return { operazione: 'DOCUMENTO', dati: card(id, 'CA00003ZZ'), codice: 'SIP-210', idSoggetto: id };
};

const KINDS: readonly Kind[] = [
  unknownOperation,
  noSuchDay,
  nothingSaid,
  nobody,
  deadAlready,
  goneAlready,
  noSuchEvent,
  tooEarly,
  waits,
];

/** Events with a defect, for each person with one in a full supply and year. */
const RATE = 0.3;

/** Now and then tells an event with a defect about somebody of the unit as it was in the full supply, before it lives on. */
export function spoilEvents(world: World, clan: Clan, unit: Unit): void {
  const { random, months, defects } = world;
  const [member] = clan.members;
  if (defects === 0 || member === undefined || member.home.convivenza) return;
  if (!random.chance(Math.min(0.9, defects * RATE * (months.count / 12) * clan.members.length))) return;
  const day = random.int(months.first(1), Math.min(months.last, months.first(1) + 20));
  const chance: Chance = { world, town: townOf(world, member.home), id: member.person.id, unit, day };
  if (random.chance(0.25)) {
    tellTwice(chance);
    clan.clock = day;
    return;
  }
  const wrong = random.pick(KINDS)(chance);
  if (wrong === null) return;
  const { operazione, dati, head, codice, idSoggetto } = wrong;
  const { log } = chance.town;
  log.put(
    day,
    {
      id_evento: log.nextId(day),
      operazione,
      tipo: 'N',
      data_evento: dayText(day),
      decorrenza: dayText(day),
      registrazione: dayText(day),
      ...head,
      ...(dati === undefined ? {} : { dati }),
    },
    [{ codice, idSoggetto }],
  );
}

/** The number of the card in an event that is told twice. */
const TOLD_TWICE = 'CA00004ZZ';

/** The same id again: with the same content, or with other. */
function tellTwice({ world, town, id, day }: Chance): void {
  const { log } = town;
  const text = dayText(day);
  const line = {
    id_evento: log.nextId(day),
    operazione: 'DOCUMENTO',
    tipo: 'N',
    data_evento: text,
    decorrenza: text,
    registrazione: text,
    dati: card(id, TOLD_TWICE),
  };
  const same = world.random.chance(0.5);
  log.put(day, line, []);
  log.put(
    Math.min(world.months.last, day + world.random.int(0, 40)),
    same ? line : { ...line, dati: card(id, 'CA00005ZZ') },
    [{ codice: same ? 'SIP-209' : 'SIP-208', idSoggetto: '' }],
  );
}

/** Months of the supplies of a comune that have a defect of their own; infinite where there is none. */
export interface SpoiltMonths {
  /** From this one on the comune has another software (SIP-021). */
  readonly software: number;
  /** Its first event has a key that the tracciato does not know (SIP-020). */
  readonly noted: number;
}

export function spoilMonths({ seed, defects, months }: World, { comune }: Town): SpoiltMonths {
  const at = (word: string): number =>
    defects > 0 && fraction(seed, word, comune.code) < 0.15
      ? 1 + (hash(seed, word, 'month', comune.code) % months.count)
      : Number.POSITIVE_INFINITY;
  return { software: at('software'), noted: at('note') };
}

/** The event with a key that is not on the page; null where it must stay as it is, because it is told again. */
export const withNote = (text: string): string | null =>
  text.includes(TOLD_TWICE) ? null : JSON.stringify({ ...JSON.parse(text), note_ufficio: 'VERIFICATO' });
