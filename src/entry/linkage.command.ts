/** `sipop linkage …`: who may be one person under different data, and why. */
import { romeDay } from '../kernel/day.ts';
import { loadReference, type Reference } from '../reference/load-reference.ts';
import { getPerson } from '../registry/answers/find-person.ts';
import { type PersonKey, parsePersonKey } from '../registry/answers/person-key.ts';
import { askModel, type Explanation, explainPair } from '../registry/linkage/explain.service.ts';
import { type LinkageReport, linkAll, linkShare } from '../registry/linkage/linkage.service.ts';
import {
  findSupplyInstant,
  type ListedCandidate,
  lastLinked,
  listCandidates,
} from '../registry/linkage/linkage.sql.ts';
import type { WeighedField } from '../registry/linkage/model.ts';
import { bits } from '../registry/linkage/model.ts';
import { comuneOption, soughtOf } from './ask.ts';
import { audited, type Question } from './audited.ts';
import type { CommandContext } from './command.ts';
import { type AppContext, openContext } from './context.ts';
import { labelsOf } from './labels.ts';
import { linkageRoom } from './linkage-room.ts';
import { ACTING, parseOptions, usageError } from './options.ts';
import { fields, table, thousands } from './table.ts';

const WITHOUT = ['al', 'noto-al'] as const;

async function withContext(
  context: CommandContext,
  work: (app: AppContext) => Promise<void>,
): Promise<number> {
  const app = await openContext(context);
  try {
    await work(app);
    return 0;
  } finally {
    await app.close();
  }
}

/** +12.3 or -4.0: bits that speak for one person or for two. */
const weightText = (weight: number): string => `${weight >= 0 ? '+' : ''}${weight.toFixed(1)}`;
const shareText = (share: number): string =>
  share >= 0.001 && share <= 0.999 ? share.toFixed(3) : share.toPrecision(share > 0.5 ? 6 : 2);
/** What a field is told as in one line: "nome uguale +7.3". */
const fieldText = ({ field, level, weight }: WeighedField): string | null =>
  level === null ? null : `${field} ${level} ${weightText(weight)}`;

/** When the supply named as COMUNE:PROGRESSIVO or by its receipt was recorded; of «ultima», until when all is linked. @throws AppError usage */
async function sinceOption(app: AppContext, text: string): Promise<string> {
  const found = text === 'ultima' ? await lastLinked(app.db) : await findSupplyInstant(app.db, text);
  if (found !== null) return found;
  throw usageError(
    'linkage run',
    `--since «${text}»: nessuna fornitura accettata con questo nome; si scrive COMUNE:PROGRESSIVO, la ricevuta AAAA/NNNNNNN, oppure «ultima», tutto ciò che non è ancora collegato`,
    `--since "${text}": no accepted supply of that name; it is written COMUNE:PROGRESSIVO, the receipt YYYY/NNNNNNN, or "ultima", whatever is not linked yet`,
  );
}

export async function linkageRunCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage run', context.args, {
    values: ['since', 'comune'],
    without: WITHOUT,
  });
  const since = options.value('since');
  const named = options.value('comune');
  if (since !== undefined && named !== undefined)
    throw usageError(
      'linkage run',
      '--since e --comune non vanno insieme',
      '--since and --comune do not go together',
    );
  const comune = named === undefined ? null : comuneOption(labelsOf(context), 'linkage run', named);
  return withContext(context, async (app) => {
    const reference = loadReference({ dataFolder: app.dataFolder });
    const began = performance.now();
    const report = await run(app, reference, since, comune);
    if (options.json) context.out.write(`${JSON.stringify(report, null, 2)}\n`);
    else showRun(context, report, (performance.now() - began) / 1000);
  });
}

async function run(
  app: AppContext,
  reference: Reference,
  since: string | undefined,
  comune: string | null,
): Promise<LinkageReport> {
  if (comune !== null) return linkShare(app.db, reference, { comune });
  if (since === undefined) return linkAll(app.db, reference, linkageRoom(app));
  return linkShare(app.db, reference, { since: await sinceOption(app, since) });
}

function showRun(context: CommandContext, report: LinkageReport, seconds: number): void {
  context.out.write(
    `${thousands(report.records)} generalità, ${thousands(report.pairs)} coppie confrontate, ${thousands(report.candidates)} candidati: ` +
      `${thousands(report.begun)} nuovi o cambiati, ${thousands(report.ended)} non più tali (modello ${report.modelId}, ${seconds.toFixed(1)} s)\n`,
  );
  if (report.rules.length === 0) return;
  context.out.write(
    `\n${table(
      report.rules,
      [
        { title: 'blocchi per', text: (r) => r.rule },
        { title: 'coppie', text: (r) => thousands(r.pairs), right: true },
        { title: 'non date da prima', text: (r) => thousands(r.fresh), right: true },
        {
          title: 'blocchi lasciati',
          text: (r) => (r.leftOut === 0 ? null : thousands(r.leftOut)),
          right: true,
        },
        { title: 'il maggiore', text: (r) => (r.leftOut === 0 ? null : thousands(r.largest)), right: true },
      ],
      context.out,
    )}`,
  );
}

export async function linkageModelCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage model', context.args, { without: WITHOUT });
  return withContext(context, async (app) => {
    const { modello, stimato, model, counts } = await askModel(app.db);
    if (options.json) {
      context.out.write(`${JSON.stringify({ modello, stimato, ...model, counts }, null, 2)}\n`);
      return;
    }
    context.out.write(
      fields([
        ['modello', `${modello}, stimato ${stimato}`],
        ['a priori', `${shareText(model.prior)} (${weightText(Math.log2(model.prior))} bit)`],
        ['soglia', String(model.threshold)],
        ['coppie confrontate', counts === null ? null : thousands(counts.pairs)],
      ]),
    );
    const rows = model.fields.flatMap((field) =>
      field.levels.map((level, i) => ({ ...level, field: i === 0 ? field.name : '' })),
    );
    context.out.write(
      `\n${table(
        rows,
        [
          { title: 'campo', text: (r) => r.field },
          { title: 'livello', text: (r) => r.name },
          { title: 'm', text: (r) => shareText(r.m), right: true },
          { title: 'u', text: (r) => shareText(r.u), right: true },
          { title: 'bit', text: (r) => weightText(bits(r.m, r.u)), right: true },
          {
            title: '',
            text: (r) => (r.fixed === undefined ? '' : r.fixed === 'both' ? 'per regola' : 'm per regola'),
          },
        ],
        context.out,
      )}`,
    );
  });
}

const MOST_LISTED = 50;

function limitOption(text: string | undefined): number {
  if (text === undefined) return MOST_LISTED;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw usageError(
    'linkage pairs',
    `--limite «${text}» non è un intero da 1`,
    `--limite "${text}" is not a whole number from 1`,
  );
}

export async function linkagePairsCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage pairs', context.args, {
    values: ['comune', 'limite', ...ACTING],
    without: WITHOUT,
  });
  const labels = labelsOf(context);
  const named = options.value('comune');
  const comune = named === undefined ? null : comuneOption(labels, 'linkage pairs', named);
  const limit = limitOption(options.value('limite'));
  return withContext(context, async (app) => {
    const question: Question<ListedCandidate[]> = {
      operation: 'reconciliationList',
      subjects: (pairs) =>
        pairs.flatMap((c) => [
          { comune: c.comune_a, id_soggetto: c.id_soggetto_a },
          { comune: c.comune_b, id_soggetto: c.id_soggetto_b },
        ]),
    };
    const found = await audited(app, options, question, () => listCandidates(app.db, comune, 0, limit));
    if (options.json) {
      context.out.write(`${JSON.stringify(found, null, 2)}\n`);
      return;
    }
    if (found.length === 0) context.out.write('Nessun candidato / no candidates\n');
    for (const c of found) {
      context.out.write(
        `${c.comune_a}:${c.id_soggetto_a}  ${c.comune_b}:${c.id_soggetto_b}  ${weightText(c.weight)} bit, probabilità ${shareText(c.probability)}\n` +
          `    ${c.fields.flatMap((f) => fieldText(f) ?? []).join('; ')}\n`,
      );
    }
  });
}

function keyOption(text: string): PersonKey {
  const key = parsePersonKey([text]);
  if (key !== null) return key;
  throw usageError(
    'linkage explain',
    `«${text}»: indicare codice fiscale, P e identificativo provinciale, o COMUNE:ID_SOGGETTO`,
    `"${text}": name a codice fiscale, P and provincial identifier, or COMUNE:ID_SOGGETTO`,
  );
}

export async function linkageExplainCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('linkage explain', context.args, { values: ACTING, without: WITHOUT });
  const [a, b, more] = options.words;
  if (a === undefined || b === undefined || more !== undefined)
    throw usageError('linkage explain', 'indicare due schede o persone', 'name two entries or persons');
  const keys = [keyOption(a), keyOption(b)] as const;
  return withContext(context, async (app) => {
    const reference = loadReference({ dataFolder: app.dataFolder });
    const al = romeDay(app.now());
    let subjects: string[] = [];
    const question = {
      operation: 'reconciliationList',
      sought: keys.flatMap(soughtOf),
      subjects: () => subjects,
    } as const;
    const explained = await audited(app, options, question, async () => {
      const persons = await Promise.all(keys.map((key) => getPerson(app.db, key, al, null)));
      subjects = persons.map(({ person }) => `P${person.personId}`);
      return explainPair(app.db, reference, keys, al);
    });
    if (options.json) context.out.write(`${JSON.stringify(explained, null, 2)}\n`);
    else showExplanation(context, explained);
  });
}

function showExplanation(context: CommandContext, e: Explanation): void {
  context.out.write(
    table(
      e.campi,
      [
        { title: 'campo', text: (f) => f.field },
        { title: e.a, text: (f) => f.a },
        { title: e.b, text: (f) => f.b },
        { title: 'confronto', text: (f) => f.level ?? 'non si confronta' },
        { title: 'bit', text: (f) => (f.level === null ? '' : weightText(f.weight)), right: true },
      ],
      context.out,
    ),
  );
  const verdict = e.probabilita >= e.soglia ? 'da proporre' : 'da non proporre';
  context.out.write(
    `\n${fields([
      ['peso', `${weightText(e.peso)} bit`],
      ['a priori', `${weightText(e.a_priori)} bit: quanto è raro che due schede siano una persona`],
      ['probabilità', `${shareText(e.probabilita)} (soglia ${e.soglia}: ${verdict}), modello ${e.modello}`],
      ['nel registro', e.stessa_persona ? 'già una sola persona' : 'due persone'],
    ])}`,
  );
}
