/** The ANPR door (tracciato.md 5): what refuses it, what it finds on rows that only it has, and that nothing else happens. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cells, type PresentRegister, subentroXml } from '../../../../test/support/subentro-xml.ts';
import { KeepingSink, type SupplyOutcome, supplyOutcome } from '../../../../test/support/supply-outcome.ts';
import { writeZip } from '../../../../test/support/zip-writer.ts';
import { day } from '../../../kernel/day.ts';
import { loadReference } from '../../../reference/load-reference.ts';
import type { RegisterPosition } from '../../../registry/supplies/supply-record.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sipop-subentro-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const COMUNE = '036042';
const reference = loadReference();
let number = 0;

interface Checked extends SupplyOutcome {
  readonly sink: KeepingSink;
}

interface Given {
  readonly comune?: string;
  readonly situazioneAl?: string;
  readonly progressivo?: number;
  readonly position?: RegisterPosition;
}

/** Checks the bytes as they came under the name. */
async function check(
  bytes: string | Uint8Array,
  given: Given = {},
  fileName = 'subentro.xml',
): Promise<Checked> {
  const folder = join(scratch, String(++number));
  mkdirSync(folder);
  const archive = join(folder, 'sent');
  writeFileSync(archive, bytes);
  const sink = new KeepingSink();
  const { comune = COMUNE, situazioneAl = '2024-12-31', progressivo = 1, position = null } = given;
  const outcome = await supplyOutcome(
    {
      archive,
      fileName,
      folder: join(folder, 'work'),
      position,
      allowedComuni: null,
      today: day('2025-02-01'),
      reference,
      confirmTooMuch: false,
      door: 'ANPR',
      declared: { tipo: 'COMPLETA', comune, progressivo, situazioneAl: day(situazioneAl) },
    },
    sink,
  );
  return { ...outcome, sink };
}

/** `code file riga campo valore` of each finding; what is empty is left out. */
const told = ({ segnalazioni }: SupplyOutcome): string[] =>
  segnalazioni.map(({ codice, file, riga, campo, valore }) =>
    [codice, file ?? '', riga ?? '', campo, valore].filter((part) => part !== '').join(' '),
  );

const SOGGETTO: Cells = {
  id_soggetto: 'S1',
  codice_fiscale: 'RSSMRA80A01F257G',
  validita_cf: '1',
  cognome: 'ROSSI',
  nome: 'MARIO',
  sesso: 'M',
  data_nascita: '1980-01-01',
  comune_nascita: '036023',
  stato_civile: '1',
  cittadinanza: '100',
  iscritto_dal: '1980-01-01',
  motivo_iscrizione: '1',
  data_aggiornamento: '2024-11-04',
};
const DAUGHTER: Cells = {
  ...SOGGETTO,
  id_soggetto: 'S2',
  codice_fiscale: 'RSSNNA10H55I462E',
  nome: 'ANNA',
  sesso: 'F',
  data_nascita: '2010-06-15',
  comune_nascita: '036040',
  iscritto_dal: '2010-06-15',
  id_padre: 'S1',
};
const HOME: Cells = {
  id_famiglia: 'F1',
  dal: '2005-03-01',
  motivo: '1',
  specie: 'VIA',
  toponimo: 'ROMA',
  civico: '1',
  cap: '41028',
};
const tie = (id: string, relazione: string, progressivo: string, dal: string): Cells => ({
  id_soggetto: id,
  id_famiglia: 'F1',
  relazione,
  progressivo,
  dal,
});

const SOUND: PresentRegister = {
  residents: [
    { soggetto: SOGGETTO, tie: tie('S1', '1', '1', '2005-03-01'), home: HOME, since: '2005-03-01' },
    { soggetto: DAUGHTER, tie: tie('S2', '3', '2', '2010-06-15'), home: HOME, since: '2010-06-15' },
  ],
  famiglie: [HOME],
  convivenze: [],
};
const sound = subentroXml(SOUND, { comune: COMUNE });
/** The sound document with one text in place of another, which must be there. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, sound);
}

describe('a subentro', () => {
  it('that is sound is accepted with nothing to say, from a file or a ZIP, with a mark of UTF-8, comments and CDATA', async () => {
    const expected = {
      esito: 'ACCETTATA',
      segnalazioni: [],
      scartate: {},
      lette: { 'soggetti.csv': 2, 'legami.csv': 2, 'residenze.csv': 2, 'famiglie.csv': 1 },
    };
    expect(await check(sound)).toMatchObject(expected);
    expect(await check(writeZip([{ name: 'a.xml', data: Buffer.from(sound) }]), {}, 'a.zip')).toMatchObject(
      expected,
    );
    const odd = changed(
      ['<cognome>ROSSI', '<cognome><!-- --><![CDATA[ROS]]>SI'],
      ['<famiglie>', '<!-- --><famiglie>'],
    );
    expect(await check(`\ufeff${odd}`)).toMatchObject(expected);
  });

  it('gives the household the address of its intestatario, and tells who lives elsewhere (SIP-133) on their card', async () => {
    const elsewhere = sound.lastIndexOf('<numero>1</numero>');
    const text = `${sound.slice(0, elsewhere)}<numero>2</numero>${sound.slice(elsewhere + 18)}`;
    const checked = await check(text);
    expect(told(checked)).toEqual(['SIP-133 residenze.csv 2 civico 2']);
    expect(checked.segnalazioni[0]!.dettaglio).toMatchObject({
      origine_file: 'subentro.xml',
      origine_record: 2,
      origine_campo: 'residenza/indirizzo/numeroCivico/numero',
    });
    expect(checked.scartate).toEqual({ 'residenze.csv': 1 });
  });

  it('takes nobody for living elsewhere who was in another section at the census', async () => {
    const census = (n: string): string =>
      `<censimento><annoCensimento>2021</annoCensimento><sezioneCensimento>${n}</sezioneCensimento><foglioCensimento>1</foglioCensimento></censimento>`;
    const [first, second = '', rest = ''] = sound.split('</famiglia></soggetto>');
    const text = `${first}</famiglia>${census('12')}</soggetto>${second}</famiglia>${census('7')}</soggetto>${rest}`;
    expect(await check(text)).toMatchObject({ esito: 'ACCETTATA', segnalazioni: [] });
  });

  it('keeps what it sets aside as the XML of its card', async () => {
    const { sink } = await check(changed(['<dataNascita>2010-06-15', '<dataNascita>2010-06-31']));
    expect(sink.findings.map((f) => f.codice)).toEqual(['SIP-102']);
    expect(sink.rows.map((row) => [row.file, row.riga, row.codice])).toEqual([
      ['soggetti.csv', 2, 'SIP-102'],
      ['legami.csv', 2, 'SIP-104'],
      ['residenze.csv', 2, 'SIP-104'],
    ]);
    const [card] = /<soggetto>(?:(?!<soggetto>).)*2010-06-31.*?<\/soggetto>/s.exec(sink.rows[0]!.raw) ?? [];
    expect(sink.rows.map((row) => row.raw)).toEqual([card, card, card]);
  });

  it('has its ties judged: in a famiglia and a convivenza at once (SIP-108), before its family began (SIP-109)', async () => {
    const legame =
      '<legameSoggetto><dataDecorrenza>2010-06-15</dataDecorrenza><codiceLegame>1</codiceLegame></legameSoggetto>';
    const both = changed(
      [
        '<convivenze>\n',
        '<convivenze>\n<convivenza><idFamigliaConvivenzaComune><idFamigliaConvivenzaComuneIstat>036042</idFamigliaConvivenzaComuneIstat><idFamigliaConvivenza>C1</idFamigliaConvivenza></idFamigliaConvivenzaComune><dataOrigineFamigliaConvivenza>1990-01-01</dataOrigineFamigliaConvivenza><denominazioneConvivenza>CASA</denominazioneConvivenza><specieConvivenza>3</specieConvivenza><tipoScheda>2</tipoScheda></convivenza>',
      ],
      ['<numeroTotaleSchedeConvivenza>0', '<numeroTotaleSchedeConvivenza>1'],
    );
    const at =
      both.lastIndexOf('</famiglia></soggetto>') < 0
        ? both.lastIndexOf('</famiglia>', both.indexOf('</generalitaSoggetti>'))
        : both.lastIndexOf('</famiglia></soggetto>');
    const text = `${both.slice(0, at)}</famiglia><convivenza><idFamConvComune>C1</idFamConvComune>${legame}</convivenza>${both.slice(at + 11)}`;
    expect(told(await check(text))).toEqual(expect.arrayContaining(['SIP-108 legami.csv 3']));
    const early = changed([
      '<dataOrigineFamigliaConvivenza>2005-03-01',
      '<dataOrigineFamigliaConvivenza>2008-01-01',
    ]);
    expect(told(await check(early))).toEqual(expect.arrayContaining(['SIP-109 legami.csv 1']));
  });

  it('may leave codes of comuni out, write codes with zeros and days with a zone', async () => {
    const text = changed(
      ['<codiceIstat>036023</codiceIstat>', ''],
      ['<statoCivile>1<', '<statoCivile>01<'],
      ['<dataNascita>1980-01-01', '<dataNascita>1980-01-01+01:00'],
    );
    expect(await check(text)).toMatchObject({ esito: 'ACCETTATA', segnalazioni: [] });
  });

  it('tells of elements that the layout does not have once, and passes them over (SIP-020)', async () => {
    const text = changed(
      ['</sesso>', '</sesso><altezza>180</altezza>'],
      ['<famiglie>', '<gatti><gatto/></gatti><famiglie>'],
    );
    expect(told(await check(text))).toEqual([
      'SIP-020 subentro.xml soggetto/generalitaSubIscr/altezza',
      'SIP-020 subentro.xml gatti',
    ]);
  });
});

describe('the totals of a subentro', () => {
  const TOTALS: readonly (readonly [element: string, codice: string])[] = [
    ['numeroTotaleSchedeSoggetto', 'EN011'],
    ['numeroTotaleCittadiniItaliani', 'EN013'],
    ['numeroTotaleIscrittiNonItaliani', 'EN015'],
    ['numeroTotalePersoneSessoFemminile', 'EN017'],
    ['numeroTotalePersoneSessoMaschile', 'EN019'],
    ['numeroTotaleSchedeFamiglia', 'EN021'],
    ['numeroTotaleSchedeConvivenza', 'EN023'],
  ];
  it.each(TOTALS)('%s that is not what the cards are is %s', async (element, codice) => {
    const checked = await check(subentroXml(SOUND, { comune: COMUNE, totals: { [element]: '77' } }));
    expect(told(checked)).toEqual([`${codice} subentro.xml datiFornitura/${element} 77`]);
    expect(checked.esito).toBe('RIFIUTATA');
  });

  const PARTS: readonly (readonly [element: string, codice: string, is: string])[] = [
    ['numeroSchedeSoggettoInvio', 'EN012', '2'],
    ['numeroCittadiniItalianiInvio', 'EN014', '2'],
    ['numeroIscrittiNonItalianiInvio', 'EN016', '0'],
    ['numeroPersoneSessoFemminileInvio', 'EN018', '1'],
    ['numeroPersoneSessoMaschileInvio', 'EN020', '1'],
    ['numeroTotaleSchedeFamigliaInvio', 'EN022', '1'],
    ['numeroTotaleSchedeConvivenzaInvio', 'EN024', '0'],
  ];
  const invio = (wrong: string): string =>
    `</datiFornitura><datiInvio><progressivoInvio>1</progressivoInvio>${PARTS.map(([element, , is]) => `<${element}>${element === wrong ? 'x' : is}</${element}>`).join('')}</datiInvio>`;
  it.each(PARTS)('%s of one file likewise is %s', async (element, codice) => {
    expect(told(await check(changed(['</datiFornitura>', invio('')])))).toEqual([]);
    const checked = await check(changed(['</datiFornitura>', invio(element)]));
    expect(told(checked)).toEqual([`${codice} subentro.xml datiInvio/${element} x`]);
  });
});

describe('a subentro of several files', () => {
  const part = (n: string, of: string, totals: Readonly<Record<string, string>> = {}): string =>
    changed(
      ['<totaleInvii>1<', `<totaleInvii>${of}<`],
      [
        '</datiFornitura>',
        `</datiFornitura><datiInvio><progressivoInvio>${n}</progressivoInvio></datiInvio>`,
      ],
      ...Object.entries(totals),
    );
  const zip = (...texts: readonly string[]): Buffer =>
    writeZip(texts.map((text, i) => ({ name: `parte-${i + 1}.xml`, data: Buffer.from(text) })));
  const refused = async (...texts: readonly string[]): Promise<string[]> => {
    const { esito, sink } = await check(zip(...texts), {}, 'parti.zip');
    expect([esito, sink.households, sink.entries]).toEqual(['RIFIUTATA', 0, 0]);
    return sink.findings.map(({ codice, file, messaggio_en }) => `${codice} ${file}: ${messaggio_en}`);
  };

  it.each([
    [
      'is missing',
      [part('1', '3'), part('3', '3')],
      /^SIP-007 parte-1.xml: .*is of a supply of 3 files: 2 missing/,
    ],
    [
      'is there twice',
      [part('1', '2'), part('1', '2')],
      /^SIP-007 parte-2.xml: .*is file 1, like «parte-1.xml»/,
    ],
    [
      'is of another supply',
      [part('1', '2'), part('2', '3')],
      /^SIP-007 parte-2.xml: .*is of a supply of 3 files/,
    ],
    ['is out of range', [part('1', '2'), part('9', '2')], /^SIP-007 parte-2.xml: .*it is file 9 of 2/],
    [
      'does not say which it is',
      [part('1', '2'), changed(['<totaleInvii>1<', '<totaleInvii>2<'])],
      /^SIP-007 parte-2.xml: .*datiInvio is missing/,
    ],
    ['does not say of how many', [part('1', 'due')], /^SIP-007 parte-1.xml: .*does not say of how many/],
  ])('is refused where one %s', async (_what, texts, message) => {
    expect(await refused(...texts)).toContainEqual(expect.stringMatching(message));
  });

  it('is refused with a file that is no XML', async () => {
    const { segnalazioni } = await check(
      writeZip([
        { name: 'a.xml', data: Buffer.from(sound) },
        { name: 'note.txt', data: Buffer.from('x') },
      ]),
      {},
      'a.zip',
    );
    expect(segnalazioni.map((f) => f.codice)).toEqual(['SIP-007']);
    expect((await check(writeZip([]), {}, 'a.zip')).segnalazioni.map((f) => f.codice)).toEqual(['SIP-007']);
  });
});

describe('a subentro is refused, and nothing else happens,', () => {
  const latin1 = Buffer.from(sound.replace('ROSSI', 'ROSSÌ'), 'latin1');
  const cases: readonly (readonly [
    title: string,
    bytes: string | Uint8Array,
    finding: string,
    given?: Given,
  ])[] = [
    ['cut in its head', sound.slice(0, 300), 'SIP-012 subentro.xml'],
    ['cut among its cards', sound.slice(0, -120), 'SIP-012 subentro.xml'],
    [
      'with a bomb of entities',
      `<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${sound.slice(39)}`,
      'SIP-001 subentro.xml',
    ],
    [
      'with an external entity',
      `<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sound.slice(39).replace('ROSSI', '&e;')}`,
      'SIP-001 subentro.xml',
    ],
    ['with an entity that nobody declared', sound.replace('ANNA', 'ANN&agrave;'), 'SIP-012 subentro.xml'],
    ['of another root', '<registro/>', 'SIP-007 subentro.xml subentro.xml'],
    [
      'of another namespace',
      sound.replace('ANPR/subentro', 'ANPR/altro'),
      'SIP-007 subentro.xml subentro.xml',
    ],
    [
      'of no namespace',
      sound.replaceAll('sub:', '').replace('xmlns:sub', 'xmlns:x'),
      'SIP-007 subentro.xml subentro.xml',
    ],
    [
      'whose elements are in the namespace',
      sound.replaceAll('sub:', '').replace('xmlns:sub', 'xmlns'),
      'SIP-012 subentro.xml 3 {http://sogei.it/ANPR/subentro}datiFornitura',
    ],
    [
      'without datiFornitura',
      sound.replace(/<datiFornitura>.*<\/datiFornitura>/, ''),
      'SIP-012 subentro.xml',
    ],
    ['in another encoding', latin1, 'SIP-011 subentro.xml'],
    ['that says it is in another encoding', sound.replace('UTF-8', 'windows-1252'), 'SIP-011 subentro.xml'],
    ['with a NUL byte', sound.replace('ANNA', 'AN\0NA'), 'SIP-011 subentro.xml'],
    ['that is not XML', 'id_soggetto;cognome', 'SIP-012 subentro.xml'],
    ['that is empty', '', 'SIP-012 subentro.xml'],
    [
      'of a huge depth',
      sound.replace('ANNA', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
      'SIP-012 subentro.xml',
    ],
    ['with a long text', sound.replace('ANNA', 'A'.repeat(65_000)), 'SIP-012 subentro.xml'],
    [
      'in a ZIP that is cut',
      writeZip([{ name: 'a.xml', data: Buffer.from(sound) }]).subarray(0, 900),
      'SIP-001',
    ],
    ['for a comune that is not', sound, 'SIP-004 subentro.xml comune 036999', { comune: '036999' }],
    [
      'for another comune than that of its cards',
      sound,
      'SIP-004 subentro.xml idSchedaSoggettoComuneIstat 036023',
      { comune: '036023' },
    ],
    ['of a number that is not the next', sound, 'SIP-006 subentro.xml progressivo 2', { progressivo: 2 }],
    [
      'of a number that is taken',
      sound,
      'SIP-005 subentro.xml progressivo 1',
      { position: { lastProgressivo: 1, situazioneAl: day('2024-12-31'), softwareNome: null } },
    ],
    [
      'of a day that goes back',
      sound,
      'SIP-015 subentro.xml situazione_al 2023-12-31',
      {
        situazioneAl: '2023-12-31',
        progressivo: 2,
        position: { lastProgressivo: 1, situazioneAl: day('2024-12-31'), softwareNome: null },
      },
    ],
    [
      'of a day to come',
      sound,
      'SIP-015 subentro.xml situazione_al 2026-01-01',
      { situazioneAl: '2026-01-01' },
    ],
  ];
  it.each(cases.map(([title, bytes, finding, given = {}]) => ({ title, bytes, finding, given })))(
    '$title',
    async ({ bytes, finding, given }) => {
      const checked = await check(bytes, given);
      expect(told(checked)).toHaveLength(1);
      expect(
        told(checked)[0]!.replace(/ \d+$/, (riga) => (/comune|Istat|progr/.test(finding) ? riga : '')),
      ).toBe(finding);
      expect([checked.esito, checked.sink.households, checked.sink.entries, checked.sink.rows]).toEqual([
        'RIFIUTATA',
        0,
        0,
        [],
      ]);
    },
  );

  it('with a text of 100 MB, in the memory of a few kilobytes of it', async () => {
    const at = sound.indexOf('ANNA');
    const bytes = Buffer.concat([
      Buffer.from(sound.slice(0, at)),
      Buffer.alloc(100 * 1024 * 1024, 'A'),
      Buffer.from(sound.slice(at)),
    ]);
    const before = process.memoryUsage().rss;
    expect(told(await check(bytes))).toEqual([expect.stringMatching(/^SIP-012 subentro.xml/)]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('and its working folder holds tables alone, which go with it', async () => {
    await check(sound);
    expect(readdirSync(join(scratch, String(number), 'work')).sort()).toEqual([
      'convivenze.csv',
      'famiglie.csv',
      'legami.csv',
      'residenze.csv',
      'soggetti.csv',
    ]);
  });
});
