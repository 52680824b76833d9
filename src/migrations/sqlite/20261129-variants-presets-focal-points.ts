import { Migration } from '@mikro-orm/migrations';

export class VariantsPresetsFocalPoints extends Migration {
  override up(): void {
    this.addSql(
      'create table `preset` (`owner_id` text not null, `name` text not null, `operations` json not null, `engine` text not null, `created_at` datetime not null, primary key (`owner_id`, `name`), constraint `preset_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);',
    );
    this.addSql('create index `preset_owner_id_index` on `preset` (`owner_id`);');
    this.addSql(
      'create table `variant` (`key` text not null primary key, `image_id` text not null, `owner_id` text not null, `format` text not null, `width` integer not null, `height` integer not null, `byte_size` integer not null, `duration_ms` double not null, `used_at` datetime not null, constraint `variant_image_id_foreign` foreign key (`image_id`) references `image` (`id`) on delete cascade, constraint `variant_owner_id_foreign` foreign key (`owner_id`) references `user` (`id`) on delete cascade);',
    );
    this.addSql('create index `variant_owner_id_index` on `variant` (`owner_id`);');
    this.addSql('create index `variant_image_id_index` on `variant` (`image_id`);');
    this.addSql(
      'create index `variant_owner_id_used_at_byte_size_index` on `variant` (`owner_id`, `used_at`, `byte_size`);',
    );
    this.addSql('alter table `image` add column `focal_x` double null;');
    this.addSql('alter table `image` add column `focal_y` double null;');
  }
}
