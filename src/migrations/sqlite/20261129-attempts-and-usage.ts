import { Migration } from '@mikro-orm/migrations';

export class AttemptsAndUsage extends Migration {
  override up(): void {
    this.addSql(
      'create table `user_usage` (`owner_id` text not null primary key, `image_count` integer not null default 0, `image_bytes` double not null default 0, `job_items` integer not null default 0, `checked_at` datetime not null, constraint `user_usage_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on update cascade on delete cascade);',
    );
    this.addSql('create index `user_usage_owner_id_index` on `user_usage` (`owner_id`);');
    this.addSql('create index `user_usage_checked_at_index` on `user_usage` (`checked_at`);');
    this.addSql('alter table `job` add column `ended_before` integer not null default 0;');
    this.addSql('alter table `job_item` add column `started_at` datetime null;');
    this.addSql('alter table `job_item` add column `finished_at` datetime null;');
    this.addSql('alter table `job_item` add column `earlier_attempts` json null;');
  }
}
