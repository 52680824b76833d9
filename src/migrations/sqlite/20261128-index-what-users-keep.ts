import { Migration } from '@mikro-orm/migrations';

export class IndexWhatUsersKeep extends Migration {
  override up(): void {
    this.addSql('create index `job_owner_id_total_count_index` on `job` (`owner_id`, `total_count`);');
    this.addSql('create index `image_owner_id_byte_size_index` on `image` (`owner_id`, `byte_size`);');
  }
}
