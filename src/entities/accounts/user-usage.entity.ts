import { OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { User } from './user.entity.js';

/** What a user stores. Changes in the same transaction as the rows that it counts, so that limits need no sums. */
@Entity()
export class UserUsage {
  [PrimaryKeyProp]?: 'owner';
  [OptionalProps]?: 'imageCount' | 'imageBytes' | 'jobItems';

  @ManyToOne(() => User, { primary: true, deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Property({ type: 'integer' })
  imageCount: number = 0;

  /** Bytes of the user's images, uploads and results; exact up to 2^53. */
  @Property({ type: 'double' })
  imageBytes: number = 0;

  /** Items of the user's stored jobs. */
  @Property({ type: 'integer' })
  jobItems: number = 0;

  /** When the rows were last counted. */
  @Index()
  @Property({ type: 'Date' })
  checkedAt!: Date;
}
