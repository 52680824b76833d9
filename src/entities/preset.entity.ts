import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { Operation } from '../imaging/operation.js';
import { User } from './accounts/user.entity.js';
import { ImageEngineEnum } from './enums.js';
import { OperationType } from './operation.type.js';

@Entity()
@ObjectType({ description: "A named pipeline of the user's." })
export class Preset {
  [PrimaryKeyProp]?: ['owner', 'name'];

  @ManyToOne(() => User, { primary: true, deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Field(() => String, { description: "Unique among the user's presets." })
  @PrimaryKey({ type: 'string', length: 64 })
  name!: string;

  @Field(() => [OperationType], { description: 'The operations, in order.' })
  @Property({ type: 'json' })
  operations!: readonly Operation[];

  @Field(() => ImageEngineEnum, { description: 'The engine, unless a request names another one.' })
  @Property({ type: 'string', length: 8 })
  engine!: ImageEngineName;

  @Field(() => Date, { description: 'When it was saved.' })
  @Property({ type: 'Date' })
  createdAt!: Date;
}
