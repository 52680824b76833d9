import { Migration } from '@mikro-orm/migrations';

export class VariantsPresetsFocalPoints extends Migration {
  override up(): void {
    this.addSql(
      'create table "preset" ("owner_id" uuid not null, "name" varchar(64) not null, "operations" jsonb not null, "engine" varchar(8) not null, "created_at" timestamptz not null, primary key ("owner_id", "name"));',
    );
    this.addSql(
      'create table "variant" ("key" varchar(64) not null, "image_id" uuid not null, "owner_id" uuid not null, "format" varchar(8) not null, "width" int not null, "height" int not null, "byte_size" int not null, "duration_ms" double precision not null, "used_at" timestamptz not null, primary key ("key"));',
    );
    this.addSql('create index "variant_image_id_index" on "variant" ("image_id");');
    this.addSql(
      'create index "variant_owner_id_used_at_byte_size_index" on "variant" ("owner_id", "used_at", "byte_size");',
    );
    this.addSql(
      'alter table "image" add "focal_x" double precision null, add "focal_y" double precision null;',
    );
    this.addSql(
      'alter table "preset" add constraint "preset_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "variant" add constraint "variant_image_id_foreign" foreign key ("image_id") references "image" ("id") on delete cascade;',
    );
    this.addSql(
      'alter table "variant" add constraint "variant_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
  }
}
