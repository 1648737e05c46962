/** The code tables that the tracciato names (tracciato.md 1, "Codes"), with the validity the official tables give. */
import { type Day, day, firstDay, type PartialDate } from '../kernel/day.ts';
import { CODE_TABLES, TABLE_NAMES, type TableName } from './code-tables.ts';

export interface CodeRow {
  readonly code: string;
  readonly description: string;
  /** The last day on which it may be used; null where the table gives none. */
  readonly lastDay: Day | null;
}

export type CodeTables = Readonly<Record<TableName, readonly CodeRow[]>>;

export interface Codes {
  /** Is it in the table, retired or not (EC001 … EC066)? */
  isCode(table: TableName, code: string): boolean;
  /** Its Italian description, or null where it is not in the table. */
  describeCode(table: TableName, code: string): string | null;
  /** In the table, and not certainly retired on that day (EN064): a partial date counts by its first day. */
  codeValidOn(table: TableName, code: string, date: PartialDate): boolean;
  listCodes(table: TableName): readonly CodeRow[];
}

/** Reads lines of code-tables.ts. */
function parseCodes(lines: string): CodeRow[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', description = '', last] = line.split('|');
      return { code, description, lastDay: last === undefined ? null : day(last) };
    });
}

export function embeddedCodeTables(): CodeTables {
  const tables: Partial<Record<TableName, readonly CodeRow[]>> = {};
  for (const name of TABLE_NAMES) tables[name] = parseCodes(CODE_TABLES[name]);
  return tables as CodeTables;
}

export function createCodes(tables: CodeTables): Codes {
  const byTable = new Map(
    TABLE_NAMES.map((name) => [name, new Map(tables[name].map((row) => [row.code, row]))]),
  );
  const find = (table: TableName, code: string): CodeRow | undefined => byTable.get(table)?.get(code);
  return {
    isCode: (table, code) => find(table, code) !== undefined,
    describeCode: (table, code) => find(table, code)?.description ?? null,
    codeValidOn(table, code, date) {
      const row = find(table, code);
      return row !== undefined && (row.lastDay === null || firstDay(date) <= row.lastDay);
    },
    listCodes: (table) => tables[table],
  };
}
