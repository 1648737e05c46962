import { reviewAdministrators } from '../access/accounts/administrators.ts';
import { listOwnAccesses } from '../access/audit/own-accesses.ts';
import type { FoundLeaf } from '../access/audit/search.sql.ts';
import { searchLeaves } from '../access/audit/search.ts';
import { addDays, romeDay } from '../kernel/day.ts';
import { about, json, onAudit, recorded } from './audit-context.ts';
import { fileOption, periodOption, startOfDay } from './audit-options.ts';
import { subjectsOf } from './audit-people.ts';
import type { CommandContext } from './command.ts';
import { dayOption, parseOptions, usageError } from './options.ts';
import { fields, table } from './table.ts';

const WITHOUT = ['al', 'noto-al'] as const;
const MOST_LISTED = 1000;

const SEARCH = {
  values: ['persona', 'utente', 'ente', 'operazione', 'esito', 'dal', 'fino-al', 'pratica', 'limite'],
  without: WITHOUT,
} as const;

export async function searchCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('audit search', context.args, SEARCH);
  const file = fileOption('audit search', options);
  const limit = Number(options.value('limite') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw usageError(
      'audit search',
      `--limite va da 1 a ${MOST_LISTED}`,
      `--limite goes from 1 to ${MOST_LISTED}`,
    );
  return onAudit(context, async (app, audit) => {
    const { answer: leaves } = await recorded(
      audit,
      'auditSearch',
      'listed',
      async () => {
        const person = options.value('persona');
        const subjects = person === undefined ? null : await subjectsOf(app.db, person, romeDay(app.now()));
        const found = await searchLeaves(
          app.db,
          audit.keys,
          {
            ...periodOption('audit search', options),
            user: options.value('utente') ?? null,
            body: options.value('ente') ?? null,
            operation: options.value('operazione') ?? null,
            outcome: options.value('esito') ?? null,
            subjects,
            limit,
          },
          app.now(),
        );
        return { answer: found, subjects: subjects ?? [], fields: [], count: found.length };
      },
      file,
    );
    context.out.write(options.json ? json({ foglie: leaves }) : leavesText(leaves, context));
    return 0;
  });
}

function leavesText(leaves: readonly FoundLeaf[], context: CommandContext): string {
  return table(
    leaves,
    [
      { title: 'foglia', text: (l) => l.index, right: true },
      { title: 'quando', text: (l) => l.at.slice(0, 19) },
      { title: 'utente', text: (l) => l.user ?? l.client },
      { title: 'ente', text: (l) => l.body },
      { title: 'da', text: (l) => l.from },
      { title: 'operazione', text: (l) => l.operation },
      { title: 'genere', text: (l) => l.kind },
      { title: 'scopo', text: (l) => l.purpose },
      { title: 'pratica', text: (l) => l.file },
      { title: 'persone', text: (l) => l.count, right: true },
      { title: 'esito', text: (l) => [l.outcome, l.reason].filter(Boolean).join(': ') },
    ],
    context.out,
  );
}

export async function personCommand(context: CommandContext): Promise<number> {
  const command = 'audit person';
  const options = parseOptions(command, context.args, {
    values: ['dal', 'fino-al', 'pratica'],
    without: WITHOUT,
  });
  const file = fileOption(command, options);
  const who = options.words.join(' ');
  return onAudit(context, async (app, audit) => {
    const { answer: accesses } = await recorded(
      audit,
      'ownAccesses',
      'consulted',
      async () => {
        const subjects = await subjectsOf(app.db, who, romeDay(app.now()));
        const found = await listOwnAccesses(
          app.db,
          audit.keys,
          subjects,
          periodOption(command, options),
          app.now(),
        );
        return { answer: found, subjects, fields: [], count: found.length };
      },
      file,
    );
    const text = table(
      accesses,
      [
        { title: 'quando', text: (l) => l.at.slice(0, 19) },
        { title: 'ente', text: (l) => l.body ?? 'gestore del sistema' },
        { title: 'operazione', text: (l) => l.operation },
        { title: 'genere', text: (l) => l.kind },
        { title: 'scopo', text: (l) => l.purpose },
        { title: 'norma', text: (l) => l.legalBasis },
      ],
      context.out,
    );
    context.out.write(options.json ? json({ accessi: accesses }) : text);
    return 0;
  });
}

export async function administratorsCommand(context: CommandContext): Promise<number> {
  const command = 'audit administrators';
  const options = parseOptions(command, context.args, { values: ['anno'], without: WITHOUT });
  return onAudit(context, async (app, audit) => {
    const today = romeDay(app.now());
    const year = options.value('anno') ?? today.slice(0, 4);
    const from = dayOption(command, 'anno', `${year}-01-01`);
    const to = dayOption(command, 'anno', `${year}-12-31`);
    const { answer: reviewed } = await recorded(audit, 'auditAdministrators', 'listed', async () => {
      const period = { from: startOfDay(from), to: startOfDay(addDays(to, 1)) };
      const found = await reviewAdministrators(app.db, period, today);
      return about(found, found.length);
    });
    if (options.json) context.out.write(json({ anno: year, amministratori: reviewed }));
    else
      for (const one of reviewed) {
        context.out.write(
          fields([
            ['amministratore', [one.id, one.name].filter(Boolean).join('  ')],
            ['stato', one.state],
            ['ultimo uso', one.lastUse?.slice(0, 19)],
            ['profili', one.profiles.map((p) => `${p.profile} (rivisto il ${p.reviewedOn})`).join(', ')],
            ['da decidere', one.questions.join(', ')],
          ]),
        );
        context.out.write(
          `${table(one.acts, [
            { title: '  operazione', text: (u) => `  ${u.operation}` },
            { title: 'risposte', text: (u) => u.answered, right: true },
            { title: 'rifiuti', text: (u) => u.refused, right: true },
            { title: 'prima', text: (u) => u.first.slice(0, 10) },
            { title: 'ultima', text: (u) => u.last.slice(0, 10) },
            { title: 'indirizzi', text: (u) => u.addresses, right: true },
          ])}\n`,
        );
      }
    return 0;
  });
}
