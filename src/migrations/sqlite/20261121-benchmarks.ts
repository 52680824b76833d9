import { Migration } from '@mikro-orm/migrations';

export class Benchmarks extends Migration {
  override up(): void {
    this.addSql(
      'create table `race_run` (`owner_id` text not null primary key, `experiment` json not null, `created_at` datetime not null, constraint `race_run_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on update cascade on delete cascade);',
    );
    this.addSql('create index `race_run_owner_id_index` on `race_run` (`owner_id`);');
    this.addSql(
      "create table `benchmark` (`id` text not null primary key, `owner_id` text not null, `name` text not null, `status` text not null default 'QUEUED', `workload` text not null, `lists` json not null, `seed` integer not null, `image_ids` json null, `operations` json not null, `repetitions` integer not null, `total_cells` integer not null, `completed_cells` integer not null default 0, `sample_count` integer not null default 0, `seq` integer not null default 0, `environment` json null, `error` json null, `machine` text null, `lease` text null, `lease_until` datetime null, `created_at` datetime not null, `started_at` datetime null, `finished_at` datetime null, constraint `benchmark_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);",
    );
    this.addSql('create index `benchmark_owner_id_index` on `benchmark` (`owner_id`);');
    this.addSql('create unique index `benchmark_machine_unique` on `benchmark` (`machine`);');
    this.addSql('create index `benchmark_status_created_at_index` on `benchmark` (`status`, `created_at`);');
    this.addSql(
      'create index `benchmark_owner_id_created_at_id_index` on `benchmark` (`owner_id`, `created_at`, `id`);',
    );
    this.addSql(
      'create table `stored_sample` (`benchmark_id` text not null, `seq` integer not null, `model` text not null, `engine` text null, `image_count` integer not null, `workers` integer not null, `repetition` integer not null, `measurement` json not null, primary key (`benchmark_id`, `seq`), constraint `stored_sample_benchmark_id_foreign` foreign key (`benchmark_id`) references `benchmark` (`id`) on delete cascade);',
    );
    this.addSql('create index `stored_sample_benchmark_id_index` on `stored_sample` (`benchmark_id`);');
    this.addSql(
      'create index `stored_sample_benchmark_id_engine_image_count_index` on `stored_sample` (`benchmark_id`, `engine`, `image_count`);',
    );
  }
}
