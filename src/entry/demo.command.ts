/**
 * `sipop demo`: the main job from end to end on an invented province, in a register of its own: generate, load, tell what
 * came in, count, ask. Every step may be interrupted; the same command again goes on from there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dayNumber } from '../../tools/generator/calendar.ts';
import { generateProvince } from '../../tools/generator/province.ts';
import { AppError } from '../kernel/app-error.ts';
import { type Day, romeDay } from '../kernel/day.ts';
import { masterKey, secretBox } from '../platform/crypto/secret-box.ts';
import { stopServer } from '../platform/db/embedded.ts';
import { loadReference } from '../reference/load-reference.ts';
import { loadSupplies } from '../services/intake/intake.service.ts';
import { commandLineCaller } from './audit-context.ts';
import type { CommandContext } from './command.ts';
import { demoEnvironment, readConfig } from './config.ts';
import { type AppContext, openContext } from './context.ts';
import { type DemoKey, demoKeys, keysTable } from './demo-keys.ts';
import { askWorkedQuestions } from './demo-questions.ts';
import { showPopulation, showWhatCameIn } from './demo-report.ts';
import { startDemoServer, stopDemoServer } from './demo-serve.ts';
import { labelsOf } from './labels.ts';
import { usageError } from './options.ts';
import { IntakeProgress, sizesOf } from './progress.ts';
import { thousands } from './table.ts';

/** What the province is made from: the same choice is the same province. */
interface Choice {
  readonly persons: number;
  readonly months: number;
  readonly seed: number;
  readonly defects: number;
  /** The day of the full supplies, AAAA-MM-GG: so that the last changes are of the month before. */
  readonly situation: Day;
}

/** Share of subjects with a defect: enough for something to be set aside, in every comune of some size. */
const DEFECTS = 0.002;

function count(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= low && value <= high) return value;
  throw usageError(
    'demo',
    `--${name} è un numero intero da ${low} a ${high}`,
    `--${name} is a whole number from ${low} to ${high}`,
  );
}

interface Wanted {
  readonly choice: Choice;
  readonly fresh: boolean;
  /** Tell the keys with the codes of this moment, and nothing else. */
  readonly keys: boolean;
  /** Stop its server and its database. */
  readonly stop: boolean;
}

/** The end of the month that lies so many months before the day's own. */
function monthEndBefore(on: Day, months: number): Day {
  const [year = 0, month = 0] = on.split('-').map(Number);
  return new Date(Date.UTC(year, month - months, 0)).toISOString().slice(0, 10) as Day;
}

function wantedOf(args: readonly string[], today: Day): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      persons: { type: 'string', default: '50000' },
      months: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      keys: { type: 'boolean', default: false },
      stop: { type: 'boolean', default: false },
    },
  });
  const months = count('months', values.months, 0, 24);
  return {
    choice: {
      persons: count('persons', values.persons, 1000, 5_000_000),
      months,
      seed: count('seed', values.seed, 0, 1_000_000_000),
      defects: DEFECTS,
      situation: monthEndBefore(today, months + 1),
    },
    fresh: values.fresh,
    keys: values.keys,
    stop: values.stop,
  };
}

const seconds = (since: number): string =>
  `${((performance.now() - since) / 1000).toLocaleString('it-IT', { maximumFractionDigits: 1 })} s`;

/** The supplies in the order in which they would have come: by progressivo, then by comune. */
export function inOrderOfArrival(names: readonly string[]): string[] {
  return names
    .filter((name) => name.startsWith('SIPOP_') && name.endsWith('.zip'))
    .sort((a, b) => {
      const [left, right] = [a.split('_'), b.split('_')];
      return (left[2]! + left[1]!).localeCompare(right[2]! + right[1]!, 'en');
    });
}

class Demo {
  readonly #context: CommandContext;
  readonly #folder: string;
  readonly #choice: Choice;

  constructor(context: CommandContext, folder: string, choice: Choice) {
    this.#context = context;
    this.#folder = folder;
    this.#choice = choice;
  }

  #say(text: string): void {
    this.#context.out.write(text);
  }

  #title(n: number, italian: string, english: string): void {
    this.#say(
      `\n── ${n}. ${italian} / ${english} ${'─'.repeat(Math.max(0, 62 - italian.length - english.length))}\n`,
    );
  }

  /** Writes the province unless it has been written; a province of another choice is not mixed with this one. */
  async #generate(): Promise<string> {
    const out = join(this.#folder, 'forniture');
    const stamp = join(this.#folder, 'demo.json');
    const made = existsSync(stamp) ? readFileSync(stamp, 'utf8') : null;
    // A demonstration of another month goes on as it began.
    const kept = made === null ? null : (JSON.parse(made) as Partial<Choice>).situation;
    const choice = { ...this.#choice, ...(kept === undefined || kept === null ? {} : { situation: kept }) };
    const wanted = JSON.stringify(choice);
    if (made !== null && made !== wanted)
      throw new AppError(
        'conflict',
        'qui c’è già una dimostrazione con un’altra provincia (altre persone, mesi o seme): ripetere il comando con --fresh per ricominciare da capo, o senza opzioni se era quella di norma',
        'a demo with another province is here (other persons, months or seed): run the command again with --fresh to start over, or without options if it was the usual one',
      );
    if (made === wanted) {
      this.#say('la provincia è già scritta / the province has been written already\n');
      return out;
    }
    const began = performance.now();
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    let comuni = 0;
    let people = 0;
    await generateProvince({ ...choice, situation: dayNumber(choice.situation), out }, (comune, written) => {
      comuni++;
      people += written.totals.residenti;
      if (this.#context.out.isTTY)
        this.#say(`\r\x1b[K  ${comuni}/47  ${comune.name}  ${thousands(people)} residenti`);
    });
    if (this.#context.out.isTTY) this.#say('\r\x1b[K');
    writeFileSync(stamp, wanted);
    this.#say(
      `47 comuni, ${thousands(people)} residenti, ${this.#choice.months} mesi di variazioni in ${seconds(began)} → ${out}\n`,
    );
    return out;
  }

  async #load(app: AppContext, folder: string): Promise<void> {
    const paths = inOrderOfArrival(readdirSync(folder)).map((name) => join(folder, name));
    const began = performance.now();
    const progress = new IntakeProgress(this.#context.out, await sizesOf(paths), false);
    const results = await loadSupplies(app.db, paths, {
      workFolder: join(app.dataFolder, 'intake'),
      now: app.now,
      reference: loadReference({ dataFolder: app.dataFolder }),
      onEvent: progress.take,
    });
    const failed = results.filter((r) => 'error' in r).length;
    this.#say(
      `${results.length} forniture in ${seconds(began)}${failed === 0 ? '' : `, ${failed} non caricate`}\n`,
    );
  }

  /** Leaves the pages served, and tells a key for each role. */
  async #serve(app: AppContext): Promise<void> {
    const keys = await openDemoKeys(app);
    this.#say('avvio il server; la prima volta costruisco le pagine / starting the server …\n');
    const address = await startDemoServer(this.#context, this.#folder);
    this.#say(
      `\n  ${address}\n\nUna chiave per ogni ruolo, per questa provincia inventata soltanto: / A key for each role:\n`,
    );
    this.#say(keysTable(keys, app.now(), this.#context.out));
    this.#say(
      'I codici valgono mezzo minuto: per averne di nuovi / codes hold half a minute; for new ones:  ./sipop demo --keys\n',
    );
  }

  async run(): Promise<number> {
    const began = performance.now();
    this.#title(1, 'Base dati', 'Database');
    const opening = performance.now();
    const app = await openContext(this.#context);
    try {
      this.#say(`PostgreSQL pronto in ${seconds(opening)} / ready → ${this.#folder}\n`);
      this.#title(2, 'Una provincia inventata', 'An invented province');
      const supplies = await this.#generate();
      this.#title(3, 'Le forniture dei comuni', 'The supplies of the comuni');
      await this.#load(app, supplies);
      this.#title(
        4,
        'Che cosa è entrato, che cosa è stato scartato e perché',
        'What came in, what was set aside',
      );
      await showWhatCameIn(app.db, this.#context.out);
      this.#title(5, 'La popolazione', 'The population');
      await showPopulation(app, labelsOf(this.#context), this.#context.out);
      this.#title(6, 'Tre domande', 'Three questions');
      await askWorkedQuestions(app.db, this.#context);
      this.#title(7, 'Le pagine', 'The pages');
      await this.#serve(app);
    } finally {
      await app.close();
    }
    this.#say(
      `\nFatto in ${seconds(began)}. Il registro della dimostrazione resta: / Done. The demo's register stays:\n` +
        '  ./sipop --demo person COGNOME NOME      chiedere ancora / ask on\n' +
        '  ./sipop --demo intake findings --comune 036023   ciò che Modena deve sistemare / what Modena has to mend\n' +
        '  ./sipop demo --keys                     le chiavi, con i codici di adesso / the keys, with the codes of now\n' +
        '  ./sipop demo --stop                     fermare pagine e base dati / stop pages and database\n' +
        '  ./sipop demo --fresh                    ricominciare da capo / start over\n',
    );
    return 0;
  }
}

export async function demoCommand(context: CommandContext): Promise<number> {
  const { choice, fresh, keys, stop } = wantedOf(context.args, romeDay(new Date()));
  const already = context.env.SIPOP_DATA?.endsWith('-demo') === true && context.env.DATABASE_URL === '';
  const env = already ? context.env : demoEnvironment(context.env, context.root);
  const folder = readConfig(env, context.root).dataFolder;
  if (stop) {
    await stopDemoServer(folder);
    await stopServer(folder);
    context.out.write('dimostrazione fermata; riparte con lo stesso comando / demo stopped: ./sipop demo\n');
    return 0;
  }
  if (keys) return tellKeys({ ...context, env });
  if (fresh) {
    await stopDemoServer(folder);
    await stopServer(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  return new Demo({ ...context, env }, folder, choice).run();
}

async function openDemoKeys(app: AppContext): Promise<readonly DemoKey[]> {
  const box = secretBox(masterKey(app.config.accessKey), 'second factors');
  return demoKeys(
    app.dataFolder,
    { db: app.db, now: app.now, by: commandLineCaller().user ?? 'cli' },
    { db: app.db, now: app.now, box },
  );
}

async function tellKeys(context: CommandContext): Promise<number> {
  const app = await openContext(context);
  try {
    context.out.write(keysTable(await openDemoKeys(app), app.now(), context.out));
    return 0;
  } finally {
    await app.close();
  }
}
