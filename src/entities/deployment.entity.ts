import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What this database is called, in the storage that has its files: see services/storage-binding.ts. One row. */
@Entity()
export class Deployment {
  /** Always 1, so that there is no second row. */
  @PrimaryKey({ type: 'integer', autoincrement: false })
  one!: number;

  /** Random. */
  @Property({ type: 'uuid' })
  id!: string;
}
