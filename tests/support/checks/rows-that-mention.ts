import type { TestDatabase } from '../servers/database.js';

const TABLES = {
  sqlite: "select name as \"table\" from sqlite_master where type = 'table' and name not like 'sqlite_%'",
  postgresql: `select format('%I.%I', schemaname, tablename) as "table" from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`,
};

/** The tables, the queue's among them, that have a row with this text in any of its columns. */
export async function tablesThatMention({ fork, url }: TestDatabase, text: string): Promise<string[]> {
  const found: string[] = [];
  const all = url.startsWith('sqlite') ? TABLES.sqlite : TABLES.postgresql;
  for (const { table } of await fork().execute<{ table: string }[]>(all)) {
    const rows = await fork().execute(`select * from ${table}`);
    if (JSON.stringify(rows).includes(text)) found.push(table);
  }
  return found;
}
