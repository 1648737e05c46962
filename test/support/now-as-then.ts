/** What is known now, asked in one statement, by itself and with others, and the same asked part by part as known at the last instant: one answer. */
import { expect } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { day } from '../../src/kernel/day.ts';
import type { Database } from '../../src/platform/db/pool.ts';
import { askFamily } from '../../src/registry/answers/ask-family.ts';
import { askHistory, askLife, type Life } from '../../src/registry/answers/ask-history.ts';
import { askPerson, type When } from '../../src/registry/answers/ask-person.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import { loadingTogether } from '../../src/registry/answers/now.sql.ts';
import type { PersonKey } from '../../src/registry/answers/person-key.ts';

async function answer(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const standing = async (asked: Promise<Life>): Promise<unknown> => {
  const { stato, storia } = await asked;
  return { persona: stato.persona, parla: stato.parla, segnali: stato.segnali, storia };
};

/** A history at an instant, part by part. */
const lifeThen = async (db: Database, key: PersonKey, when: When): Promise<Life> => ({
  stato: await askPerson(db, key, when),
  storia: await askHistory(db, key, when, false),
});

/** Every code, number and identifier that the register knows, on some days: asked now, alone and all at once, and as known at the last instant. */
export async function expectNowAsThen(db: Database, days: readonly string[]): Promise<number> {
  const last = await getKnownAt(db, null);
  const { rows: entries } = await db.query<{ entry_id: number; comune: string; id_soggetto: string }>(
    'select entry_id, comune, id_soggetto from entries order by 1',
  );
  const { rows: codes } = await db.query<{ codice_fiscale: string }>(
    'select distinct codice_fiscale from person_keys order by 1',
  );
  const keys: PersonKey[] = [
    ...codes.map(({ codice_fiscale }) => ({ kind: 'code', codice_fiscale }) as const),
    ...entries.flatMap(({ entry_id, comune, id_soggetto }) => [
      { kind: 'number', comune, id_soggetto } as const,
      { kind: 'provincial', entryId: entry_id } as const,
    ]),
  ];
  const together = loadingTogether(db);
  const questions = keys.flatMap((key) => days.map((al) => ({ key, when: { al: day(al), notoAl: null } })));
  // All at once: groups of each kind, the same person and the same day in several places.
  const gathered = await Promise.all(
    questions.map(({ key, when }) =>
      Promise.all([
        answer(askPerson(db, key, when, together)),
        answer(askFamily(db, key, when, together)),
        answer(standing(askLife(db, key, when, false, together))),
      ]),
    ),
  );
  for (const [i, { key, when }] of questions.entries()) {
    const alone = [
      await answer(askPerson(db, key, when)),
      await answer(askFamily(db, key, when)),
      await answer(standing(askLife(db, key, when, false))),
    ];
    const then = { al: when.al, notoAl: last };
    expect(alone).toEqual([
      await answer(askPerson(db, key, then)),
      await answer(askFamily(db, key, then)),
      await answer(standing(lifeThen(db, key, then))),
    ]);
    expect(gathered[i]).toEqual(alone);
  }
  return keys.length;
}
