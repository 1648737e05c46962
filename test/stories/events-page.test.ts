/**
 * Sentences of tracciato.md 3, through the whole intake: lines of JSON in, facts held out. The register is that of
 * test/golden/changes/_base: S1 and S2, married, with S3 in F1; S4 alone in F2; S5 gone, S6 dead, S8 set aside.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, situazioneOf } from '../support/changes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import type { Json } from '../support/supply-zip.ts';

const BASE = join(import.meta.dirname, '../golden/changes/_base');
const COMUNE = '036042';

let test: TestDatabase;
let next: number;

/** Rows of CSV added to, or put in place of, those of the base. */
async function begin(tables: Readonly<Record<string, string>> = {}): Promise<void> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(BASE)) files.set(name, readFileSync(join(BASE, name)));
  for (const [name, text] of Object.entries(tables)) files.set(name, Buffer.from(text));
  await deliver(test.db, [
    { tipo: 'COMPLETA', comune: COMUNE, progressivo: 1, situazione_al: '2024-12-31', files },
  ]);
}

beforeEach(async () => {
  test = await testDatabase({ reused: true });
  next = 2;
});
afterEach(() => test.drop());

let made = 0;
const event = (operazione: string, decorrenza: string, dati: Json, more: Json = {}): Json => ({
  id_evento: `E${made++}`,
  operazione,
  tipo: 'N',
  data_evento: decorrenza,
  decorrenza,
  registrazione: '2025-01-28',
  dati,
  ...more,
});
const correction = (of: Json, decorrenza: string, dati: Json): Json =>
  event(of['operazione'] as string, decorrenza, dati, { tipo: 'R', riferimento: of['id_evento'] });
const annulment = (of: Json): Json => ({
  ...event(of['operazione'] as string, of['decorrenza'] as string, {}),
  tipo: 'A',
  riferimento: of['id_evento'],
});

/** Delivers a supply of changes. @returns the codes of its findings, with their lines */
async function changes(...events: Json[]): Promise<string[]> {
  const progressivo = next++;
  const lines = events.map((e) => `${JSON.stringify(e)}\n`).join('');
  const [outcome] = await deliver(test.db, [
    {
      tipo: 'VARIAZIONI',
      comune: COMUNE,
      progressivo,
      situazione_al: situazioneOf(progressivo),
      files: new Map([['eventi.jsonl', Buffer.from(lines)]]),
    },
  ]);
  return outcome!.segnalazioni.map((f) => `${f['codice']} ${f['riga'] ?? '-'}`);
}

/** The spells held of one kind: "from/to what". */
async function spells(id: string, table: string, what: string): Promise<string[]> {
  const { rows } = await test.db.query<{ spell: string }>(
    `select valid_from || '/' || valid_to || ' ' || coalesce((${what})::text, '-') as spell
       from ${table} f join entries e using (entry_id)
      where e.id_soggetto = $1 and valid_from < valid_to order by valid_from`,
    [id],
  );
  return rows.map((r) => r.spell);
}
async function lives(id: string): Promise<string[]> {
  const { rows } = await test.db.query<{ life: string }>(
    `select min(valid_from) || '/' || max(valid_to) as life from households
      where id_household = $1 and valid_from < valid_to group by household_id`,
    [id],
  );
  return rows.map((r) => r.life);
}
const residence = (id: string) => spells(id, 'registrations', 'motivo_cancellazione');
const home = (id: string) =>
  spells(id, 'dwellings', "toponimo || ' ' || civico || coalesce('/' || esponente, '')");
const status = (id: string) => spells(id, 'civil_statuses', 'stato_civile');
const named = (id: string) => spells(id, 'identities', 'nome');

const row = (id: string, born: string, more: Json = {}): Json => ({
  id_soggetto: id,
  cognome: 'ROSSI',
  nome: 'EVA',
  sesso: 'F',
  data_nascita: born,
  comune_nascita: '036023',
  stato_civile: '1',
  cittadinanza: '100',
  posizione: 'RESIDENTE',
  data_aggiornamento: '2025-01-28',
  ...more,
});
const birth = (day: string, more: Json = {}): Json =>
  event('NASCITA', day, { soggetto: row('S9', day, more), legame: { id_famiglia: 'F1', relazione: '3' } });
const death = (who: string, day: string, more: Json = {}): Json =>
  event('MORTE', day, { id_soggetto: who, comune_morte: '036023', ...more });
const leaving = (day: string, ...who: string[]): Json =>
  event('CANCELLAZIONE', day, { motivo: '3', id_soggetti: who, destinazione: { comune: '037006' } });
const fact = (id: string, fatto: string, more: Json = {}): Json => ({
  fornitura: 1,
  id_soggetto: id,
  fatto,
  ...more,
});

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
    const { rows } = await test.db.query<{ a: string }>(
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
    const { rows } = await test.db.query<{ codes: number; valid: number }>(
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

describe('R and A of what came with a COMPLETA', () => {
  /** S1 died on 1 March 2024: his widow S2 is told, and S7, who lived alone, died on 5 March: his family is closed. */
  const TOLD = (() => {
    const soggetti = readFileSync(join(BASE, 'soggetti.csv'), 'utf8').trimEnd().split('\n');
    const columns = soggetti[0]!.split(';');
    const set = (line: string, values: Json): string =>
      columns.map((c, i) => (c in values ? String(values[c]) : line.split(';')[i])).join(';');
    const rows = soggetti.map((line) => {
      if (line.startsWith('S1;')) return set(line, { posizione: 'DECEDUTO', data_morte: '2024-03-01' });
      if (line.startsWith('S2;'))
        return set(line, { stato_civile: '3', stato_civile_dal: '2024-03-01', id_coniuge: '' });
      if (line.startsWith('S6;')) return set(line, { id_soggetto: 'S6', data_morte: '2024-03-05' });
      return line;
    });
    return {
      'soggetti.csv': `${rows.join('\n')}\n`,
      'stati_civili.csv':
        'id_soggetto;stato_civile;dal;al;id_coniuge\nS2;2;2005-06-01;2024-03-01;S1\nS2;3;2024-03-01;;\n',
      'famiglie.csv':
        'id_famiglia;dal;al;motivo;id_intestatario;specie;toponimo;civico\nF1;2010-01-01;;1;S2;VIA;ROMA;1\nF2;2010-01-01;;2;S4;VIA;VERDI;5\nF6;2010-01-01;2024-03-05;1;S6;VIA;VERDI;6\n',
      'legami.csv':
        'id_soggetto;id_famiglia;relazione;progressivo;dal;al\nS1;F1;1;1;2010-01-01;2024-03-01\nS2;F1;1;2;2010-01-01;\nS3;F1;3;3;2010-01-01;\nS4;F2;1;1;2010-01-01;\nS6;F6;1;1;2010-01-01;2024-03-05\n',
    };
  })();

  it('a death moves with it the family left with nobody', async () => {
    await begin(TOLD);
    expect(await lives('F6')).toEqual(['2010-01-01/2024-03-05']);
    const findings = await changes({
      ...death('S6', '2024-03-09'),
      tipo: 'R',
      riferimento: fact('S6', 'MORTE'),
    });
    expect(findings).toEqual([]);
    expect(await residence('S6')).toEqual(['2010-01-01/2024-03-09 1']);
    expect(await lives('F6')).toEqual(['2010-01-01/2024-03-09']);
    await changes({ ...death('S6', '2024-03-09'), tipo: 'A', riferimento: fact('S6', 'MORTE') });
    expect(await lives('F6')).toEqual(['2010-01-01/infinity']);
  });

  it('a death moves with it the widowhood of the survivor, which falls with an annulment', async () => {
    await begin(TOLD);
    await changes({ ...death('S1', '2024-03-03'), tipo: 'R', riferimento: fact('S1', 'MORTE') });
    expect(await status('S2')).toEqual(['2005-06-01/2024-03-03 2', '2024-03-03/infinity 3']);
    await changes({ ...death('S1', '2024-03-03'), tipo: 'A', riferimento: fact('S1', 'MORTE') });
    expect(await status('S2')).toEqual(['2005-06-01/infinity 2']);
    expect(await residence('S1')).toEqual(['2010-01-01/infinity -']);
  });

  const since = (who: string, day: string, famiglia: string): Json =>
    event(
      'ISCRIZIONE',
      day,
      {
        motivo: '3',
        soggetti: [
          {
            ...row(who, '1980-04-04', { cognome: 'VERDI', nome: 'ADA' }),
            legame: { id_famiglia: famiglia, relazione: '1' },
          },
        ],
      },
      { tipo: 'R', riferimento: fact(who, 'ISCRIZIONE') },
    );

  it('a registration corrected to another day moves the household that began with it, and takes it back', async () => {
    await begin();
    const earlier = since('S4', '2009-06-01', 'F2');
    expect(await changes(earlier)).not.toContain('SIP-204 1');
    expect(await residence('S4')).toEqual(['2009-06-01/infinity -']);
    expect(await lives('F2')).toEqual(['2009-06-01/infinity']);
    await changes(annulment(earlier));
    expect(await lives('F2')).toEqual(['2010-01-01/infinity']);
  });

  it('a household that others began with stays where they are in it', async () => {
    await begin();
    await changes(since('S3', '2012-06-01', 'F1'));
    expect(await residence('S3')).toEqual(['2012-06-01/infinity -']);
    expect(await lives('F1')).toEqual(['2010-01-01/infinity']);
    expect(await spells('S3', 'memberships', 'relazione')).toEqual(['2012-06-01/infinity 3']);
  });

  it.each([
    ['before it', false],
    ['after it', true],
  ])(
    'a dwelling corrects the person, who goes with the later moves of the family, told %s',
    async (_, first) => {
      await begin();
      const moves = event('CAMBIO_ABITAZIONE', '2025-01-10', {
        id_famiglia: 'F1',
        famiglia: { id_famiglia: 'F1', specie: 'VIA', toponimo: 'BO', civico: '9' },
      });
      const lived = event(
        'CAMBIO_ABITAZIONE',
        '2010-01-01',
        {
          id_soggetti: ['S3'],
          legami: [{ id_soggetto: 'S3', relazione: '3' }],
          famiglia: { id_famiglia: 'F1', specie: 'VIA', toponimo: 'ROMA', civico: '3' },
        },
        { tipo: 'R', riferimento: fact('S3', 'CAMBIO_ABITAZIONE') },
      );
      for (const supply of first ? [lived, moves] : [moves, lived]) expect(await changes(supply)).toEqual([]);
      const HELD = ['2010-01-01/2025-01-10 ROMA 3', '2025-01-10/infinity BO 9'];
      expect(await home('S3')).toEqual(HELD);
      expect(await home('S1')).toEqual(['2010-01-01/2025-01-10 ROMA 1', '2025-01-10/infinity BO 9']);
      await changes(
        event('CAMBIO_ABITAZIONE', '2025-01-20', {
          id_famiglia: 'F1',
          famiglia: { id_famiglia: 'F1', specie: 'VIA', toponimo: 'PO', civico: '7' },
        }),
      );
      expect(await home('S3')).toEqual([HELD[0], '2025-01-10/2025-01-20 BO 9', '2025-01-20/infinity PO 7']);
      await changes(annulment(lived));
      expect((await home('S3'))[0]).toBe('2010-01-01/2025-01-10 ROMA 1');
    },
  );

  it('who would come into a household before it began is not applicable to the state (SIP-204)', async () => {
    await begin({
      'famiglie.csv':
        'id_famiglia;dal;al;motivo;id_intestatario;specie;toponimo;civico\nF1;2009-01-01;;1;S1;VIA;ROMA;1\nF2;2010-01-01;;2;S4;VIA;VERDI;5\n',
    });
    expect(await changes(since('S4', '2008-01-01', 'F2'))).not.toContain('SIP-204 1');
    expect(await changes(since('S3', '2008-01-01', 'F1'))).toContain('SIP-204 1');
    expect(await lives('F1')).toEqual(['2009-01-01/infinity']);
  });

  it('a registration is told again with its row: name and reason', async () => {
    await begin();
    const told = row('S3', '2006-03-03', { nome: 'LUCIANO', sesso: 'M', motivo_iscrizione: '4' });
    await changes({
      ...event('ISCRIZIONE', '2010-01-01', {
        motivo: '4',
        soggetti: [{ ...told, legame: { id_famiglia: 'F1', relazione: '3' } }],
      }),
      tipo: 'R',
      riferimento: fact('S3', 'ISCRIZIONE'),
    });
    expect(await named('S3')).toEqual(['2010-01-01/infinity LUCIANO']);
    expect(await spells('S3', 'registrations', 'motivo_iscrizione')).toEqual(['2010-01-01/infinity 4']);
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

describe('Nobody is in a convivenza that is closed (registry.md, invariant 2)', () => {
  const opened = event('CONVIVENZA', '2025-01-02', {
    azione: 'APERTURA',
    convivenza: {
      id_convivenza: 'C1',
      specie_convivenza: '3',
      denominazione: 'CASA',
      dal: '2025-01-02',
      civico: '1',
    },
  });
  const into = (day: string): Json =>
    event('CONVIVENZA', day, {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: 'C1', denominazione: 'CASA' },
      movimenti: [
        { id_soggetto: 'S3', da: { id_famiglia: 'F1' }, a: { id_convivenza: 'C1' }, relazione: '1' },
      ],
    });
  const closed = event('CONVIVENZA', '2025-01-15', {
    azione: 'CHIUSURA',
    convivenza: { id_convivenza: 'C1' },
  });

  it('it does not close while somebody is to come into it', async () => {
    await begin();
    expect(await changes({ ...opened }, into('2025-01-20'), { ...closed })).toEqual(['SIP-204 3']);
  });

  it('nobody comes into it, of late, to stay beyond its end', async () => {
    await begin();
    expect(await changes({ ...opened }, { ...closed }, into('2025-01-10'))).toEqual(['SIP-204 3']);
    expect(await lives('C1')).toEqual(['2025-01-02/2025-01-15']);
  });
});

describe('A family left with nobody is closed on that day, and never a convivenza', () => {
  const soggetti = readFileSync(join(BASE, 'soggetti.csv'), 'utf8');
  const TWO = {
    'convivenze.csv':
      'id_convivenza;specie_convivenza;denominazione;dal;specie;toponimo;civico\nC1;3;CASA;2010-01-01;VIA;BO;1\n',
    'legami.csv':
      'id_soggetto;id_famiglia;id_convivenza;relazione;progressivo;dal;al\nS1;F1;;1;1;2010-01-01;\nS2;F1;;2;2;2010-01-01;\nS3;;C1;1;1;2010-01-01;\nS4;F2;;1;1;2010-01-01;\n',
  };
  const OPEN = ['2010-01-01/infinity'];

  it('by a death, its correction and its annulment', async () => {
    await begin(TWO);
    const died = death('S3', '2025-01-10');
    await changes(died);
    expect(await lives('C1')).toEqual(OPEN);
    await changes({ ...correction(died, '2025-01-08', died['dati'] as Json), id_evento: 'R1' });
    expect(await lives('C1')).toEqual(OPEN);
    await changes({ ...annulment(died), riferimento: 'R1' });
    expect(await lives('C1')).toEqual(OPEN);
  });

  it('by a departure, with the last of a family; somebody comes into the convivenza again', async () => {
    await begin(TWO);
    await changes(leaving('2025-01-10', 'S3', 'S4'));
    expect(await lives('F2')).toEqual(['2010-01-01/2025-01-10']);
    expect(await lives('C1')).toEqual(OPEN);
    const move = event('CONVIVENZA', '2025-01-20', {
      azione: 'MODIFICA',
      convivenza: { id_convivenza: 'C1', denominazione: 'CASA' },
      movimenti: [
        { id_soggetto: 'S2', da: { id_famiglia: 'F1' }, a: { id_convivenza: 'C1' }, relazione: '1' },
      ],
    });
    expect(await changes(move)).toEqual([]);
  });

  it('by a later COMPLETA that tells them gone', async () => {
    await begin(TWO);
    const gone = soggetti
      .replace(
        /^(S[34];.*);RESIDENTE;2010-01-01;3;;;;;;/gm,
        '$1;CANCELLATO;2010-01-01;3;2025-01-05;3;037006;;;',
      )
      .replaceAll('2024-12-31', '2025-01-28');
    const [outcome] = await deliver(test.db, [
      {
        tipo: 'COMPLETA',
        comune: COMUNE,
        progressivo: 2,
        situazione_al: '2025-01-28',
        files: new Map([
          ['soggetti.csv', Buffer.from(gone)],
          [
            'famiglie.csv',
            Buffer.from(
              'id_famiglia;dal;al;motivo;id_intestatario;specie;toponimo;civico\nF1;2010-01-01;;1;S1;VIA;ROMA;1\n',
            ),
          ],
          [
            'legami.csv',
            Buffer.from(
              'id_soggetto;id_famiglia;relazione;progressivo;dal;al\nS1;F1;1;1;2010-01-01;\nS2;F1;2;2;2010-01-01;\n',
            ),
          ],
        ]),
      },
    ]);
    expect(outcome!.esito).not.toBe('RIFIUTATA');
    expect(await residence('S3')).toEqual(['2010-01-01/2025-01-05 3']);
    expect(await lives('F2')).toEqual(['2010-01-01/2025-01-05']);
    expect(await lives('C1')).toEqual(OPEN);
  });
});

describe('A clerk reads which state forbids the event (SIP-204), and which row overlaps (SIP-105), in both languages', () => {
  const read = async (...events: Json[]): Promise<string[]> => {
    await changes(...events);
    const { rows } = await test.db.query<{ said: string }>(
      `select codice || ' ' || messaggio || ' | ' || messaggio_en as said from findings
        where codice in ('SIP-204', 'SIP-105') order by supply_id desc, n`,
    );
    return rows.map((r) => r.said);
  };
  const card = (id: string): Json =>
    event('DOCUMENTO', '2025-01-10', { id_soggetto: id, documento_tipo: 'CI', documento_numero: 'A1' });

  it.each<[string, () => Json, string, string]>([
    [
      'dead',
      () => death('S6', '2025-01-10'),
      'è già deceduto il 2021-01-01',
      'already dead since 2021-01-01',
    ],
    ['gone', () => card('S5'), 'la sua iscrizione è finita il 2020-01-01', 'ended on 2020-01-01'],
    [
      'not yet there',
      () => ({ ...card('S4'), decorrenza: '2009-01-01' }),
      'la sua iscrizione comincia il 2010-01-01',
      'begins on 2010-01-01',
    ],
    [
      'resident already',
      () =>
        event('ISCRIZIONE', '2025-01-10', {
          motivo: '3',
          provenienza: { comune: '037006' },
          soggetti: [{ ...row('S4', '1980-04-04'), legame: { id_famiglia: 'F2', relazione: '1' } }],
        }),
      'è già residente dal 2010-01-01',
      'already resident since 2010-01-01',
    ],
    [
      'elsewhere',
      () =>
        event('FAMIGLIA', '2025-01-10', {
          movimenti: [{ id_soggetto: 'S4', da: 'F1', a: 'F2', relazione: '99' }],
        }),
      'non è nella famiglia «F1», ma in «F2»',
      'not in famiglia «F1» on the decorrenza, but in «F2»',
    ],
    [
      'a household that has not begun',
      () => birth('2009-01-10'),
      'la famiglia «F1» comincia il 2010-01-01',
      'famiglia «F1» begins on 2010-01-01',
    ],
  ])('%s', async (_, made, italian, english) => {
    await begin();
    const [said] = await read(made());
    expect(said).toContain(italian);
    expect(said).toContain(english);
  });

  it('a family that was left with nobody, since when', async () => {
    await begin();
    const [said] = await read(
      leaving('2025-01-05', 'S4'),
      event('FAMIGLIA', '2025-01-10', {
        movimenti: [{ id_soggetto: 'S3', da: 'F1', a: 'F2', relazione: '99' }],
      }),
    );
    expect(said).toContain('la famiglia «F2» è chiusa dal 2025-01-05');
    expect(said).toContain('famiglia «F2» is closed since 2025-01-05');
  });

  it('the other row of an overlap, of a full supply and inside a SCHEDA', async () => {
    await begin({
      'stati_civili.csv':
        'id_soggetto;stato_civile;dal;al\nS4;2;2010-01-01;2012-01-01\nS4;4;2011-01-01;2013-01-01\nS4;1;2013-01-01;\n',
    });
    const [told] = await read();
    expect(told).toContain('(riga «1»)');
    const [said] = await read(
      event('SCHEDA', '2025-01-10', {
        soggetti: [row('S4', '1980-04-04', { iscritto_dal: '2010-01-01', motivo_iscrizione: '3' })],
        cittadinanze: [
          { id_soggetto: 'S4', stato: '201', dal: '2010-01-01', al: '2012-01-01' },
          { id_soggetto: 'S4', stato: '100', dal: '2011-01-01' },
        ],
      }),
    );
    expect(said).toContain('(riga «cittadinanze 1»)');
    expect(said).toContain('(row «cittadinanze 1»)');
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
