/**
 * Where people were born: comuni with their ISTAT and cadastral codes, which kept both over the years given
 * (official archive of comuni), and states (ISTAT and cadastral codes of the ANPR table 2).
 */
import { COMUNI } from './comuni.ts';
import { type Random, Weighted } from './random.ts';

/** A place of birth, as the columns comune_nascita, stato_nascita and localita_nascita say it. */
export interface Place {
  /** Six digits, or '' when abroad. */
  readonly comune: string;
  /** Three digits, or '' when in Italy. */
  readonly state: string;
  readonly locality: string;
  /** What the codice fiscale ends in, before its check letter. */
  readonly cadastral: string;
}

interface Town extends Place {
  readonly from: number;
  readonly to: number;
}

const town = (comune: string, cadastral: string, from = 1900, to = 2100): Town => ({
  comune,
  state: '',
  locality: '',
  cadastral,
  from,
  to,
});

/** Weight 10 is about one in twenty of those born outside the province. */
const OUTSIDE: readonly (readonly [Town, number])[] = (
  [
    '037006 A944 40,035033 H223 38,020030 E897 16,038008 D548 12,034027 G337 10,037032 E289 4,039014 H199 5,033032 G535 4',
    '035020 D037 8,035024 E253 8,035040 I496 8,040007 C573 3,039010 D458 3,015146 F205 12,001272 L219 8,010025 D969 4',
    '017029 B157 4,023091 L781 6,028060 G224 5,029041 H620 6,024116 L840 3,026086 L407 3,027042 L736 3,016024 A794 2',
    '048017 D612 5,050026 G702 2,046017 E715 4,051002 A390 2,054039 G478 2,042002 A271 2,058091 H501 10,069022 C632 2',
    '063049 F839 40,065116 H703 14,064008 A509 6,062008 A783 6,063084 L259 8,065078 F912 6,063024 C129 8',
    '072006 A662 8,071024 D643 12,075035 E506 6,072004 A225 4,071051 I158 5,076063 G942 4,078045 D086 6,079023 C352 6',
    '080063 H224 6,082053 G273 10,087015 C351 10,083048 F158 5,084001 A089 8,085004 B429 6,081011 E974 3,090064 I452 5',
  ].join(',') as string
)
  .split(',')
  .map((item) => {
    const [comune, cadastral, weight] = item.split(' ');
    return [town(comune!, cadastral!), Number(weight)] as const;
  });

/** Comuni that are no more: those born there keep the code it had (EC007 asks for the code of the day). */
const GONE: readonly (readonly [Town, number])[] = [
  [town('037004', 'A726', 1900, 2013), 5],
  [town('037023', 'D158', 1900, 2013), 5],
  [town('037018', 'C191', 1900, 2013), 2],
  [town('037058', 'I474', 1911, 2013), 2],
  [town('035031', 'G654', 1900, 2015), 2],
  [town('035007', 'B283', 1900, 2015), 1],
];

/** Castelfranco came to the province, and to its code, on 24 February 1929; Palagano began on 25 January 1958. */
const LATE: Readonly<Record<string, number>> = { '036006': 1930, '036029': 1959 };
const own: readonly Town[] = COMUNI.map((c) => town(c.code, c.cadastral, LATE[c.code] ?? 1900));
const outside = new Weighted([...OUTSIDE, ...GONE]);
/** Where the hospitals are: most of those born after the war were born in one of them. */
const hospitals = new Weighted<number>([
  [22, 60],
  [4, 20],
  [21, 10],
  [39, 14],
  [29, 6],
  [45, 4],
]);

/** Comuni from which people come and to which they go, outside the province: ISTAT codes. */
export const elsewhere = new Weighted<string>(OUTSIDE.map(([place, weight]) => [place.comune, weight]));

/** A comune of birth for somebody of this comune born in `year`. */
export function birthComune(random: Random, homeIndex: number, year: number): Place {
  const home = own[homeIndex]!;
  if (random.chance(year < 1950 ? 0.75 : year < 1965 ? 0.35 : 0.02) && year >= home.from) return home;
  return own[hospitals.draw(random)]!;
}

/** A comune outside the province, for somebody born in `year`. */
export function birthOutside(random: Random, year: number): Place {
  for (;;) {
    const place = outside.draw(random);
    if (year >= place.from && year < place.to) return place;
  }
}

const foreign = (state: string, cadastral: string, locality: string): Place => ({
  comune: '',
  state,
  locality,
  cadastral,
});

const cache = new Map<string, Place>();

/** A place of birth abroad; one in three names no town. */
export function birthAbroad(
  random: Random,
  state: string,
  cadastral: string,
  towns: readonly string[],
): Place {
  const locality = random.chance(0.67) ? random.pick(towns) : '';
  const key = `${state}${locality}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const place = foreign(state, cadastral, locality);
  cache.set(key, place);
  return place;
}
