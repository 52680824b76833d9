import { Migration } from '@mikro-orm/migrations';

export class AccountsAndImages extends Migration {
  override up(): void {
    this.addSql(
      'create table `user` (`id` text not null primary key, `email` text not null, `password_hash` text not null, `created_at` datetime not null);',
    );
    this.addSql('create unique index `user_email_unique` on `user` (`email`);');

    this.addSql(
      'create table `session` (`id` text not null primary key, `user_id` text not null, `created_at` datetime not null, `expires_at` datetime not null, `revoked_at` datetime null, constraint `session_user_id_foreign` foreign key (`user_id`) references `user` (`id`) on delete cascade);',
    );
    this.addSql('create index `session_user_id_index` on `session` (`user_id`);');

    this.addSql(
      'create table `refresh_token` (`hash` text not null primary key, `session_id` text not null, `used_at` datetime null, constraint `refresh_token_session_id_foreign` foreign key (`session_id`) references `session` (`id`) on delete cascade);',
    );
    this.addSql('create index `refresh_token_session_id_index` on `refresh_token` (`session_id`);');

    this.addSql(
      'create table `image` (`id` text not null primary key, `owner_id` text not null, `storage_key` text not null, `filename` text not null, `format` text not null, `width` integer not null, `height` integer not null, `frames` integer not null, `byte_size` integer not null, `source_id` text null, `operations` json not null, `engine` text null, `duration_ms` double null, `created_at` datetime not null, constraint `image_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade, constraint `image_source_id_foreign` foreign key (`source_id`) references `image` (`id`) on delete set null);',
    );
    this.addSql('create index `image_owner_id_index` on `image` (`owner_id`);');
    this.addSql('create unique index `image_storage_key_unique` on `image` (`storage_key`);');
    this.addSql('create index `image_source_id_index` on `image` (`source_id`);');
    this.addSql(
      'create index `image_owner_id_created_at_id_index` on `image` (`owner_id`, `created_at`, `id`);',
    );
  }
}
