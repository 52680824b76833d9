import type { Rel } from '@mikro-orm/core';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import type { RaceExperiment } from '../execution/race.js';
import { User } from './user.entity.js';

/** The latest race experiment of a user: a part of their benchmarks' reports. */
@Entity()
export class RaceRun {
  @ManyToOne(() => User, { primary: true, deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Property({ type: 'json' })
  experiment!: RaceExperiment;

  @Property({ type: 'datetime' })
  createdAt!: Date;
}
