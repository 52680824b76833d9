import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Session } from './session.entity.js';

/** A refresh token that was issued. Only its hash is stored; a used one stays, so that a replay is recognised. */
@Entity()
export class RefreshToken {
  @PrimaryKey({ type: 'string', length: 64 })
  hash!: string;

  @Index()
  @ManyToOne(() => Session, { deleteRule: 'cascade' })
  session!: Rel<Session>;

  /** By the database's clock. Null: issued by a release that did not store it; counts as old. */
  @Property({ type: 'Date', nullable: true })
  createdAt: Date | null = null;

  /** First use, by the database's clock; null until then. */
  @Property({ type: 'Date', nullable: true })
  usedAt: Date | null = null;
}
