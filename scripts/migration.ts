/**
 * `npm run generate migration add-jobs` writes a migration for what has changed in the entities: for each dialect a
 * file under `src/migrations/` and its entry in the list there. Read it, and add statements where rows have to change.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/database/open-database.js';
import { PostgresServer } from '../tests/support/servers/postgres-server.js';

const [, , name = ''] = process.argv;
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error(
    'Name the migration in lower case with hyphens, such as: npm run generate migration add-jobs',
  );
  process.exit(1);
}

const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
const fileName = `${date}-${name}`;
const className = name.replace(/(?:^|-)(.)/g, (_match, letter: string) => letter.toUpperCase());
const root = fileURLToPath(new URL('../..', import.meta.url));

const server = await PostgresServer.start();
const files = [await write('sqlite', 'sqlite://:memory:'), await write('postgresql', server.url)].flat();
if (files.length > 0) execFileSync('biome', ['check', '--write', ...files], { cwd: root, stdio: 'inherit' });

/** Writes the migration of one dialect and returns the changed files. */
async function write(dialect: string, databaseUrl: string): Promise<string[]> {
  const orm = await openDatabase(databaseUrl);
  const { up } = await orm.schema.getUpdateSchemaMigrationSQL({ wrap: false });
  await orm.close();
  const statements = up.split('\n').filter((line) => line.trim() !== '');
  if (statements.length === 0) {
    console.log(`${dialect}: no change, the migrations match the entities`);
    return [];
  }

  const folder = `${root}/src/migrations/${dialect}`;
  const added = statements.map((statement) => `this.addSql(${JSON.stringify(statement)});`).join('\n');
  writeFileSync(
    `${folder}/${fileName}.ts`,
    `import { Migration } from '@mikro-orm/migrations';

     export class ${className} extends Migration {
       override up(): void {
         ${added}
       }
     }`,
  );

  const list = `${folder}/migrations.ts`;
  const listed = readFileSync(list, 'utf8')
    .replace(/\n\n/, `\nimport { ${className} } from './${fileName}.js';\n\n`)
    .replace(/,?\s*\];\s*$/, `, { name: '${fileName}', class: ${className} }];`)
    .replace('[,', '[');
  writeFileSync(list, listed);
  return [`${folder}/${fileName}.ts`, list];
}
