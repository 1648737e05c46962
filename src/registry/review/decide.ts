/**
 * One act of an operator, applied in a transaction that has taken its instant: recorded, the links made what codes and standing
 * decisions now say, and the findings brought up to date. A replay applies acts by this too (docs/adr/0011, 0015).
 */
import { AppError } from '../../kernel/app-error.ts';
import type { Client } from '../../platform/db/pool.ts';
import type { EntryFacts, IdentityFact } from '../answers/facts.ts';
import { loadFindingPeople } from '../reconciliation/listing.sql.ts';
import { reconcileDecision } from '../reconciliation/reconcile.ts';
import { loadLinkGround, relinkByGround } from '../tables/linking.sql.ts';
import { type Agreements, agreementsOf, isOmocodicPair } from './agreement.ts';
import {
  type Contradiction,
  contradictionAmong,
  type DecisionAct,
  type DecisionKind,
  isPutOff,
  lastOf,
  standingOf,
} from './decisions.ts';
import { insertAct, listActsOfPair, type NewAct, nextDecisionId, noteCandidate } from './review.sql.ts';
import { formsBroughtTogether, type TwoForms } from './two-forms.ts';

export interface AppliedAct {
  readonly decisionId: number;
  /** Entries, of whatever register, that became somebody else's. */
  readonly relinked: readonly number[];
}

/** The present identity of an entry, as it may be shown. */
export const presentIdentity = (entry: EntryFacts | undefined): IdentityFact | undefined =>
  entry?.identities.find((f) => f.to === null) ?? entry?.identities.at(-1);

/** The present identities of a pair as held at an instant. */
export async function loadIdentities(
  db: Client,
  pair: readonly [number, number],
  at: string,
): Promise<readonly [IdentityFact | undefined, IdentityFact | undefined]> {
  const people = await loadFindingPeople(db, pair, at);
  const entries = [...people.entriesOf.values()].flat();
  const of = (id: number) => presentIdentity(entries.find((e) => e.entryId === id));
  return [of(pair[0]), of(pair[1])];
}

const numbers = (decisions: readonly { readonly decision_id: number }[]): string =>
  decisions.map((d) => `D${d.decision_id}`).join(', ');

function contradictory({ different, same }: Contradiction): AppError {
  return new AppError(
    'conflict',
    `decisioni contraddittorie: per D${different.decision_id} sono persone diverse, per ${numbers(same)} la stessa; annullare prima ciò che è errato (linkage undo)`,
    `contradictory decisions: by D${different.decision_id} they are two people, by ${numbers(same)} one; undo first what is wrong (linkage undo)`,
  );
}

const OMOCODIC = new AppError(
  'conflict',
  'i due codici fiscali, validati, sono forme omocodiche dello stesso codice: per definizione sono di persone diverse. Se è una persona sola, il comune che ha il codice non più valido lo corregga (evento GENERALITA): le schede si uniranno da sole',
  'the two validated codici fiscali are omocodic forms of one code: by definition they belong to different people. If it is one person, the comune with the code that is no longer valid corrects it (event GENERALITA): the entries will be joined by themselves',
);

/** Of entries that a chain joins: the two named may bear no code at all. */
function twoForms({ by }: TwoForms): AppError {
  return new AppError(
    'conflict',
    `due schede con codici fiscali validati che sono forme omocodiche dello stesso codice, per definizione di persone diverse, diverrebbero una persona sola${by.length === 0 ? '' : ` per ${numbers(by)}`}: annullare prima ciò che è errato (linkage undo). Se è una persona sola, il comune che ha il codice non più valido lo corregga (evento GENERALITA)`,
    `two entries with validated codici fiscali that are omocodic forms of one code, by definition of different people, would become one person${by.length === 0 ? '' : ` by ${numbers(by)}`}: undo first what is wrong (linkage undo). If it is one person, the comune with the code that is no longer valid corrects it (event GENERALITA)`,
  );
}

function already(decisionId: number, operator: string): AppError {
  return new AppError(
    'conflict',
    `già deciso così da ${operator} (D${decisionId}), e i dati da allora non lo contraddicono`,
    `already decided so by ${operator} (D${decisionId}), and the data do not contradict it since`,
  );
}

const equal = (a: Agreements, b: Agreements): boolean =>
  Object.entries(a).every(([field, agreement]) => b[field as keyof Agreements] === agreement);

/** What the linkage is told of a pair: what stands, or that it was put off. */
function stateOf(acts: readonly DecisionAct[]): DecisionKind | 'open' {
  const stands = standingOf(acts)?.kind;
  return stands ?? (isPutOff(lastOf(acts)) ? 'later' : 'open');
}

/**
 * @param instant of the transaction, which holds the register's clock
 * @throws AppError conflict: decided so already, against another decision, or of two forms of one code, be it by a chain
 */
export async function applyAct(client: Client, act: NewAct, instant: string): Promise<AppliedAct> {
  const { kind, pair } = act;
  const identities = await loadIdentities(client, pair, instant);
  const seen = agreementsOf(...identities);
  const last = lastOf(await listActsOfPair(client, pair, null));
  if (kind === 'same' && isOmocodicPair(...identities)) throw OMOCODIC;
  // One that was put off may be confirmed as it is: that takes it out of the queue.
  if (last?.kind === kind && kind !== 'later' && equal(last.seen, seen))
    throw already(last.decision_id, last.operator);
  const before = await loadLinkGround(client, pair, []);
  const decisionId = await nextDecisionId(client);
  await insertAct(client, decisionId, act, seen);
  const ground = await loadLinkGround(client, pair, []);
  const contradiction = contradictionAmong(ground.decided);
  if (contradiction !== null) throw contradictory(contradiction);
  const together = formsBroughtTogether(before, ground);
  if (together !== null) throw twoForms(together);
  const relinked = await relinkByGround(client, { decisionId }, ground);
  await reconcileDecision(client, { decisionId, instant, relinked });
  await noteCandidate(client, pair, stateOf(await listActsOfPair(client, pair, null)));
  return { decisionId, relinked };
}
