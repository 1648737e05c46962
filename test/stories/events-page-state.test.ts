/**
 * Sentences of tracciato.md 3 about the state an event meets: facts of a COMPLETA corrected with what hung on them, lives of
 * households, and what a clerk reads where an event does not apply (test/support/page-story.ts).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliver } from '../support/changes.ts';
import {
  annulment,
  BASE,
  begin,
  birth,
  COMUNE,
  changes,
  correction,
  database,
  death,
  eachAnew,
  event,
  fact,
  home,
  leaving,
  lives,
  named,
  residence,
  row,
  spells,
  status,
} from '../support/page-story.ts';
import type { Json } from '../support/supply-zip.ts';

eachAnew();

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
    const [outcome] = await deliver(database(), [
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

it('a later COMPLETA may close a family whose last member it does not have: he is reported, and the rest goes on (SIP-040)', async () => {
  await begin();
  const without = readFileSync(join(BASE, 'soggetti.csv'), 'utf8')
    .replace(/^S[48];.*\n/gm, '')
    .replaceAll('2024-12-31', '2025-01-28');
  const files = {
    'soggetti.csv': without,
    'famiglie.csv':
      'id_famiglia;dal;al;motivo;id_intestatario;specie;toponimo;civico\nF1;2010-01-01;;1;S1;VIA;ROMA;1\nF2;2010-01-01;2025-01-05;2;;VIA;VERDI;5\n',
    'legami.csv':
      'id_soggetto;id_famiglia;relazione;progressivo;dal;al\nS1;F1;1;1;2010-01-01;\nS2;F1;2;2;2010-01-01;\nS3;F1;3;3;2010-01-01;\n',
  };
  const [outcome] = await deliver(database(), [
    {
      tipo: 'COMPLETA',
      comune: COMUNE,
      progressivo: 2,
      situazione_al: '2025-01-28',
      files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
    },
  ]);
  expect(outcome!.esito).not.toBe('RIFIUTATA');
  expect(outcome!.segnalazioni.map((f) => f['codice'])).toContain('SIP-040');
  expect(await residence('S4')).toEqual(['2010-01-01/infinity -']);
  // What comes later of him is taken all the same.
  await deliver(database(), [
    {
      tipo: 'VARIAZIONI',
      comune: COMUNE,
      progressivo: 3,
      situazione_al: '2025-02-10',
      files: new Map([['eventi.jsonl', Buffer.from(`${JSON.stringify(leaving('2025-01-20', 'S4'))}\n`)]]),
    },
  ]);
  expect(await residence('S4')).toEqual(['2010-01-01/2025-01-20 3']);
});

describe('A clerk reads which state forbids the event (SIP-204), and which row overlaps (SIP-105), in both languages', () => {
  const read = async (...events: Json[]): Promise<string[]> => {
    await changes(...events);
    const { rows } = await database().query<{ said: string }>(
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
