/** `sipop intake outcome|findings`: read outcomes again, see what is still to mend. What findings say names persons: each look is a leaf. */
import { everyFinding } from '../registry/supplies/every-finding.sql.ts';
import { listFindingSubjects } from '../registry/supplies/listing.sql.ts';
import { listFindings, listFindingsOfComune } from '../registry/supplies/supplies.sql.ts';
import { withheldWhereSealed } from '../services/intake/shown-findings.ts';
import { comuneOption } from './ask.ts';
import { audited } from './audited.ts';
import type { CommandContext } from './command.ts';
import { openContext } from './context.ts';
import { labelsOf } from './labels.ts';
import { ACTING, parseOptions, usageError } from './options.ts';
import { outcomeOf, writeFindingsJson, writeOutcomeJson } from './outcome-json.ts';
import { SHOWN, writeFindings, writeOutcome } from './outcome-report.ts';

const WITHOUT = ['al', 'noto-al'] as const;

export async function outcomeCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('intake outcome', context.args, {
    values: ACTING,
    switches: ['en'],
    without: WITHOUT,
  });
  const [ricevuta] = options.words;
  if (ricevuta === undefined)
    throw usageError(
      'intake outcome',
      'indicare la ricevuta, per esempio 2026/0000001',
      'name the receipt, for example 2026/0000001',
    );
  const app = await openContext(context);
  try {
    const outcome = await outcomeOf(app.db, ricevuta);
    const of = { supplyId: outcome.supplyId, comuni: null, codice: null, gravita: null, closedToo: true };
    const question = { operation: 'supplyOutcome', comuni: [outcome.comune] } as const;
    const { findings } = await audited(
      app,
      options,
      { ...question, subjects: ({ subjects }) => subjects },
      async () => ({
        findings: options.json ? [] : await listFindings(app.db, outcome.supplyId, SHOWN + 1),
        subjects: await listFindingSubjects(app.db, of),
      }),
    );
    if (options.json) {
      await writeOutcomeJson(context, app.db, ricevuta, { more: {}, gap: '\n' });
      return 0;
    }
    writeOutcome(context, outcome, options.has('en'));
    writeFindings(context, findings.map(withheldWhereSealed), options.has('en'));
    if (findings.length === 0) context.out.write('Nessuna segnalazione / no findings\n');
    return 0;
  } finally {
    await app.close();
  }
}

export async function findingsCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('intake findings', context.args, {
    values: ['comune', 'codice', ...ACTING],
    switches: ['chiuse', 'en'],
    without: WITHOUT,
  });
  const named = options.value('comune');
  if (named === undefined)
    throw usageError(
      'intake findings',
      'indicare il comune, per nome o con il codice ISTAT, per esempio --comune 036023',
      'name the comune, by its name or its ISTAT code, for example --comune 036023',
    );
  const labels = labelsOf(context);
  const comune = comuneOption(labels, 'intake findings', named);
  const [english, closedToo] = [options.has('en'), options.has('chiuse')];
  const app = await openContext(context);
  try {
    const codice = options.value('codice')?.toUpperCase() ?? null;
    const question = { operation: 'findingsList', comuni: [comune] } as const;
    const { listed } = await audited(
      app,
      options,
      { ...question, subjects: ({ subjects }) => subjects },
      async () => ({
        listed: options.json
          ? []
          : await listFindingsOfComune(app.db, comune, { codice, closedToo, limit: SHOWN + 1 }),
        subjects: await listFindingSubjects(app.db, {
          supplyId: null,
          comuni: [comune],
          codice,
          gravita: null,
          closedToo,
        }),
      }),
    );
    if (options.json) {
      const wanted = { supplyId: null, comune, codice, closedToo };
      await writeFindingsJson(context, everyFinding(app.db, wanted), '\n');
      context.out.write('\n');
      return 0;
    }
    writeFindings(context, listed.map(withheldWhereSealed), english, (f) =>
      english
        ? `${f.id_operazione === null ? `Supply ${f.progressivo}` : `Operation ${f.id_operazione}`}, receipt ${f.ricevuta}`
        : `${f.id_operazione === null ? `Fornitura ${f.progressivo}` : `Operazione ${f.id_operazione}`}, ricevuta ${f.ricevuta}`,
    );
    if (listed.length === 0) {
      const code = codice === null ? '' : ` ${codice}`;
      context.out.write(
        `Nessuna segnalazione${code} ${closedToo ? '' : 'aperta '}per ${labels.comune(comune)} / no ${closedToo ? '' : 'open '}findings${code}\n`,
      );
    }
    return 0;
  } finally {
    await app.close();
  }
}
