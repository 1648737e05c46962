/** `sipop generate`: writes the supplies of an invented province, for the demo, the tests and the benchmarks. */
import { parseArgs } from 'node:util';
import { generateProvince } from '../../tools/generator/province.ts';
import type { CommandContext } from './command.ts';

/** A whole number of at least `low`, or null. */
function whole(text: string, low: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= low && Number.isSafeInteger(value) ? value : null;
}

export async function generate(context: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...context.args],
    options: {
      persons: { type: 'string', default: '50000' },
      months: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      defects: { type: 'string', default: '0' },
      out: { type: 'string', default: 'data/provincia' },
    },
  });
  const persons = whole(values.persons, 1);
  const months = whole(values.months, 0);
  const seed = whole(values.seed, 0);
  const defects = Number(values.defects);
  if (persons === null || months === null || seed === null || !(defects >= 0 && defects <= 0.04)) {
    context.err.write(
      'sipop generate: --persons da 1, --months e --seed interi, --defects da 0 a 0.04 / ' +
        '--persons from 1, --months and --seed whole numbers, --defects from 0 to 0.04\n',
    );
    return 2;
  }
  const began = performance.now();
  let people = 0;
  let events = 0;
  await generateProvince(
    { persons, months, seed, defects, out: values.out },
    (comune, written) => {
      people += written.totals.soggetti;
      const { residenti, soggetti, famiglie } = written.totals;
      context.out.write(
        `${comune.code} ${comune.name}: ${residenti} residenti, ${soggetti} soggetti, ${famiglie} famiglie\n`,
      );
    },
    (comune, count) => {
      events += count;
      context.out.write(`${comune.code} ${comune.name}: ${months} variazioni, ${count} eventi\n`);
    },
  );
  const seconds = (performance.now() - began) / 1000;
  const rate = Math.round(people / seconds);
  const changes = months === 0 ? '' : `, ${events} eventi`;
  context.out.write(`${people} soggetti${changes} in ${seconds.toFixed(1)} s (${rate}/s) → ${values.out}\n`);
  return 0;
}
