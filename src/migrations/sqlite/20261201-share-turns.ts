import { Migration } from '@mikro-orm/migrations';

export class ShareTurns extends Migration {
  override up(): void {
    this.addSql('alter table `benchmark` add column `waited_ms` double not null default 0;');
  }
}
