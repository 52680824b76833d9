import { Migration } from '@mikro-orm/migrations';

export class LimitBenchmarks extends Migration {
  override up(): void {
    this.addSql('alter table `benchmark` add column `max_seconds` integer null;');
  }
}
