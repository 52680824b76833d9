import { Migration } from '@mikro-orm/migrations';

export class NameDeployments extends Migration {
  override up(): void {
    this.addSql('create table "deployment" ("one" int not null, "id" uuid not null, primary key ("one"));');
  }
}
