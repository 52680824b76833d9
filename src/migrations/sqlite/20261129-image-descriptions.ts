import { Migration } from '@mikro-orm/migrations';

export class ImageDescriptions extends Migration {
  override up(): void {
    this.addSql('alter table `image` add column `info` json null;');
    this.addSql('alter table `image` add column `thumb_hash` text null;');
  }
}
