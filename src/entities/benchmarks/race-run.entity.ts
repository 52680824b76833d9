import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { RaceExperiment } from '../../execution/race.js';
import { User } from '../accounts/user.entity.js';

/** A race experiment of a user. The latest one is part of the reports of the user's benchmarks. */
@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
export class RaceRun {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Property({ type: 'json' })
  experiment!: RaceExperiment;

  @Property({ type: 'Date' })
  createdAt!: Date;
}
