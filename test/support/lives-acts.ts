/** What happens in random lives, kind by kind, and who tells it in which words (tracciato.md 3). */
import { addDays, type Day, day } from '../../src/kernel/day.ts';
import {
  type Act,
  type Cells,
  CODES,
  CUTS,
  END,
  type Kind,
  type Life,
  type Line,
  type Register,
  START,
} from './lives.ts';
import { arrivedOn, goInto, type Happening, leave, RARER } from './lives-rarer-acts.ts';
import { wholeOf } from './lives-whole.ts';
import {
  earliest,
  FOREIGN,
  latest,
  NAMES,
  type Person,
  pick,
  populate,
  row,
  STREETS,
  Teller,
  World,
} from './lives-world.ts';

const relation = (p: Person, head: boolean): string => (head ? '1' : p.spouse === null ? '21' : '2');

const HAPPENINGS: Readonly<Record<Kind, Happening>> = {
  birth: (world, teller, act, on, registered) => {
    const mother = pick(
      world.residents().filter((p) => p.sesso === 'F'),
      act.who,
    );
    if (mother === undefined || mother.family === null) return;
    const child = world.person(mother.comune, mother.family, {
      born: on,
      n: act.other,
      cognome: mother.cognome,
      relazione: '3',
    });
    teller.tell(mother.comune, 'NASCITA', on, registered, {
      soggetto: row(child, on, '1', { id_madre: mother.id }),
      legame: { id_famiglia: mother.family, relazione: '3' },
    });
  },
  death: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    // Now and then only the month is known; its first day counts.
    const month = act.other % 4 === 0;
    const from = month ? day(`${on.slice(0, 7)}-01`) : on;
    if (from <= p.nascita) return;
    teller.tell(p.comune, 'MORTE', from, registered, {
      id_soggetto: p.id,
      data_morte: month ? on.slice(0, 7) : on,
      comune_morte: p.comune,
    });
    if (p.spouse !== null) p.spouse.spouse = null;
    p.spouse = null;
    p.dead = true;
    leave(p, on, '1');
  },
  abroad: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    teller.tell(p.comune, 'CANCELLAZIONE', on, registered, {
      motivo: p.cittadinanza === '100' ? '8' : '5',
      id_soggetti: [p.id],
      destinazione: { stato: '215' },
    });
    leave(p, on, p.cittadinanza === '100' ? '8' : '5');
  },
  move: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    const to = pick(
      world.codes.filter((c) => c !== p?.comune),
      act.other,
    );
    if (p === undefined || p.family === null || to === undefined) return;
    const movers = act.other % 2 === 0 ? world.members(p.comune, p.family) : [p];
    teller.tell(p.comune, 'CANCELLAZIONE', on, registered, {
      motivo: '3',
      id_soggetti: movers.map((m) => m.id),
      destinazione: { comune: to },
    });
    for (const m of movers) leave(m, on, '3');
    // The other half is registered by the other comune, sooner or later.
    const there = addDays(on, 1 + (act.other % 20));
    const home = world.address(world.street(to));
    const family = world.settle(to, 'F', on, home);
    const arrived = movers.map((m, i) => world.person(to, family, arrivedOn(m, on, '3', i)));
    teller.tell(to, 'ISCRIZIONE', on, later(there, registered, act), {
      motivo: '3',
      provenienza: { comune: p.comune },
      famiglia: { id_famiglia: family, ...home },
      soggetti: arrived.map((m) => ({
        ...row(m, on, '3'),
        legame: { id_famiglia: family, relazione: m.relazione },
      })),
    });
  },
  arrival: (world, teller, act, on, registered) => {
    const comune = pick(world.codes, act.who)!;
    const home = world.address(world.street(comune));
    const family = world.settle(comune, 'F', on, home);
    const p = world.person(comune, family, {
      born: addDays(day('1960-01-01'), act.other * 14),
      since: on,
      tied: on,
      reason: '4',
      relazione: '1',
      n: act.other,
      cittadinanza: act.other % 2 === 0 ? FOREIGN : '100',
    });
    teller.tell(comune, 'ISCRIZIONE', on, registered, {
      motivo: '4',
      provenienza: { stato: '215' },
      famiglia: { id_famiglia: family, ...home },
      soggetti: [{ ...row(p, on, '4'), legame: { id_famiglia: family, relazione: '1' } }],
    });
  },
  address: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined || p.family === null) return;
    teller.tell(p.comune, 'CAMBIO_ABITAZIONE', on, registered, {
      id_famiglia: p.family,
      famiglia: { id_famiglia: p.family, ...world.address(act.other) },
    });
    const home = world.home(p.comune, p.family);
    if (home !== undefined) home.address = world.address(act.other);
  },
  split: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    const family = world.settle(p.comune, 'F', on, world.address(act.other));
    teller.tell(p.comune, 'CAMBIO_ABITAZIONE', on, registered, {
      id_soggetti: [p.id],
      legami: [{ id_soggetto: p.id, relazione: '1' }],
      famiglia: { id_famiglia: family, ...world.address(act.other) },
    });
    goInto(p, family, '1', on);
  },
  join: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    const other = pick(
      world.residents(p?.comune).filter((o) => o.family !== p?.family),
      act.other,
    );
    if (p === undefined || p.family === null || other === undefined || other.family === null) return;
    teller.tell(p.comune, 'FAMIGLIA', on, registered, {
      movimenti: [{ id_soggetto: p.id, da: p.family, a: other.family, relazione: relation(p, false) }],
    });
    goInto(p, other.family, relation(p, false), on);
  },
  marriage: (world, teller, act, on, registered) => {
    const single = world.residents().filter((p) => p.spouse === null && p.nascita < '2000');
    const p = pick(single, act.who);
    const other = pick(
      single.filter((o) => o !== p && o.comune === p?.comune && o.sesso !== p.sesso),
      act.other,
    );
    if (p === undefined || other === undefined) return;
    teller.tell(p.comune, 'STATO_CIVILE', on, registered, {
      id_soggetto: p.id,
      stato_civile: '2',
      id_coniuge: other.id,
    });
    p.spouse = other;
    other.spouse = p;
  },
  divorce: (world, teller, act, on, registered) => {
    const p = pick(
      world.residents().filter((m) => m.spouse !== null),
      act.who,
    );
    if (p === undefined || p.spouse === null) return;
    teller.tell(p.comune, 'STATO_CIVILE', on, registered, {
      id_soggetto: p.id,
      stato_civile: '4',
      id_coniuge: p.spouse.id,
    });
    p.spouse.spouse = null;
    p.spouse = null;
  },
  citizenship: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    p.cittadinanza = act.other % 3 === 0 ? FOREIGN : '100';
    teller.tell(p.comune, 'CITTADINANZA', on, registered, {
      id_soggetto: p.id,
      cittadinanza: p.cittadinanza,
    });
  },
  name: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    p.nome = `${NAMES[p.sesso][act.other % 4]} ${NAMES[p.sesso][(act.other + 1) % 4]}`;
    teller.tell(p.comune, 'GENERALITA', on, registered, {
      id_soggetto: p.id,
      motivo: act.other % 2 === 0 ? 'RETTIFICA' : 'ALTRO',
      nome: p.nome,
    });
  },
  head: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined || p.family === null) return;
    teller.tell(p.comune, 'FAMIGLIA', on, registered, {
      id_intestatario: p.id,
      relazioni: world
        .members(p.comune, p.family)
        .filter((m) => m !== p && act.other % 2 === 0)
        .map((m) => ({ id_soggetto: m.id, relazione: m === p.spouse ? '2' : '21' })),
    });
  },
  document: (world, teller, act, on, registered) => {
    const p = pick(world.residents(), act.who);
    if (p === undefined) return;
    teller.tell(p.comune, 'DOCUMENTO', on, registered, {
      id_soggetto: p.id,
      documento_tipo: 'CIE',
      documento_numero: `CA${String(act.other).padStart(5, '0')}AA`,
      documento_rilascio: on,
    });
  },
  street: (world, teller, act, on, registered) => {
    const comune = pick(world.codes, act.who)!;
    const [from, to] = [STREETS[act.other % 5]!, `${STREETS[act.other % 5]!} NUOVA`];
    teller.tell(comune, 'TOPONOMASTICA', on, registered, {
      da: { specie: 'VIA', toponimo: from },
      a: { toponimo: to },
    });
  },
  ...RARER,
  correction: (_, teller, act, __, registered) => {
    const told = teller.earlier(act.who);
    if (told === undefined) return;
    const { line, comune } = told;
    const moved = movable(line) ? addDays(line.decorrenza, (act.other % 41) - 20) : line.decorrenza;
    teller.tell(comune, line.operazione, moved, atLeast(registered, line), correctedData(line, act, moved), {
      tipo: 'R',
      riferimento: line.id_evento,
    });
  },
  annulment: (_, teller, act, __, registered) => {
    const told = teller.earlier(act.who);
    if (told === undefined) return;
    const { line, comune } = told;
    teller.tell(
      comune,
      line.operazione,
      line.decorrenza,
      atLeast(registered, line),
      {},
      {
        tipo: 'A',
        riferimento: line.id_evento,
        dati: undefined,
      },
    );
  },
};

/** Nobody corrects what has not been registered yet. */
const atLeast = (registered: Day, line: Line): Day =>
  registered < line.registrazione ? line.registrazione : registered;

const later = (there: Day, registered: Day, act: Act): Day => {
  const at = act.other % 3 === 0 ? addDays(there, 60) : registered;
  return at > END ? END : at < there && act.other % 3 === 0 ? there : at;
};

/** Events whose day stands in their data too keep it. */
const movable = (line: Line): boolean => !['NASCITA', 'ISCRIZIONE', 'MORTE'].includes(line.operazione);

/** The data as they should have been: something of them, where there is something to change. */
function correctedData(line: Line, act: Act, moved: Day): object {
  const dati = line['dati'] as Readonly<Record<string, unknown>>;
  if (line.operazione === 'MORTE') return { ...dati, comune_morte: CODES[act.other % CODES.length] };
  if (line.operazione === 'GENERALITA') return { ...dati, nome: NAMES.M[act.other % 4] };
  if (line.operazione === 'CITTADINANZA')
    return { ...dati, cittadinanza: act.other % 2 === 0 ? '100' : '201' };
  if (line.operazione === 'DOCUMENTO') return { ...dati, documento_rilascio: moved };
  if (line.operazione === 'CAMBIO_ABITAZIONE' || line.operazione === 'ISCRIZIONE') {
    const famiglia = dati['famiglia'] as Cells | undefined;
    if (famiglia !== undefined) return { ...dati, famiglia: { ...famiglia, civico: String(1 + act.other) } };
  }
  return dati;
}

/** What the comuni have to tell of a life. */
export function tell(life: Life): Register[] {
  const world = new World(life.comuni);
  populate(world, life.families);
  const teller = new Teller(world);
  const wholes = life.wholes.toSorted((a, b) => a.cut - b.cut);
  const tellAgain = (before: Day | null): void => {
    while (wholes[0] !== undefined && (before === null || CUTS[wholes[0].cut]! < before))
      wholeOf(world, wholes.shift()!);
  };
  for (const act of life.acts.toSorted((a, b) => a.on - b.on)) {
    const on = addDays(START, act.on);
    tellAgain(on);
    const first = addDays(START, 1);
    const registered = addDays(on, act.late);
    HAPPENINGS[act.kind](world, teller, act, on, latest(first, earliest(registered, END)) as Day);
  }
  tellAgain(null);
  for (const register of world.registers.values())
    register.lines.sort((a, b) =>
      a.registrazione < b.registrazione ? -1 : a.registrazione > b.registrazione ? 1 : 0,
    );
  return [...world.registers.values()];
}
