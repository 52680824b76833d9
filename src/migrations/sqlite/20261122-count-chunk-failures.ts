import { Migration } from '@mikro-orm/migrations';

export class CountChunkFailures extends Migration {
  override up(): void {
    this.addSql('alter table `queued_chunk` add column `failures` integer not null default 0;');
  }
}
