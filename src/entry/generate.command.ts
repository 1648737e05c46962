/** `sipop generate`: writes the supplies of an invented province, for the demo, the tests and the benchmarks. */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { COMUNI } from '../../tools/generator/comuni.ts';
import { clearProvince } from '../../tools/generator/folder.ts';
import { generateProvince, lastSituation, MOST_DUPLICATES } from '../../tools/generator/province.ts';
import { AppError } from '../kernel/app-error.ts';
import { romeDay } from '../kernel/day.ts';
import type { CommandContext } from './command.ts';

/** Twenty years: no scenario needs more, and a slip of the finger should not fill a disk. */
const MOST_MONTHS = 240;

/** A whole number of at least `low`, or null. */
function whole(text: string, low: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= low && Number.isSafeInteger(value) ? value : null;
}

interface Choice {
  readonly persons: number;
  readonly months: number;
  readonly seed: number;
  readonly defects: number;
  readonly duplicates: number;
  readonly out: string;
  readonly subentro?: number;
  readonly comune?: string;
}

function readChoice(args: readonly string[]): Choice {
  const { values } = parseArgs({
    args: [...args],
    options: {
      persons: { type: 'string', default: '50000' },
      months: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      defects: { type: 'string', default: '0' },
      duplicates: { type: 'string', default: '0' },
      out: { type: 'string', default: 'data/provincia' },
      door: { type: 'string', default: 'sipop' },
      invii: { type: 'string', default: '1' },
      comune: { type: 'string' },
    },
  });
  const persons = whole(values.persons, 1);
  const months = whole(values.months, 0);
  const seed = whole(values.seed, 0);
  const defects = Number(values.defects);
  const duplicates = Number(values.duplicates);
  if (
    persons === null ||
    months === null ||
    months > MOST_MONTHS ||
    seed === null ||
    !(defects >= 0 && defects <= 1) ||
    !(duplicates >= 0 && duplicates <= MOST_DUPLICATES)
  )
    throw new AppError(
      'usage',
      `--persons è un intero da 1, --months un intero da 0 a ${MOST_MONTHS}, --seed un intero da 0, --defects una quota da 0 a 1 (0.03 = 3 soggetti su cento), --duplicates una da 0 a ${MOST_DUPLICATES}`,
      `--persons is a whole number from 1, --months one from 0 to ${MOST_MONTHS}, --seed one from 0, --defects a share from 0 to 1 (0.03 = 3 subjects in a hundred), --duplicates one from 0 to ${MOST_DUPLICATES}`,
    );
  const files = whole(values.invii, 1);
  const anpr = values.door === 'subentro';
  if ((!anpr && values.door !== 'sipop') || files === null || files > 64 || (!anpr && files > 1))
    throw new AppError(
      'usage',
      '--door è sipop (lo ZIP del tracciato) o subentro (l’XML di ANPR), --invii in quanti file dividere ogni subentro, da 1 a 64',
      '--door is sipop (the ZIP of the tracciato) or subentro (the XML of ANPR), --invii into how many files to divide each subentro, 1 to 64',
    );
  // The list of defects names rows of the tracciato, and changes have no layout there (ANPR has operations instead).
  if (anpr && (months > 0 || defects > 0))
    throw new AppError(
      'usage',
      '--door subentro scrive solo forniture complete e senza difetti: togliere --months e --defects',
      '--door subentro writes full supplies without defects only: leave --months and --defects out',
    );
  const comune = COMUNI.find(({ code }) => code === values.comune)?.code;
  if (values.comune !== undefined && (comune === undefined || months > 0))
    throw new AppError(
      'usage',
      '--comune è il codice ISTAT di uno dei 47 comuni (036001 … 036050), e va senza --months',
      '--comune is the ISTAT code of one of the 47 comuni (036001 … 036050), and goes without --months',
    );
  return {
    persons,
    months,
    seed,
    defects,
    duplicates,
    out: values.out,
    ...(anpr ? { subentro: files } : {}),
    ...(comune === undefined ? {} : { comune }),
  };
}

/** What went wrong with the folder, in words. Anything else is a bug, and stays as it is. */
function folderError(error: unknown, out: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
      return new AppError(
        'disk-full',
        `il disco è pieno: liberare spazio, o scegliere un'altra cartella con --out, e ripetere il comando; ciò che era stato scritto in ${out} viene sostituito`,
        `the disk is full: free some space, or choose another folder with --out, and run the command again; what was written in ${out} is replaced`,
        error,
      );
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
    case 'ENOTDIR':
    case 'EEXIST':
      return new AppError(
        'conflict',
        `non si può scrivere in ${out}: controllare che sia una cartella e i suoi permessi, o sceglierne un'altra con --out`,
        `${out} cannot be written to: check that it is a folder, and its permissions, or choose another with --out`,
        error,
      );
    default:
      return error;
  }
}

export async function generate(context: CommandContext): Promise<number> {
  const choice = readChoice(context.args);
  try {
    return await write(context, choice);
  } catch (error) {
    throw folderError(error, choice.out);
  }
}

async function write(context: CommandContext, choice: Choice): Promise<number> {
  const { months, out } = choice;
  const cleared = await clearProvince(out);
  if (cleared.removed > 0)
    context.err.write(
      `${out}: tolte ${cleared.removed} forniture di prima / ${cleared.removed} earlier supplies removed\n`,
    );
  if (cleared.others > 0)
    context.err.write(
      `${out}: ${cleared.others} altri file lasciati dove sono / ${cleared.others} other files left where they are\n`,
    );
  // What is drawn is written and forgotten: a nursery that does not grow takes 70 MB less, and is as fast.
  setFlagsFromString('--semi-space-growth-factor=1');
  const began = performance.now();
  let people = 0;
  let events = 0;
  const refused: string[] = [];
  await generateProvince(
    choice,
    (comune, written) => {
      const { residenti, soggetti, famiglie } = written.totals;
      people += soggetti;
      if (written.refused) refused.push(comune.name);
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
  context.out.write(`${people} soggetti${changes} in ${seconds.toFixed(1)} s (${rate}/s) → ${out}\n`);
  warn(context, choice, refused);
  return 0;
}

/** What will not load, and why: the supplies are what was asked for all the same. */
function warn(context: CommandContext, { months }: Choice, refused: readonly string[]): void {
  if (refused.length > 0)
    context.err.write(
      `attenzione: con tanti difetti le forniture di ${refused.length} comuni saranno rifiutate (SIP-014, oltre il 5% dei soggetti scartati): ${refused.join(', ')} / ` +
        `warning: with so many defects the supplies of ${refused.length} comuni will be refused (SIP-014, over 5% of the subjects set aside)\n`,
    );
  const last = lastSituation(months);
  if (months > 0 && last > romeDay(new Date()))
    context.err.write(
      `attenzione: le variazioni arrivano al ${last}, oltre oggi; quelle del futuro saranno rifiutate (SIP-015) / ` +
        `warning: the changes reach ${last}, past today; those of the future will be refused (SIP-015)\n`,
    );
}
