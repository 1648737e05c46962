/**
 * The questions asked most (who is this, with whom, since when, as known now) in one round trip each: key → numbers → facts → what they point to.
 * One statement sees one state of the register, so that what is held now is all there is to read: no table of what was held once, no instant to
 * compare with. Elsewhere the same is asked part by part, as known at any instant; a test holds the two to the same answers.
 *
 * A statement answers many questions of a kind, asked by different callers at once (platform/db/gathered.ts): each set and each row bears the place
 * of its question, so that none sees what another asked for. Rows come as text (platform/db/composite.ts).
 *
 * Everything is looked up by key, row by row: `offset 0` keeps the planner from a join planned by what tables hold (scale.md).
 */

import type { Day } from '../../kernel/day.ts';
import { gathered } from '../../platform/db/gathered.ts';
import type { Client } from '../../platform/db/pool.ts';
import { UNFLAGGED } from './doubts.sql.ts';
import { ENTRY_TABLES } from './facts.ts';
import { MOST_FOUND } from './find-person.sql.ts';
import type { PersonKey } from './person-key.ts';

/** A part of what was found, and one row of it. */
export interface NowRow {
  readonly part: string;
  readonly row: string;
}

/** Keys that lead to a few persons; of a name a search brings hundreds, which are loaded apart. */
export type DirectKey = Exclude<PersonKey, { kind: 'name' }>;

/** The rows of a table whose column is that of the set's row. @param what of the table's row f */
const looked = (table: string, column: string, key: string, what = 'f::text as row', and = ''): string =>
  `cross join lateral (select ${what} from ${table} f where f.${column} = ${key}${and} offset 0) f`;

/**
 * The persons asked about, by place. Days and keys come as one array each; a selection around them keeps PostgreSQL from planning by how many there are,
 * and so from planning each time anew.
 */
const ASKED = `
  asked as materialized (
    select a.place::int as place, a.d, a.code, a.entry_id, a.comune, a.id_soggetto
      from unnest((select $1::date[]), (select $2::text[]), (select $3::bigint[]), (select $4::text[]), (select $5::text[]))
        with ordinality as a (d, code, entry_id, comune, id_soggetto, place)
  ), person as materialized (
    select a.place, a.d, p.person_id from asked a
     cross join lateral (
       select p.person_id from person_entries p
        where p.entry_id = any(array(
          select k.entry_id from person_keys k where k.codice_fiscale = a.code
          union all select a.entry_id
          union all select r.entry_id from register_numbers r where r.comune = a.comune and r.id_soggetto = a.id_soggetto))
        group by p.person_id limit ${MOST_FOUND + 1}) p
  )`;

const MEMBERS = `
  member as materialized (
    select p.place, p.d, f.entry_id, p.person_id from person p ${looked('person_entries', 'person_id', 'p.person_id', 'f.entry_id')}
  ), scheda as materialized (
    select m.place, m.entry_id, m.person_id, f.comune, f.id_soggetto
      from member m ${looked('entries', 'entry_id', 'm.entry_id', 'f.comune, f.id_soggetto')}
  )`;

const KEYS = [
  // Of place 0: everybody's.
  `select 0 as place, 'clock' as part, row(last_recorded)::text as row from register_clock`,
  `select place, 'number', row(entry_id, person_id, comune, id_soggetto)::text from scheda`,
];
const FACTS = ENTRY_TABLES.map(
  (table) => `select m.place, '${table}', f.row from member m ${looked(table, 'entry_id', 'm.entry_id')}`,
);

/** Whom the facts name, by number or else by code: spouse, father, mother. */
const NAMED = `
  named as materialized (
    select s.place, s.comune, f.id_coniuge as id, f.cf_coniuge as code
      from scheda s ${looked('civil_statuses', 'entry_id', 's.entry_id', 'f.id_coniuge, f.cf_coniuge')}
     where f.id_coniuge is not null or f.cf_coniuge is not null
    union
    select s.place, s.comune, v.id, v.code
      from scheda s ${looked('parents', 'entry_id', 's.entry_id', 'f.id_padre, f.cf_padre, f.id_madre, f.cf_madre')}
     cross join lateral (values (f.id_padre, f.cf_padre), (f.id_madre, f.cf_madre)) v (id, code)
     where v.id is not null or v.code is not null
  ), referred as materialized (
    select n.place, f.entry_id from named n ${looked('register_numbers', 'comune', 'n.comune', 'f.entry_id', ' and f.id_soggetto = n.id')}
    union
    select n.place, f.entry_id from named n ${looked('person_keys', 'codice_fiscale', 'n.code', 'f.entry_id', ' and n.id is null')}
  )`;

/** Who names the person as father or mother, by "036023:S1" or by code; those that do not, once sealed facts are left out, are passed over. */
const CHILDREN = `
  word as materialized (
    select place, comune || ':' || id_soggetto as word from scheda
    union
    select m.place, f.codice_fiscale from member m ${looked('identities', 'entry_id', 'm.entry_id', 'f.codice_fiscale')}
     where f.codice_fiscale is not null
  ), child as materialized (
    select w.place, f.entry_id from word w ${looked('parents', 'father_key', 'w.word', 'f.entry_id')}
    union
    select w.place, f.entry_id from word w ${looked('parents', 'mother_key', 'w.word', 'f.entry_id')}
  )`;

/** The households that are or may be the person's on the day, and who is or may be in them then. A partial end may reach beyond its first day. */
const aroundDay = (d: string): string =>
  ` and f.valid_from <= ${d} and (f.valid_to > ${d} or f.to_text is not null)`;
const HOME = `
  home as materialized (
    select distinct m.place, m.d, f.household_id
      from member m ${looked('memberships', 'entry_id', 'm.entry_id', 'f.household_id', aroundDay('m.d'))}
  ), mate as materialized (
    select h.place, b.entry_id, f.row
      from home h
     cross join lateral (select b.entry_id from household_members b where b.household_id = h.household_id offset 0) b
     ${looked('memberships', 'entry_id', 'b.entry_id', undefined, ` and f.household_id = h.household_id${aroundDay('h.d')}`)}
  )`;

/** Every household the person was in. */
const STAYS = `
  stay as materialized (
    select distinct m.place, f.household_id from member m ${looked('memberships', 'entry_id', 'm.entry_id', 'f.household_id')}
  )`;
const HOUSEHOLDS = `select s.place, 'households', f.row from stay s ${looked('households', 'household_id', 's.household_id')}`;

/**
 * What moves of which one half is there alone want to know: the supplies behind registrations, and how far their comuni have told their story; and
 * whether anything of the person is being mended (doubts.sql.ts).
 */
const MOVES = `
  move as materialized (
    select m.place, f.event_id, f.end_event_id, f.comune_provenienza, f.comune_destinazione
      from member m ${looked('registrations', 'entry_id', 'm.entry_id', 'f.event_id, f.end_event_id, f.comune_provenienza, f.comune_destinazione')}
  )`;
const SUPPLY = (what: string): string =>
  `${looked('events', 'event_id', 'e.id', 'f.*')}
     cross join lateral (select ${what} from supplies s where s.supply_id = f.supply_id offset 0) s`;
const EVIDENCE = [
  `select e.place, 'source', s.row
     from (select place, event_id as id from move union select place, end_event_id from move where end_event_id is not null) e
     ${SUPPLY('row(f.event_id, f.registrazione, s.tipo, f.operazione, s.situazione_al)::text as row')}`,
  `select c.place, 'situation', row(c.comune, t.situazione_al)::text
     from (select place, comune_provenienza as comune from move where comune_provenienza is not null
           union select place, comune_destinazione from move where comune_destinazione is not null
           union select place, comune from scheda) c
     cross join lateral (select max(s.situazione_al) as situazione_al from supplies s
                          where s.comune = c.comune and s.esito <> 'RIFIUTATA') t
    where t.situazione_al is not null`,
  `select s.place, 'doubt', row(s.entry_id)::text from scheda s
    where exists (
            select from set_aside a join supplies v on v.supply_id = a.supply_id and v.recorded_at is not null
              left join supplies c on c.supply_id = a.chiusa_da
             where a.comune = s.comune and a.id_soggetto = s.id_soggetto and a.id_soggetto <> '' and c.recorded_at is null)
       or exists (select from reconciliation_findings f where f.entry_id = s.entry_id and ${UNFLAGGED} and f.closed_at is null)`,
];

/** Somebody else: their entry, whose it is, their identities, and what seals say of them (sealsOf, of facts.sql.ts). */
const OTHERS = (sets: readonly string[]): { readonly cte: string; readonly parts: readonly string[] } => ({
  cte: `
  other as materialized (
    select o.place, o.entry_id, p.person_id
      from (${sets.map((set) => `select place, entry_id from ${set}`).join(' union ')}) o
      left join lateral (select p.person_id from person_entries p where p.entry_id = o.entry_id offset 0) p on true
  ), sealing as materialized (
    select o.place, o.entry_id as of_entry, f.entry_id
      from other o ${looked('person_entries', 'person_id', 'o.person_id', 'f.entry_id')}
     where exists (select from identities s where s.entry_id = f.entry_id and s.sealed)
  )`,
  parts: [
    `select o.place, 'other', row(o.entry_id, o.person_id, f.comune, f.id_soggetto)::text
       from other o ${looked('entries', 'entry_id', 'o.entry_id', 'f.comune, f.id_soggetto')}`,
    `select o.place, 'other identities', f.row from other o ${looked('identities', 'entry_id', 'o.entry_id')}`,
    `select s.place, 'seals', row(s.of_entry, f.row)::text from sealing s ${looked('identities', 'entry_id', 's.entry_id')}`,
  ],
});

const statement = (ctes: readonly string[], parts: readonly string[]): string =>
  `with ${ctes.join(',')}\n${parts.join('\nunion all\n')}`;

const ids = (part: string, set: string): string => `select place, '${part}', row(entry_id)::text from ${set}`;

const PERSON = (): string => {
  const others = OTHERS(['referred', 'child']);
  return statement(
    [ASKED, MEMBERS, STAYS, MOVES, NAMED, CHILDREN, HOME, others.cte],
    [
      ...KEYS,
      ...FACTS,
      HOUSEHOLDS,
      ...EVIDENCE,
      ids('referred', 'referred'),
      ids('child', 'child'),
      `select c.place, 'child parents', f.row from child c ${looked('parents', 'entry_id', 'c.entry_id')}`,
      `select place, 'mate', row from mate`,
      ...others.parts,
    ],
  );
};

const FAMILY = (): string => {
  const others = OTHERS(['referred', 'mate']);
  return statement(
    [ASKED, MEMBERS, STAYS, MOVES, NAMED, HOME, others.cte],
    [
      ...KEYS,
      ...FACTS,
      HOUSEHOLDS,
      ...EVIDENCE,
      ids('referred', 'referred'),
      `select place, 'mate', row from mate`,
      `select m.place, 'mate protections', f.row from (select distinct place, entry_id from mate) m ${looked('protections', 'entry_id', 'm.entry_id')}`,
      `select h.place, 'household_addresses', f.row from home h ${looked('household_addresses', 'household_id', 'h.household_id')}`,
      ...others.parts,
    ],
  );
};

/** With who said each fact, and whose the entries are (history.sql.ts). */
const HISTORY = (): string =>
  statement(
    [
      ASKED,
      MEMBERS,
      STAYS,
      MOVES,
      `
  fact as materialized (
    ${ENTRY_TABLES.map(
      (table) =>
        `select m.place, '${table}' as part, f.event_id, f.row from member m ${looked(table, 'entry_id', 'm.entry_id', 'f.event_id, f::text as row')}`,
    ).join('\n    union all\n    ')}
  ), link as materialized (
    select m.place, f.* from member m
      ${looked('person_entries', 'entry_id', 'm.entry_id', 'f.entry_id, f.person_id, f.basis, f.event_id, f.decision_id, f.recorded_from')}
  )`,
    ],
    [
      ...KEYS,
      'select place, part, row from fact',
      HOUSEHOLDS,
      ...EVIDENCE,
      `select l.place, 'link', row(l.entry_id, l.person_id, l.basis, l.event_id, l.decision_id, d.operator, d.reason, l.recorded_from)::text
         from link l left join lateral (
           select d.operator, d.reason from linkage_decisions d where d.decision_id = l.decision_id offset 0) d on true`,
      `select e.place, 'said', s.row
         from (select place, event_id as id from fact union select place, event_id from link where event_id is not null) e
         ${SUPPLY('row(f.event_id, s.ricevuta, s.file_name, f.operazione, f.tipo, f.id_evento, f.registrazione)::text as row')}`,
      `select s.place, 'household name', f.row
         from stay s ${looked('households_past', 'household_id', 's.household_id', 'row(f.household_id, f.comune, f.kind, f.id_household)::text as row')}`,
    ],
  );

const STATEMENTS = { person: PERSON(), family: FAMILY(), history: HISTORY() } as const;
export type NowQuestion = keyof typeof STATEMENTS;

/** Somebody's question: whom, on which day. */
export interface AskedNow {
  readonly key: DirectKey;
  readonly d: Day;
}

/** All that the questions want to know of whoever bears each key, as held now, in the order asked. */
export async function listNow(
  db: Client,
  question: NowQuestion,
  asked: readonly AskedNow[],
): Promise<readonly (readonly NowRow[])[]> {
  const keys = asked.map(({ key }) => key);
  const { rows } = await db.query<NowRow & { readonly place: number }>({
    name: `now-${question}`,
    text: STATEMENTS[question],
    values: [
      asked.map(({ d }) => d),
      keys.map((key) => (key.kind === 'code' ? key.codice_fiscale : null)),
      keys.map((key) => (key.kind === 'provincial' ? key.entryId : null)),
      keys.map((key) => (key.kind === 'number' ? key.comune : null)),
      keys.map((key) => (key.kind === 'number' ? key.id_soggetto : null)),
    ],
  });
  const found: NowRow[][] = asked.map(() => []);
  for (const row of rows)
    if (row.place > 0) found[row.place - 1]?.push(row);
    else for (const own of found) own.push(row);
  return found;
}

/** Answers one question as known now. */
export type LoadNow = (question: NowQuestion, asked: AskedNow) => Promise<readonly NowRow[]>;

/** Each question in a round trip of its own. */
export const loadingAlone =
  (db: Client): LoadNow =>
  async (question, asked) =>
    (await listNow(db, question, [asked]))[0]!;

/** Questions of one round trip: so many that more save nothing, and so few that one of a large community does not hold up many. */
const MOST_TOGETHER = 16;
const TRIPS_AT_ONCE = 2;

/** Questions that are asked at once go together, each kind by itself: for a server that many ask. */
export function loadingTogether(db: Client): LoadNow {
  const ask = (question: NowQuestion) =>
    gathered((asked: readonly AskedNow[]) => listNow(db, question, asked), {
      most: MOST_TOGETHER,
      atOnce: TRIPS_AT_ONCE,
    });
  const kinds = { person: ask('person'), family: ask('family'), history: ask('history') };
  return (question, asked) => kinds[question](asked);
}
