import { Migration } from '@mikro-orm/migrations';

/** The table of rate-limiter-flexible, in its order of columns. Unlogged: counts need not survive a crash. */
export class AttemptCounts extends Migration {
  override up(): void {
    this.addSql(
      'create unlogged table "attempt_count" ("key" varchar(255) primary key, "points" integer not null default 0, "expire" bigint);',
    );
    this.addSql('create index "attempt_count_expire_index" on "attempt_count" ("expire");');
  }
}
