import { Migration } from '@mikro-orm/migrations';

export class StoreRaceExperiments extends Migration {
  override up(): void {
    this.addSql('pragma foreign_keys = off;');
    this.addSql(
      'create table `race_run__temp_alter` (`id` text not null primary key, `owner_id` text not null, `experiment` json not null, `created_at` datetime not null, constraint `race_run_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);',
    );
    this.addSql(
      'insert into `race_run__temp_alter` select `owner_id` as `id`, `owner_id`, `experiment`, `created_at` from `race_run`;',
    );
    this.addSql('drop table `race_run`;');
    this.addSql('alter table `race_run__temp_alter` rename to `race_run`;');
    this.addSql('create index `race_run_owner_id_index` on `race_run` (`owner_id`);');
    this.addSql(
      'create index `race_run_owner_id_created_at_id_index` on `race_run` (`owner_id`, `created_at`, `id`);',
    );
    this.addSql('pragma foreign_keys = on;');
  }
}
