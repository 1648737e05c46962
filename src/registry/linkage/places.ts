/** Places of birth as they are compared: a comune under another code is the same comune; of a foreign place the town may be unknown. Pure. */
import { nameKey } from '../../kernel/text-keys.ts';

export interface PlaceForm {
  /** ISTAT code of the comune; '' abroad. */
  readonly comune: string;
  /** Cadastral codes that the comune has had: one that was renamed, or passed to another province, shares them. */
  readonly cadastral: readonly string[];
  /** ISTAT code of the foreign state; '' in Italy. */
  readonly state: string;
  /** Key of the town abroad; '' where it is not known. */
  readonly town: string;
}

export const PLACE_LEVELS = [
  'uguale',
  'stesso comune con un altro codice',
  'stessa località estera',
  'stesso stato, località ignota o diversa',
  'diverso',
] as const;

export function comparePlaces(a: PlaceForm, b: PlaceForm): number {
  if (a.comune !== '' && b.comune !== '') {
    if (a.comune === b.comune) return 0;
    return a.cadastral.some((code) => b.cadastral.includes(code)) ? 1 : 4;
  }
  if (a.comune !== '' || b.comune !== '') return 4;
  // A state that is no more, or another written for it: the town tells.
  if (a.town !== '' && a.town === b.town) return 2;
  return a.state === b.state ? 3 : 4;
}

/** Makes place forms, one for each place. */
export class PlaceForms {
  readonly #forms = new Map<string, PlaceForm>();
  readonly #cadastralOf: (istat: string) => readonly string[];

  /** @param cadastralOf every cadastral code that the comune of an ISTAT code has had */
  constructor(cadastralOf: (istat: string) => readonly string[]) {
    this.#cadastralOf = cadastralOf;
  }

  of(comune: string | null, state: string | null, locality: string | null): PlaceForm | null {
    if (!comune && !state) return null;
    const key = `${comune ?? ''}|${state ?? ''}|${locality ?? ''}`;
    let form = this.#forms.get(key);
    if (form === undefined) {
      form = comune
        ? { comune, cadastral: this.#cadastralOf(comune), state: '', town: '' }
        : { comune: '', cadastral: [], state: state ?? '', town: nameKey(locality) };
      this.#forms.set(key, form);
    }
    return form;
  }
}
