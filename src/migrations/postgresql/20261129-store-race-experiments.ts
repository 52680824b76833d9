import { Migration } from '@mikro-orm/migrations';

export class StoreRaceExperiments extends Migration {
  override up(): void {
    this.addSql('alter table "race_run" drop constraint "race_run_owner_id_foreign";');
    this.addSql('alter table "race_run" drop constraint "race_run_pkey";');
    // Each user had one row: its owner's id is unique.
    this.addSql('alter table "race_run" add "id" uuid null;');
    this.addSql('update "race_run" set "id" = "owner_id";');
    this.addSql('alter table "race_run" alter column "id" set not null;');
    this.addSql(
      'alter table "race_run" add constraint "race_run_owner_id_foreign" foreign key ("owner_id") references "user" ("id") on delete cascade;',
    );
    this.addSql(
      'create index "race_run_owner_id_created_at_id_index" on "race_run" ("owner_id", "created_at", "id");',
    );
    this.addSql('alter table "race_run" add primary key ("id");');
  }
}
