import { Migration } from '@mikro-orm/migrations';

export class Benchmarks extends Migration {
  override up(): void {
    this.addSql(
      'create table "race_run" ("owner_id" uuid not null, "experiment" jsonb not null, "created_at" timestamptz not null, primary key ("owner_id"));',
    );
    this.addSql(
      'create table "benchmark" ("id" uuid not null, "owner_id" uuid not null, "name" varchar(255) not null, "status" varchar(9) not null default \'QUEUED\', "workload" varchar(9) not null, "lists" jsonb not null, "seed" int not null, "image_ids" jsonb null, "operations" jsonb not null, "repetitions" int not null, "total_cells" int not null, "completed_cells" int not null default 0, "sample_count" int not null default 0, "seq" int not null default 0, "environment" jsonb null, "error" jsonb null, "machine" varchar(255) null, "lease" uuid null, "lease_until" timestamptz null, "created_at" timestamptz not null, "started_at" timestamptz null, "finished_at" timestamptz null, primary key ("id"));',
    );
    this.addSql('alter table "benchmark" add constraint "benchmark_machine_unique" unique ("machine");');
    this.addSql('create index "benchmark_status_created_at_index" on "benchmark" ("status", "created_at");');
    this.addSql(
      'create index "benchmark_owner_id_created_at_id_index" on "benchmark" ("owner_id", "created_at", "id");',
    );
    this.addSql(
      'create table "stored_sample" ("benchmark_id" uuid not null, "seq" int not null, "model" varchar(14) not null, "engine" varchar(8) null, "image_count" int not null, "workers" int not null, "repetition" int not null, "measurement" jsonb not null, primary key ("benchmark_id", "seq"));',
    );
    this.addSql(
      'create index "stored_sample_benchmark_id_engine_image_count_index" on "stored_sample" ("benchmark_id", "engine", "image_count");',
    );
    this.addSql(
      'alter table "race_run" add constraint "race_run_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "benchmark" add constraint "benchmark_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "stored_sample" add constraint "stored_sample_benchmark_id_foreign" foreign key ("benchmark_id") references "benchmark" ("id") on delete cascade;',
    );
  }
}
