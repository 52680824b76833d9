import { Migration } from '@mikro-orm/migrations';

export class BatchJobs extends Migration {
  override up(): void {
    this.addSql(
      'create table "queued_chunk" ("id" serial primary key, "job_id" uuid not null, "owner_id" uuid not null, "turn" int not null, "deliveries" int not null default 0, "entry" jsonb not null);',
    );
    this.addSql('create index "queued_chunk_job_id_index" on "queued_chunk" ("job_id");');
    this.addSql('create index "queued_chunk_turn_id_index" on "queued_chunk" ("turn", "id");');
    this.addSql(
      'create table "job" ("id" uuid not null, "owner_id" uuid not null, "idempotency_key" varchar(255) null, "fingerprint" varchar(64) not null, "status" varchar(10) not null default \'QUEUED\', "pool" varchar(9) not null, "workers" int not null, "engine" varchar(8) not null, "operations" jsonb not null, "total_count" int not null, "completed_count" int not null default 0, "failed_count" int not null default 0, "cancelled_count" int not null default 0, "seq" int not null default 0, "round" int not null default 0, "created_at" timestamptz not null, "started_at" timestamptz null, "finished_at" timestamptz null, primary key ("id"));',
    );
    this.addSql('create index "job_status_index" on "job" ("status");');
    this.addSql(
      'create index "job_owner_id_status_created_at_id_index" on "job" ("owner_id", "status", "created_at", "id");',
    );
    this.addSql('create index "job_owner_id_created_at_id_index" on "job" ("owner_id", "created_at", "id");');
    this.addSql(
      'alter table "job" add constraint "job_owner_id_idempotency_key_unique" unique ("owner_id", "idempotency_key");',
    );
    this.addSql(
      'create table "job_item" ("job_id" uuid not null, "position" int not null, "image_id" uuid null, "result_id" uuid null, "status" varchar(10) not null default \'QUEUED\', "attempts" int not null default 0, "crashes" int not null default 0, "duration_ms" double precision null, "error" jsonb null, "ended_seq" int null, primary key ("job_id", "position"));',
    );
    this.addSql('create index "job_item_image_id_index" on "job_item" ("image_id");');
    this.addSql('create index "job_item_result_id_index" on "job_item" ("result_id");');
    this.addSql('create index "job_item_job_id_ended_seq_index" on "job_item" ("job_id", "ended_seq");');
    this.addSql(
      'alter table "job" add constraint "job_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "job_item" add constraint "job_item_job_id_foreign" foreign key ("job_id") references "job" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "job_item" add constraint "job_item_image_id_foreign" foreign key ("image_id") references "image" ("id") on delete set null;',
    );
    this.addSql(
      'alter table "job_item" add constraint "job_item_result_id_foreign" foreign key ("result_id") references "image" ("id") on delete set null;',
    );
  }
}
