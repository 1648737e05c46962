/** `lookup`: searches over loopback HTTP, rights and durable audit on (issue 6, "Figures to reach"), and `quality`: how often the right person comes first. */
import { day } from '../../src/kernel/day.ts';
import { samplePersons } from './ask.ts';
import { openBenchDatabase } from './bench-database.ts';
import { registerFolder } from './load.ts';
import { peakMegabytes } from './measure.ts';
import { mistype } from './mistyped.ts';
import { openMultiplied } from './multiply.ts';
import type { BenchOptions } from './options.ts';
import { randomFrom } from './random.ts';
import { type Figure, type Report, report } from './report.ts';
import { highestEntry, listSampledAddresses, listSampledPersons, settle } from './sample.sql.ts';
import { searchQuality } from './search-quality.ts';
import { figuresOf, jobOf, serveCopy } from './served.ts';

/** p95 in milliseconds (issue 6); at 7,000,000 persons no more than twice the time. */
const EXACT = { p95: 15 };
const SIMILAR = { p95: 60 };
/** The day of the supplies that the generator writes. */
const AL = '2024-12-31';
const ASKED = { scopo: 'pubblica-sicurezza', pratica: '2026/1', al: AL };

export async function benchLookup(options: BenchOptions): Promise<Report> {
  const served = await serveCopy(options);
  const { bench } = served;
  try {
    const random = randomFrom(options.seed);
    const sampled = (await samplePersons(bench.db, options.questions, random)).map(({ person }) => person);
    const named = sampled.flatMap(({ cognome, nome, birth_text, comune }) =>
      cognome === null || nome === null || birth_text.length < 10
        ? []
        : [{ cognome, nome, data_nascita: birth_text, comune }],
    );
    const addresses = await listSampledAddresses(
      bench.db,
      sampled.map(({ entry_id }) => entry_id),
    );
    const mistyped = named.flatMap(({ cognome, nome, ...rest }) => {
      const typed = mistype(random, 'lettera', { cognome, nome });
      return typed === null ? [] : [{ ...typed, ...rest }];
    });
    const figures: Figure[] = [];
    const ask = async (
      name: string,
      questions: readonly object[],
      limits: { readonly p95: number },
      simile = false,
    ): Promise<void> => {
      const bodies = questions.map((domanda) => ({ ...ASKED, domanda, simile }));
      const job = jobOf(served, '/v1/persons/search', bodies);
      figures.push(...(await figuresOf(name, bench.server.pid, job, limits)));
    };
    await ask(
      'surname and birth date',
      named.map(({ cognome, data_nascita }) => ({ per: 'cognome_nascita', cognome, data_nascita })),
      EXACT,
    );
    await ask(
      'surname, given name, comune',
      named.map(({ cognome, nome, comune }) => ({ per: 'cognome_nome_comune', cognome, nome, comune })),
      EXACT,
    );
    await ask(
      'street and number',
      addresses.map(({ comune, street_key: via, civico_key: civico }) => ({
        per: 'indirizzo',
        comune,
        via,
        civico,
      })),
      EXACT,
    );
    await ask(
      'similar, with year of birth',
      mistyped.map(({ cognome, nome, data_nascita }) => ({
        per: 'cognome_nome_anno',
        cognome,
        nome,
        data_nascita: data_nascita.slice(0, 4),
      })),
      SIMILAR,
      true,
    );
    await ask(
      'similar, with comune',
      mistyped.map(({ cognome, nome, comune }) => ({ per: 'cognome_nome_comune', cognome, nome, comune })),
      SIMILAR,
      true,
    );
    figures.push({ name: 'peak memory of Node', value: peakMegabytes(), unit: 'MB' });
    return report('lookup', options.persons * options.times, bench.version, figures);
  } finally {
    await served.close();
  }
}

/** Share of queries in which the right person comes first. */
const RIGHT_FIRST = 0.95;

export async function benchQuality(options: BenchOptions): Promise<Report> {
  const bench =
    options.times > 1
      ? await openMultiplied(options)
      : await openBenchDatabase(registerFolder(options), false);
  try {
    if (options.times === 1) await settle(bench.owner);
    const random = randomFrom(options.seed);
    const highest = await highestEntry(bench.db);
    const ids = Array.from({ length: options.questions * 4 }, () => 1 + Math.floor(random() * highest));
    const persons = await listSampledPersons(bench.db, ids);
    const quality = await searchQuality(bench.db, persons, day(AL), options.questions, random);
    for (const { mistake, typed, wanted, got } of quality.misses)
      process.stderr.write(`${mistake}: ${typed} → ${got} (${wanted})\n`);
    const figures: Figure[] = [
      { name: 'queries', value: quality.asked, unit: '' },
      {
        name: 'the right person first',
        value: quality.first / quality.asked,
        unit: '',
        target: ['>=', RIGHT_FIRST],
      },
      ...Object.entries(quality.byMistake).map(([mistake, { asked, first }]) => ({
        name: `${mistake}: first of ${asked}`,
        value: asked === 0 ? 1 : first / asked,
        unit: '',
      })),
      { name: 'silently wrong, exact', value: quality.silentlyWrong, unit: '', target: ['<=', 0] },
    ];
    return report('quality', options.persons * options.times, bench.version, figures);
  } finally {
    await bench.close();
  }
}
