import { Migration } from '@mikro-orm/migrations';

export class ImageDescriptions extends Migration {
  override up(): void {
    this.addSql('alter table "image" add "info" jsonb null, add "thumb_hash" varchar(64) null;');
  }
}
