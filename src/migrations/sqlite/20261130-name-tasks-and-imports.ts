import { Migration } from '@mikro-orm/migrations';

export class NameTasksAndImports extends Migration {
  override up(): void {
    this.addSql('alter table `benchmark` add column `task` text null;');
    this.addSql('alter table `benchmark` add column `imported_facts` json null;');
  }
}
