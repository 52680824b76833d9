import { Migration } from '@mikro-orm/migrations';

export class ShareTurns extends Migration {
  override up(): void {
    this.addSql('alter table "benchmark" add "waited_ms" double precision not null default 0;');
  }
}
