/** `sipop retention list, set, apply`: how long things are kept (security.md, 36). */
import { findNow, listNow } from '../access/accounts/history.sql.ts';
import { applyRetention, putRetentionRule } from '../access/retention/retention.service.ts';
import { listRuleHistory } from '../access/retention/retention.sql.ts';
import { RETENTION_RULES, RETENTION_WORDS, retentionRule } from '../access/retention/retention.ts';
import { administer, given, tell } from './access-options.ts';
import { commandLineCaller, json, onAudit } from './audit-context.ts';
import type { CommandContext } from './command.ts';
import { parseOptions } from './options.ts';
import { retentionContext } from './retention.ts';
import { table } from './table.ts';

export async function listCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('retention list', context.args, {
    switches: ['storia'],
    without: ['al', 'noto-al'],
  });
  const past = options.has('storia');
  const rules = await administer(context, 'accessList', 'consulted', async ({ db }) =>
    past
      ? listRuleHistory(db)
      : (await listNow(db, RETENTION_RULES)).map((rule) => ({
          ...rule,
          recorded_from: null,
          recorded_to: null,
          changed_by: null,
        })),
  );
  const text = table(
    rules,
    [
      { title: 'regola', text: (r) => r.rule_id },
      { title: 'che cosa', text: (r) => RETENTION_WORDS[r.rule_id].it },
      { title: 'giorni', text: (r) => r.term_days, right: true },
      { title: 'stato', text: (r) => (r.active ? 'accesa' : 'spenta') },
      { title: 'norma', text: (r) => r.law },
      ...(past
        ? [
            { title: 'dal', text: (r: (typeof rules)[number]) => r.recorded_from },
            { title: 'al', text: (r: (typeof rules)[number]) => r.recorded_to },
            { title: 'di', text: (r: (typeof rules)[number]) => r.changed_by },
          ]
        : []),
    ],
    context.out,
  );
  context.out.write(options.json ? json({ regole: rules }) : text);
  return 0;
}

/** What is not said stays as it was. */
export async function setCommand(context: CommandContext): Promise<number> {
  const asked = given('retention set', context, ['REGOLA'], ['giorni', 'norma', 'stato']);
  const [id = ''] = asked.words;
  const { giorni, norma, stato } = asked.values;
  const put = await administer(context, 'retentionManage', 'administered', async (access) => {
    const held = await findNow(access.db, RETENTION_RULES, [id]);
    const rule = retentionRule({
      id,
      days: giorni === undefined ? (held?.term_days ?? Number.NaN) : Number(giorni),
      law: norma ?? held?.law ?? '',
      active: stato === undefined ? (held?.active ?? true) : stato !== 'spenta',
    });
    return putRetentionRule(access, rule);
  });
  const state = put.active ? `${put.term_days} giorni / days` : 'spenta / off';
  return tell(context, asked, put, `${put.rule_id}: ${state}, ${put.law}\n`);
}

export async function applyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('retention apply', context.args, { without: ['al', 'noto-al'] });
  const applied = await onAudit(context, (app, audit) =>
    applyRetention(retentionContext(app.db, audit, app.dataFolder, commandLineCaller())),
  );
  const rows = applied.map(({ rule, before, removed }) => ({
    regola: rule.rule_id,
    prima_di: before,
    tolti: removed,
  }));
  const text = table(
    rows,
    [
      { title: 'regola', text: (r) => r.regola },
      { title: 'prima di', text: (r) => r.prima_di },
      { title: 'tolti', text: (r) => r.tolti, right: true },
    ],
    context.out,
  );
  context.out.write(options.json ? json({ applicate: rows }) : text);
  return 0;
}
