/** What is said of the heads of families once a supply's events are applied, and what was said of them and holds no more. */
import type { Finding } from '../../kernel/findings.ts';
import type { Client } from '../../platform/db/pool.ts';
import { DEPTH } from '../claims/entry-depth.ts';
import type { EntryState } from '../claims/entry-state.ts';
import { closeHeaded, findHeadlessTold } from './closing.sql.ts';
import type { AppliedEvent, EventEngine } from './engine.ts';
import { type Heads, headsOf, leftHeadless, oldest, twiceHeaded } from './heads.ts';
import type { Describe } from './left-behind.ts';
import type { RegisterLoader } from './register-loader.ts';
import type { WorkingRegister } from './working-register.ts';

/** When what was said of the heads of a family holds no more. */
const MENDED_BY_HEADS = [
  ['EF008', ({ members, heads }: Heads) => members === 0 || heads > 0],
  ['EF009', ({ heads }: Heads) => heads < 2],
] as const;

/** The event by which it happened, where a correction in the same supply moved it. */
const rootIn = (engine: EventEngine, done: AppliedEvent): AppliedEvent =>
  (done.root === null ? undefined : engine.appliedAs(done.root.eventId)) ?? done;

const ofFamily = (
  describe: Describe,
  codice: string,
  done: AppliedEvent,
  id: string,
  more: Pick<Finding, 'dettaglio'> | object = {},
): Finding =>
  describe(codice, {
    riga: done.supplyId === null ? done.line.riga : null,
    id_evento: done.line.idEvento,
    id_famiglia: id,
    ...more,
  });

/** EF008 once for each family, wherever the supply's events left it so, and EF009 on the last line that made it so. */
export async function reportHeads(
  client: Client,
  engine: EventEngine,
  loader: RegisterLoader,
  describe: Describe,
): Promise<Finding[]> {
  const { register } = engine;
  const findings: Finding[] = [];
  const headless = new Map<
    string,
    { readonly done: AppliedEvent; readonly members: readonly EntryState[] }
  >();
  const twice = new Map<string, AppliedEvent>();
  for (const done of engine.applied) {
    if (engine.fallenBy(done.eventId, null) !== null) continue;
    for (const { household, members } of leftHeadless(register, done))
      if (!headless.has(household.idHousehold))
        headless.set(household.idHousehold, { done: rootIn(engine, done), members });
    for (const household of twiceHeaded(register, done)) twice.set(household.idHousehold, done);
  }
  const ages = [...headless.values()].flatMap(({ members }) => members.map((m) => m.entryId));
  await loader.complete(new Map(ages.map((id) => [id, DEPTH.aged])));
  const told = await findHeadlessTold(client, register.comune, [...headless.keys()]);
  for (const [id, { done, members }] of headless)
    if (!told.includes(id))
      findings.push(
        ofFamily(describe, 'EF008', done, id, {
          dettaglio: { facente_funzione: oldest(members)?.idSoggetto ?? '' },
        }),
      );
  for (const [id, done] of twice) findings.push(ofFamily(describe, 'EF009', done, id));
  return findings;
}

/** Closes what was said of the heads of the families that a supply touched, where it holds no more. */
export async function closeByHeads(
  client: Client,
  register: WorkingRegister,
  supplyId: number,
): Promise<void> {
  const families = [...register.dirtyHouseholds.keys()]
    .filter((household) => household.kind === 'famiglia')
    .map((household) => ({ id: household.idHousehold, heads: headsOf(register, household) }));
  for (const [codice, mended] of MENDED_BY_HEADS)
    await closeHeaded(
      client,
      register.comune,
      supplyId,
      codice,
      families.filter(({ heads }) => mended(heads)).map(({ id }) => id),
    );
}
