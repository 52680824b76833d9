import { Migration } from '@mikro-orm/migrations';

export class AdaptiveBenchmarks extends Migration {
  override up(): void {
    this.addSql('alter table `benchmark` add column `until_percent` double null;');
    this.addSql('alter table `benchmark` add column `progress` double not null default 0;');
    this.addSql('alter table `benchmark` add column `measuring` json null;');
    this.addSql('alter table `benchmark` add column `seconds_left` double null;');
    this.addSql('alter table `stored_sample` add column `sweep` json null;');
    this.addSql('alter table `stored_sample` add column `trace` json null;');
    // It was computed from these columns before.
    this.addSql(
      'update `benchmark` set `progress` = case when `sample_count` >= `total_cells` * `repetitions` then 1 else `sample_count` * 1.0 / (`total_cells` * `repetitions`) end;',
    );
  }
}
