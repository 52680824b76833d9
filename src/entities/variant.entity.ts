import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { ImageFormat } from '../imaging/image-format.js';
import { User } from './accounts/user.entity.js';
import { Image } from './image.entity.js';

/** A cached variant of an image. Its file is stored before the row, and removed after it. */
@Entity()
// For eviction: sum of bytes by owner, and the least recently used.
@Index({ properties: ['owner', 'usedAt', 'byteSize'] })
export class Variant {
  /** SHA-256 of the image's id, the recipe and the format, in hexadecimal. */
  @PrimaryKey({ type: 'string', length: 64 })
  key!: string;

  @Index()
  @ManyToOne(() => Image, { deleteRule: 'cascade' })
  image!: Rel<Image>;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Property({ type: 'string', length: 8 })
  format!: ImageFormat;

  @Property({ type: 'integer' })
  width!: number;

  @Property({ type: 'integer' })
  height!: number;

  @Property({ type: 'integer' })
  byteSize!: number;

  /** Milliseconds in the engine. */
  @Property({ type: 'double' })
  durationMs!: number;

  /** When it was last served, accurate to ten seconds. */
  @Property({ type: 'Date' })
  usedAt!: Date;
}
