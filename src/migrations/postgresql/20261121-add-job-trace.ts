import { Migration } from '@mikro-orm/migrations';

export class AddJobTrace extends Migration {
  override up(): void {
    this.addSql('alter table "job" add "traceparent" varchar(55) null;');
  }
}
