/** docs/generated/anpr-operations.md: which part of each national request goes where, from the tables that the code reads by. */
import { CELL_ELEMENTS } from '../../src/services/intake/anpr/operations/cell-elements.ts';
import { FAMILY_MUTATIONS } from '../../src/services/intake/anpr/operations/households.ts';
import {
  MUTATIONS,
  OPERATION_KINDS,
  REQUEST_KINDS,
} from '../../src/services/intake/anpr/operations/kinds.ts';
import { MENDED } from '../../src/services/intake/anpr/operations/mends.ts';
import {
  ARRIVING_RULES,
  ARRIVING_STATUS_RULES,
  BORN_RULES,
  CHANGED_IDENTITY_RULES,
  FATHER_RULES,
  MOTHER_RULES,
  RESIDENCE_RULES,
  SPOUSE_RULES,
} from '../../src/services/intake/anpr/operations/request-rules.ts';
import { READINGS, type Rule } from '../../src/services/intake/anpr/rules.ts';
import { PAPER_RULES } from '../../src/services/intake/anpr/subject-rules.ts';

const NOT_KEPT = 'non conservato';

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Rules as rows: column, the elements that may tell it, how they are read. */
const cells = (title: string, rules: readonly Rule[]): string =>
  `### ${title}\n\n${table(
    ['colonna', 'elemento', 'come si legge'],
    rules.map(({ column, from, by }) => [
      column,
      from.map(({ path }) => path).join('; se manca '),
      READINGS[by].words[0],
    ]),
  )}\n`;

function request(kind: (typeof OPERATION_KINDS)[number]): string {
  const { italian, events, namespace, parts } = REQUEST_KINDS[kind];
  const rows = Object.entries(parts).map(([part, goes]) => [part, goes ?? NOT_KEPT]);
  return `### ${kind}: ${italian}\n\n\`${namespace}\`. Eventi: ${events}.\n\n${table(['parte della richiesta', 'dove va'], rows)}\n`;
}

export function operationsPage(): string {
  const families = Object.entries(FAMILY_MUTATIONS).map(([code, { events }]) => [code, events]);
  const mutations = Object.entries(MUTATIONS).map(([code, { what, events }]) => [
    code,
    what,
    events ?? NOT_KEPT,
  ]);
  const mended = Object.entries(MENDED);
  const told = OPERATION_KINDS.flatMap((kind) =>
    Object.entries(CELL_ELEMENTS[kind]).map(([cell, element]) => [kind, cell, element]),
  );
  return `# Operazioni ANPR: tabella di corrispondenza

Scritta da \`npm run docs\` dalle tabelle con cui il programma legge le richieste (\`src/services/intake/anpr/operations\`); non si corregge a mano.
Le regole sono in [docs/adr/0016](../adr/0016-anpr-operations.md). Gli eventi e le loro chiavi sono quelli del tracciato SIPOP, sezione 3.

## Richieste

${OPERATION_KINDS.map(request).join('\n')}
## Tipi di mutazione

### 5001 (tabella 46)

${table(['tipoMutazione', 'eventi'], families)}

### 5008 (tabella 36)

${table(['tipoMutazione', 'che cosa', 'eventi'], mutations)}

### 5014

${table(
  ['dato della rettifica', 'riga della SCHEDA'],
  mended.map(([datum, row]) => [datum, row]),
)}

## Elementi e colonne

${cells('1001, dalla richiesta', BORN_RULES)}
${cells('1002, dalla richiesta', [...ARRIVING_RULES, ...ARRIVING_STATUS_RULES])}
${cells('5008, dalla richiesta', [...CHANGED_IDENTITY_RULES, ...FATHER_RULES, ...MOTHER_RULES, ...PAPER_RULES, ...SPOUSE_RULES])}
${cells('tipoResidenza, dovunque stia', RESIDENCE_RULES)}
## Di quale elemento si parla in una risposta

Ciò che i controlli trovano in una colonna si dice dell’elemento da cui viene.

${table(['richiesta', 'colonna', 'elemento'], told)}
`;
}
