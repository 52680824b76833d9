import { Migration } from '@mikro-orm/migrations';

export class AccountLife extends Migration {
  override up(): void {
    this.addSql(
      'create table "api_token" ("id" uuid not null, "owner_id" uuid not null, "hash" varchar(64) not null, "name" varchar(100) not null, "scope" varchar(5) not null, "created_at" timestamptz not null, "last_used_at" timestamptz null, "expires_at" timestamptz not null, primary key ("id"));',
    );
    this.addSql('create index "api_token_owner_id_index" on "api_token" ("owner_id");');
    this.addSql('alter table "api_token" add constraint "api_token_hash_unique" unique ("hash");');
    this.addSql('alter table "user" add "deleted_at" timestamptz null;');
    this.addSql('create index "user_deleted_at_index" on "user" ("deleted_at");');
    this.addSql(
      'alter table "session" add "used_at" timestamptz null, add "user_agent" varchar(255) null, add "address" varchar(45) null;',
    );
    this.addSql('alter table "refresh_token" add "created_at" timestamptz null;');
    this.addSql(
      'alter table "api_token" add constraint "api_token_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
  }
}
