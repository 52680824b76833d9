import { statSync } from 'node:fs';
import { isSqlite, sqliteFile } from '../../../mikro-orm.config.js';
import { explainFolder } from './file-start-errors.js';
import { explainPostgresql } from './postgresql-start-errors.js';
import { causesOf, type Explain } from './start-error.js';

const SQLITE_ERRORS: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: 'it cannot be opened or created',
  SQLITE_NOTADB: 'it is not a SQLite database',
  SQLITE_CORRUPT: 'it is damaged',
  SQLITE_READONLY: 'it, or its folder, is read-only',
  SQLITE_FULL: 'the disk is full',
  SQLITE_BUSY: 'another program keeps it locked',
  SQLITE_IOERR: 'the disk reports an input/output error',
};

/** Explains why a database cannot be opened. */
export function explainDatabase(databaseUrl: string, setting: string): Explain {
  return isSqlite(databaseUrl)
    ? explainSqlite(databaseUrl, setting)
    : explainPostgresql(databaseUrl, setting);
}

function explainSqlite(databaseUrl: string, setting: string): Explain {
  const path = sqliteFile(databaseUrl) ?? ':memory:';
  const files = explainFolder(path, setting);
  return (error) => {
    const codes = [...causesOf(error)].map(({ code }) => String(code));
    const code = Object.keys(SQLITE_ERRORS).find((known) => codes.some((one) => one.startsWith(known)));
    if (code === undefined) return files(error);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    return {
      cause: `${path} cannot be used: ${isFolder ? 'it is a folder' : SQLITE_ERRORS[code]} (${code})`,
      remedy: `Set DATABASE_URL to another file (sqlite:///absolute/path.db), or give this user access to it.`,
    };
  };
}
