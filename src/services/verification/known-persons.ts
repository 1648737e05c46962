/** Persons as verification compares them: every code they bear openly, every name and birth, whether they died. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { EntryFacts } from '../../registry/answers/facts.ts';
import { deathOn } from '../../registry/answers/person-state.ts';
import type { KnownName, KnownPerson } from './evidence.ts';

/** @param persona the provincial identifier, or any mark that tells this person from the others compared with them */
export function knownPerson(persona: string, entries: readonly EntryFacts[], al: Day): KnownPerson {
  const codici = new Set<string>();
  const nomi: KnownName[] = [];
  for (const entry of entries)
    for (const f of entry.identities) {
      if (f.codice_fiscale !== null) codici.add(f.codice_fiscale.toUpperCase());
      nomi.push({ cognome: f.cognome ?? '', nome: f.nome ?? '', data_nascita: f.birth_text });
    }
  const death = deathOn(entries, al);
  return {
    persona,
    codici,
    nomi,
    decesso: death === null ? null : { data: death.fact.from, certo: death.certezza === 'certa' },
  };
}
