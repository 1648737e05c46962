/** The schema as it stands after every migration, read from PostgreSQL's own catalogue. */
import type { Client } from '../../src/platform/db/pool.ts';

interface TableRow {
  readonly name: string;
  readonly columns: readonly string[];
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
}

async function listTables(db: Client): Promise<TableRow[]> {
  const { rows } = await db.query<TableRow>(
    `select n.nspname || '.' || c.relname as name,
            array(select format('%I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                          case when a.attnotnull then ' not null' else '' end,
                          coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
                    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
            array(select pg_get_constraintdef(k.oid) from pg_constraint k
                   where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f', 'x') order by k.contype desc, k.conname) as constraints,
            array(select pg_get_indexdef(i.indexrelid) from pg_index i
                   where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
                   order by i.indexrelid::regclass::text) as indexes
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('access', 'audit', 'registry') and c.relkind in ('r', 'p') order by n.nspname, c.relname`,
  );
  return rows;
}

async function listFunctions(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('access', 'audit', 'registry') order by n.nspname, p.proname, p.oid`,
  );
  return rows.map((row) => row.text);
}

export async function schemaPage(db: Client): Promise<string> {
  const tables = await listTables(db);
  const parts = [
    '-- Made by `npm run docs` from a migrated database: do not edit. The reasons are in migrations/.\n',
  ];
  for (const table of tables) {
    const body = [...table.columns, ...table.constraints].map((line) => `  ${line}`).join(',\n');
    parts.push(`create table ${table.name} (\n${body}\n);`);
    for (const index of table.indexes) parts.push(`${index};`);
    parts.push('');
  }
  for (const text of await listFunctions(db)) parts.push(`${text.trimEnd()};\n`);
  return parts.join('\n');
}
