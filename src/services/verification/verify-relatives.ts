/** A child's birth, and the death of a spouse, an ascendant or a descendant (art. 46 h). Pure. */
import { compareDates, compareNamed } from './compare.ts';
import type { DeclarationOf, NamedPerson } from './declaration.ts';
import type { Evidence, KnownPerson, Tie } from './evidence.ts';
import { agrees, disagrees, type Finding, unsure } from './verdict.ts';

/** A tie that the register does not hold proves nothing by itself: parents are often not recorded at all. */
function tie(
  named: NamedPerson,
  wanted: Tie,
  evidence: Evidence,
): { readonly finding: Finding; readonly person: KnownPerson | null } {
  const ties = evidence.relatives.filter(({ legame }) => legame === wanted);
  const same = ties.find(({ persona }) => compareNamed(named, persona) === 'same');
  if (same !== undefined) return { finding: agrees('legame'), person: same.persona };
  if (ties.some(({ persona }) => compareNamed(named, persona) === 'unsure'))
    return { finding: unsure('legame', 'simile'), person: null };
  const why = evidence.otherKnown ? 'nessun_legame' : 'altra_persona_non_trovata';
  return { finding: unsure('legame', why), person: null };
}

export function childFindings(
  { figlio }: DeclarationOf<'nascita_figlio'>,
  evidence: Evidence,
): readonly Finding[] {
  return [tie(figlio, 'discendente', evidence).finding];
}

export function deathOfRelative(
  declared: DeclarationOf<'decesso_familiare'>,
  evidence: Evidence,
): readonly Finding[] {
  const { finding, person } = tie(declared.parente, declared.relazione, evidence);
  if (person === null) return [finding];
  const { decesso } = person;
  // Nobody tells this register of who died outside it.
  if (decesso === null) return [finding, unsure('decesso', 'dato_assente')];
  if (!decesso.certo) return [finding, unsure('decesso', 'data_incerta')];
  const found: Finding[] = [finding, agrees('decesso')];
  if (declared.data === undefined) return found;
  const compared = compareDates(declared.data, decesso.data);
  if (compared === 'same') return [...found, agrees('data_decesso')];
  return [
    ...found,
    compared === 'different' ? disagrees('data_decesso', 'diverso') : unsure('data_decesso', 'data_incerta'),
  ];
}
