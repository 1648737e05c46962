/**
 * The questions asked most (who is this, with whom, since when, as known now) in one round trip each: key → numbers → facts → what they point to.
 * One statement sees one state of the register, so that what is held now is all there is to read: no table of what was held once, no instant to
 * compare with. Elsewhere the same is asked part by part, as known at any instant; a test holds the two to the same answers.
 *
 * Every part is read by a list of numbers, for a join would be planned by what its tables hold (scale.md). Rows come as text (platform/db/composite.ts).
 */

import type { Day } from '../../kernel/day.ts';
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

const HIT: Readonly<Record<DirectKey['kind'], string>> = {
  code: 'select entry_id from person_keys where codice_fiscale = $2',
  provincial: 'select $2::bigint as entry_id',
  number: 'select entry_id from register_numbers where comune = $2 and id_soggetto = $3',
};

/** $1 is the day asked about; the key follows. */
const PERSONS = (kind: DirectKey['kind']): string => personsOf(HIT[kind], MOST_FOUND + 1);

const personsOf = (hit: string, most: number): string => `
  with hit as materialized (${hit}),
  person as materialized (
    select p.person_id from person_entries p where p.entry_id = any(array(select entry_id from hit))
    group by p.person_id limit ${most}
  ), member as materialized (
    select p.entry_id, p.person_id from person_entries p where p.person_id = any(array(select person_id from person))
  ), scheda as materialized (
    select e.entry_id, e.comune, e.id_soggetto from entries e where e.entry_id = any(array(select entry_id from member))
  )`;

const KEYS = [
  // The day is named in every statement, so that each has it as its first value.
  `select 'clock' as part, row(last_recorded, $1::date)::text as row from register_clock`,
  `select 'number', row(s.entry_id, m.person_id, s.comune, s.id_soggetto)::text from scheda s join member m on m.entry_id = s.entry_id`,
];
const CORE = [
  ...KEYS,
  ...ENTRY_TABLES.map(
    (table) =>
      `select '${table}', f::text from ${table} f where f.entry_id = any(array(select entry_id from member))`,
  ),
];

/** Whom the facts name, by number or else by code: spouse, father, mother. */
const NAMED = `
  named as materialized (
    select s.comune, c.id_coniuge as id, c.cf_coniuge as code from civil_statuses c join scheda s on s.entry_id = c.entry_id
     where c.entry_id = any(array(select entry_id from member)) and (c.id_coniuge is not null or c.cf_coniuge is not null)
    union
    select s.comune, v.id, v.code from parents p join scheda s on s.entry_id = p.entry_id
     cross join lateral (values (p.id_padre, p.cf_padre), (p.id_madre, p.cf_madre)) v (id, code)
     where p.entry_id = any(array(select entry_id from member)) and (v.id is not null or v.code is not null)
  ), referred as materialized (
    select r.entry_id from named n join register_numbers r on r.comune = n.comune and r.id_soggetto = n.id
    union
    select k.entry_id from person_keys k
     where k.codice_fiscale = any(array(select n.code from named n where n.id is null))
  )`;

/** Who names the person as father or mother, by "036023:S1" or by code; those that do not, once sealed facts are left out, are passed over. */
const CHILDREN = `
  word as materialized (
    select s.comune || ':' || s.id_soggetto as word from scheda s
    union all
    select i.codice_fiscale from identities i
     where i.entry_id = any(array(select entry_id from member)) and i.codice_fiscale is not null
  ), child as materialized (
    select p.entry_id from parents p
     where p.father_key = any(array(select word from word)) or p.mother_key = any(array(select word from word))
  )`;

/** The households that are or may be the person's on the day, and who is or may be in them then. A partial end may reach beyond its first day. */
const AROUND_DAY = 'f.valid_from <= $1::date and (f.valid_to > $1::date or f.to_text is not null)';
const HOME = `
  home as materialized (
    select f.household_id from memberships f where f.entry_id = any(array(select entry_id from member)) and ${AROUND_DAY}
  ), mate as materialized (
    select f.entry_id, f::text as row from memberships f
     where f.entry_id = any(array(select m.entry_id from household_members m where m.household_id = any(array(select household_id from home))))
       and f.household_id = any(array(select household_id from home)) and ${AROUND_DAY}
  )`;

/** The names of every household the person was in. */
const HOUSEHOLDS = `select 'households', f::text from households f
   where f.household_id = any(array(select m.household_id from memberships m where m.entry_id = any(array(select entry_id from member))))`;

/**
 * What moves of which one half is there alone want to know: the supplies behind registrations, and how far their comuni have told their story; and
 * whether anything of the person is being mended (doubts.sql.ts).
 */
const EVIDENCE = [
  `select 'source', row(v.event_id, v.registrazione, s.tipo, v.operazione, s.situazione_al)::text
     from events v join supplies s on s.supply_id = v.supply_id
    where v.event_id = any(array(
      select e.id from registrations r cross join lateral (values (r.event_id), (r.end_event_id)) e (id)
       where r.entry_id = any(array(select entry_id from member))))`,
  `select 'situation', row(c.comune, t.situazione_al)::text
     from (select o.comune from registrations r cross join lateral (values (r.comune_provenienza), (r.comune_destinazione)) o (comune)
            where r.entry_id = any(array(select entry_id from member)) and o.comune is not null
           union select comune from scheda) c
     cross join lateral (select max(s.situazione_al) as situazione_al from supplies s
                          where s.comune = c.comune and s.esito <> 'RIFIUTATA') t
    where t.situazione_al is not null`,
  `select 'doubt', row(s.entry_id)::text from scheda s
    where exists (
            select from set_aside a join supplies v on v.supply_id = a.supply_id and v.recorded_at is not null
              left join supplies c on c.supply_id = a.chiusa_da
             where a.comune = s.comune and a.id_soggetto = s.id_soggetto and a.id_soggetto <> '' and c.recorded_at is null)
       or exists (select from reconciliation_findings f where f.entry_id = s.entry_id and ${UNFLAGGED} and f.closed_at is null)`,
];

/** Somebody else: their entry, whose it is, their identities, and what seals say of them (sealsOf, of facts.sql.ts). */
const OTHERS = (
  sets: readonly string[],
  identities: boolean,
): { readonly cte: string; readonly parts: readonly string[] } => ({
  cte: `
  other as materialized (${sets.map((set) => `select entry_id from ${set}`).join(' union ')}),
  holder as materialized (
    select p.entry_id, p.person_id from person_entries p where p.entry_id = any(array(select entry_id from other))
  ), sealing as materialized (
    select s.entry_id from identities s
     where s.sealed and s.entry_id = any(array(
       select q.entry_id from person_entries q where q.person_id = any(array(select person_id from holder))))
  )`,
  parts: [
    `select 'other', row(e.entry_id, h.person_id, e.comune, e.id_soggetto)::text
       from entries e left join holder h on h.entry_id = e.entry_id where e.entry_id = any(array(select entry_id from other))`,
    ...(identities
      ? [
          `select 'other identities', f::text from identities f where f.entry_id = any(array(select entry_id from other))`,
        ]
      : []),
    `select 'seals', row(h.entry_id, f::text)::text
       from identities f join person_entries q on q.entry_id = f.entry_id join holder h on h.person_id = q.person_id
      where f.entry_id = any(array(select entry_id from sealing)) and q.entry_id = any(array(select entry_id from sealing))`,
  ],
});

const statement = (kind: DirectKey['kind'], ctes: readonly string[], parts: readonly string[]): string =>
  `${[PERSONS(kind), ...ctes].join(',')}\n${parts.join('\nunion all\n')}`;

const ids = (part: string, set: string): string => `select '${part}', row(entry_id)::text from ${set}`;

const PERSON = (kind: DirectKey['kind']): string => {
  const others = OTHERS(['referred', 'child'], true);
  return statement(
    kind,
    [NAMED, CHILDREN, HOME, others.cte],
    [
      ...CORE,
      HOUSEHOLDS,
      ...EVIDENCE,
      ids('referred', 'referred'),
      ids('child', 'child'),
      `select 'child parents', f::text from parents f where f.entry_id = any(array(select entry_id from child))`,
      `select 'mate', row from mate`,
      ...others.parts,
    ],
  );
};

const FAMILY = (kind: DirectKey['kind']): string => {
  const others = OTHERS(['referred', 'mate'], true);
  return statement(
    kind,
    [NAMED, HOME, others.cte],
    [
      ...CORE,
      HOUSEHOLDS,
      ...EVIDENCE,
      ids('referred', 'referred'),
      `select 'mate', row from mate`,
      `select 'mate protections', f::text from protections f where f.entry_id = any(array(select entry_id from mate))`,
      `select 'household_addresses', f::text from household_addresses f where f.household_id = any(array(select household_id from home))`,
      ...others.parts,
    ],
  );
};

/** With who said each fact, and whose the entries are (history.sql.ts). */
const HISTORY = (kind: DirectKey['kind']): string =>
  statement(
    kind,
    [
      `
  fact as materialized (
    ${ENTRY_TABLES.map(
      (table) =>
        `select '${table}' as part, f.event_id, f::text as row from ${table} f where f.entry_id = any(array(select entry_id from member))`,
    ).join('\n    union all\n    ')}
  ), link as materialized (
    select p.entry_id, p.person_id, p.basis, p.event_id, p.decision_id, p.recorded_from from person_entries p
     where p.entry_id = any(array(select entry_id from member))
  )`,
    ],
    [
      ...KEYS,
      'select part, row from fact',
      HOUSEHOLDS,
      ...EVIDENCE,
      `select 'link', row(l.entry_id, l.person_id, l.basis, l.event_id, l.decision_id, d.operator, d.reason, l.recorded_from)::text
         from link l left join linkage_decisions d on d.decision_id = l.decision_id`,
      `select 'said', row(v.event_id, s.ricevuta, s.file_name, v.operazione, v.tipo, v.id_evento, v.registrazione)::text
         from events v join supplies s on s.supply_id = v.supply_id
        where v.event_id = any(array(select event_id from fact union select event_id from link))`,
      `select 'household name', row(h.household_id, h.comune, h.kind, h.id_household)::text
         from households_past h
        where h.household_id = any(array(select m.household_id from memberships m where m.entry_id = any(array(select entry_id from member))))`,
    ],
  );

const STATEMENTS = { person: PERSON, family: FAMILY, history: HISTORY } as const;
export type NowQuestion = keyof typeof STATEMENTS;

/** Texts are put together once. */
const texts = new Map<string, string>();
function textOf(
  question: NowQuestion,
  kind: DirectKey['kind'],
): { readonly name: string; readonly text: string } {
  const name = `now-${question}-${kind}`;
  let text = texts.get(name);
  if (text === undefined) {
    text = STATEMENTS[question](kind);
    texts.set(name, text);
  }
  return { name, text };
}

function valuesOf(key: DirectKey): readonly unknown[] {
  switch (key.kind) {
    case 'code':
      return [key.codice_fiscale];
    case 'provincial':
      return [key.entryId];
    case 'number':
      return [key.comune, key.id_soggetto];
  }
}

/** All that the question wants to know of whoever bears the key, as held now. @param d the day asked about */
export async function loadNow(
  db: Client,
  question: NowQuestion,
  key: DirectKey,
  d: Day,
): Promise<readonly NowRow[]> {
  const { rows } = await db.query<NowRow>({
    ...textOf(question, key.kind),
    values: [d, ...valuesOf(key)],
  });
  return rows;
}

/** What leads to entries: a statement that gives entry_id, $1 being the day asked about and its own values following. */
export interface HitsNow {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Every fact of the persons to whom the hits lead, and what their flags need, as held now. @param most persons */
export async function loadHitsNow(
  db: Client,
  hits: HitsNow,
  d: Day,
  most: number,
): Promise<readonly NowRow[]> {
  const name = `now-hits-${hits.name}-${most}`;
  let text = texts.get(name);
  if (text === undefined) {
    text = `${personsOf(hits.text, most)}\n${[...CORE, ...EVIDENCE].join('\nunion all\n')}`;
    texts.set(name, text);
  }
  const { rows } = await db.query<NowRow>({ name, text, values: [d, ...hits.values] });
  return rows;
}
