import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { User } from './user.entity.js';

/** One sign-in and the family of refresh tokens issued in it. Revoking it ends all of them. */
@Entity()
@ObjectType({ description: 'One sign-in, with its access tokens and refresh tokens.' })
export class Session {
  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Index()
  @ManyToOne(() => User, { fieldName: 'user_id', deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Field(() => Date, { description: 'When the user signed in.' })
  @Property({ type: 'Date' })
  createdAt!: Date;

  /** Null until the first use after the sign-in. */
  @Property({ type: 'Date', nullable: true })
  usedAt: Date | null = null;

  @Field(() => Date, { description: 'When it ends, however often its tokens are refreshed.' })
  @Property({ type: 'Date' })
  expiresAt!: Date;

  @Property({ type: 'Date', nullable: true })
  revokedAt: Date | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'User-Agent header of the sign-in, at most 255 characters; null where none was sent.',
  })
  @Property({ type: 'string', length: 255, nullable: true })
  userAgent: string | null = null;

  @Field(() => String, { nullable: true, description: 'IP address of the sign-in; null where unknown.' })
  @Property({ type: 'string', length: 45, nullable: true })
  address: string | null = null;

  @Field(() => Date, { description: 'When one of its tokens was last used, up to five minutes old.' })
  get lastUsedAt(): Date {
    return this.usedAt ?? this.createdAt;
  }
}
