/**
 * People registered twice under different data, and the list of them. In a share of the moves between two comuni the one that was left
 * holds wrong data; and some come back to a comune under a new number, who had left it before.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { YEAR } from '../calendar.ts';
import { COMUNI } from '../comuni.ts';
import type { Draft, Drafting } from '../drafting.ts';
import type { Person } from '../model.ts';
import { nearby } from '../moves.ts';
import { NATIONS } from '../names-foreign.ts';
import { fraction, hash, Random } from '../random.ts';
import { draftSolo } from '../solos.ts';
import { seenBefore, seenFrom } from '../view.ts';
import { MISTAKES, spoilCode } from './errors.ts';

/** Of the duplicates, those that come back to a register under a new number. */
const RETURNING = 0.1;
/** People whom moves make known to two registers, for each resident (moves.ts: units, of one person and a half). */
const KNOWN_TWICE = 0.053;
/** A second mistake in the same data. */
const SECOND = 0.15;
/** No mistake but in the code. */
const CODE_ALONE = 0.2;
const TRIES = 12;

const KINDS = Object.keys(MISTAKES);

/** Writes the person down with mistakes. @returns their names */
export function mistaken(person: Person, seed: number): string[] {
  const random = new Random(hash(seed, 'mistakes', person.owner));
  const made = new Set<string>();
  const wanted = random.chance(CODE_ALONE) ? 0 : random.chance(SECOND) ? 2 : 1;
  for (let i = 0; i < TRIES && made.size < wanted; i++) {
    const kind = random.pick(KINDS);
    if (!made.has(kind) && MISTAKES[kind]!(person, random)) made.add(kind);
  }
  return [...made, spoilCode(person, made.size > 0, random)];
}

/** Makes mistakes in a share of those whom the comune that was left knows. */
export function mistakenAmong(draft: Draft, seed: number, share: number): Draft {
  for (const person of draft.people)
    if (fraction(seed, 'duplicate', person.owner) < (share * (1 - RETURNING)) / KNOWN_TWICE)
      person.mistakes = mistaken(person, seed);
  return draft;
}

/** How many come back to a comune of so many residents under a new number. */
export const returning = (share: number, residents: number): number =>
  Math.floor(share * RETURNING * residents + 0.5);

/** Somebody who left the comune and came back, as one of the two numbers knows them. */
export function draftReturn(
  d: Drafting,
  seed: number,
  sizes: readonly number[],
  comune: number,
  serial: number,
  part: 'before' | 'after',
): Draft {
  d.begin(hash(seed, 'return', comune, serial), comune);
  const { random, today } = d;
  const away = today - 500 - Math.floor(random.float() * 20 * YEAR);
  const back = random.int(away + 200, today - 60);
  const nation = random.chance(0.16) ? NATIONS.draw(random) : null;
  const age = random.int(22, nation === null ? 68 : 48) + Math.floor((today - away) / YEAR);
  const elsewhere = COMUNI[nearby(random, sizes, comune)]!.code;
  const draft = draftSolo(d, { age, nation, plain: true, before: away - 90 });
  if (part === 'after') return seenFrom(draft, back, elsewhere);
  const before = seenBefore(draft, away, elsewhere);
  for (const person of before.people) person.mistakes = mistaken(person, seed);
  return before;
}

const HEADER = 'comune_a;id_soggetto_a;comune_b;id_soggetto_b;errori';

interface Known {
  readonly comune: string;
  readonly id: string;
  readonly code: string;
  readonly validity: string;
  readonly mistakes: readonly string[];
}

/**
 * `duplicati.csv`: every person known by two numbers whom no validated codice fiscale makes one, with the errors between the two; also
 * those whose code was simply never validated.
 */
export class DuplicateList {
  private readonly path: string;
  private readonly known = new Map<string, Known>();
  private rows: string[] = [HEADER];

  constructor(folder: string) {
    this.path = join(folder, 'duplicati.csv');
    writeFileSync(this.path, '');
  }

  /** @param unit what the person belongs to, the same under both numbers */
  note(unit: string, comune: string, person: Person): void {
    const key = `${unit} ${person.owner}`;
    const other = this.known.get(key);
    const { id, code, validity, mistakes } = person;
    if (other === undefined) {
      this.known.set(key, { comune, id, code, validity, mistakes });
      return;
    }
    this.known.delete(key);
    const joined =
      other.comune !== comune && other.code === code && other.validity === '1' && validity === '1';
    if (joined) return;
    const errors = [...other.mistakes, ...mistakes];
    this.rows.push(
      `${other.comune};${other.id};${comune};${id};${errors.length === 0 ? 'codice_non_validato' : errors.join(' ')}`,
    );
  }

  close(): void {
    appendFileSync(this.path, `${this.rows.join('\n')}\n`);
  }
}
