import type { Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ImageFormat } from '../imaging/image-format.js';
import type { ImageEngineName, Operation } from '../imaging/operation.js';
import { ImageEngineEnum, ImageFormatEnum } from './enums.js';
import { OperationType } from './operation.type.js';
import { User } from './user.entity.js';

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
// The quota is their sum, asked for at each upload: from the index alone.
@Index({ properties: ['owner', 'byteSize'] })
@ObjectType({ description: 'A picture: uploaded, or made from another one. Only its owner sees it.' })
export class Image {
  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  /** Where the bytes lie in the storage; written and on the disk before the row is. */
  @Unique()
  @Property({ type: 'string' })
  storageKey!: string;

  @Field(() => String, { description: 'The name that the file was uploaded under; for display only.' })
  @Property({ type: 'string', length: 255 })
  filename!: string;

  @Field(() => ImageFormatEnum, { description: 'Found out from the content, not from the name.' })
  @Property({ type: 'string', length: 8 })
  format!: ImageFormat;

  @Field(() => Int, { description: 'Pixels, as shown: after the EXIF orientation has been applied.' })
  @Property({ type: 'integer' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, as shown: after the EXIF orientation has been applied.' })
  @Property({ type: 'integer' })
  height!: number;

  /** Frames of an animation or pages of a document; the pixel limit counts them all. */
  @Property({ type: 'integer' })
  frames!: number;

  @Field(() => Int, { description: 'Bytes of the encoded file.' })
  @Property({ type: 'integer' })
  byteSize!: number;

  @Field(() => Image, {
    nullable: true,
    description: 'The image that this one was made from; null for an upload, and once that image is deleted.',
  })
  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  source: Rel<Image> | null = null;

  @Field(() => [OperationType], {
    description: 'What was done to the source, in order; empty for an upload.',
  })
  @Property({ type: 'json' })
  operations: readonly Operation[] = [];

  @Field(() => ImageEngineEnum, { nullable: true, description: 'What made it; null for an upload.' })
  @Property({ type: 'string', length: 8, nullable: true })
  engine: ImageEngineName | null = null;

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds in the engine, decode to encode; null for an upload.',
  })
  @Property({ type: 'double', nullable: true })
  durationMs: number | null = null;

  @Field(() => Date, { description: 'When it was stored.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;
}
