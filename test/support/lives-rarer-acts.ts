/** Rarer things that happen in random lives: convivenze, cards, land, and second thoughts of what came with the first supply. */
import type { Day } from '../../src/kernel/day.ts';
import type { Act, Cells, Kind } from './lives.ts';
import { FOREIGN, latest, NAMES, type Person, pick, row, type Teller, type World } from './lives-world.ts';

export type Happening = (world: World, teller: Teller, act: Act, on: Day, registered: Day) => void;

export function leave(p: Person, on: Day, motivo: string): void {
  p.family = null;
  p.convivenza = null;
  p.left = { on, motivo };
}

export function goInto(p: Person, family: string, relazione: string, on: Day): void {
  Object.assign(p, { family, convivenza: null, relazione, tied: on });
}

/** Somebody as another comune registers him: the first of those who come heads their family. */
export const arrivedOn = (p: Person, on: Day, reason: string, n: number) => ({
  sesso: p.sesso,
  cognome: p.cognome,
  nome: p.nome,
  nascita: p.nascita,
  codice: p.codice,
  cittadinanza: p.cittadinanza,
  born: on,
  n: 0,
  since: on,
  tied: on,
  reason,
  relazione: n === 0 ? '1' : '21',
});

const convivenza: Happening = (world, teller, act, on, registered) => {
  const p = pick(world.residents(), act.who);
  if (p === undefined) return;
  const { comune } = p;
  const open = world.homes.filter((h) => h.comune === comune && h.id.startsWith('C') && h.closed === null);
  const home = pick(open, act.other);
  const tell = (azione: string, of: Cells, movimenti: readonly object[]): void =>
    teller.tell(comune, 'CONVIVENZA', on, registered, { azione, convivenza: of, movimenti });
  const move = (who: Person, da: object, a: object, relazione: string) => ({
    id_soggetto: who.id,
    da,
    a,
    relazione,
  });
  const enter = (id: string) => {
    const movement = move(p, { id_famiglia: p.family }, { id_convivenza: id }, '2');
    Object.assign(p, { family: null, convivenza: id, relazione: '2', tied: on });
    return movement;
  };
  if (home === undefined) {
    if (p.family === null) return;
    const address = world.address(act.other);
    const id = world.settle(comune, 'C', on, address);
    const of = { id_convivenza: id, specie_convivenza: '3', denominazione: 'CASA', dal: on, ...address };
    tell('APERTURA', of, [enter(id)]);
    return;
  }
  const guests = world.residents(comune).filter((g) => g.convivenza === home.id);
  const family = pick(
    world.residents(comune).flatMap((o) => o.family ?? []),
    act.other,
  );
  const back = (who: Person) => {
    const movement = move(who, { id_convivenza: home.id }, { id_famiglia: family }, '21');
    goInto(who, family!, '21', on);
    return movement;
  };
  if (p.family !== null && act.other % 3 > 0) tell('MODIFICA', { id_convivenza: home.id }, [enter(home.id)]);
  else if (family === undefined) tell('MODIFICA', { id_convivenza: home.id, denominazione: 'VILLA' }, []);
  else if (act.other % 2 === 0 && guests[0] !== undefined)
    tell('MODIFICA', { id_convivenza: home.id, civico: '9' }, [back(guests[0])]);
  else {
    tell('CHIUSURA', { id_convivenza: home.id }, guests.map(back));
    home.closed = on;
  }
};

/** A card told again, with a difference or with none; or one of somebody who had been forgotten. */
const card: Happening = (world, teller, act, on, registered) => {
  const p = pick(world.residents(), act.who);
  if (p === undefined || p.family === null) return;
  const tie = (who: Person) => ({
    id_soggetto: who.id,
    id_famiglia: p.family,
    relazione: who.relazione,
    dal: who.tied,
  });
  if (act.other % 3 === 0) {
    const born = '2015-05-05' as Day;
    const from = latest(latest(born, world.home(p.comune, p.family)?.dal ?? born), '2024-01-01') as Day;
    const { cognome } = p;
    const more = { cognome, since: from, tied: from, reason: '3', relazione: '21' };
    const forgotten = world.person(p.comune, p.family, { born, n: act.other, ...more });
    teller.tell(p.comune, 'SCHEDA', on, registered, {
      soggetti: [row(forgotten, from, '3')],
      legami: [tie(forgotten)],
    });
    return;
  }
  if (act.other % 2 === 0) p.nome = NAMES[p.sesso][act.other % 4]!;
  teller.tell(p.comune, 'SCHEDA', on, registered, {
    soggetti: [row(p, p.since, p.reason, { titolo_studio: String(1 + (act.other % 4)) })],
    ...(act.other % 5 < 2 ? { legami: [tie(p)] } : {}),
  });
};

/** Some families, or a section with all that live in it, pass to another comune, which may say so too. */
const land: Happening = (world, teller, act, on, registered) => {
  const p = pick(
    world.residents().filter((r) => r.family !== null),
    act.who,
  );
  const to = pick(
    world.codes.filter((c) => c !== p?.comune),
    act.other,
  );
  const home = p === undefined ? undefined : world.home(p.comune, p.family!);
  if (p === undefined || home === undefined || to === undefined) return;
  const { sezione } = home.address;
  const whole = act.other % 2 === 0 && sezione !== undefined;
  const gone = whole
    ? world.homes.filter((h) => h.comune === p.comune && h.address['sezione'] === sezione)
    : [home];
  const families = gone.filter((h) => h.id.startsWith('F'));
  teller.tell(p.comune, 'TERRITORIO', on, registered, {
    a: to,
    ...(whole ? { sezioni: [sezione] } : { id_famiglie: [home.id] }),
  });
  for (const { id, address } of families) {
    const people = world.members(p.comune, id);
    if (people.length === 0) continue;
    for (const m of people) leave(m, on, '13');
    if (act.other % 3 === 0) continue;
    const family = world.settle(to, 'F', on, address);
    const come = people.map((m, i) => world.person(to, family, arrivedOn(m, on, '9', i)));
    teller.tell(to, 'TERRITORIO', on, registered, {
      da: p.comune,
      famiglie: [{ id_famiglia: family, motivo: '9', ...address }],
      soggetti: come.map((m) => ({
        ...row(m, on, '9'),
        legame: { id_famiglia: family, relazione: m.relazione },
      })),
    });
  }
  if (whole) for (const h of gone) if (h.id.startsWith('C')) leaveAll(world, h.comune, h.id, on);
};

function leaveAll(world: World, comune: string, convivenza: string, on: Day): void {
  for (const p of world.residents(comune)) if (p.convivenza === convivenza) leave(p, on, '13');
}

/** A fact of the first full supply, corrected or annulled (tracciato.md 3, R and A). */
const fact: Happening = (world, teller, act, on, registered) => {
  const comune = pick(world.codes, act.who)!;
  const register = world.registers.get(comune)!;
  const subject = pick(register.soggetti, act.other);
  const tie = register.legami.find((l) => l['id_soggetto'] === subject?.['id_soggetto']);
  if (subject === undefined || tie === undefined) return;
  const id_soggetto = subject['id_soggetto']!;
  const said: readonly (readonly [string, Day, object])[] = [
    ['CITTADINANZA', on, { id_soggetto, cittadinanza: act.other % 2 === 0 ? FOREIGN : '201' }],
    ['GENERALITA', on, { id_soggetto, motivo: 'ALTRO', nome: NAMES.F[act.other % 4] }],
    ['STATO_CIVILE', on, { id_soggetto, stato_civile: '1' }],
    [
      'CAMBIO_ABITAZIONE',
      on,
      {
        id_famiglia: tie['id_famiglia'],
        famiglia: { id_famiglia: tie['id_famiglia'], ...world.address(act.other) },
      },
    ],
    [
      'ISCRIZIONE',
      '2012-03-04' as Day,
      {
        motivo: '3',
        soggetti: [
          {
            ...subject,
            iscritto_dal: '2012-03-04',
            motivo_iscrizione: '3',
            legame: { id_famiglia: tie['id_famiglia'], relazione: tie['relazione'] },
          },
        ],
      },
    ],
  ];
  const [operazione, decorrenza, dati] = said[act.who % said.length]!;
  const riferimento = { fornitura: 1 + (act.other % 7 === 0 ? 2 : 0), id_soggetto, fatto: operazione };
  if (act.other % 4 === 0)
    teller.tell(comune, operazione, on, registered, {}, { tipo: 'A', riferimento, dati: undefined });
  else teller.tell(comune, operazione, decorrenza, registered, dati, { tipo: 'R', riferimento });
};

export const RARER = { convivenza, card, land, fact } as const satisfies Partial<Record<Kind, Happening>>;
