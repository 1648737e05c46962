/** The question "who came and who left", of a comune or of an address, over a period. */
import { addDays } from '../../kernel/day.ts';
import { civicoKey, streetKey } from '../../kernel/text-keys.ts';
import type { Client } from '../../platform/db/pool.ts';
import { listDwellingsAt, loadOccupants } from './address.sql.ts';
import { getKnownAt } from './known-at.sql.ts';
import type { KnownAt } from './known-at.ts';
import { listRegistrationsMoved } from './movements.sql.ts';
import {
  countMovements,
  inTime,
  MOST_MOVEMENTS,
  type Movement,
  type MovementAnswer,
  type MovementsAnswer,
  movementAnswer,
  movesAtAddress,
  movesOfComune,
  type Period,
} from './movements.ts';

export interface MovementsQuestion {
  /** ISTAT code. */
  readonly comune: string;
  /** null: the whole comune. */
  readonly address: { readonly street: string; readonly number: string } | null;
  readonly period: Period;
  readonly notoAl: KnownAt | null;
}

async function moved(db: Client, question: MovementsQuestion, knownAt: KnownAt): Promise<Movement[]> {
  const { comune, address, period } = question;
  if (address === null) {
    const found = await listRegistrationsMoved(db, comune, period, knownAt);
    return found.flatMap(({ entryId, registration }) => movesOfComune(entryId, registration, period));
  }
  const [street, number] = [streetKey(address.street), civicoKey(address.number)];
  // From the day before: who left on the first day of the period was there on no day of it.
  const span = { from: addDays(period.from, -1), to: period.to };
  const held = await listDwellingsAt(db, comune, street, number, span, knownAt);
  const byEntry = Map.groupBy(held, (o) => o.entryId);
  return [...byEntry].flatMap(([entryId, of]) =>
    movesAtAddress(
      entryId,
      of.map((o) => o.dwelling).filter((d) => !d.senza_fissa_dimora),
      period,
    ),
  );
}

export async function askMovements(db: Client, question: MovementsQuestion): Promise<MovementsAnswer> {
  const knownAt = await getKnownAt(db, question.notoAl);
  const movements = await moved(db, question, knownAt);
  const { comune, address, period } = question;
  const tooMany = movements.length > MOST_MOVEMENTS;
  const who = await loadOccupants(db, tooMany ? [] : [...new Set(movements.map((m) => m.entryId))], knownAt);
  const movimenti = movements.flatMap((m): MovementAnswer[] => {
    const found = who.get(m.entryId);
    if (found === undefined) return [];
    return [movementAnswer(m, found.personId, found.entry)];
  });
  return {
    comune,
    via: address === null ? null : streetKey(address.street),
    civico: address === null ? null : civicoKey(address.number),
    periodo: { dal: period.from, al: period.to },
    noto_al: knownAt,
    conteggi: countMovements(movements),
    movimenti: tooMany ? null : movimenti.sort(inTime),
  };
}
