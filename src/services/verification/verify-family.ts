/** The family on a day (art. 46 f): the set of its members, by person and not by spelling, and their kinship. Pure. */
import { compareNamed } from './compare.ts';
import type { DeclarationOf } from './declaration.ts';
import type { Evidence, KnownPerson } from './evidence.ts';
import { agrees, disagrees, type Finding, unsure } from './verdict.ts';

type Declared = DeclarationOf<'stato_di_famiglia'>['componenti'][number];

/** T5: not defined or not communicated; nobody can be held to it. */
const UNDEFINED = '99';

export function familyFindings(
  { componenti }: DeclarationOf<'stato_di_famiglia'>,
  evidence: Evidence,
): readonly Finding[] {
  const { family, members, state } = evidence;
  if (family === null)
    return [unsure('componenti', state.residenza.residente ? 'dato_assente' : 'fuori_provincia')];
  if (family.componenti.some(({ certezza }) => certezza !== 'certa'))
    return [unsure('componenti', 'data_incerta')];
  const others = componenti.filter(({ persona }) => compareNamed(persona, evidence.self) !== 'same');
  const rest = members.flatMap((known, i) => (known.persona === evidence.self.persona ? [] : [{ known, i }]));
  const { paired, doubtful, extra, missing } = pair(others, rest);
  const found: Finding[] = [];
  if (extra.length > 0) found.push(disagrees('componenti', 'non_compreso', extra.map(nameOf).join(', ')));
  if (missing > 0) found.push(disagrees('componenti', 'mancante', String(missing)));
  if (doubtful > 0) found.push(unsure('componenti', 'simile', String(doubtful)));
  if (found.length === 0) found.push(agrees('componenti'));
  return [...found, ...paired.flatMap(({ declared, i }) => kinship(declared, family.componenti[i]))];
}

interface Pairing {
  readonly paired: readonly { readonly declared: Declared; readonly i: number }[];
  /** Declared members who may be one of the family's, by a name or a code that nearly agrees. */
  readonly doubtful: number;
  readonly extra: readonly Declared[];
  /** Members whom nobody declared: their number, never their names. */
  readonly missing: number;
}

/** Each declared person with one member at most: first those who agree, then those who may. */
function pair(
  declared: readonly Declared[],
  members: readonly { readonly known: KnownPerson; readonly i: number }[],
): Pairing {
  const free = new Set(members);
  const paired: { declared: Declared; i: number }[] = [];
  const left: Declared[] = [];
  for (const one of declared) {
    const member = [...free].find(({ known }) => compareNamed(one.persona, known) === 'same');
    if (member === undefined) left.push(one);
    else {
      free.delete(member);
      paired.push({ declared: one, i: member.i });
    }
  }
  const extra: Declared[] = [];
  let doubtful = 0;
  for (const one of left) {
    const member = [...free].find(({ known }) => compareNamed(one.persona, known) === 'unsure');
    if (member === undefined) extra.push(one);
    else {
      free.delete(member);
      doubtful++;
    }
  }
  return { paired, doubtful, extra, missing: free.size };
}

/** Repeats what was declared, so that the office sees whom it is about. */
const nameOf = ({ persona }: Declared): string =>
  persona.codice_fiscale ?? `${persona.cognome ?? ''} ${persona.nome ?? ''}`.trim();

function kinship(declared: Declared, held: { readonly relazione: string } | undefined): Finding[] {
  if (declared.relazione === undefined || held === undefined) return [];
  if (held.relazione === UNDEFINED) return [unsure('relazione', 'dato_assente', nameOf(declared))];
  return held.relazione === declared.relazione
    ? [agrees('relazione')]
    : [disagrees('relazione', 'diverso', nameOf(declared))];
}
