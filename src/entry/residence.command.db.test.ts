/** `sipop residence`, and what `person` and `family` say beside it of who has left and of who heads nobody. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/support/database.ts';
import { Story } from '../../test/support/story.ts';
import { death, leaves, moves } from '../../test/support/story-lines.ts';

let test: TestDatabase;
// Where the keys of the audit are made.
const folder = mkdtempSync(join(tmpdir(), 'sipop-residence-'));

beforeAll(async () => {
  test = await testDatabase();
  const story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato  dal
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2   2010-01-01
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1   2010-01-01
    S3  ROSSI LUCA    M      2006-01-01  F1/3      1      2010-01-01
    S4  NERI ADA      F      1980-01-01  F2/1      1      2016
    S5  GALLI UGO     M      1978-03-03  F3/1      1      2010-01-01
  `);
  await story.supply(
    moves('1', '2025-01-10', 'F2', 'NUOVA'),
    leaves('2', '2025-02-01', 'S4'),
    death('3', 'S1', '2025-02-10'),
    leaves('4', '2025-02-15', 'S5', { motivo: '6', destinazione: null }),
  );
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

function sipop(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('src/entry/cli.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: test.url, SIPOP_DATA: folder, NODE_OPTIONS: '' },
  });
  return { status, stdout, stderr };
}

function asked(...args: string[]) {
  const { status, stdout, stderr } = sipop(...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

describe('where somebody was resident, and how sure that is (registry.md, Dates may be partial)', () => {
  it('on a day: one residence, certain', () => {
    const { residenze, al, periodo } = asked('residence', '036001:S4', '--al', '2025-01-20');
    expect([al, periodo]).toEqual(['2025-01-20', null]);
    expect(residenze).toMatchObject([
      {
        comune: '036001',
        indirizzo: { toponimo: 'NUOVA' },
        dal: '2025-01-10',
        al: '2025-02-01',
        certezza: 'certa',
      },
    ]);
  });

  it('on a day of the year in which it began: possible', () => {
    expect(asked('residence', '036001:S4', '--al', '2016-06-01').residenze).toMatchObject([
      { indirizzo: { toponimo: 'VERDI' }, dal: '2016', certezza: 'possibile' },
    ]);
  });

  it('in a period, the latest first, with where the cancellation says that they went', () => {
    const { residenze, periodo } = asked(
      'residence',
      '036001:S4',
      '--dal',
      '2024-01-01',
      '--al',
      '2025-03-01',
    );
    expect(periodo).toEqual({ dal: '2024-01-01', al: '2025-03-01' });
    expect(
      residenze.map(
        (r: { indirizzo?: { toponimo: string }; altrove?: object }) => r.indirizzo?.toponimo ?? r.altrove,
      ),
    ).toEqual([{ comune: '037006' }, 'NUOVA', 'VERDI']);
  });

  it('in words: the place, the address, and outside the province the comune', () => {
    const { stdout } = sipop('residence', '036001:S4', '--dal', '2025-01-01', '--al', '2025-03-01');
    expect(stdout).toMatch(/2025-02-01 +fuori provincia: Bologna \(037006\)/);
    expect(stdout).toMatch(/2025-01-10 +2025-02-01 +Bastiglia \(036001\) +VIA NUOVA 1/);
    expect(sipop('residence', '036001:S4', '--al', '2010-01-01').stdout).toContain('non risulta residente');
  });

  it('a period that ends before it begins is refused, and so is a day that does not exist', () => {
    expect(sipop('residence', '036001:S4', '--dal', '2025-03-01', '--al', '2025-01-01').status).toBe(2);
    expect(sipop('residence', '036001:S4', '--al', '2025-02-30').status).toBe(2);
    expect(sipop('residence', '036001:S77').status).toBe(1);
  });
});

describe('sipop person of who has left the province', () => {
  it('says where to and since when, as residence does', () => {
    expect(asked('person', '036001:S4', '--al', '2025-03-01').residenza).toEqual({
      residente: false,
      certezza: 'certa',
      cancellato_dal: '2025-02-01',
      motivo_cancellazione: '3',
      altrove: { comune: '037006' },
    });
    expect(sipop('person', '036001:S4', '--al', '2025-03-01').stdout).toMatch(
      /residenza +non residente dal 2025-02-01 verso Bologna \(037006\) \(trasferimento di residenza in altro comune\)/,
    );
  });

  it('of who was cancelled without a place, since when and why; of the dead, that; of who has not come yet, nothing more', () => {
    expect(asked('person', '036001:S5', '--al', '2025-03-01').residenza).toEqual({
      residente: false,
      certezza: 'certa',
      cancellato_dal: '2025-02-15',
      motivo_cancellazione: '6',
    });
    expect(asked('person', '036001:S1', '--al', '2025-03-01').residenza).toEqual({
      residente: false,
      certezza: 'certa',
    });
    expect(asked('person', '036001:S5', '--al', '2009-12-31').residenza).toEqual({
      residente: false,
      certezza: 'certa',
    });
  });
});

describe('the kinship where nobody was named head (tracciato.md 3, What follows from an event)', () => {
  const ofS3 = (answer: { componenti: { id_soggetto: string }[] }) =>
    answer.componenti.find((m) => m.id_soggetto === 'S3');

  it('reads 99 with the last declared one beside it, in person as in family', () => {
    const kinship = { relazione: '99', ultima_dichiarata: '3' };
    expect(asked('person', '036001:S3', '--al', '2025-02-10').famiglia).toMatchObject({
      id: 'F1',
      ...kinship,
    });
    const family = asked('family', '036001:S3', '--al', '2025-02-10');
    expect(family.persona.famiglia).toMatchObject(kinship);
    expect(ofS3(family.famiglia)).toMatchObject(kinship);
    const before = asked('family', '036001:S3', '--al', '2025-02-09');
    expect(before.persona.famiglia).toMatchObject({ relazione: '3' });
    expect(before.persona.famiglia).not.toHaveProperty('ultima_dichiarata');
    expect(ofS3(before.famiglia)).toMatchObject({ relazione: '3' });
  });

  it('in words too', () => {
    const words = /\(ultima dichiarata: figlio/;
    expect(sipop('person', '036001:S3', '--al', '2025-02-10').stdout).toMatch(words);
    expect(sipop('family', '036001:S3', '--al', '2025-02-10').stdout).toMatch(words);
  });
});
