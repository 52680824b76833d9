import { Migration } from '@mikro-orm/migrations';

export class AttemptsAndUsage extends Migration {
  override up(): void {
    this.addSql(
      'create table "user_usage" ("owner_id" uuid not null, "image_count" int not null default 0, "image_bytes" double precision not null default 0, "job_items" int not null default 0, "checked_at" timestamptz not null, primary key ("owner_id"));',
    );
    this.addSql('create index "user_usage_checked_at_index" on "user_usage" ("checked_at");');
    this.addSql('alter table "job" add "ended_before" int not null default 0;');
    this.addSql(
      'alter table "job_item" add "started_at" timestamptz null, add "finished_at" timestamptz null, add "earlier_attempts" jsonb null;',
    );
    this.addSql(
      'alter table "user_usage" add constraint "user_usage_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on update cascade on delete cascade;',
    );
  }
}
