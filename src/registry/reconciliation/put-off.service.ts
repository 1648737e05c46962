/**
 * Putting a finding off until a day: who must mend it says that it waits, and why (the document of another comune, a judge). It is
 * an act of a named operator, recorded and taken back by another; the finding closes by itself like any other meanwhile.
 */
import { AppError } from '../../kernel/app-error.ts';
import { addDays, romeDay } from '../../kernel/day.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { getKnownAt } from '../answers/known-at.sql.ts';
import type { KnownAt } from '../answers/known-at.ts';
import { takeInstant } from '../supplies/supplies.sql.ts';
import type { FindingKind } from './finding.ts';
import { type FindingRow, listFindingRows, loadFindingPeople } from './listing.sql.ts';
import { findingState, findingsAmong, type ListedFinding, listedFindings, moveOf } from './listing.ts';
import { type FindingEntry, findEntry, insertPuttingOff, type PuttingOff } from './put-off.sql.ts';

/** A finding as an operator names it: somebody it is about, and of which kind where there are several. */
export interface NamedFinding extends FindingEntry {
  readonly kind: FindingKind | null;
}

/** Policy: a finding waits no longer than this before somebody says again that it must; it may be put off anew then. */
export const MOST_DAYS_PUT_OFF = 180;

const OPEN = { comune: null, side: 'mine', state: 'aperte', kind: null } as const;

/** The open rows of the finding that is meant, all of one move. @throws AppError not-found, usage */
async function meantRows(db: Client, named: NamedFinding, at: KnownAt): Promise<readonly FindingRow[]> {
  const entry = await findEntry(db, named);
  const entryRows = entry === null ? [] : await listFindingRows(db, { ...OPEN, entry }, at);
  const among = findingsAmong(entryRows).filter((r) => named.kind === null || r.kind === named.kind);
  const [first] = among;
  if (first === undefined)
    throw new AppError(
      'not-found',
      `nessuna segnalazione aperta su ${named.comune}:${named.id_soggetto}: le elenca reconciliation --comune`,
      `no open finding about ${named.comune}:${named.id_soggetto}: reconciliation --comune lists them`,
    );
  const kinds = [...new Set(among.map((r) => r.kind))].map(
    (k) => `"${k.toLowerCase().replaceAll('_', ' ')}"`,
  );
  if (kinds.length > 1)
    throw new AppError(
      'usage',
      `su ${named.comune}:${named.id_soggetto} ce n’è più d’una: dire quale con --tipo ${kinds.join(', ')}`,
      `there are several about ${named.comune}:${named.id_soggetto}: say which with --tipo ${kinds.join(', ')}`,
    );
  const moves = new Set(among.map(moveOf));
  const alike = await listFindingRows(db, { ...OPEN, comune: first.owner, kind: first.kind }, at);
  return alike.filter((row) => moves.has(moveOf(row)));
}

/** The comune that must mend it, whose it is to put off. @throws AppError not-found, usage */
export async function findingOwner(db: Client, named: NamedFinding): Promise<string> {
  const [first] = await meantRows(db, named, await getKnownAt(db, null));
  return first!.owner;
}

/**
 * Puts a finding off, or takes that back; a move of several people is put off with all of them.
 * @param beforeCommit called last in the transaction: what it throws undoes the act (the leaf of who acts)
 * @returns the finding as it stands afterwards
 * @throws AppError not-found; usage where several are meant, or the day is not to come or too far; conflict where nothing is to be taken back
 */
export async function putOff(
  db: Database,
  named: NamedFinding,
  act: PuttingOff,
  comuneName: (code: string) => string,
  beforeCommit?: (found: readonly ListedFinding[]) => Promise<void>,
): Promise<readonly ListedFinding[]> {
  return db.transaction(async (client) => {
    const instant = (await takeInstant(client)) as KnownAt;
    const today = romeDay(new Date(instant));
    if (act.until !== null && act.until <= today)
      throw new AppError(
        'usage',
        `una segnalazione si rinvia a un giorno che deve venire: ${act.until} è passato, o è oggi`,
        `a finding is put off to a day to come: ${act.until} is past, or today`,
      );
    const last = addDays(today, MOST_DAYS_PUT_OFF);
    if (act.until !== null && act.until > last)
      throw new AppError(
        'usage',
        `una segnalazione si rinvia al più di ${MOST_DAYS_PUT_OFF} giorni, dunque fino al ${last}: se allora deve aspettare ancora si rinvia di nuovo`,
        `a finding is put off by ${MOST_DAYS_PUT_OFF} days at most, so until ${last}: if it must still wait then, put it off again`,
      );
    const meant = await meantRows(client, named, instant);
    if (act.until === null && meant.every((row) => findingState(row, instant) !== 'rinviata'))
      throw new AppError(
        'conflict',
        `la segnalazione su ${named.comune}:${named.id_soggetto} non è rinviata`,
        `the finding about ${named.comune}:${named.id_soggetto} is not put off`,
      );
    await insertPuttingOff(client, meant, act);
    const keys = new Set(meant.map((r) => `${r.entry_id} ${r.finding_key}`));
    const { owner, kind } = meant[0]!;
    const rows = (await listFindingRows(client, { ...OPEN, comune: owner, kind }, instant)).filter((r) =>
      keys.has(`${r.entry_id} ${r.finding_key}`),
    );
    const entries = rows.flatMap((r) => [
      r.entry_id,
      ...(r.other_entry_id === null ? [] : [r.other_entry_id]),
    ]);
    const people = [await loadFindingPeople(client, entries, instant)];
    const found = listedFindings(rows, () => people, instant, comuneName);
    await beforeCommit?.(found);
    return found;
  });
}
