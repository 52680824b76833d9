import { Migration } from '@mikro-orm/migrations';

export class NameTasksAndImports extends Migration {
  override up(): void {
    this.addSql('alter table "benchmark" add "task" varchar(255) null, add "imported_facts" jsonb null;');
  }
}
