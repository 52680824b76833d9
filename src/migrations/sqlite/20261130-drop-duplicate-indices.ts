import { Migration } from '@mikro-orm/migrations';

export class DropDuplicateIndices extends Migration {
  override up(): void {
    this.addSql('drop index `race_run_owner_id_index`;');
    this.addSql('drop index `preset_owner_id_index`;');
    this.addSql('drop index `job_owner_id_index`;');
    this.addSql('drop index `image_owner_id_index`;');
    this.addSql('drop index `job_item_job_id_index`;');
    this.addSql('drop index `benchmark_owner_id_index`;');
    this.addSql('drop index `stored_sample_benchmark_id_index`;');
    this.addSql('drop index `user_usage_owner_id_index`;');
    this.addSql('drop index `variant_owner_id_index`;');
  }
}
