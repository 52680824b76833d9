import { Migration } from '@mikro-orm/migrations';

export class AccountsAndImages extends Migration {
  override up(): void {
    this.addSql(
      'create table "user" ("id" uuid not null, "email" varchar(254) not null, "password_hash" varchar(60) not null, "created_at" timestamptz not null, primary key ("id"));',
    );
    this.addSql('alter table "user" add constraint "user_email_unique" unique ("email");');
    this.addSql(
      'create table "session" ("id" uuid not null, "user_id" uuid not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));',
    );
    this.addSql('create index "session_user_id_index" on "session" ("user_id");');
    this.addSql(
      'create table "refresh_token" ("hash" varchar(64) not null, "session_id" uuid not null, "used_at" timestamptz null, primary key ("hash"));',
    );
    this.addSql('create index "refresh_token_session_id_index" on "refresh_token" ("session_id");');
    this.addSql(
      'create table "image" ("id" uuid not null, "owner_id" uuid not null, "storage_key" varchar(255) not null, "filename" varchar(255) not null, "format" varchar(8) not null, "width" int not null, "height" int not null, "frames" int not null, "byte_size" int not null, "source_id" uuid null, "operations" jsonb not null, "engine" varchar(8) null, "duration_ms" double precision null, "created_at" timestamptz not null, primary key ("id"));',
    );
    this.addSql('alter table "image" add constraint "image_storage_key_unique" unique ("storage_key");');
    this.addSql('create index "image_source_id_index" on "image" ("source_id");');
    this.addSql(
      'create index "image_owner_id_created_at_id_index" on "image" ("owner_id", "created_at", "id");',
    );
    this.addSql(
      'alter table "session" add constraint "session_user_id_foreign" foreign key ("user_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "refresh_token" add constraint "refresh_token_session_id_foreign" foreign key ("session_id") references "session" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "image" add constraint "image_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "image" add constraint "image_source_id_foreign" foreign key ("source_id") references "image" ("id") on delete set null;',
    );
  }
}
