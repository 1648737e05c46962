/** Reconciliation between comuni, sentence by sentence of registry.md. A finding is written as `shortOf` writes it (province.ts). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { computeCodiceFiscale, omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { getKnownAt } from '../../src/registry/answers/known-at.sql.ts';
import { refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { annulment, event } from '../support/events.ts';
import { becomes, comes, dies, leaves, type Person, PLACES, Province } from '../support/province.ts';

let test: TestDatabase;
let province: Province;
beforeEach(async () => {
  test = await testDatabase();
  province = new Province(test.db);
});
afterEach(async () => {
  // Whatever happened, the whole computed anew is the same: nothing was missed, nothing was left open.
  const again = await refreshFindings(test.db);
  await test.drop();
  expect(again).toEqual({ opened: 0, closed: 0 });
});

const MARIO = 'RSSMRA80E04F257X';
const ANNA = 'BNCNNA82A41F257K';
const mario = (change: Partial<Person> = {}): Person => ({
  id_soggetto: 'S1',
  codice_fiscale: MARIO,
  ...change,
});
const anna = (change: Partial<Person> = {}): Person => ({
  id_soggetto: 'S2',
  codice_fiscale: ANNA,
  cognome: 'BIANCHI',
  nome: 'ANNA',
  sesso: 'F',
  ...change,
});
const asB = (person: Person): Person => ({ ...person, id_soggetto: `T${person.id_soggetto.slice(1)}` });

/** What the register answers of Mario on a day, as known now. */
async function signals(on: string, code = MARIO) {
  const { segnali, residenza } = await askPerson(
    test.db,
    { kind: 'code', codice_fiscale: code },
    { al: day(on), notoAl: null },
  );
  return { ...segnali, comune: residenza.comune };
}

describe('a cancellation towards B and a registration from A are two halves of one move', () => {
  beforeEach(async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', []);
  });

  it('the registration comes first: the cancellation is awaited from its registrazione, and closes it by itself', async () => {
    await province.deliver(
      'B',
      '2025-01-31',
      comes('b1', '2025-01-15', asB(mario()), 'A', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings()).toEqual([]);
    await province.deliver('A', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 11']);
    expect(await signals('2025-01-31')).toMatchObject({
      comune: PLACES['B'],
      trasferimento_pendente: { da: PLACES['A'], verso: PLACES['B'] },
      doppia_residenza: null,
    });
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings()).toEqual([]);
    expect(await province.findings('tutte')).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 11 chiusa da A/3 a1',
    ]);
  });

  it('the cancellation comes first: the person is in transit, and the registration is awaited', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-15 attesa 11']);
    expect((await signals('2025-01-31')).in_transito).toMatchObject({ da: PLACES['A'], verso: PLACES['B'] });
    await province.deliver(
      'B',
      '2025-02-28',
      comes('b1', '2025-01-15', asB(mario()), 'A', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_ISCRIZIONE B(A) A:S1 B:T1 2025-01-15 attesa 11 chiusa da B/3 b1',
    ]);
    expect((await signals('2025-02-28')).in_transito).toBeNull();
  });

  it('halves that cross within what both have told are no finding, whichever is loaded first', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    expect(await province.findings('tutte')).toEqual([]);
  });

  it('what stays unpaired beyond 30 days is reported, from the registrazione to the situazione_al of who owes the half', async () => {
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-10', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    await province.deliver('B', '2025-02-19');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-10 attesa 30']);
    await province.deliver('B', '2025-02-20');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2025-01-10 attesa 31 segnalata']);
    const [finding] = await province.listed({});
    expect(finding).toMatchObject({ scadenza: '2025-02-19', giorni: 31, aperta_da: { id_evento: 'a1' } });
    // Both are told: the one that must mend, and the one that waits.
    expect(await province.listed({ comune: PLACES['B']!, side: 'mine' })).toHaveLength(1);
    expect(await province.listed({ comune: PLACES['A']!, side: 'others' })).toHaveLength(1);
    expect(await province.listed({ comune: PLACES['A']!, side: 'mine' })).toEqual([]);
  });

  it('in B and not yet gone from A: no double residence until the agreed days are over; then EA030, and nothing is altered', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-02-14');
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 30']);
    await province.deliver('A', '2025-02-28');
    expect(await province.findings()).toEqual([
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2025-01-15',
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 44 segnalata',
    ]);
    expect(await signals('2025-02-28')).toMatchObject({
      comune: PLACES['B'],
      trasferimento_pendente: null,
      doppia_residenza: { corrente: PLACES['B'], anche: [PLACES['A']] },
    });
    await province.deliver(
      'A',
      '2025-03-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-03-10' }),
    );
    expect(await province.findings()).toEqual([]);
    expect(await province.findings('chiuse')).toEqual([
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2025-01-15 chiusa da A/4 a1',
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 44 segnalata chiusa da A/4 a1',
    ]);
  });

  it('a half that never should have been is annulled, and the finding closes with the annulment', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-01-31');
    await province.deliver(
      'B',
      '2025-02-28',
      annulment('b2', 'ISCRIZIONE', '2025-01-15', { id_evento: 'b1' }, '2025-02-05'),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 16 chiusa da B/3 b2',
    ]);
  });

  it('an annulled half leaves the other alone again', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-01-30' }),
    );
    expect(await province.findings('tutte')).toEqual([]);
    await province.deliver(
      'A',
      '2025-02-10',
      annulment('a2', 'CANCELLAZIONE', '2025-01-15', { id_evento: 'a1' }, '2025-02-05'),
    );
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 26']);
  });

  it('halves whose decorrenze differ are a finding (DPR 223/1989 art. 18), mended by a correction', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver(
      'A',
      '2025-01-31',
      leaves('a1', '2025-01-18', 'S1', 'B', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings()).toEqual(['DECORRENZE_DIVERSE A(B) A:S1 B:T1 2025-01-15']);
    expect((await signals('2025-01-16')).decorrenze_diverse).toBe(true);
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a2', '2025-01-15', 'S1', 'B', {
        tipo: 'R',
        riferimento: { id_evento: 'a1' },
        registrazione: '2025-02-03',
      }),
    );
    expect(await province.findings('tutte')).toEqual([
      'DECORRENZE_DIVERSE A(B) A:S1 B:T1 2025-01-15 chiusa da A/3 a2',
    ]);
  });

  it('findings are facts in recorded time: as known then, it was open', async () => {
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-15', asB(mario()), 'A'));
    await province.deliver('A', '2025-01-31');
    const then = await getKnownAt(test.db, null);
    await province.deliver(
      'A',
      '2025-02-28',
      leaves('a1', '2025-01-15', 'S1', 'B', { registrazione: '2025-02-10' }),
    );
    expect(await province.findings('aperte')).toEqual([]);
    expect(await province.findings('aperte', then)).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 16',
    ]);
    expect(await province.findings('chiuse', then)).toEqual([]);
  });
});

describe('the move of a family', () => {
  it('is one finding with each of its people, and two where one of them is registered first', async () => {
    await province.begin('A', [mario({ famiglia: 'F1' }), anna({ famiglia: 'F1', relazione: '2' })]);
    await province.begin('B', []);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-08', 'S1 S2', 'B'));
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 A:S2 2025-01-08 attesa 23']);
    const [finding] = await province.listed({});
    expect(finding?.persone.map((p) => p.codice_fiscale)).toEqual([MARIO, ANNA]);
    await province.deliver(
      'B',
      '2025-02-28',
      comes('b1', '2025-01-08', asB(mario()), 'A', { registrazione: '2025-02-03' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'MANCA_ISCRIZIONE B(A) A:S1 B:T1 2025-01-08 attesa 23 chiusa da B/3 b1',
      'MANCA_ISCRIZIONE B(A) A:S2 2025-01-08 attesa 51 segnalata',
    ]);
  });
});

describe('a half that came with a COMPLETA', () => {
  const gone = (on: string): Person =>
    mario({
      posizione: 'CANCELLATO',
      cancellato_dal: day(on),
      motivo_cancellazione: '3',
      comune_destinazione: PLACES['B']!,
    });

  it('counts when its decorrenza lies within the agreed days before the situazione_al, and waits from its decorrenza', async () => {
    await province.begin('A', [gone('2024-12-01')]);
    await province.begin('B', []);
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2024-12-01 attesa 30']);
    await province.deliver('B', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE B(A) A:S1 2024-12-01 attesa 61 segnalata']);
  });

  it('older, it makes nobody in transit and is not reported', async () => {
    await province.begin('A', [gone('2024-11-30')]);
    await province.begin('B', []);
    await province.deliver('B', '2025-02-28');
    expect(await province.findings('tutte')).toEqual([]);
    expect((await signals('2025-01-31')).in_transito).toBeNull();
  });

  it('pairs like any other, though it be old', async () => {
    await province.begin('A', [gone('2015-03-01')]);
    await province.begin('B', [
      asB(mario({ iscritto_dal: day('2015-03-09'), comune_provenienza: PLACES['A']! })),
    ]);
    expect(await province.findings()).toEqual(['DECORRENZE_DIVERSE A(B) A:S1 B:T1 2015-03-09']);
  });

  it('a move towards a comune that does not feed the system is awaited once it does', async () => {
    await province.begin('A', [mario()]);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-15', 'S1', 'C'));
    expect(await province.findings('tutte')).toEqual([]);
    await province.begin('C', [], '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_ISCRIZIONE C(A) A:S1 2025-01-15 attesa 16']);
  });
});

describe('double residence (EA030): two open registrations that no pending transfer explains', () => {
  it('the later decorrenza is current, the comune of the earlier must mend; each comune goes on counting its own', async () => {
    await province.begin('B', [asB(mario({ iscritto_dal: day('1990-01-01'), motivo_iscrizione: '1' }))]);
    await province.begin('A', [mario({ iscritto_dal: day('2001-05-05'), motivo_iscrizione: '4' })]);
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA B(A) A:S1 B:T1 2001-05-05']);
    await province.deliver(
      'B',
      '2025-01-31',
      leaves('b1', '2001-05-05', 'T1', 'A', { registrazione: '2025-01-20' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'DOPPIA_RESIDENZA B(A) A:S1 B:T1 2001-05-05 chiusa da B/2 b1',
    ]);
  });

  it('a chain of moves A to B to C, neither yet gone: both are pending, nobody is resident twice', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', []);
    await province.begin('C', []);
    await province.deliver('B', '2025-01-31', comes('b1', '2025-01-10', asB(mario()), 'A'));
    await province.deliver('C', '2025-01-31', comes('c1', '2025-01-25', mario({ id_soggetto: 'U1' }), 'B'));
    await province.deliver('A', '2025-01-31');
    expect(await province.findings()).toEqual([
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-10 attesa 21',
      'MANCA_CANCELLAZIONE B(C) B:T1 C:U1 2025-01-25 attesa 6',
    ]);
  });

  it('residence in two comuni on days gone by is a finding of its own (Invariants 1)', async () => {
    await province.begin('A', [mario({ iscritto_dal: day('1990-01-01'), motivo_iscrizione: '1' })]);
    await province.begin('B', [
      asB(
        mario({
          iscritto_dal: day('2001-01-01'),
          motivo_iscrizione: '4',
          posizione: 'CANCELLATO',
          cancellato_dal: day('2005-01-01'),
          motivo_cancellazione: '6',
        }),
      ),
    ]);
    expect(await province.findings()).toEqual(['RESIDENZE_SOVRAPPOSTE A(B) A:S1 B:T1 2001-01-01']);
  });

  it('two entries that turn out to be two people close it: the code of one was mistaken', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', [asB(mario({ iscritto_dal: day('2012-01-01'), motivo_iscrizione: '4' }))]);
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA A(B) A:S1 B:T1 2012-01-01']);
    await province.deliver(
      'B',
      '2025-01-31',
      event('b1', 'GENERALITA', '2012-01-01', {
        id_soggetto: 'T1',
        motivo: 'RETTIFICA',
        columns: { codice_fiscale: 'RSSMRC80E04F257Z', validita_cf: '1' },
      }),
    );
    expect(await province.findings()).toEqual([]);
  });
});

describe('the dead', () => {
  it('dead in one register and resident in another on a later day: in conflict until it is settled', async () => {
    await province.begin('A', [mario()]);
    await province.begin('B', [asB(mario({ iscritto_dal: day('2012-01-01'), motivo_iscrizione: '4' }))]);
    await province.deliver('B', '2025-01-31', dies('b1', '2025-01-15', 'T1'));
    expect(await province.findings()).toContain('DECEDUTO_RESIDENTE A(B) A:S1 B:T1 2025-01-16');
    expect((await signals('2025-01-31')).in_conflitto).toBe(true);
    await province.deliver('A', '2025-01-31', dies('a1', '2025-01-15', 'S1'));
    expect((await province.findings()).filter((f) => f.startsWith('DECEDUTO'))).toEqual([]);
    expect((await signals('2025-01-31')).in_conflitto).toBe(false);
  });

  it('a spouse who died in another register: the comune of the survivor is told, and says so itself', async () => {
    await province.begin('A', [
      anna({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: MARIO }),
    ]);
    await province.begin('B', [
      asB(mario({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: ANNA })),
    ]);
    expect(await province.findings()).toEqual([]);
    await province.deliver('B', '2025-01-31', dies('b1', '2025-01-15', 'T1'));
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-01-15']);
    await province.deliver('A', '2025-02-28', becomes('a1', '2025-01-15', 'S2', '3'));
    expect(await province.findings('tutte')).toEqual([
      'CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-01-15 chiusa da A/2 a1',
    ]);
  });

  it('the spouse was named by number, moved away and died there; an annulled death closes it, its correction opens it again', async () => {
    const couple = { stato_civile: '2', stato_civile_dal: day('2005-06-01'), famiglia: 'F1' };
    await province.begin('A', [
      anna({ ...couple, id_coniuge: 'S1' }),
      mario({ ...couple, id_coniuge: 'S2', relazione: '2' }),
    ]);
    await province.begin('B', []);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-10', 'S1', 'B'));
    await province.deliver(
      'B',
      '2025-01-31',
      comes('b1', '2025-01-10', asB(mario({ stato_civile: '2', cf_coniuge: ANNA })), 'A'),
    );
    await province.deliver('B', '2025-02-28', dies('b2', '2025-02-03', 'T1'));
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-02-03']);
    await province.deliver(
      'B',
      '2025-03-31',
      annulment('b3', 'MORTE', '2025-02-03', { id_evento: 'b2' }, '2025-03-05'),
    );
    expect(await province.findings()).toEqual([]);
    await province.deliver(
      'B',
      '2025-04-30',
      dies('b4', '2025-02-04', 'T1', { registrazione: '2025-04-05' }),
    );
    expect(await province.findings()).toEqual(['CONIUGE_DECEDUTO A(B) A:S2 B:T1 2025-02-04']);
  });
});

describe('what does not match across registers', () => {
  const since = { iscritto_dal: day('2012-01-01') };

  it('spouses: one says married, the other register says not', async () => {
    await province.begin('A', [
      anna({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: MARIO }),
    ]);
    await province.begin('B', [asB(mario({ stato_civile: '4', stato_civile_dal: day('2020-02-02') }))]);
    expect(await province.findings()).toEqual(['CONIUGI_DISCORDI A(B) A:S2 B:T1 2020-02-02']);
    await province.deliver(
      'A',
      '2025-01-31',
      becomes('a1', '2020-02-02', 'S2', '4', null, { registrazione: '2025-01-20' }),
    );
    expect(await province.findings('tutte')).toEqual([
      'CONIUGI_DISCORDI A(B) A:S2 B:T1 2020-02-02 chiusa da A/2 a1',
    ]);
  });

  it('spouses: who names nobody contradicts nobody, whichever register comes first', async () => {
    await province.begin('B', [asB(mario({ stato_civile: '2', stato_civile_dal: day('2005-06-01') }))]);
    await province.begin('A', [
      anna({ stato_civile: '2', stato_civile_dal: day('2005-06-01'), cf_coniuge: MARIO }),
    ]);
    expect(await province.findings('tutte')).toEqual([]);
  });

  it('civil status: two entries about one day, both while resident; it closes when the history is mended', async () => {
    const left: Partial<Person> = {
      stato_civile: '1',
      posizione: 'CANCELLATO',
      cancellato_dal: day('2012-01-01'),
      motivo_cancellazione: '3',
      comune_destinazione: PLACES['B']!,
    };
    await province.begin('A', [mario(left)]);
    await province.begin('B', [
      asB(
        mario({
          ...since,
          comune_provenienza: PLACES['A']!,
          stato_civile: '2',
          stato_civile_dal: day('2011-06-01'),
        }),
      ),
    ]);
    expect(await province.findings()).toEqual(['STATO_CIVILE_DISCORDE B(A) A:S1 B:T1 2011-06-01']);
    await province.deliver(
      'B',
      '2025-01-31',
      event(
        'b1',
        'STATO_CIVILE',
        '2012-06-01',
        { id_soggetto: 'T1', stato_civile: '2', id_coniuge: null, cf_coniuge: null, atto: null },
        {
          tipo: 'R',
          riferimento: { fornitura: 1, id_soggetto: 'T1', fatto: 'STATO_CIVILE', dal: null },
          registrazione: '2025-01-20',
        },
      ),
    );
    expect(await province.findings()).toEqual([]);
  });

  it('what an entry says of days after it was last resident is stale, and contradicts nobody', async () => {
    await province.begin('A', [
      mario({
        stato_civile: '1',
        posizione: 'CANCELLATO',
        cancellato_dal: day('2012-01-01'),
        motivo_cancellazione: '3',
        comune_destinazione: PLACES['B']!,
      }),
    ]);
    await province.begin('B', [
      asB(
        mario({
          ...since,
          comune_provenienza: PLACES['A']!,
          stato_civile: '2',
          stato_civile_dal: day('2015-06-01'),
        }),
      ),
    ]);
    expect(await province.findings('tutte')).toEqual([]);
  });

  it('citizenship, identity and parents; within a pending transfer the comune left behind contradicts nobody', async () => {
    const [father, another] = ['RSSGNN50A01F257J', 'RSSPLA50A01F257Q'];
    await province.begin('A', [mario({ cf_padre: father })]);
    await province.begin('B', []);
    await province.deliver(
      'B',
      '2025-01-31',
      comes(
        'b1',
        '2025-01-15',
        asB(mario({ cognome: 'ROSSINI', cittadinanza: '203', cf_padre: another })),
        'A',
      ),
    );
    await province.deliver('A', '2025-01-31');
    expect(await province.findings()).toEqual(['MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 16']);
    await province.deliver('A', '2025-02-28');
    expect(await province.findings()).toEqual([
      'CITTADINANZA_DISCORDE A(B) A:S1 B:T1 2025-01-15',
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2025-01-15',
      'GENERALITA_DISCORDI A(B) A:S1 B:T1 2025-01-15',
      'GENITORI_DISCORDI A(B) A:S1 B:T1 2025-01-15',
      'MANCA_CANCELLAZIONE A(B) A:S1 B:T1 2025-01-15 attesa 44 segnalata',
    ]);
  });

  it('parents by number here and by code there are one person where the registers show it', async () => {
    const dad: Person = {
      id_soggetto: 'S9',
      codice_fiscale: 'RSSGNN50A01F257J',
      nome: 'GIOVANNI',
      data_nascita: day('1950-01-01'),
    };
    await province.begin('A', [mario({ id_padre: 'S9' }), dad]);
    await province.begin('B', [
      asB(mario({ ...since, motivo_iscrizione: '4', cf_padre: 'RSSGNN50A01F257J' })),
    ]);
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA A(B) A:S1 B:T1 2012-01-01']);
  });

  it('heads: the intestatario of a family lives in another comune, and others are left in it', async () => {
    await province.begin('A', [mario({ famiglia: 'F1' }), anna({ famiglia: 'F1', relazione: '3' })]);
    await province.begin('B', [asB(mario({ ...since, motivo_iscrizione: '4' }))]);
    expect(await province.findings()).toEqual([
      'DOPPIA_RESIDENZA A(B) A:S1 B:T1 2012-01-01',
      'INTESTATARIO_ALTROVE A(B) A:S1 B:T1 2012-01-01',
    ]);
    await province.deliver('A', '2025-01-31', leaves('a1', '2025-01-10', 'S2', 'C'));
    expect(await province.findings()).toEqual(['DOPPIA_RESIDENZA A(B) A:S1 B:T1 2012-01-01']);
  });

  it('EA036 across registers: base and omocodic form, borne by different people until an operator says otherwise', async () => {
    const base = computeCodiceFiscale({
      cognome: 'ROSSI',
      nome: 'MARIO',
      sesso: 'M',
      data_nascita: day('1980-05-04'),
      luogo: 'F257',
    });
    const omocodic = omocodicForms(base)[1]!;
    await province.begin('A', [mario({ codice_fiscale: base })]);
    await province.begin('B', [asB(mario({ codice_fiscale: omocodic }))]);
    expect(await province.findings()).toEqual(['CODICE_OMOCODICO A(B) A:S1 B:T1 2010-01-01']);
    await province.deliver(
      'A',
      '2025-01-31',
      event('a1', 'GENERALITA', '2025-01-20', {
        id_soggetto: 'S1',
        motivo: 'RETTIFICA',
        columns: { codice_fiscale: omocodicForms(base)[2]!, validita_cf: '1' },
      }),
    );
    expect(await province.findings('tutte')).toEqual([
      'CODICE_OMOCODICO A(B) A:S1 B:T1 2010-01-01 chiusa da A/2 a1',
    ]);
  });
});
