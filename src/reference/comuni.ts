/**
 * Comuni and their codes in time. An ISTAT code is that of a comune for some years: it changes with the province,
 * and codes given up are given again (092048 was Gonnesa, then Pimentel); tracciato.md 1: "comuni are ISTAT six-digit
 * codes valid on the date they refer to".
 */
import { type Day, firstDay, lastDay, type PartialDate } from '../kernel/day.ts';
import { nameKey } from '../kernel/text-keys.ts';

/** A comune under one code and one name, from a day to another (half-open). */
export interface ComuneSpell {
  /** Six digits; null for a comune of the past whose code the embedded data do not know. */
  readonly istat: string | null;
  /** Cadastral ("Belfiore") code; '' for a few comuni of long ago that had none. */
  readonly cadastral: string;
  readonly name: string;
  /** The name in the other language of the place, where it has one. */
  readonly otherName: string | null;
  /** Car-plate code of the province, as in "MO". */
  readonly province: string;
  readonly validFrom: Day;
  /** The first day on which it no longer was; null = open. */
  readonly validTo: Day | null;
}

export interface Comuni {
  /** The comune of an ISTAT code on a day. */
  comuneOn(istat: string, on: Day): ComuneSpell | null;
  /** Has the code ever been that of a comune, as far as is known? */
  comuneKnown(istat: string): boolean;
  /** Its name on that day, or else its latest. */
  comuneName(istat: string, on?: Day): string | null;
  /** Every spell of a code, the earliest first. */
  comuneSpells(istat: string): readonly ComuneSpell[];
  comuniByCadastral(cadastral: string): readonly ComuneSpell[];
  /**
   * The cadastral codes that comuni of this ISTAT code have had, or those of the ones it may have been of on that date;
   * empty where it is not known.
   */
  cadastralCodesOf(istat: string, date?: PartialDate): readonly string[];
  /** By name, accents, apostrophes and case aside, in either language; those of that day where one is given. */
  findComuniByName(name: string, on?: Day): readonly ComuneSpell[];
  /**
   * Was there a comune of that code on the date (EC007)? 'not-valid-then' only where no reading of a partial date
   * meets a spell; 'unknown' where the data cannot tell: a gap of incomplete data, or a date before a comune's first
   * known spell where that begins in the nineteenth century (the archive's earliest rows are not foundations). A code
   * that has never been in use is 'not-valid-then'.
   */
  judgeComune(istat: string, date: PartialDate): 'valid' | 'not-valid-then' | 'unknown';
  /** Every comune of today. */
  presentComuni(): readonly ComuneSpell[];
  /** The comuni of a province, by its plate ("MO") or ISTAT code ("036"), on a day or today's, in order of code. */
  provinceComuni(province: string, on?: Day): readonly ComuneSpell[];
  /** Is every comune with every code there, as in the official archive? */
  referenceIsComplete(): boolean;
}

/** What incomplete data do not hold. */
export interface Gaps {
  /** Has the code ever been that of a comune? */
  everUsed(istat: string): boolean;
  /** The day before which nothing is known of a code, because another comune may have had it; or null. */
  silentBefore(istat: string): Day | null;
}

const NO_SPELLS: readonly ComuneSpell[] = [];
const NO_CODES: readonly string[] = [];
/** Before it, the archive's first row of a comune is its first known change, not its foundation. */
const ARCHIVE_RELIABLE_FROM = '1900-01-01';

const holdsOn = (spell: ComuneSpell, on: Day): boolean =>
  spell.validFrom <= on && (spell.validTo === null || on < spell.validTo);

function groupBy(
  spells: readonly ComuneSpell[],
  keysOf: (spell: ComuneSpell) => readonly (string | null)[],
): Map<string, ComuneSpell[]> {
  const groups = new Map<string, ComuneSpell[]>();
  for (const spell of spells) {
    for (const key of keysOf(spell)) {
      if (key === null || key === '') continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [spell]);
      else if (group.at(-1) !== spell) group.push(spell);
    }
  }
  return groups;
}

const mayHoldOn = (spell: ComuneSpell, first: Day, last: Day): boolean =>
  spell.validFrom <= last && (spell.validTo === null || first < spell.validTo);

/** @param gaps of incomplete data; null where every comune with every code is there */
export function createComuni(unordered: readonly ComuneSpell[], gaps: Gaps | null): Comuni {
  const spells = [...unordered].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const byIstat = groupBy(spells, (spell) => [spell.istat]);
  const byCadastral = groupBy(spells, (spell) => [spell.cadastral]);
  const cadastralCodes = new Map(
    [...byIstat].map(([istat, group]) => [
      istat,
      [...new Set(group.map((spell) => spell.cadastral).filter((c) => c !== ''))],
    ]),
  );
  // Names are looked up by people, now and then: the key of each is not worth computing at every start.
  let byName: Map<string, ComuneSpell[]> | null = null;
  const isSilent = (istat: string, on: Day): boolean => {
    const from = gaps?.silentBefore(istat) ?? null;
    return from !== null && on < from;
  };
  const spellsOf = (istat: string): readonly ComuneSpell[] => byIstat.get(istat) ?? NO_SPELLS;
  const comuneOn = (istat: string, on: Day): ComuneSpell | null =>
    spellsOf(istat).find((spell) => holdsOn(spell, on)) ?? null;

  return {
    comuneOn,
    comuneKnown: (istat) => byIstat.has(istat),
    comuneName: (istat, on) =>
      (on === undefined ? null : comuneOn(istat, on)?.name) ?? spellsOf(istat).at(-1)?.name ?? null,
    comuneSpells: spellsOf,
    comuniByCadastral: (cadastral) => byCadastral.get(cadastral) ?? NO_SPELLS,
    cadastralCodesOf(istat, date) {
      const all = cadastralCodes.get(istat) ?? NO_CODES;
      if (date === undefined || all.length === 0) return all;
      const [first, last] = [firstDay(date), lastDay(date)];
      if (isSilent(istat, first)) return NO_CODES;
      if (all.length === 1) return all;
      const then = spellsOf(istat).filter((spell) => mayHoldOn(spell, first, last));
      return then.length === 0 ? all : [...new Set(then.map((spell) => spell.cadastral))];
    },
    findComuniByName(name, on) {
      byName ??= groupBy(spells, (spell) => [nameKey(spell.name), nameKey(spell.otherName)]);
      const found = byName.get(nameKey(name)) ?? NO_SPELLS;
      return on === undefined ? found : found.filter((spell) => holdsOn(spell, on));
    },
    judgeComune(istat, date) {
      const known = byIstat.get(istat);
      if (known === undefined) return gaps?.everUsed(istat) === true ? 'unknown' : 'not-valid-then';
      const [first, last] = [firstDay(date), lastDay(date)];
      for (const spell of known) if (mayHoldOn(spell, first, last)) return 'valid';
      if (isSilent(istat, first)) return 'unknown';
      const earliest = known[0]!.validFrom;
      return earliest < ARCHIVE_RELIABLE_FROM && first < earliest ? 'unknown' : 'not-valid-then';
    },
    presentComuni: () => spells.filter(({ istat, validTo }) => istat !== null && validTo === null),
    provinceComuni(province, on) {
      const byCode = /^\d{3}$/.test(province);
      return spells
        .filter((spell) => (on === undefined ? spell.validTo === null : holdsOn(spell, on)))
        .filter((spell) =>
          byCode ? (spell.istat?.startsWith(province) ?? false) : spell.province === province,
        )
        .sort((a, b) => ((a.istat ?? a.cadastral) < (b.istat ?? b.cadastral) ? -1 : 1));
    },
    referenceIsComplete: () => gaps === null,
  };
}
