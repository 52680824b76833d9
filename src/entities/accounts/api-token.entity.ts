import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { register } from '../enums.js';
import type { TokenScope } from './token-scope.js';
import { User } from './user.entity.js';

export const TokenScopeEnum = register<TokenScope>('TokenScope', 'What an API token may do.', {
  READ: 'Queries, subscriptions and downloads.',
  WRITE: 'What READ may do, and mutations.',
});

@Entity()
@ObjectType({
  description:
    'Long-lived token for scripts and CI, sent as `Authorization: Bearer nb_…`. It has no access to the account: sessions, API tokens and account mutations return FORBIDDEN.',
})
export class ApiToken {
  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Index()
  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  /** SHA-256 of the token, in hexadecimal. */
  @Unique()
  @Property({ type: 'string', length: 64 })
  hash!: string;

  @Field(() => String, { description: 'Display name.' })
  @Property({ type: 'string', length: 100 })
  name!: string;

  @Field(() => TokenScopeEnum, { description: 'What it may do.' })
  @Property({ type: 'string', length: 5 })
  scope!: TokenScope;

  @Field(() => Date, { description: 'When it was created.' })
  @Property({ type: 'Date' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was last used, up to five minutes old; null before its first use.',
  })
  @Property({ type: 'Date', nullable: true })
  lastUsedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When it stops working.' })
  @Property({ type: 'Date' })
  expiresAt!: Date;
}
