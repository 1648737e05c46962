/** What of the register each matter is held against: no more is loaded, and no more can be told (GDPR art. 5: minimisation). Pure. */
import type { EntryTable } from '../../registry/answers/facts.ts';
import type { Declaration, Matter } from './declaration.ts';

export interface Needs {
  readonly tables: ReadonlySet<EntryTable>;
  /** Moves between comuni under way: where somebody lives hangs on them. */
  readonly moves: boolean;
  readonly family: boolean;
}

/** Who the person is, whose word holds, whether they died, whether they are protected: every answer hangs on these. */
export const ALWAYS: readonly EntryTable[] = ['identities', 'registrations', 'deaths', 'protections'];

export const OF_MATTER: Readonly<Record<Matter, readonly EntryTable[]>> = {
  generalita: [],
  nascita: [],
  residenza: ['dwellings'],
  cittadinanza: ['citizenships'],
  stato_civile: ['civil_statuses'],
  stato_di_famiglia: ['memberships'],
  esistenza_in_vita: [],
  decesso: [],
  nascita_figlio: [],
  decesso_familiare: ['civil_statuses', 'parents'],
  codice_fiscale: [],
  altro: [],
};
const OF_HOME: ReadonlySet<Matter> = new Set<Matter>(['residenza', 'stato_di_famiglia']);

export function needsOf(declared: Iterable<Declaration>): Needs {
  const matters = new Set<Matter>();
  for (const { oggetto } of declared) matters.add(oggetto);
  return {
    tables: new Set([...ALWAYS, ...[...matters].flatMap((matter) => OF_MATTER[matter])]),
    moves: [...matters].some((matter) => OF_HOME.has(matter)),
    family: matters.has('stato_di_famiglia'),
  };
}
