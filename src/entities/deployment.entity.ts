import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** Id of this database, also stored beside its files; see services/images/storage-binding.ts. One row. */
@Entity()
export class Deployment {
  /** Always 1, so that there is no second row. */
  @PrimaryKey({ type: 'integer', autoincrement: false })
  one!: number;

  /** Random. */
  @Property({ type: 'uuid' })
  id!: string;
}
