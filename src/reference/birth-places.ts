/** Places as people name them, and the cadastral codes that a codice fiscale writes for them. */
import { type Day, firstDay, lastDay, type PartialDate } from '../kernel/day.ts';
import { nameKey } from '../kernel/text-keys.ts';
import type { ComuneSpell, Comuni } from './comuni.ts';
import type { State, States } from './states.ts';

/** A comune or a state in which somebody may be born. */
export interface BirthPlace {
  readonly kind: 'comune' | 'stato';
  /** ISTAT: six digits or three; null where it is not known, or for a state that is no more. */
  readonly code: string | null;
  readonly name: string;
  /** Plate of the province; null for a state. */
  readonly province: string | null;
  /** What the codice fiscale of somebody born there then has. */
  readonly cadastral: string;
  /** The first day on which it no longer was, or null. */
  readonly validTo: Day | null;
}

const ofComune = (spell: ComuneSpell): BirthPlace => ({
  kind: 'comune',
  code: spell.istat,
  name: spell.name,
  province: spell.province,
  cadastral: spell.cadastral,
  validTo: spell.validTo,
});

const ofState = (state: State): BirthPlace => ({
  kind: 'stato',
  code: state.code,
  name: state.name,
  province: null,
  cadastral: state.cadastral ?? '',
  validTo: state.validTo,
});

/** One for each cadastral code, the latest. */
function onePerCode(places: readonly BirthPlace[]): BirthPlace[] {
  return [...new Map(places.filter((p) => p.cadastral !== '').map((p) => [p.cadastral, p])).values()];
}

/**
 * The places that a text may mean: a name, an ISTAT code (of a comune or a state), a cadastral code.
 * @param birth only those that were there on some day that it may mean, unless there is none
 */
export function findBirthPlaces(
  reference: Comuni & States,
  text: string,
  birth: PartialDate | null,
): readonly BirthPlace[] {
  const spells = comuniNamed(reference, text);
  const states = statesNamed(reference, text);
  if (birth === null) return onePerCode([...spells.map(ofComune), ...states.map(ofState)]);
  const [first, last] = [firstDay(birth), lastDay(birth)];
  const then = spells.filter((s) => s.validFrom <= last && (s.validTo === null || first < s.validTo));
  // People go by the state that was there when they were born, or by the one that is there now.
  const standing = states.filter((s) => s.validTo === null || first < s.validTo);
  const found = onePerCode([...then.map(ofComune), ...standing.map(ofState)]);
  return found.length > 0 ? found : onePerCode([...spells.map(ofComune), ...states.map(ofState)]);
}

function comuniNamed(reference: Comuni, text: string): readonly ComuneSpell[] {
  if (/^\d{6}$/.test(text)) return reference.comuneSpells(text);
  if (/^[A-Y]\d{3}$/i.test(text)) return reference.comuniByCadastral(text.toUpperCase());
  return /^\d|^z\d{3}$/i.test(text) ? [] : reference.findComuniByName(text);
}

function statesNamed(reference: States, text: string): readonly State[] {
  const one = (state: State | null): readonly State[] => (state === null ? [] : [state]);
  if (/^\d{3}$/.test(text)) return one(reference.findState(text));
  if (/^z\d{3}$/i.test(text)) return one(reference.stateByCadastral(text.toUpperCase()));
  const key = /\d/.test(text) ? '' : nameKey(text);
  return key === '' ? [] : reference.listStates().filter(({ name }) => nameKey(name) === key);
}

/** Every cadastral code that the codice fiscale of somebody born there may have. */
export function cadastralCodesOf(reference: States, places: readonly BirthPlace[]): readonly string[] {
  const codes = places.flatMap((place) => [
    place.cadastral,
    ...(place.kind === 'stato' && place.code !== null ? reference.cadastralCodesOfState(place.code) : []),
  ]);
  return [...new Set(codes)];
}
