/** Spouses, parents, heads, civil status, citizenship and identity that do not match across registers (registry.md, Reconciliation). A finding is written as `shortOf` writes it (province.ts). */
import { describe, expect, it } from 'vitest';
import { computeCodiceFiscale, omocodicForms } from '../../src/kernel/codice-fiscale.ts';
import { day } from '../../src/kernel/day.ts';
import { event } from '../support/events.ts';
import { becomes, comes, leaves, type Person, PLACES } from '../support/province.ts';
import { anna, asB, eachAnew, MARIO, mario, province } from '../support/reconciled-province.ts';

eachAnew();

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
