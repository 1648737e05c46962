/**
 * The comparison of pairs in columns (DuckDB): what entry-fields.ts says of two records, for all pairs at once. What SQL can say as
 * exactly is said here; names are compared by names.ts, once for each two that meet, and joined back. entry-fields.ts is the
 * definition: link-columns.test.ts holds every level of every pair against it.
 */
import type { ColumnStore, ColumnWriter } from '../../platform/columns/column-store.ts';
import { DATE_LEVEL } from './dates.ts';
import {
  BIRTH_CLOSE,
  BIRTH_COMPATIBLE,
  CODE_AS_DATA,
  CODE_OF_TWO,
  CODE_UNLIKE_DATA,
  GIVEN_LEVEL,
  GIVEN_OF_TWINS,
  SURNAME_LEVEL,
  SURNAME_SWAPPED,
} from './entry-fields.ts';
import { NAME_RELATIONS, type NameRelation } from './names.ts';

/** Of two names that names.ts must be asked about. */
const ASKED = 99;

/**
 * Might two names be related, or similar? It must be true of all that are; of those of which it is true names.ts is asked. Names
 * that are contained share a word. A slip is asked about by itself: where letters are repeated Jaro's measure takes the wrong one for
 * the same, and one slip leaves 0.74 ("Anastasia", "Nastasia"). Keys beyond ASCII, which DuckDB compares by byte, are wide.
 * Two exchanged are two steps of Levenshtein's, who takes a sixth of Damerau's time and leaves him few.
 */
const NEAR = `
  create macro sharing_word(x, y) as list_has_any(string_split(x, ' '), string_split(y, ' '));
  create macro near(x, x_key, x_sound, y, y_key, y_sound, wide) as
    case when x_sound = y_sound or wide then true
         when jaro_winkler_similarity(x_key, y_key) >= 0.8 then true
         when case when levenshtein(x_key, y_key) > 2 then false else damerau_levenshtein(x_key, y_key) <= 1 end then true
         when contains(x, ' ') or contains(y, ' ') then sharing_word(x, y)
         else false end`;

/** Birth dates (dates.ts): parts are 0 where they are not known. */
const DATES = `
  create macro digits_apart(x, y) as
    (x % 10 <> y % 10)::integer + (x // 10 % 10 <> y // 10 % 10)::integer + (x // 100 % 10 <> y // 100 % 10)::integer
      + (x // 1000 % 10 <> y // 1000 % 10)::integer;
  create macro exchanged_at(x, y, ten) as x // ten % 10 = y // (ten * 10) % 10 and x // (ten * 10) % 10 = y // ten % 10;
  create macro is_date_slip(y, y2, m, m2, d, d2) as
    case digits_apart(y, y2) + digits_apart(m, m2) + digits_apart(d, d2)
      when 1 then true
      when 2 then
        (digits_apart(y, y2) = 2
           and ((exchanged_at(y, y2, 1) and y // 100 = y2 // 100)
             or (exchanged_at(y, y2, 10) and y // 1000 = y2 // 1000 and y % 10 = y2 % 10)
             or (exchanged_at(y, y2, 100) and y % 100 = y2 % 100)))
        or (digits_apart(m, m2) = 2 and exchanged_at(m, m2, 1))
        or (digits_apart(d, d2) = 2 and exchanged_at(d, d2, 1))
      else false end;
  create macro date_level(y, m, d, y2, m2, d2) as
    case when y is null or y2 is null then -1
         when d = 0 or d2 = 0 then
           case when y <> y2 then ${DATE_LEVEL.diversa}
                when m = 0 or m2 = 0 or m = m2 then ${DATE_LEVEL.compatibile}
                else ${DATE_LEVEL['solo l’anno uguale']} end
         when y = y2 and m = m2 and d = d2 then ${DATE_LEVEL.uguale}
         when y = y2 and d = m2 and m = d2 then ${DATE_LEVEL['giorno e mese scambiati']}
         when is_date_slip(y, y2, m, m2, d, d2) then ${DATE_LEVEL['una cifra diversa']}
         when m = m2 and d = d2 then ${DATE_LEVEL['giorno e mese uguali']}
         when m = m2 and y = y2 then ${DATE_LEVEL['mese e anno uguali']}
         when y = y2 then ${DATE_LEVEL['solo l’anno uguale']}
         else ${DATE_LEVEL.diversa} end`;

export async function defineComparison(store: ColumnStore): Promise<void> {
  await store.run(`${NEAR}; ${DATES}`);
  await store.run(
    'create table relations (x varchar, y varchar, relation tinyint, related boolean, contained varchar)',
  );
}

/** places.ts, in the order of PLACE_LEVELS. */
const PLACE = `
  case when a.birth_comune is null or b.birth_comune is null then -1
       when a.birth_comune <> '' and b.birth_comune <> '' then
         case when a.birth_comune = b.birth_comune then 0
              when a.cadastral <> '' and b.cadastral <> '' and sharing_word(a.cadastral, b.cadastral) then 1
              else 4 end
       when a.birth_comune <> '' or b.birth_comune <> '' then 4
       when a.town <> '' and a.town = b.town then 2
       when a.state = b.state then 3
       else 4 end`;

/** codes.ts, in the order of CODE_LEVELS. */
const CODE = `
  case when a.code is null or b.code is null then -1
       when a.code = b.code then 0
       when a.code_base = b.code_base then case when a.code_validated and b.code_validated then ${CODE_OF_TWO} else 1 end
       when length(a.code_base) <> length(b.code_base) then -1
       when a.code_validated and b.code_validated then 7
       when a.code_fits and b.code_fits then ${CODE_AS_DATA}
       when length(a.code_base) <> 16 then 5
       when hamming(substr(a.code_base, 1, 15), substr(b.code_base, 1, 15)) <= 1 then 2
       when substr(a.code_base, 1, 11) = substr(b.code_base, 1, 11) then 3
       else 5 end`;

/** Parents and address as they compare by themselves; whether the two could be one is asked when the levels before are known. */
const PARENTS = `
  case when (a.father = b.father) is null and (a.mother = b.mother) is null then -1
       when (a.father = b.father) is not true and (a.mother = b.mother) is not true then 2
       when (a.father = b.father) is not false and (a.mother = b.mother) is not false then 0
       else 1 end`;
const ADDRESS = `
  case when a.comune <> b.comune or a.street is null or b.street is null then -1
       when a.street <> b.street then 2
       when a.civico is not distinct from b.civico then 0
       else 1 end`;

const NEAR_AS = (x: 'surname' | 'given', y: 'surname' | 'given'): string =>
  `near(a.${x}, a.${x}_key, a.${x}_sound, b.${y}, b.${y}_key, b.${y}_sound, a.wide or b.wide)`;
const NAME_AS = (name: 'surname' | 'given', far: number): string => `
  case when a.${name}_key is null or b.${name}_key is null then -1
       when a.${name}_key = b.${name}_key then 0
       when ${NEAR_AS(name, name)} then ${ASKED}
       else ${far} end`;
/** Surname and given name of two may have changed places: asked of surnames that are not equal. */
const CROSSED = `
  case when a.surname_key is null or b.surname_key is null or a.given_key is null or b.given_key is null then false
       when a.surname_key = b.surname_key then false
       when not ${NEAR_AS('surname', 'given')} then false
       else ${NEAR_AS('given', 'surname')} end`;
const TWINS = `
  coalesce(a.surname_key = b.surname_key and a.day <> 0 and a.year = b.year and a.month = b.month and a.day = b.day
           and (a.code_base = b.code_base) is not true, false)`;

/** Two names in one order, or nothing where they need not be asked about. */
const ordered = (asked: string, as: string, x: string, y: string): string =>
  `case when ${asked} then least(${x}, ${y}) end as ${as}_x, case when ${asked} then greatest(${x}, ${y}) end as ${as}_y`;

/** Bytes of a record while pairs are compared, generously. */
const RECORD_BYTES = 500;

/** Records of which two ranges lie in half of the memory: what does not fit goes to the disk, and every pair beside it. */
export const recordsAtOnce = (megabytes: number): number => Math.floor((megabytes * 1e6) / 4 / RECORD_BYTES);

const rangesOf = (records: number, atOnce: number): string[] =>
  Array.from(
    { length: Math.ceil(records / atOnce) },
    (_, i) => `between ${i * atOnce} and ${(i + 1) * atOnce - 1}`,
  );

/** Of pairs of two ranges of records, those that are neither of one entry nor known to be one person. */
const COMPARED = (pairs: string, a: string, b: string): string => `
  select * exclude (a_surname, a_given, b_surname, b_given, crossed),
         ${ordered(`surname = ${ASKED}`, 's', 'a_surname', 'b_surname')},
         ${ordered(`given = ${ASKED}`, 'g', 'a_given', 'b_given')},
         ${ordered('crossed', 'c', 'a_surname', 'b_given')},
         ${ordered('crossed', 'd', 'a_given', 'b_surname')}
    from (select p.a, p.b, p.learning,
                 (${NAME_AS('surname', SURNAME_LEVEL.far)})::tinyint as surname, (${NAME_AS('given', GIVEN_LEVEL.far)})::tinyint as given,
                 date_level(a.year, a.month, a.day, b.year, b.month, b.day)::tinyint as birth,
                 (case when a.sex = '' or b.sex = '' then -1 when a.sex = b.sex then 0 else 1 end)::tinyint as sex,
                 (${PLACE})::tinyint as place, (${CODE})::tinyint as code, (${PARENTS})::tinyint as parents,
                 (${ADDRESS})::tinyint as address, ${TWINS} as twins, ${CROSSED} as crossed,
                 substr(a.code_base, 7, 5) = substr(b.code_base, 7, 5) as code_days,
                 a.surname as a_surname, a.given as a_given, b.surname as b_surname, b.given as b_given
            from (select * from ${pairs} where a ${a} and b ${b}) p
            join (select * from records where record ${a}) a on a.record = p.a
            join (select * from records where record ${b}) b on b.record = p.b
           where a.entry_id <> b.entry_id and a.person_id <> b.person_id)`;

/**
 * Compares pairs: the table `compared_NAME`, a row for each but those of one entry or known to be one person, and `asked_NAME`, the
 * names to be compared, each two once.
 * @param pairs a table of pairs
 * @param records how many there are
 * @param atOnce records of a range: pairs are compared range by range
 */
export async function comparePlainly(
  store: ColumnStore,
  pairs: string,
  records: number,
  atOnce: number,
): Promise<void> {
  await store.run(`create table compared_${pairs} as ${COMPARED(pairs, '< 0', '< 0')}`);
  const ranges = rangesOf(records, atOnce);
  for (const a of ranges)
    for (const b of ranges) await store.run(`insert into compared_${pairs} ${COMPARED(pairs, a, b)}`);
  const asked = ['s', 'g', 'c', 'd'].map(
    (as) => `select ${as}_x as x, ${as}_y as y from compared_${pairs} where ${as}_x is not null`,
  );
  await store.run(
    `create table asked_${pairs} as
     select x, y from (${asked.join(' union ')}) q where not exists (select 1 from relations r where r.x = q.x and r.y = q.y)`,
  );
}

/** Names to be compared. */
export const askedBatches = (store: ColumnStore, pairs: string): AsyncGenerator<{ x: string; y: string }[]> =>
  store.batches(`select x, y from asked_${pairs}`);

/** Rows: two names, number of the relation, whether they are related, the key that is contained. */
export const appendRelations = (store: ColumnStore): Promise<ColumnWriter> => store.append('relations');

const LEVEL_OF = (relation: string, levels: Readonly<Record<NameRelation, number>>): string =>
  `case ${relation} ${NAME_RELATIONS.map((name, i) => `when ${i} then ${levels[name]}`).join(' ')} end`;

/**
 * The table `levels_NAME` of what was compared: a level for each field, as entry-fields.ts tells them, once the names are known.
 */
export async function finishLevels(store: ColumnStore, pairs: string): Promise<void> {
  const joined = ['s', 'g', 'c', 'd'].map(
    (as) => `left join relations ${as} on ${as}.x = q.${as}_x and ${as}.y = q.${as}_y`,
  );
  await store.run(
    `create table levels_${pairs} as
     with named as (
       select q.a, q.b, q.learning, q.birth, q.sex, q.place, q.parents, q.address, q.twins,
              case when q.surname = ${ASKED} then ${LEVEL_OF('s.relation', SURNAME_LEVEL)} else q.surname end as surname_level,
              case when q.given = ${ASKED} then ${LEVEL_OF('g.relation', GIVEN_LEVEL)} else q.given end as given_level,
              coalesce(c.related and d.related, false) as swapped,
              case when q.code = ${CODE_AS_DATA} and q.birth = ${BIRTH_COMPATIBLE} and not q.code_days and q.sex = 0
                   then ${CODE_UNLIKE_DATA} else q.code end as code
         from compared_${pairs} q ${joined.join(' ')}),
     surnamed as (
       select *, case when surname_level = ${SURNAME_LEVEL.far} and swapped then ${SURNAME_SWAPPED} else surname_level end as surname
         from named),
     given_named as (
       select *, case when given_level = -1 or surname = ${SURNAME_SWAPPED} then -1
                      when given_level = ${GIVEN_LEVEL.far} and twins then ${GIVEN_OF_TWINS}
                      else given_level end as given
         from surnamed)
     select a, b, learning, surname::tinyint as l0, given::tinyint as l1, birth as l2, sex as l3, place as l4, code::tinyint as l5,
            case when parents in (0, 1) and not could_be_one then -1 else parents end as l6,
            case when could_be_one then address else -1 end as l7
       from (select *, given < ${GIVEN_LEVEL.far} and birth <= ${BIRTH_CLOSE} and code < ${CODE_OF_TWO} as could_be_one from given_named);
     drop table compared_${pairs};
     drop table asked_${pairs}`,
  );
}
