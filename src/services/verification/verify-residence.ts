/** Residence: in a comune, at an address, since when, or not there (services.md, Verification). Pure. */
import { firstDay, type PartialDate } from '../../kernel/day.ts';
import type { DwellingFact } from '../../registry/answers/facts.ts';
import { addressAnswer } from '../../registry/answers/residence.ts';
import { type Comparison, compareAddress, compareDates, isNearlyAddress } from './compare.ts';
import type { DeclarationOf, DeclaredAddress } from './declaration.ts';
import type { Evidence } from './evidence.ts';
import { agrees, disagrees, type Finding, unsure } from './verdict.ts';

type Declared = DeclarationOf<'residenza'>;

export function residenceFindings(declared: Declared, evidence: Evidence): readonly Finding[] {
  return declared.non ? notThere(declared, evidence) : there(declared, evidence);
}

function there(declared: Declared, evidence: Evidence): readonly Finding[] {
  const comune = inComune(declared.comune, evidence);
  if (comune.esito !== 'concorda') return [comune];
  const found: Finding[] = [comune];
  if (declared.indirizzo !== undefined) found.push(atAddress(declared.indirizzo, evidence));
  if (declared.dal !== undefined) found.push(since(declared.dal, declared.indirizzo !== undefined, evidence));
  return found;
}

function inComune(comune: string, { al, state, entries }: Evidence): Finding {
  const { residenza } = state;
  if (residenza.residente) {
    if (residenza.certezza !== 'certa') return unsure('comune', 'data_incerta');
    if (residenza.comune === comune)
      return residenza.oppure?.some((other) => 'comune' in other)
        ? unsure('comune', 'data_incerta')
        : agrees('comune');
    const maybe = residenza.oppure?.some((other) => 'comune' in other && other.comune === comune);
    return maybe ? unsure('comune', 'data_incerta') : disagrees('comune', 'residente_altrove');
  }
  if (state.decesso?.certezza === 'certa') return disagrees('comune', 'deceduto');
  // Gone from here, or never here on that day: what a comune outside the province holds is not known.
  const theirs = entries.find((entry) => entry.comune === comune);
  const told = theirs?.registrations.some((r) => r.to !== null && firstDay(r.to) <= al) ?? false;
  return told ? disagrees('comune', 'non_residente') : unsure('comune', 'fuori_provincia');
}

function atAddress(declared: DeclaredAddress, evidence: Evidence): Finding {
  const { residenza } = evidence.state;
  if (residenza.senza_fissa_dimora === true) return unsure('indirizzo', 'senza_fissa_dimora');
  if (residenza.indirizzo === undefined) return unsure('indirizzo', 'dato_assente');
  if (residenza.certezza_indirizzo !== 'certa') return unsure('indirizzo', 'data_incerta');
  // The same door under the name that the street had before: nobody moved.
  const names = [residenza.indirizzo, ...sameDoor(evidence).map(addressAnswer)];
  const compared = names.map((address) => compareAddress(declared, address));
  if (compared.includes('same')) return agrees('indirizzo');
  if (compared.includes('unsure')) return unsure('indirizzo', 'dato_assente');
  return names.some((address) => isNearlyAddress(declared, address))
    ? unsure('indirizzo', 'simile')
    : disagrees('indirizzo', 'diverso');
}

/** The dwelling of the day as it was before its street or number was renamed, the latest first; none where it never was. */
function sameDoor({ al, entries, renamings }: Evidence): readonly DwellingFact[] {
  const past = (entries[0]?.dwellings ?? [])
    .filter((d) => firstDay(d.from) <= al)
    .sort((a, b) => (firstDay(a.from) < firstDay(b.from) ? 1 : -1));
  const former: DwellingFact[] = [];
  for (const [i, dwelling] of past.entries()) {
    const before = past[i + 1];
    if (before === undefined || !renamings.has(dwelling.eventId) || before.to !== dwelling.from) break;
    former.push(before);
  }
  return former;
}

/** Since when: of the comune, or of the address where one was declared; either is what people mean. */
function since(declared: PartialDate, withAddress: boolean, evidence: Evidence): Finding {
  const { iscritto_dal, abitazione_dal } = evidence.state.residenza;
  const doors = [abitazione_dal, ...sameDoor(evidence).map(({ from }) => from)];
  const held = withAddress ? [...doors, iscritto_dal] : [iscritto_dal];
  const compared = held.flatMap((date): Comparison[] =>
    date === undefined ? [] : [compareDates(declared, date)],
  );
  if (compared.length === 0) return unsure('dal', 'dato_assente');
  if (evidence.state.segnali.decorrenze_diverse) return unsure('dal', 'segnalazione_aperta');
  if (compared.includes('same')) return agrees('dal');
  return compared.includes('unsure') ? unsure('dal', 'data_incerta') : disagrees('dal', 'diverso');
}

/** Not at an address, or not in a comune: true where the register places them elsewhere, untrue where it places them there. */
function notThere(declared: Declared, evidence: Evidence): readonly Finding[] {
  const elemento = declared.indirizzo === undefined ? 'comune' : 'indirizzo';
  const placed = there({ ...declared, non: false, dal: undefined }, evidence);
  const last = placed.at(-1);
  if (last?.esito === 'concorda') return [disagrees(elemento, 'residente_li')];
  if (last?.esito === 'discorda') return [agrees(elemento)];
  return [{ ...(last ?? unsure(elemento, 'dato_assente')), elemento }];
}
