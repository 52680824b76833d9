import { OptionalProps, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ImageDescription } from '../imaging/describe-image.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { ImageFormat } from '../imaging/image-format.js';
import type { Operation } from '../imaging/operation.js';
import { User } from './accounts/user.entity.js';
import { ImageEngineEnum, ImageFormatEnum } from './enums.js';
import { OperationType } from './operation.type.js';
import { PointType } from './point.type.js';

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
// Covers the sum of a user's bytes, so that it is read from the index alone.
@Index({ properties: ['owner', 'byteSize'] })
@ObjectType({ description: 'An uploaded image, or the result of processing one. Visible to its owner only.' })
export class Image {
  [OptionalProps]?: 'focalPoint';

  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  /** Key of the file in the storage; stored durably before the row. */
  @Unique()
  @Property({ type: 'string' })
  storageKey!: string;

  @Field(() => String, { description: 'The name that the file was uploaded under; for display only.' })
  @Property({ type: 'string', length: 255 })
  filename!: string;

  @Field(() => ImageFormatEnum, { description: 'Detected from the content, not from the name.' })
  @Property({ type: 'string', length: 8 })
  format!: ImageFormat;

  @Field(() => Int, { description: 'Pixels, as shown: after the EXIF orientation has been applied.' })
  @Property({ type: 'integer' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, as shown: after the EXIF orientation has been applied.' })
  @Property({ type: 'integer' })
  height!: number;

  @Field(() => Int, {
    description:
      'Frames of an animation or pages of a document; 1 for a still image. SHARP keeps animations of GIF and WEBP through every operation; JIMP uses the first frame.',
  })
  @Property({ type: 'integer' })
  frames!: number;

  @Field(() => Int, { description: 'Bytes of the encoded file.' })
  @Property({ type: 'integer' })
  byteSize!: number;

  @Field(() => Image, {
    nullable: true,
    description:
      'The image that this one was made from; null for an upload, and after that image is deleted.',
  })
  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  source: Rel<Image> | null = null;

  @Field(() => [OperationType], {
    description: 'The operations applied to the source, in order; empty for an upload.',
  })
  @Property({ type: 'json' })
  operations: readonly Operation[] = [];

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: 'The engine that made it; null for an upload.',
  })
  @Property({ type: 'string', length: 8, nullable: true })
  engine: ImageEngineName | null = null;

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds in the engine, from decode to encode; null for an upload.',
  })
  @Property({ type: 'double', nullable: true })
  durationMs: number | null = null;

  @Property({ type: 'double', nullable: true })
  focalX: number | null = null;

  @Property({ type: 'double', nullable: true })
  focalY: number | null = null;

  /** Metadata of the file; null until it is computed. */
  @Property({ type: 'json', nullable: true })
  info: Omit<ImageDescription, 'thumbHash'> | null = null;

  /** Base64 of a ThumbHash; null until `info` is computed, and if the pixels cannot be decoded. */
  @Property({ type: 'string', length: 64, nullable: true })
  thumbHash: string | null = null;

  @Field(() => PointType, {
    nullable: true,
    description: 'The point that gravity FOCAL_POINT keeps; null until `setFocalPoint`.',
  })
  get focalPoint(): PointType | null {
    return this.focalX === null || this.focalY === null ? null : { x: this.focalX, y: this.focalY };
  }

  @Field(() => Date, { description: 'When it was stored.' })
  @Property({ type: 'Date' })
  createdAt!: Date;
}
