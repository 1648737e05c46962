/** registry.md, Linkage and Sealed: who is proposed as one person, who is not, and what later supplies and operators make of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { explainPair } from '../../src/registry/linkage/explain.service.ts';
import { linkAll, linkShare } from '../../src/registry/linkage/linkage.service.ts';
import {
  findSupplyInstant,
  lastLinked,
  listCandidates,
  listHeld,
} from '../../src/registry/linkage/linkage.sql.ts';
import { askQueue, candidatePair } from '../../src/registry/review/ask-queue.ts';
import { code } from '../support/codes.ts';
import { linkageRoom } from '../support/columns.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { decided, undone } from '../support/decisions.ts';
import { type Line, line, Story } from '../support/story.ts';

const reference = loadReference();
const ELSA = code('ZOBOLI', 'ELSA', 'F', '1961-03-09');
const PIA = code('VANDELLI', 'PIA', 'F', '1990-10-17');

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase({ reused: true });
  story = new Story(test.db);
});
afterEach(async () => test.drop());

const COMUNI: Readonly<Record<string, string>> = { '036001': 'A', '036002': 'B', '036003': 'C' };
/** "A:S1 = B:S7", the likeliest first. */
const proposed = async (): Promise<string[]> =>
  (await listCandidates(test.db, null, 0, 100)).map(
    (c) => `${COMUNI[c.comune_a]}:${c.id_soggetto_a} = ${COMUNI[c.comune_b]}:${c.id_soggetto_b}`,
  );
/** The next increment, as `linkage run --since ultima` does it. */
const linkNext = async () => linkShare(test.db, reference, { since: (await lastLinked(test.db))! });
const identity = (id: string, on: string, subject: string, motivo: string, change: Line): Line =>
  line(id, 'GENERALITA', on, { id_soggetto: subject, motivo, ...change });

/** Some who are nobody else, so that names and days are not all of one kind. */
const OTHERS = `
    X1  FERRI OMERO     M  1948-02-03  F91/1  1  100  -
    X2  LUGLI DELIA     F  1972-08-30  F92/1  1  100  -
    X3  MESSORI IVANO   M  1985-12-12  F93/1  1  100  -
    X4  GOLDONI TERESA  F  2001-06-21  F94/1  1  100  -`;
const register = (rows: string): string => `
    id  nome  sesso  nascita  famiglia  stato  citt  cf${OTHERS}${rows}`;
const registerOfB = (rows: string): string => `
    id  nome  sesso  nascita  famiglia  stato  citt  cf${rows}
    Y1  COSTI ALMA      F  1955-04-04  F91/1  1  100  -
    Y2  PRADELLI GINO   M  1979-09-28  F92/1  1  100  -`;

describe('the Italian errors', () => {
  it('are found across two registers and within one, and nobody else is proposed', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA       F  1961-03-09  F1/1  1  100  ${ELSA}
    S2  VANDELLI PIA      F  1990-10-17  F2/1  1  100  ${PIA}
    S3  MORSELLI ERNESTO  M  1933-05-08  F3/1  1  100  -
    S4  CAVANI LODOVICO   M  1969-11-02  F4/1  1  100  -
    S5  CAVANI LODOVICO   M  1969-11-02  F5/1  1  100  -`),
    );
    await story.begin(
      registerOfB(`
    S6  ELSA ZOBOLI       F  1961-03-09  F6/1  1  100  -
    S7  VANDELLI PIA      F  1990-10-17  F7/1  1  100  -
    S8  MORSELLI ERNESTO  M  1933-08-05  F8/1  1  100  -`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    expect((await proposed()).sort()).toEqual(['A:S1 = B:S6', 'A:S2 = B:S7', 'A:S3 = B:S8', 'A:S4 = A:S5']);
  });
  it('twins, and namesakes under omocodic codes, are two people', async () => {
    const [one, other] = omocodicForms(PIA).slice(1);
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  -
    S2  ZOBOLI BRUNA  F  1961-03-09  F1/2  1  100  -
    S3  VANDELLI PIA  F  1990-10-17  F2/1  1  100  ${one}`),
    );
    await story.begin(
      registerOfB(`
    S7  VANDELLI PIA  F  1990-10-17  F7/1  1  100  ${other}`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    expect(await proposed()).toEqual([]);
  });
});

describe('increments', () => {
  it('link what a supply touched with everybody, by the model that is kept', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  ${ELSA}`),
    );
    await linkAll(test.db, reference, linkageRoom);
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-09-03  F6/1  1  100  -`),
      'B',
    );
    const report = await linkNext();
    expect(await proposed()).toEqual(['A:S1 = B:S6']);
    expect((await linkAll(test.db, reference, linkageRoom)).modelId).toBeGreaterThan(report.modelId);
    expect(await proposed()).toEqual(['A:S1 = B:S6']);
  });

  it('that are compared in parts find those of two parts too', async () => {
    await story.begin(register(''));
    await linkAll(test.db, reference, linkageRoom);
    const since = (await lastLinked(test.db))!;
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-03-09  F6/1  1  100  ${ELSA}`),
      'B',
    );
    await story.begin(
      `
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    S8  ZOBOLI ELSA   F  1961-09-03  F8/1  1  100  -`,
      'C',
    );
    await linkShare(test.db, reference, { since }, 1);
    expect(await proposed()).toEqual(['B:S6 = C:S8']);
  });

  it('leave out no supply whose number is smaller than that of one recorded before it', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  ${ELSA}
    S2  VANDELLI PIA  F  1990-10-17  F2/1  1  100  ${PIA}`),
    );
    await linkAll(test.db, reference, linkageRoom);
    const numbersFrom = (last: number) =>
      test.db.query(`update number_blocks set last = $1 where kind = 'supply'`, [last]);
    await numbersFrom(10);
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-09-03  F6/1  1  100  -`),
      'B',
    );
    await linkNext();
    await numbersFrom(5);
    await story.begin(
      `
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    S8  VANDELLI PIA  F  1990-10-17  F8/1  1  100  -`,
      'C',
    );
    await linkNext();
    expect((await proposed()).sort()).toEqual(['A:S1 = B:S6', 'A:S2 = C:S8']);
  });

  it('that leave out what was never linked leave it to the next', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  ${ELSA}`),
    );
    await linkAll(test.db, reference, linkageRoom);
    const linked = await lastLinked(test.db);
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-09-03  F6/1  1  100  -`),
      'B',
    );
    await linkShare(test.db, reference, { since: (await findSupplyInstant(test.db, '036002:1'))! });
    expect(await proposed()).toEqual([]);
    expect(await lastLinked(test.db)).toBe(linked);
    await linkNext();
    expect(await proposed()).toEqual(['A:S1 = B:S6']);
    expect((await lastLinked(test.db))! > linked!).toBe(true);
  });

  it('link what an operator parted, joined and parted', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  -`),
    );
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-03-09  F6/1  1  100  -`),
      'B',
    );
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:S6');
    await linkAll(test.db, reference, linkageRoom);
    expect(await proposed()).toEqual([]);
    await undone(test.db, decisione);
    await linkNext();
    expect(await proposed()).toEqual(['A:S1 = B:S6']);
  });

  it('a pair keeps its number while its data change', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  -`),
    );
    await story.begin(
      registerOfB(`
    S6  ZOBOLI ELSA   F  1961-09-03  F6/1  1  100  -`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    const [first] = await listHeld(test.db, null);
    await story.supplyOf('B', identity('1', '2026-01-10', 'S6', 'RETTIFICA', { data_nascita: '1961-03-09' }));
    await linkNext();
    const [second] = await listHeld(test.db, null);
    expect(second?.candidate_id).toBe(first?.candidate_id);
    expect(second!.weight).toBeGreaterThan(first!.weight);
    expect(second?.fields.find((f) => f.field === 'nascita')?.level).toBe('uguale');
  });
  it('of a register that was never linked as a whole nothing can be said', async () => {
    await expect(linkShare(test.db, reference, { since: '2000-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('an identity that is sealed (L. 184/1983 art. 28)', () => {
  it('is compared, and what it finds is marked and not listed: it is for the profile that names the court order', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI LUCIO   M  2012-03-09  F1/1  1  100  -
    S2  GALLI BRUNA    F  2012-03-09  F2/1  1  100  -`),
    );
    // In a register of ten a day of birth is much. By what is open the two agree in nothing else, and others share it.
    await story.supply(
      identity('1', '2026-01-10', 'S1', 'ADOZIONE', {
        cognome: 'TAGLIAZUCCHI',
        nome: 'ANDREA',
      }),
    );
    await story.begin(
      registerOfB(`
    S6  ZOBOLI LUCIO   M  2012-03-09  F6/1  1  100  -`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    expect(await proposed()).toEqual([]);
    expect((await listHeld(test.db, null)).map((c) => c.sealed)).toEqual([true]);
    const explained = await explainPair(
      test.db,
      reference,
      [
        { kind: 'number', comune: '036001', id_soggetto: 'S1' },
        { kind: 'number', comune: '036002', id_soggetto: 'S6' },
      ],
      day('2026-06-01'),
    );
    expect(JSON.stringify(explained.campi.map((f) => f.a))).not.toContain('ZOBOLI');
  });
});

describe('a seal covers every entry of the person (L. 164/1982; registry.md, Sealed)', () => {
  const ADA = code('NERI', 'ADA', 'F', '1980-01-01');
  const table = (row: string): string => `
    id  nome  sesso  nascita  famiglia  stato  citt  cf
    ${row}`;
  beforeEach(async () => {
    await story.begin(
      register(`
    S1  NERI ADA   F  1980-01-01  F1/1  1  100  ${ADA}`),
    );
    await story.begin(
      registerOfB(`
    T1  NERI ADA   F  1980-01-01  F7/1  1  100  -`),
      'B',
    );
    await story.begin(table('U1  NERI ADA   F  1980-01-01  F1/1  1  100  -'), 'C');
  });
  const becomesAdo = () =>
    story.supply(
      identity('1', '2025-06-01', 'S1', 'SESSO', {
        nome: 'ADO',
        sesso: 'M',
        codice_fiscale: code('NERI', 'ADO', 'M', '1980-01-01'),
        validita_cf: '1',
      }),
    );
  const queued = async (): Promise<string> => {
    const { coppie } = await askQueue(
      test.db,
      { comune: null, owner: null, state: 'tutte', limit: 50 },
      null,
    );
    return JSON.stringify(coppie);
  };
  const explained = () =>
    explainPair(
      test.db,
      reference,
      [
        { kind: 'number', comune: '036002', id_soggetto: 'T1' },
        { kind: 'number', comune: '036003', id_soggetto: 'U1' },
      ],
      day('2026-06-01'),
    );
  /** Pairs held, by the numbers of their entries, and whether they are hidden. */
  const held = async (): Promise<string[]> =>
    (
      await test.db.query<{ pair: string }>(
        `select a.id_soggetto || ' ' || b.id_soggetto || case when c.sealed then ' sealed' else '' end as pair
           from linkage_candidates c join entries a on a.entry_id = c.entry_a join entries b on b.entry_id = c.entry_b
          where c.gone_recorded is null order by 1`,
      )
    ).rows.map((row) => row.pair);

  it('what the hidden identity of another entry finds is proposed to nobody, and not explained', async () => {
    await becomesAdo();
    await decided(test.db, 'same', 'A:S1 B:T1');
    await linkAll(test.db, reference, linkageRoom);
    expect(await held()).toEqual(['S1 U1 sealed', 'T1 U1 sealed']);
    expect(await proposed()).toEqual([]);
    expect(await queued()).not.toContain('U1');
    await expect(explained()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('also what was proposed before the seal came, at once; the next increment marks it, and unmarks it when they are parted', async () => {
    await linkAll(test.db, reference, linkageRoom);
    expect(await held()).toEqual(['S1 T1', 'S1 U1', 'T1 U1']);
    const { rows } = await test.db.query<{ candidate_id: number }>(
      `select c.candidate_id from linkage_candidates c join entries b on b.entry_id = c.entry_b where b.id_soggetto = 'U1'`,
    );
    await becomesAdo();
    const { decisione } = await decided(test.db, 'same', 'A:S1 B:T1');
    const hidden = async (): Promise<void> => {
      expect(await proposed()).toEqual([]);
      expect(await queued()).not.toContain('U1');
      for (const { candidate_id } of rows)
        await expect(candidatePair(test.db, candidate_id)).rejects.toMatchObject({ code: 'not-found' });
      await expect(explained()).rejects.toMatchObject({ code: 'not-found' });
    };
    await hidden();
    await linkNext();
    expect(await held()).toContain('T1 U1 sealed');
    expect(await held()).toContain('S1 U1 sealed');
    await hidden();
    await undone(test.db, decisione);
    await linkNext();
    expect(await proposed()).toContain('B:T1 = C:U1');
    expect(await held()).toContain('S1 U1 sealed');
  });

  it('also a pair that was said to be two before; what was judged of it is kept', async () => {
    await linkAll(test.db, reference, linkageRoom);
    await decided(test.db, 'different', 'B:T1 C:U1');
    expect(await queued()).toContain('U1');
    await becomesAdo();
    await decided(test.db, 'same', 'A:S1 B:T1');
    expect(await queued()).not.toContain('U1');
    await linkNext();
    expect(await queued()).not.toContain('U1');
    expect((await listHeld(test.db, null)).map((c) => [c.sealed, c.state])).toContainEqual([
      true,
      'different',
    ]);
  });

  it('a proposal that the seal does not hide is shown again once linkage has looked', async () => {
    await story.supplyOf('C', identity('1', '2025-06-01', 'U1', 'RETTIFICA', { nome: 'ADO', sesso: 'M' }));
    await becomesAdo();
    await linkAll(test.db, reference, linkageRoom);
    const { candidate_id } = (await listHeld(test.db, null)).find((c) => !c.sealed)!;
    await story.supply(
      identity('2', '2025-07-01', 'S1', 'SESSO', {
        nome: 'ADO',
        sesso: 'M',
        codice_fiscale: code('NERI', 'ADO', 'M', '1980-01-01'),
        validita_cf: '1',
      }),
    );
    expect(await proposed()).not.toContain('A:S1 = C:U1');
    await linkNext();
    expect(await proposed()).toContain('A:S1 = C:U1');
    expect(await candidatePair(test.db, candidate_id)).toHaveLength(2);
  });
});

describe('of two entries of which open identities agree by themselves', () => {
  it('the open ones speak, however much more a sealed one weighs', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI LUCIO   M  2012-03-09  F1/1  1  100  -`),
    );
    await story.supply(identity('1', '2026-01-10', 'S1', 'ADOZIONE', { cognome: 'TAGLIAZUCCHI' }));
    await story.begin(
      registerOfB(`
    S6  ZOBOLI LUCIO   M  2012-03-09  F6/1  1  100  -`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    expect(await proposed()).toEqual(['A:S1 = B:S6']);
    const [candidate] = await listHeld(test.db, null);
    expect(candidate!.fields.find((f) => f.field === 'cognome')?.level).toBe('diverso');
  });
});

describe('an explanation', () => {
  it('tells field by field what each says and what it weighs, and the sum', async () => {
    await story.begin(
      register(`
    S1  ZOBOLI ELSA   F  1961-03-09  F1/1  1  100  ${ELSA}`),
    );
    await story.begin(
      registerOfB(`
    S6  ELSA ZOBOLI   F  1961-03-09  F6/1  1  100  -`),
      'B',
    );
    await linkAll(test.db, reference, linkageRoom);
    const { campi, peso, probabilita } = await explainPair(
      test.db,
      reference,
      [
        { kind: 'code', codice_fiscale: ELSA },
        { kind: 'number', comune: '036002', id_soggetto: 'S6' },
      ],
      day('2026-06-01'),
    );
    expect(campi.map((f) => [f.field, f.level, f.a, f.b]).slice(0, 4)).toEqual([
      ['cognome', 'scambiato con il nome', 'ZOBOLI', 'ELSA'],
      ['nome', null, 'ELSA', 'ZOBOLI'],
      ['nascita', 'uguale', '1961-03-09', '1961-03-09'],
      ['sesso', 'uguale', 'F', 'F'],
    ]);
    expect(campi.reduce((sum, f) => sum + f.weight, 0)).toBeCloseTo(peso, 6);
    expect(probabilita).toBeGreaterThan(0.5);
  });
});
