import { Migration } from '@mikro-orm/migrations';

export class DateQueuedChunks extends Migration {
  override up(): void {
    this.addSql('alter table `queued_chunk` add column `queued_at` datetime null;');
  }
}
