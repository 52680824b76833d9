import { Migration } from '@mikro-orm/migrations';

export class AdaptiveBenchmarks extends Migration {
  override up(): void {
    this.addSql(
      'alter table "benchmark" add "until_percent" double precision null, add "progress" double precision not null default 0, add "measuring" jsonb null, add "seconds_left" double precision null;',
    );
    this.addSql(
      'alter table "benchmark" alter column "status" type varchar(16) using ("status"::varchar(16));',
    );
    this.addSql(
      'alter table "benchmark" alter column "workload" type varchar(16) using ("workload"::varchar(16));',
    );
    this.addSql('alter table "stored_sample" add "sweep" jsonb null, add "trace" jsonb null;');
    this.addSql(
      'alter table "stored_sample" alter column "model" type varchar(16) using ("model"::varchar(16));',
    );
    // It was computed from these columns before.
    this.addSql(
      'update "benchmark" set "progress" = case when "sample_count" >= "total_cells" * "repetitions" then 1 else "sample_count" * 1.0 / ("total_cells" * "repetitions") end;',
    );
  }
}
