import { Migration } from '@mikro-orm/migrations';

export class NameDeployments extends Migration {
  override up(): void {
    this.addSql('create table `deployment` (`one` integer not null primary key, `id` text not null);');
  }
}
