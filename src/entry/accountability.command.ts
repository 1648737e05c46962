/** `sipop processing …`, `sipop breach …`: what the province answers for (security.md, 37). */
import { readFileSync } from 'node:fs';
import { shownBreach } from '../access/accountability/accountability.http.ts';
import { closeBreach, openBreach, putProcessing } from '../access/accountability/accountability.service.ts';
import { BREACHES, type BreachTimer } from '../access/accountability/breach.ts';
import { PROCESSING, PROCESSING_ACTIVITIES, processingCsv } from '../access/accountability/processing.ts';
import { listNow } from '../access/accounts/history.sql.ts';
import { administer, given, json, tell } from './access-options.ts';
import type { CommandContext } from './command.ts';
import { parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

const WITHOUT = ['al', 'noto-al'] as const;

export async function processingListCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('processing list', context.args, { switches: ['csv'], without: WITHOUT });
  const rows = await administer(context, 'accessList', 'consulted', ({ db }) =>
    listNow(db, PROCESSING_ACTIVITIES),
  );
  const text = table(
    rows,
    [
      { title: 'trattamento', text: (r) => r.activity_id },
      { title: 'nome', text: (r) => r.name },
      { title: 'base giuridica', text: (r) => r.legal_basis },
      { title: 'stato', text: (r) => (r.ended ? 'cessato' : 'in corso') },
    ],
    context.out,
  );
  const said = options.has('csv') ? processingCsv(rows) : options.json ? json({ trattamenti: rows }) : text;
  context.out.write(said);
  return 0;
}

/** From a file of JSON, with every member of art. 30(1). */
export async function processingPutCommand(context: CommandContext): Promise<number> {
  const command = 'processing put';
  const asked = given(command, context, ['FILE'], []);
  const read = PROCESSING.safeParse(parsed(command, asked.words[0] ?? ''));
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw usageError(command, wrong, wrong);
  }
  const row = await administer(context, 'processingManage', 'administered', (access) =>
    putProcessing(access, read.data),
  );
  return tell(context, asked, row, `${row.activity_id}: ${row.name}\n`);
}

function parsed(command: string, path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw usageError(command, `${path} non è un file di JSON`, `${path} is no file of JSON`);
  }
}

const TIMER_WORDS: Readonly<Record<BreachTimer, string>> = {
  running: 'in corso',
  overdue: 'SCADUTO: notificare ora, con il motivo del ritardo',
  'in-time': 'notificata in tempo',
  late: 'notificata in ritardo, con il motivo',
  'not-due': 'rischio improbabile',
};

export async function breachListCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('breach list', context.args, { without: WITHOUT });
  const breaches = await administer(context, 'breachManage', 'consulted', async ({ db, now }) => {
    const at = now();
    return (await listNow(db, BREACHES)).map((breach) => shownBreach(breach, at));
  });
  const text = table(
    breaches,
    [
      { title: 'violazione', text: (b) => b.violazione },
      { title: 'nota dal', text: (b) => b.nota_dal.slice(0, 16) },
      { title: 'scade', text: (b) => b.scade.slice(0, 16) },
      { title: 'ore', text: (b) => b.ore_rimaste, right: true },
      { title: 'termine', text: (b) => TIMER_WORDS[b.termine] },
      { title: 'fatto', text: (b) => b.fatto },
    ],
    context.out,
  );
  context.out.write(options.json ? json({ violazioni: breaches }) : text);
  return 0;
}

export async function breachOpenCommand(context: CommandContext): Promise<number> {
  const command = 'breach open';
  const asked = given(
    command,
    context,
    [],
    ['nota-dal', 'fatto', 'persone', 'dati', 'conseguenze', 'misure'],
  );
  const { persone } = asked.values;
  if (persone !== undefined && !/^\d{1,9}$/.test(persone))
    throw usageError(command, '--persone è un numero', '--persone is a number');
  const knownAt = asked.need('nota-dal');
  if (Number.isNaN(Date.parse(knownAt)))
    throw usageError(
      command,
      '--nota-dal vuole un istante: 2026-11-24T08:00:00Z',
      '--nota-dal wants an instant: 2026-11-24T08:00:00Z',
    );
  const breach = await administer(context, 'breachManage', 'administered', async (access) =>
    shownBreach(
      await openBreach(access, {
        knownAt,
        what: asked.need('fatto'),
        persons: persone === undefined ? null : Number(persone),
        data: asked.need('dati'),
        consequences: asked.need('conseguenze'),
        measures: asked.need('misure'),
      }),
      access.now(),
    ),
  );
  return tell(
    context,
    asked,
    breach,
    `${breach.violazione}: notificare entro / notify by ${breach.scade} (${breach.ore_rimaste} ore / hours)\n`,
  );
}

export async function breachCloseCommand(context: CommandContext): Promise<number> {
  const command = 'breach close';
  const asked = given(command, context, ['VIOLAZIONE'], ['come', 'motivo']);
  const how = asked.need('come');
  if (how !== 'notificata' && how !== 'rischio-improbabile')
    throw usageError(
      command,
      '--come è notificata o rischio-improbabile',
      '--come is notificata or rischio-improbabile',
    );
  const breach = await administer(context, 'breachManage', 'administered', async (access) =>
    shownBreach(
      await closeBreach(
        access,
        (asked.words[0] ?? '').toUpperCase(),
        how === 'notificata' ? 'notified' : 'unlikely-risk',
        asked.values['motivo'] ?? null,
      ),
      access.now(),
    ),
  );
  return tell(context, asked, breach, `${breach.violazione}: ${TIMER_WORDS[breach.termine]}\n`);
}
