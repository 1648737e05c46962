/** Who heads a family after its intestatario died or left: told with the same supply mostly, later sometimes, never now and then. */
import type { Expected } from './event-log.ts';
import { type Clan, type Home, isHead, kinship, type Member } from './living.ts';
import { type Town, tell, type World } from './world.ts';

/** What is known, when somebody leaves a home, of the one who will head it. */
export interface Succession {
  /** What the event by which he goes is met with. */
  readonly expected: readonly Expected[];
  /** Is the supply that tells of the one the supply that tells of the other? */
  readonly atOnce: boolean;
  /** Tells who heads the family; to be called when the one who goes is out of the home. */
  readonly tell: () => void;
}

const NOTHING: Succession = { expected: [], atOnce: true, tell: () => {} };
/** T6: responsabile. */
const IN_CHARGE = '1';

function oldest(members: readonly Member[]): Member {
  return members.reduce((a, b) => (b.person.birth < a.person.birth ? b : a));
}

/** The spouse, else the oldest. */
function successor(home: Home, gone: Member): Member {
  const spouse = gone.person.status.spouse;
  const others = home.members.filter((member) => member !== gone);
  return others.find((member) => member.person === spouse) ?? oldest(others);
}

/** Plans who heads the home when `gone` leaves it on `day`, which the comune registers on `registrazione`. */
export function succession(
  world: World,
  clan: Clan,
  gone: Member,
  plan: {
    readonly day: number;
    readonly registrazione: number;
    readonly town: Town;
    readonly pratica?: string;
  },
): Succession {
  const { random, months } = world;
  const { home } = gone;
  if (!isHead(gone) || home.members.length < 2) return NOTHING;
  const { town, day } = plan;
  const next = successor(home, gone);
  if (home.convivenza) return { ...NOTHING, tell: () => nameInCharge(world, clan, town, home, next, plan) };
  const late = random.chance(0.06);
  const never = random.chance(0.012);
  const registrazione = late ? plan.registrazione + random.int(4, 60) : plan.registrazione;
  const atOnce = !never && months.of(registrazione) === months.of(plan.registrazione);
  const expected = atOnce ? [] : [{ codice: 'EF008', idSoggetto: '' }];
  return {
    expected,
    atOnce,
    tell: () => {
      const relations = home.members.map((member) => ({
        member,
        relation: member === next ? '1' : kinshipAfter(next, member, gone),
      }));
      for (const { member, relation } of relations) member.relation = relation;
      if (never) return;
      const others = relations.filter(({ member }) => member !== next);
      tell(world, clan, town, {
        operazione: 'FAMIGLIA',
        decorrenza: late ? registrazione : day,
        registrazione,
        ...(plan.pratica === undefined || late ? {} : { pratica: plan.pratica }),
        dati: {
          id_intestatario: next.person.id,
          relazioni: others.map(({ member, relation }) => ({
            id_soggetto: member.person.id,
            relazione: relation,
          })),
        },
      });
    },
  };
}

/** What somebody is to the new head; whoever lived with the old one lives with his family still. */
function kinshipAfter(next: Member, member: Member, gone: Member): string {
  const relation = kinship(next.person, member.person);
  const partner = next.relation === '23' || member.relation === '23';
  return relation === '13' && partner && gone.relation === '1' ? '23' : relation;
}

/** Another responsabile of a convivenza. */
function nameInCharge(
  world: World,
  clan: Clan,
  town: Town,
  home: Home,
  next: Member,
  plan: { readonly day: number; readonly registrazione: number },
): void {
  next.relation = IN_CHARGE;
  const at = { id_convivenza: home.id };
  tell(world, clan, town, {
    operazione: 'CONVIVENZA',
    decorrenza: plan.day,
    registrazione: plan.registrazione,
    dati: {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: home.id, id_responsabile: next.person.id },
      movimenti: [{ id_soggetto: next.person.id, da: at, a: at, relazione: IN_CHARGE }],
    },
  });
}
