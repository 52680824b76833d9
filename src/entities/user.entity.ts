import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

@Entity()
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'As given at registration, in lower case; unique.' })
  @Unique()
  @Property({ type: 'string', length: 254 })
  email!: string;

  /** bcrypt over the pre-hash of services/passwords.ts. */
  @Property({ type: 'string', length: 60 })
  passwordHash!: string;

  @Field(() => Date, { description: 'When the account was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;
}
