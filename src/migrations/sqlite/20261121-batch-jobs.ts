import { Migration } from '@mikro-orm/migrations';

export class BatchJobs extends Migration {
  override up(): void {
    this.addSql(
      'create table `queued_chunk` (`id` integer not null primary key autoincrement, `job_id` text not null, `owner_id` text not null, `turn` integer not null, `deliveries` integer not null default 0, `entry` json not null);',
    );
    this.addSql('create index `queued_chunk_job_id_index` on `queued_chunk` (`job_id`);');
    this.addSql('create index `queued_chunk_turn_id_index` on `queued_chunk` (`turn`, `id`);');
    this.addSql(
      "create table `job` (`id` text not null primary key, `owner_id` text not null, `idempotency_key` text null, `fingerprint` text not null, `status` text not null default 'QUEUED', `pool` text not null, `workers` integer not null, `engine` text not null, `operations` json not null, `total_count` integer not null, `completed_count` integer not null default 0, `failed_count` integer not null default 0, `cancelled_count` integer not null default 0, `seq` integer not null default 0, `round` integer not null default 0, `created_at` datetime not null, `started_at` datetime null, `finished_at` datetime null, constraint `job_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);",
    );
    this.addSql('create index `job_owner_id_index` on `job` (`owner_id`);');
    this.addSql('create index `job_status_index` on `job` (`status`);');
    this.addSql(
      'create index `job_owner_id_status_created_at_id_index` on `job` (`owner_id`, `status`, `created_at`, `id`);',
    );
    this.addSql('create index `job_owner_id_created_at_id_index` on `job` (`owner_id`, `created_at`, `id`);');
    this.addSql(
      'create unique index `job_owner_id_idempotency_key_unique` on `job` (`owner_id`, `idempotency_key`);',
    );
    this.addSql(
      "create table `job_item` (`job_id` text not null, `position` integer not null, `image_id` text null, `result_id` text null, `status` text not null default 'QUEUED', `attempts` integer not null default 0, `crashes` integer not null default 0, `duration_ms` double null, `error` json null, `ended_seq` integer null, primary key (`job_id`, `position`), constraint `job_item_job_id_foreign` foreign key (`job_id`) references `job` (`id`) on delete cascade, constraint `job_item_image_id_foreign` foreign key (`image_id`) references `image` (`id`) on delete set null, constraint `job_item_result_id_foreign` foreign key (`result_id`) references `image` (`id`) on delete set null);",
    );
    this.addSql('create index `job_item_job_id_index` on `job_item` (`job_id`);');
    this.addSql('create index `job_item_image_id_index` on `job_item` (`image_id`);');
    this.addSql('create index `job_item_result_id_index` on `job_item` (`result_id`);');
    this.addSql('create index `job_item_job_id_ended_seq_index` on `job_item` (`job_id`, `ended_seq`);');
  }
}
