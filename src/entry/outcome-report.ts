/** Outcomes and findings as a clerk reads them: counts by file, then where, what, and what to do. */

import { knownAtWords, parseKnownAt } from '../registry/answers/known-at.ts';
import { SOURCE_FILES } from '../registry/claims/source-row.ts';
import type { StoredFinding, StoredOutcome } from '../registry/supplies/supplies.sql.ts';
import type { CommandContext } from './command.ts';
import { fields, foldWords, type TableTarget, table, thousands } from './table.ts';

/** Findings that a person is shown at most; --json has no bound. */
export const SHOWN = 200;

const WIDE = 110;

/** What a gravity does to the row or the supply. */
const GRAVITIES = [
  { code: 'B', italian: 'fornitura rifiutata', english: 'supply refused' },
  {
    code: 'E',
    italian: 'riga scartata, conservata com’è arrivata',
    english: 'row set aside, kept as it came',
  },
  { code: 'W', italian: 'riga caricata, da controllare', english: 'row loaded, to be checked' },
];

/** The words of the gravities that are in the list. */
function legend(findings: readonly StoredFinding[], english: boolean): string {
  const used = GRAVITIES.filter(({ code }) => findings.some((f) => f.gravita === code));
  return `${used.map((g) => `${g.code} = ${english ? g.english : g.italian}`).join('; ')}\n`;
}

/** One finding: where, and under it what and what to do. */
export function findingLines(f: StoredFinding, english: boolean, target: TableTarget = {}): string {
  const words = english
    ? {
        supply: 'supply',
        row: 'row',
        record: 'record',
        of: 'of',
        subject: 'subject',
        family: 'family',
        event: 'event',
        closed: 'closed by supply',
        closedByOperation: 'closed by operation',
      }
    : {
        supply: 'fornitura',
        row: 'riga',
        record: 'scheda',
        of: 'di',
        subject: 'soggetto',
        family: 'famiglia',
        event: 'evento',
        closed: 'chiusa dalla fornitura',
        closedByOperation: 'chiusa dall’operazione',
      };
  const where = [
    f.file ?? words.supply,
    f.riga === null ? '' : `${words.row} ${f.riga}`,
    f.dettaglio?.origine_file === undefined
      ? ''
      : `${/\.xml$/i.test(String(f.dettaglio.origine_file)) ? words.record : words.row} ${f.dettaglio.origine_record} ${words.of} ${f.dettaglio.origine_file}${f.dettaglio.origine_campo === undefined ? '' : ` (${f.dettaglio.origine_campo})`}`,
    f.id_soggetto === '' ? '' : `${words.subject} ${f.id_soggetto}`,
    f.id_famiglia === null ? '' : `${words.family} ${f.id_famiglia}`,
    f.id_evento === null ? '' : `${words.event} ${f.id_evento}`,
  ].filter((part) => part !== '');
  const by =
    f.chiusa_da_operazione === null
      ? `${words.closed} ${f.chiusa_da}`
      : `${words.closedByOperation} ${f.chiusa_da_operazione}`;
  const closed = f.chiusa_da === null ? '' : `  [${by}]`;
  const message = foldWords(
    english ? f.messaggio_en : f.messaggio,
    target.isTTY === true ? Math.min(target.columns ?? WIDE, WIDE) - 4 : Number.POSITIVE_INFINITY,
  );
  return [
    `${f.gravita} ${f.codice.padEnd(8)} ${where.join(', ')}${closed}`,
    ...message.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** The first findings of a list, with what their letters mean, and whether there are more. */
export function writeFindings(
  { out }: CommandContext,
  findings: readonly StoredFinding[],
  english: boolean,
  heading: (f: StoredFinding) => string = () => '',
): void {
  if (findings.length === 0) return;
  const shown = findings.slice(0, SHOWN);
  out.write(legend(shown, english));
  let last = '';
  for (const finding of shown) {
    const title = heading(finding);
    if (title !== last) out.write(`\n${title}\n`);
    last = title;
    out.write(findingLines(finding, english, out));
  }
  if (findings.length > SHOWN)
    out.write(
      english ? `… the first ${SHOWN}; all with --json\n` : `… le prime ${SHOWN}; tutte con --json\n`,
    );
}

interface FileLine {
  readonly file: string;
  readonly lette: number;
  readonly applicate: number;
  readonly scartate: number;
  readonly segnalate: number;
}

/** Counts by file in the order of the tracciato, and their sum where the files are several. */
export function fileLines(outcome: StoredOutcome): FileLine[] {
  const order = (file: string): number => {
    const place = SOURCE_FILES.indexOf(file);
    return place < 0 ? SOURCE_FILES.length : place;
  };
  const names = [...new Set([...Object.keys(outcome.lette), ...Object.keys(outcome.scartate)])].sort(
    (a, b) => order(a) - order(b) || (a < b ? -1 : 1),
  );
  const lines = names.map((file) => ({
    file,
    lette: outcome.lette[file] ?? 0,
    applicate: outcome.applicate[file] ?? 0,
    scartate: outcome.scartate[file] ?? 0,
    segnalate: outcome.segnalate[file] ?? 0,
  }));
  if (lines.length < 2) return lines;
  const sum = (of: (l: FileLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  return [
    ...lines,
    {
      file: 'totale',
      lette: sum((l) => l.lette),
      applicate: sum((l) => l.applicate),
      scartate: sum((l) => l.scartate),
      segnalate: sum((l) => l.segnalate),
    },
  ];
}

/** The receipt, the outcome with its reference day, and the counts. */
export function writeOutcome({ out }: CommandContext, outcome: StoredOutcome, english: boolean): void {
  const received = parseKnownAt(outcome.ricevuta_il);
  out.write(
    fields(
      [
        [english ? 'receipt' : 'ricevuta', outcome.ricevuta],
        ['file', outcome.file],
        [
          english ? 'operation' : 'operazione',
          outcome.richiesta === null ? null : `${outcome.richiesta} ${outcome.id_operazione}`.trim(),
        ],
        [
          english ? 'received' : 'arrivata',
          received === null ? null : knownAtWords(received).replace('T', ' ').slice(0, 19),
        ],
        [english ? 'outcome' : 'esito', outcome.esito],
        [english ? 'situation at' : 'situazione al', outcome.situazione_al],
      ],
      out,
    ),
  );
  const lines = fileLines(outcome);
  const right = true;
  if (lines.length > 0)
    out.write(
      `\n${table(
        lines,
        [
          { title: 'file', text: (l) => l.file },
          { title: english ? 'read' : 'lette', text: (l) => thousands(l.lette), right },
          { title: english ? 'applied' : 'applicate', text: (l) => thousands(l.applicate), right },
          { title: english ? 'set aside' : 'scartate', text: (l) => thousands(l.scartate), right },
          { title: english ? 'reported' : 'segnalate', text: (l) => thousands(l.segnalate), right },
        ],
        out,
      )}`,
    );
  out.write('\n');
}
