/**
 * Alerts (security.md, control 30): rules that are data, read over the leaves of a period. Pure. An alert is a question to be put to
 * somebody, never a verdict: it names leaves, which say who, when and why.
 */
import { z } from 'zod';
import type { FoundLeaf } from './search.sql.ts';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Window = z.strictObject({ minutes: z.int().min(1).max(100_000), most: z.int().min(1).max(1_000_000) });

/** The parameters of each kind of rule. */
export const AlertRule = z.discriminatedUnion('kind', [
  z.strictObject({
    id: z.string(),
    kind: z.literal('odd-hours'),
    /** Hours of Rome; the night where `from` is after `to`. Of bodies of the kinds excepted, no hour is odd. */
    parameters: z.strictObject({
      from: Clock,
      to: Clock,
      sundays: z.boolean(),
      exceptKinds: z.array(z.string()),
    }),
  }),
  /** More persons answered to one user within the minutes. */
  z.strictObject({ id: z.string(), kind: z.literal('volume'), parameters: Window }),
  /** More refusals to one user within the minutes. */
  z.strictObject({ id: z.string(), kind: z.literal('refusals'), parameters: Window }),
  /** Somebody of the same body, or oneself. */
  z.strictObject({ id: z.string(), kind: z.literal('colleagues'), parameters: z.strictObject({}) }),
  /** Who lives with the user, or at the same number. */
  z.strictObject({ id: z.string(), kind: z.literal('neighbours'), parameters: z.strictObject({}) }),
  /** Persons whom many are curious about, by their names here (P123). */
  z.strictObject({
    id: z.string(),
    kind: z.literal('well-known'),
    parameters: z.strictObject({ subjects: z.array(z.string()).max(10_000) }),
  }),
  /** One person looked at by so many users within the days. */
  z.strictObject({
    id: z.string(),
    kind: z.literal('looked-up-by-many'),
    parameters: z.strictObject({ days: z.int().min(1).max(31), users: z.int().min(2).max(10_000) }),
  }),
]);
export type AlertRule = z.infer<typeof AlertRule>;
export type AlertKind = AlertRule['kind'];

export interface Alert {
  readonly rule: string;
  readonly kind: AlertKind;
  /** Null where several users make it. */
  readonly user: string | null;
  /** Whom it is about, where the rule knows (P123); null otherwise. */
  readonly subject: string | null;
  /** In the order of the tree. */
  readonly leaves: readonly number[];
}

/** What the rules must know beside the leaves. */
export interface AlertWorld {
  /** The kind of each body. */
  readonly bodyKinds: ReadonlyMap<string, string>;
  /** For each user, the commitments of colleagues (and oneself), and of neighbours, over the period → their names. */
  readonly colleagues: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly neighbours: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Commitments of a person by name, over the period. */
  commitmentsOf(subject: string): readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Of<K extends AlertKind> = Extract<AlertRule, { readonly kind: K }>;
type Judge<K extends AlertKind> = (
  rule: Of<K>,
  leaves: readonly FoundLeaf[],
  world: AlertWorld,
) => readonly Omit<Alert, 'rule' | 'kind'>[];

const JUDGES: { readonly [K in AlertKind]: Judge<K> } = {
  'odd-hours': ({ parameters }, leaves, { bodyKinds }) =>
    byUser(
      leaves.filter((leaf) => {
        const kind = leaf.body === null ? undefined : bodyKinds.get(leaf.body);
        return (kind === undefined || !parameters.exceptKinds.includes(kind)) && isOdd(leaf.at, parameters);
      }),
    ).map(([user, own]) => ({ user, subject: null, leaves: indexes(own) })),
  volume: ({ parameters }, leaves) =>
    crowded(
      leaves.filter((leaf) => leaf.outcome === 'answered'),
      parameters.minutes,
      parameters.most,
      (leaf) => leaf.count,
    ),
  refusals: ({ parameters }, leaves) =>
    crowded(
      leaves.filter((leaf) => leaf.outcome === 'refused'),
      parameters.minutes,
      parameters.most,
      () => 1,
    ),
  colleagues: (_, leaves, world) => ofCircle(leaves, world.colleagues),
  neighbours: (_, leaves, world) => ofCircle(leaves, world.neighbours),
  'well-known': ({ parameters }, leaves, world) => {
    const names = new Map(
      parameters.subjects.flatMap((subject) =>
        world.commitmentsOf(subject).map((commitment) => [commitment, subject] as const),
      ),
    );
    return byUser(leaves).flatMap(([user, own]) => bySubject(user, own, names));
  },
  'looked-up-by-many': ({ parameters }, leaves) => lookedUpByMany(leaves, parameters),
};

/** @param leaves of the period, those that are about persons, in the order of the tree */
export function alertsOf(
  rules: readonly AlertRule[],
  leaves: readonly FoundLeaf[],
  world: AlertWorld,
): Alert[] {
  return rules.flatMap((rule) => {
    const judge = JUDGES[rule.kind] as Judge<AlertKind>;
    return judge(rule, leaves, world).map((alert) => ({ rule: rule.id, kind: rule.kind, ...alert }));
  });
}

const indexes = (leaves: readonly FoundLeaf[]): number[] => leaves.map((leaf) => leaf.index);

/** The leaves of each user or, where none is, of each client. */
function byUser(leaves: readonly FoundLeaf[]): [string, FoundLeaf[]][] {
  return [...Map.groupBy(leaves, (leaf) => leaf.user ?? leaf.client ?? '')].filter(([who]) => who !== '');
}

const ROME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** @param at ISO instant */
export function isOdd(at: string, hours: Of<'odd-hours'>['parameters']): boolean {
  const parts = Object.fromEntries(ROME.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  if (hours.sundays && parts['weekday'] === 'Sun') return true;
  const time = `${parts['hour']}:${parts['minute']}`;
  return hours.from <= hours.to
    ? hours.from <= time && time < hours.to
    : hours.from <= time || time < hours.to;
}

/** One alert a user: the leaves of every window in which more was answered than the rule allows. */
function crowded(
  leaves: readonly FoundLeaf[],
  minutes: number,
  most: number,
  weight: (leaf: FoundLeaf) => number,
): Omit<Alert, 'rule' | 'kind'>[] {
  return byUser(leaves).flatMap(([user, unsorted]) => {
    const own = unsorted.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index));
    const over = new Set<number>();
    let first = 0;
    let sum = 0;
    own.forEach((leaf, last) => {
      sum += weight(leaf);
      while (Date.parse(leaf.at) - Date.parse(own[first]!.at) >= minutes * MINUTE_MS)
        sum -= weight(own[first++]!);
      if (sum > most) for (let i = first; i <= last; i++) over.add(own[i]!.index);
    });
    return over.size === 0 ? [] : [{ user, subject: null, leaves: [...over].sort((a, b) => a - b) }];
  });
}

function ofCircle(
  leaves: readonly FoundLeaf[],
  circles: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Omit<Alert, 'rule' | 'kind'>[] {
  return byUser(leaves).flatMap(([user, own]) => bySubject(user, own, circles.get(user) ?? new Map()));
}

/** One alert a user and person among those named. */
function bySubject(
  user: string,
  leaves: readonly FoundLeaf[],
  names: ReadonlyMap<string, string>,
): Omit<Alert, 'rule' | 'kind'>[] {
  const found = new Map<string, Set<number>>();
  for (const leaf of leaves)
    for (const commitment of leaf.subjects) {
      const name = names.get(commitment);
      if (name === undefined) continue;
      const of = found.get(name) ?? new Set();
      found.set(name, of.add(leaf.index));
    }
  return [...found].map(([subject, of]) => ({ user, subject, leaves: [...of] }));
}

/** A commitment is of one month: who is looked up by many across its end is counted on each side. */
function lookedUpByMany(
  leaves: readonly FoundLeaf[],
  { days, users }: Of<'looked-up-by-many'>['parameters'],
): Omit<Alert, 'rule' | 'kind'>[] {
  const looks = leaves.flatMap((leaf) => leaf.subjects.map((commitment) => ({ commitment, leaf })));
  return [...Map.groupBy(looks, (look) => look.commitment).values()].flatMap((of) => {
    const own = of
      .map(({ leaf }) => leaf)
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index));
    const over = new Set<number>();
    let first = 0;
    own.forEach((leaf, last) => {
      while (Date.parse(leaf.at) - Date.parse(own[first]!.at) >= days * DAY_MS) first++;
      const within = own.slice(first, last + 1);
      if (new Set(within.map((l) => l.user ?? l.client)).size >= users)
        for (const l of within) over.add(l.index);
    });
    return over.size === 0 ? [] : [{ user: null, subject: null, leaves: [...over].sort((a, b) => a - b) }];
  });
}
