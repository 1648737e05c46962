/** Sentences of tracciato.md 3, through the whole intake (test/support/page-story.ts). */
import { describe, expect, it } from 'vitest';
import {
  annulment,
  begin,
  birth,
  changes,
  correction,
  database,
  death,
  eachAnew,
  event,
  home,
  leaving,
  lives,
  residence,
  row,
  spells,
  status,
} from '../support/page-story.ts';
import type { Json } from '../support/supply-zip.ts';

eachAnew();

describe('Repeated values may be missing; an absent key leaves a value as it was, null removes it', () => {
  it('iscritto_dal, motivo_iscrizione and data_morte are those that the event says', async () => {
    await begin();
    await changes(birth('2025-01-10'), death('S4', '2025-01-11'));
    expect(await residence('S9')).toEqual(['2025-01-10/infinity -']);
    expect(await spells('S9', 'registrations', 'motivo_iscrizione')).toEqual(['2025-01-10/infinity 1']);
    expect(await residence('S4')).toEqual(['2010-01-01/2025-01-11 1']);
  });

  it('a partial iscritto_dal has its first day as decorrenza', async () => {
    await begin();
    expect(await changes(birth('2025-01-01', { iscritto_dal: '2025-01' }))).not.toContain('SIP-202 1');
    expect(await residence('S9')).toEqual(['2025-01-01/infinity -']);
  });

  it('of a convivenza that changes its number the street stays', async () => {
    await begin();
    const opening = {
      id_convivenza: 'C1',
      specie_convivenza: '3',
      denominazione: 'CASA',
      dal: '2025-01-02',
      specie: 'VIA',
      toponimo: 'BO',
      civico: '1',
      esponente: 'A',
    };
    await changes(
      event('CONVIVENZA', '2025-01-02', { azione: 'APERTURA', convivenza: opening }),
      event('CONVIVENZA', '2025-01-10', {
        azione: 'MODIFICA',
        convivenza: { id_convivenza: 'C1', civico: '7', esponente: null },
      }),
    );
    const { rows } = await database().query<{ a: string }>(
      `select a.toponimo || ' ' || a.civico || coalesce('/' || a.esponente, '') as a
         from household_addresses a join household_numbers n using (household_id)
        where n.id_household = 'C1' order by a.valid_from`,
    );
    expect(rows.map((r) => r.a)).toEqual(['BO 1/A', 'BO 7']);
  });

  it('who comes back keeps the code that the row does not name, and it stays validated', async () => {
    await begin();
    const back = row('S5', '1950-05-05', {
      cognome: 'NERI',
      nome: 'UGO',
      sesso: 'M',
      motivo_iscrizione: '3',
    });
    await changes(
      event('ISCRIZIONE', '2025-01-10', {
        motivo: '3',
        soggetti: [{ ...back, legame: { id_famiglia: 'F2', relazione: '99' } }],
      }),
    );
    const { rows } = await database().query<{ codes: number; valid: number }>(
      `select count(distinct codice_fiscale)::int as codes, count(*) filter (where validita_cf = '1')::int as valid
         from identities join entries e using (entry_id) where e.id_soggetto = 'S5'`,
    );
    expect(rows).toEqual([{ codes: 1, valid: 2 }]);
  });
});

describe('In time', () => {
  it('a decorrenza after situazione_al counts from its day', async () => {
    await begin();
    expect(await changes({ ...leaving('2025-06-01', 'S4'), data_evento: '2025-01-20' })).toEqual([]);
    expect(await residence('S4')).toEqual(['2010-01-01/2025-06-01 3']);
  });

  it('of two facts on one day the later registered holds, whatever the order of the lines', async () => {
    await begin();
    const status8 = (id: string, registrazione: string) =>
      event('CITTADINANZA', '2025-01-10', { id_soggetto: 'S4', cittadinanza: id }, { registrazione });
    await changes(status8('235', '2025-01-20'), status8('201', '2025-01-15'));
    expect(await spells('S4', 'citizenships', 'stato')).toEqual([
      '2010-01-01/2025-01-10 100',
      '2025-01-10/infinity 235',
    ]);
  });

  it('who is born and dies on one day leaves on it, and is counted in no stock', async () => {
    await begin();
    expect(await changes(birth('2025-01-10'), death('S9', '2025-01-10'))).not.toContain('SIP-204 2');
    expect(await residence('S9')).toEqual([]);
  });

  it('a family left with nobody is closed on that day; a convivenza that closed is not opened by what is said of later days', async () => {
    await begin();
    const C1 = { id_convivenza: 'C1' };
    await changes(
      leaving('2025-01-10', 'S4'),
      event('CONVIVENZA', '2025-01-02', {
        azione: 'APERTURA',
        convivenza: { ...C1, specie_convivenza: '3', denominazione: 'CASA', dal: '2025-01-02', civico: '1' },
      }),
      event('CONVIVENZA', '2025-01-20', {
        azione: 'MODIFICA',
        convivenza: { ...C1, denominazione: 'ALTRA' },
      }),
      event('CONVIVENZA', '2025-01-15', { azione: 'CHIUSURA', convivenza: C1 }),
    );
    expect(await lives('F2')).toEqual(['2010-01-01/2025-01-10']);
    expect(await lives('C1')).toEqual(['2025-01-02/2025-01-15']);
  });
});

describe('What follows from an event', () => {
  it('one STATO_CIVILE moves both where it binds or frees, and the own event of the other changes nothing', async () => {
    await begin();
    const divorce = (who: string, from: string) =>
      event('STATO_CIVILE', '2025-01-10', { id_soggetto: who, stato_civile: '4', id_coniuge: from });
    await changes(divorce('S1', 'S2'), divorce('S2', 'S1'));
    for (const id of ['S1', 'S2'])
      expect(await status(id)).toEqual(['2005-06-01/2025-01-10 2', '2025-01-10/infinity 4']);
  });

  it('the partner of a civil union becomes free by death of the partner', async () => {
    await begin();
    await changes(
      event('STATO_CIVILE', '2025-01-05', { id_soggetto: 'S3', stato_civile: '6', id_coniuge: 'S4' }),
      death('S3', '2025-01-20'),
    );
    expect(await status('S4')).toEqual([
      '2010-01-01/2025-01-05 1',
      '2025-01-05/2025-01-20 6',
      '2025-01-20/infinity 7',
    ]);
  });
});

describe('R and A of events', () => {
  it('a correction followed by its annulment restores every fact, and what had fallen with it', async () => {
    await begin();
    const gone = leaving('2025-01-20', 'S4');
    const card = event('DOCUMENTO', '2025-01-15', { id_soggetto: 'S4', documento_numero: 'CA1' });
    await changes(gone, card);
    const earlier = correction(gone, '2025-01-10', gone['dati'] as Json);
    expect(await changes(earlier)).toEqual(['SIP-206 1']);
    expect(await spells('S4', 'documents', 'numero')).toEqual([]);
    await changes(annulment(earlier));
    expect(await spells('S4', 'documents', 'numero')).toEqual(['2025-01-15/infinity CA1']);
    expect(await residence('S4')).toEqual(['2010-01-01/2025-01-20 3']);
  });
});

describe('Every entry is somebody (registry.md: persons)', () => {
  it('also who was born and annulled in one supply, of whom nothing is held', async () => {
    await begin();
    const born = birth('2025-01-10');
    expect(await changes(born, annulment(born))).toEqual(['SIP-122 1']);
    expect(await residence('S9')).toEqual([]);
    const { rows } = await database().query<{ id: string }>(
      `select e.id_soggetto as id from entries e left join person_entries p using (entry_id) where p.entry_id is null`,
    );
    expect(rows).toEqual([]);
  });
});

describe('Waiting', () => {
  const card = (numero: string) =>
    event('DOCUMENTO', '2025-01-10', { id_soggetto: 'S8', documento_numero: numero });
  const scheda = event('SCHEDA', '2025-01-20', {
    soggetti: [
      row('S8', '1990-08-08', {
        iscritto_dal: '2010-01-01',
        motivo_iscrizione: '3',
        nome: 'IDA',
        cognome: 'FERRI',
      }),
    ],
    legami: [{ id_soggetto: 'S8', id_famiglia: 'F2', relazione: '99', dal: '2010-01-01' }],
  });

  it('what waits is tried in order, corrections with it', async () => {
    await begin();
    const first = card('CA1');
    const again = correction(first, '2025-01-10', { id_soggetto: 'S8', documento_numero: 'CA2' });
    expect(await changes(first, again)).toEqual(['SIP-210 1', 'SIP-210 2']);
    await changes(scheda);
    expect(await spells('S8', 'documents', 'numero')).toEqual(['2025-01-10/infinity CA2']);
  });

  it('what is sent again under one id takes the place of what waited', async () => {
    await begin();
    const first = card('CA1');
    await changes(first);
    await changes({ ...card('CA2'), id_evento: first['id_evento'] }, { ...scheda, id_evento: 'again' });
    expect(await spells('S8', 'documents', 'numero')).toEqual(['2025-01-10/infinity CA2']);
  });
});

describe('TOPONOMASTICA and TERRITORIO also find who is learned of later', () => {
  const renaming = event('TOPONOMASTICA', '2025-01-10', {
    da: { specie: 'VIA', toponimo: 'VERDI', civico: '5' },
    a: { toponimo: 'GIUSEPPE VERDI' },
  });
  const moving = (day: string, more: Json = {}) =>
    event('CAMBIO_ABITAZIONE', day, {
      id_famiglia: 'F1',
      famiglia: { id_famiglia: 'F1', specie: 'VIA', toponimo: 'VERDI', civico: '5', ...more },
    });

  it('a dwelling learned of later bears the new name from the day, and the old one again when it is annulled', async () => {
    await begin();
    await changes(renaming);
    await changes(moving('2025-01-05'));
    expect(await home('S3')).toEqual([
      '2010-01-01/2025-01-05 ROMA 1',
      '2025-01-05/2025-01-10 VERDI 5',
      '2025-01-10/infinity GIUSEPPE VERDI 5',
    ]);
    await changes(annulment(renaming));
    expect(await home('S3')).toEqual(['2010-01-01/2025-01-05 ROMA 1', '2025-01-05/infinity VERDI 5']);
    expect(await home('S4')).toEqual(['2010-01-01/infinity VERDI 5']);
  });

  it('a number without esponente means the one that has none', async () => {
    await begin();
    await changes({ ...renaming, id_evento: 'other' }, moving('2025-01-05', { esponente: 'A' }));
    expect(await home('S3')).toEqual(['2010-01-01/2025-01-05 ROMA 1', '2025-01-05/infinity VERDI 5/A']);
  });

  it('who is born on the day on which the land passes, learned of later, passes with it', async () => {
    await begin();
    await changes(event('TERRITORIO', '2025-01-10', { a: '037006', id_famiglie: ['F1'] }));
    expect(await residence('S3')).toEqual(['2010-01-01/2025-01-10 13']);
    await changes(birth('2025-01-08'));
    expect(await residence('S9')).toEqual(['2025-01-08/2025-01-10 13']);
  });

  it('with the land come people from the comune that gives it (T7 9)', async () => {
    await begin();
    await changes(
      event('TERRITORIO', '2025-01-10', {
        da: '037006',
        famiglie: [{ id_famiglia: 'F9', motivo: '2', specie: 'VIA', toponimo: 'NUOVA', civico: '9' }],
        soggetti: [{ ...row('S9', '1990-01-01'), legame: { id_famiglia: 'F9', relazione: '1' } }],
      }),
    );
    expect(await spells('S9', 'registrations', "motivo_iscrizione || ' ' || comune_provenienza")).toEqual([
      '2025-01-10/infinity 9 037006',
    ]);
  });
});

describe('SCHEDA', () => {
  it('two rows of one history that begin on one day stand side by side', async () => {
    await begin();
    const findings = await changes(
      event('SCHEDA', '2025-01-20', {
        soggetti: [
          row('S4', '1980-04-04', {
            iscritto_dal: '2010-01-01',
            motivo_iscrizione: '3',
            nome: 'ADA',
            cognome: 'VERDI',
            stato_civile: '4',
          }),
        ],
        stati_civili: [
          {
            id_soggetto: 'S4',
            stato_civile: '2',
            dal: '2012-01-01',
            al: '2012-01-01',
            cf_coniuge: 'RSSMRA70A01F257X',
          },
          { id_soggetto: 'S4', stato_civile: '4', dal: '2012-01-01' },
        ],
      }),
    );
    expect(findings.filter((f) => !f.startsWith('SIP-122'))).toEqual([]);
    expect(await status('S4')).toEqual(['2012-01-01/infinity 4']);
  });
});
