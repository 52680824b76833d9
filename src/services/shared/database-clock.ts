import { BasePostgreSqlPlatform, type SqlEntityManager } from '@mikro-orm/sql';

/** The database's clock as SQL expressions of the type of its datetime columns. */
export interface DatabaseClock {
  readonly now: string;
  /** The time that many milliseconds before now. */
  ago(ms: number): string;
}

/**
 * Returns the clock of the database behind `em`. Processes whose own clocks differ agree on it, so times that are
 * compared with stored ones come from here.
 */
export function databaseClock(em: SqlEntityManager): DatabaseClock {
  return em.getPlatform() instanceof BasePostgreSqlPlatform ? POSTGRESQL : SQLITE;
}

const POSTGRESQL: DatabaseClock = {
  now: 'clock_timestamp()',
  ago: (ms) => `(clock_timestamp() - interval '${Math.round(ms)} milliseconds')`,
};

/** MikroORM stores whole milliseconds since 1970. */
const SQLITE_NOW = `cast(round(unixepoch('subsec') * 1000) as integer)`;
const SQLITE: DatabaseClock = {
  now: SQLITE_NOW,
  ago: (ms) => `(${SQLITE_NOW} - ${Math.round(ms)})`,
};
