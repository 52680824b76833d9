import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

@Entity()
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'In lower case, an international domain as punycode; unique.' })
  @Unique()
  @Property({ type: 'string', length: 254 })
  email!: string;

  /** bcrypt over the pre-hash of services/accounts/passwords.ts. */
  @Property({ type: 'string', length: 60 })
  passwordHash!: string;

  @Field(() => Date, { description: 'When the account was created.' })
  @Property({ type: 'Date' })
  createdAt!: Date;

  /** When the owner deleted the account; its rows and files are being removed. Null: the account is in use. */
  @Index()
  @Property({ type: 'Date', nullable: true })
  deletedAt: Date | null = null;
}
