/** A correction that speaks of others than what it corrects: "the whole dati again as they should have been" (tracciato.md 3, R and A). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulled, arrival, corrected, type Line, line, Story } from '../support/story.ts';
import { birth, death } from '../support/story-lines.ts';

let test: TestDatabase;
let story: Story;
beforeEach(async () => {
  test = await testDatabase();
  story = new Story(test.db);
  await story.begin(`
    id  nome          sesso  nascita     famiglia  stato
    S1  ROSSI MARIO   M      1970-01-01  F1/1      2+S2
    S2  BIANCHI ANNA  F      1972-01-01  F1/2      2+S1
    S4  NERI ADA      F      1980-01-01  F2/1      2+S5
    S5  GALLI UGO     M      1978-03-03  F2/2      2+S4
  `);
});
afterEach(async () => {
  await story.endsAsTold();
  await test.drop();
});

const came = (id: string, who: readonly Line[], more: Line = {}) =>
  line(id, 'ISCRIZIONE', '2025-02-01', { motivo: '3', soggetti: who, ...more });
const into = (family: string, id: string, relazione: string): Line => ({
  ...arrival(id),
  legame: { id_famiglia: family, relazione },
});
const home = { id_famiglia: 'F7', motivo: '1', specie: 'VIA', toponimo: 'NUOVA', civico: '1' };

describe('a correction that names somebody whom the event did not', () => {
  it('a child forgotten in a registration comes with its correction, and goes with the annulment of that', async () => {
    const alone = came('1', [into('F7', 'S7', '1')], { famiglia: home });
    expect(await story.supply(alone)).toEqual([]);
    const both = corrected(
      '2',
      alone,
      { dati: { soggetti: [into('F7', 'S7', '1'), into('F7', 'S8', '3')] } },
      '2025-03-01',
    );
    expect(await story.supply(both)).toEqual([]);
    expect(await story.supply(annulled('3', both, '2025-04-01'))).toEqual([]);
    await story.expect(`
      al          noto  S7.famiglia  S8.famiglia
      2025-02-01  1     F7/1         ignoto
      2025-02-01  2     F7/1         F7/3
      2025-02-01  3     F7/1         ignoto
    `);
  });

  it('a new family named otherwise by the correction is there, and the other never was', async () => {
    const wrong = came('1', [into('F7', 'S7', '1')], { famiglia: home });
    await story.supply(wrong);
    const right = corrected(
      '2',
      wrong,
      { dati: { soggetti: [into('F8', 'S7', '1')], famiglia: { ...home, id_famiglia: 'F8' } } },
      '2025-03-01',
    );
    expect(await story.supply(right)).toEqual([]);
    await story.expect(`
      al          noto  S7.famiglia  S7.casa
      2025-02-01  1     F7/1         NUOVA
      2025-02-01  2     F8/1         NUOVA
    `);
  });

  it('the death was of another: his spouse is widowed, the first one’s no more', async () => {
    const wrong = death('1', 'S1', '2025-02-01');
    expect(await story.supply(wrong)).toContain('EF008 1');
    const right = corrected('2', wrong, { dati: { id_soggetto: 'S5' } }, '2025-03-01');
    expect(await story.supply(right)).toEqual([]);
    await story.expect(`
      al          noto  S1.casa  S2.stato  S5.casa  S4.stato
      2025-02-01  1     -        3         VERDI    2+S5
      2025-02-01  2     ROMA     2+S1      -        3
    `);
  });

  it('what has been registered since of those whom it speaks of now stays', async () => {
    const wrong = death('1', 'S1', '2025-02-01');
    await story.supply(wrong);
    await story.supply(
      line('2', 'CITTADINANZA', '2025-02-10', {
        id_soggetto: 'S4',
        cittadinanza: '235',
        altra_cittadinanza: '100',
      }),
      birth('3', 'S7', '2025-02-11'),
    );
    const right = corrected('4', wrong, { dati: { id_soggetto: 'S5' } }, '2025-03-01');
    expect(await story.supply(right)).toEqual([]);
    await story.expect(`
      al          noto  S4.stato  S4.cittadinanza  S7.famiglia  S1.casa
      2025-02-10  3     3         235/100          -            ROMA
      2025-02-11  3     3         235/100          F1/3         ROMA
    `);
  });
});
