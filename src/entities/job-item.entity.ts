import { OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../errors.js';
import { JobStatusEnum } from './enums.js';
import { Image } from './image.entity.js';
import { Job } from './job.entity.js';
import type { JobStatus } from './job-status.js';
import { OperationErrorType } from './operation-error.type.js';

/** Why an item failed, as it is stored and shown. */
export interface ItemError {
  code: ErrorCode;
  message: string;
}

@Entity()
@Index({ properties: ['job', 'endedSeq'] })
@ObjectType({ description: 'One image of a batch job.' })
export class JobItem {
  [PrimaryKeyProp]?: ['job', 'position'];
  [OptionalProps]?: 'status' | 'attempts' | 'crashes';

  @ManyToOne(() => Job, { primary: true, deleteRule: 'cascade' })
  job!: Rel<Job>;

  @Field(() => Int, { description: 'Its place in `imageIds`, from 0.' })
  @PrimaryKey({ type: 'integer' })
  position!: number;

  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  image!: Rel<Image> | null;

  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  result: Rel<Image> | null = null;

  @Field(() => JobStatusEnum, { description: 'How far it is.' })
  @Property({ type: 'string', length: 10 })
  status: JobStatus = 'QUEUED';

  /** The number of the attempt is what a result is written under: one that was given up cannot write any more. */
  @Field(() => Int, { description: 'How often it was started, retries included.' })
  @Property({ type: 'integer' })
  attempts: number = 0;

  /** Workers that died under it since it was last queued by its owner. */
  @Property({ type: 'integer' })
  crashes: number = 0;

  @Field(() => Float, { nullable: true, description: 'Milliseconds in the engine; null without a result.' })
  @Property({ type: 'double', nullable: true })
  durationMs: number | null = null;

  @Field(() => OperationErrorType, { nullable: true, description: 'Why it failed; null where it did not.' })
  @Property({ type: 'json', nullable: true })
  error: ItemError | null = null;

  /** The job's `seq` with which it ended; null until then. */
  @Property({ type: 'integer', nullable: true })
  endedSeq: number | null = null;
}
