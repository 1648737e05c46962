/** `sipop audit alerts, rule`: what of the accesses asks for a question (security.md, control 30). */

import { listNow } from '../access/accounts/history.sql.ts';
import { ALERT_RULES } from '../access/accounts/tables.ts';
import { putAlertRule } from '../access/audit/alert-rules.service.ts';
import type { Alert, AlertKind } from '../access/audit/alerts.ts';
import { readAlerts } from '../access/audit/read-alerts.ts';
import { addDays, romeDay } from '../kernel/day.ts';
import { about, commandLineCaller, json, onAudit, recorded } from './audit-context.ts';
import { fileOption, periodOption, startOfDay } from './audit-options.ts';
import { circles } from './audit-people.ts';
import type { CommandContext } from './command.ts';
import { parseOptions, usageError } from './options.ts';
import { table } from './table.ts';

const WITHOUT = ['al', 'noto-al'] as const;

const ALERT_WORDS: Readonly<Record<AlertKind, string>> = {
  'odd-hours': 'orari insoliti',
  volume: 'molte persone in poco tempo',
  refusals: 'molti rifiuti in poco tempo',
  colleagues: 'un collega, o sé stesso',
  neighbours: 'un convivente o un vicino',
  'well-known': 'una persona nota',
  'looked-up-by-many': 'una persona cercata da molti',
};
const LEAVES_SHOWN = 12;

export async function alertsCommand(context: CommandContext): Promise<number> {
  const command = 'audit alerts';
  const options = parseOptions(command, context.args, {
    values: ['dal', 'fino-al', 'pratica'],
    without: WITHOUT,
  });
  const file = fileOption(command, options);
  return onAudit(context, async (app, audit) => {
    const today = romeDay(app.now());
    const asked = periodOption(command, options);
    const period = {
      from: asked.from ?? startOfDay(addDays(today, -1)),
      to: asked.to ?? startOfDay(addDays(today, 1)),
    };
    const { answer: report } = await recorded(
      audit,
      'auditAlerts',
      'listed',
      async () => {
        const found = await readAlerts(app.db, audit.keys, period, await circles(app.db, today));
        return about(found, found.alerts.length);
      },
      file,
    );
    if (options.json) context.out.write(json({ ...period, ...report }));
    else {
      context.out.write(`${report.leaves} foglie / leaves, ${report.alerts.length} avvisi / alerts\n\n`);
      context.out.write(alertsText(report.alerts, context));
    }
    return 0;
  });
}

const alertsText = (alerts: readonly Alert[], context: CommandContext): string =>
  table(
    alerts,
    [
      { title: 'regola', text: (a) => a.rule },
      { title: 'che cosa', text: (a) => ALERT_WORDS[a.kind] },
      { title: 'utente', text: (a) => a.user },
      { title: 'persona', text: (a) => a.subject },
      { title: 'foglie', text: (a) => a.leaves.length, right: true },
      {
        title: 'quali',
        text: (a) =>
          `${a.leaves.slice(0, LEAVES_SHOWN).join(' ')}${a.leaves.length > LEAVES_SHOWN ? ' …' : ''}`,
      },
    ],
    context.out,
  );

/** Lists the rules, or says what one of them is from now on. */
export async function ruleCommand(context: CommandContext): Promise<number> {
  const command = 'audit rule';
  const options = parseOptions(command, context.args, {
    values: ['genere', 'parametri'],
    switches: ['spenta'],
    without: WITHOUT,
  });
  const [id] = options.words;
  const parameters = options.value('parametri');
  return onAudit(context, async (app, audit) => {
    const { answer: rules } = await recorded(
      audit,
      id === undefined ? 'auditRules' : 'auditRuleSet',
      'administered',
      async () => {
        if (id !== undefined) {
          const held = (await listNow(app.db, ALERT_RULES)).find((row) => row.rule_id === id);
          await putAlertRule(
            { db: app.db, now: app.now, by: commandLineCaller().user ?? 'cli' },
            {
              rule_id: id,
              kind: options.value('genere') ?? held?.kind ?? '',
              parameters: parameters === undefined ? (held?.parameters ?? {}) : parsedParameters(parameters),
              active: !options.has('spenta'),
            },
          );
        }
        const all = await listNow(app.db, ALERT_RULES);
        return about(all, all.length);
      },
    );
    const text = table(
      rules,
      [
        { title: 'regola', text: (r) => r.rule_id },
        { title: 'genere', text: (r) => r.kind },
        { title: 'stato', text: (r) => (r.active ? 'accesa' : 'spenta') },
        { title: 'parametri', text: (r) => JSON.stringify(r.parameters) },
      ],
      context.out,
    );
    context.out.write(options.json ? json({ regole: rules }) : text);
    return 0;
  });
}

function parsedParameters(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError('audit rule', '--parametri vuole un oggetto JSON', '--parametri wants a JSON object');
  }
}
