import { Migration } from '@mikro-orm/migrations';

export class AccountLife extends Migration {
  override up(): void {
    this.addSql(
      'create table `api_token` (`id` text not null primary key, `owner_id` text not null, `hash` text not null, `name` text not null, `scope` text not null, `created_at` datetime not null, `last_used_at` datetime null, `expires_at` datetime not null, constraint `api_token_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);',
    );
    this.addSql('create index `api_token_owner_id_index` on `api_token` (`owner_id`);');
    this.addSql('create unique index `api_token_hash_unique` on `api_token` (`hash`);');
    this.addSql('alter table `user` add column `deleted_at` datetime null;');
    this.addSql('create index `user_deleted_at_index` on `user` (`deleted_at`);');
    this.addSql('alter table `session` add column `used_at` datetime null;');
    this.addSql('alter table `session` add column `user_agent` text null;');
    this.addSql('alter table `session` add column `address` text null;');
    this.addSql('alter table `refresh_token` add column `created_at` datetime null;');
  }
}
