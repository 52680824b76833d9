import { OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../errors.js';
import { AttemptType } from './attempt.type.js';
import { JobStatusEnum } from './enums.js';
import { Image } from './image.entity.js';
import { Job } from './job.entity.js';
import type { JobStatus } from './job-status.js';
import { OperationErrorType } from './operation-error.type.js';

/** The stored and public error of an item. */
export interface ItemError {
  code: ErrorCode;
  message: string;
}

/** One attempt at an item, with its times as ISO strings. */
export interface StoredAttempt {
  number: number;
  startedAt: string;
  finishedAt: string;
  error: ItemError;
}

@Entity()
@Index({ properties: ['job', 'endedSeq'] })
@ObjectType({ description: 'One image of a batch job.' })
export class JobItem {
  [PrimaryKeyProp]?: ['job', 'position'];
  [OptionalProps]?: 'status' | 'attempts' | 'crashes' | 'attemptSpans';

  @ManyToOne(() => Job, { primary: true, deleteRule: 'cascade' })
  job!: Rel<Job>;

  @Field(() => Int, { description: "Index of the image in the job's `imageIds`, from 0." })
  @PrimaryKey({ type: 'integer' })
  position!: number;

  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  image!: Rel<Image> | null;

  @Index()
  @ManyToOne(() => Image, { nullable: true, deleteRule: 'set null' })
  result: Rel<Image> | null = null;

  @Field(() => JobStatusEnum, { description: 'Status of this item.' })
  @Property({ type: 'string', length: 10 })
  status: JobStatus = 'QUEUED';

  /** A result is written under the number of its attempt, so that a superseded attempt cannot write. */
  @Field(() => Int, { description: 'Number of times it was started, retries included.' })
  @Property({ type: 'integer' })
  attempts: number = 0;

  /** Worker crashes since its owner last queued it. */
  @Property({ type: 'integer' })
  crashes: number = 0;

  @Field(() => Float, { nullable: true, description: 'Milliseconds in the engine; null without a result.' })
  @Property({ type: 'double', nullable: true })
  durationMs: number | null = null;

  /** Why the last attempt had no result: of a failed item, and of one that was released or cancelled since. */
  @Field(() => OperationErrorType, { nullable: true, description: 'Why it failed; null if it did not.' })
  @Property({ type: 'json', nullable: true })
  error: ItemError | null = null;

  @Field(() => Date, { nullable: true, description: 'When it was last started; null before.' })
  @Property({ type: 'Date', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, {
    nullable: true,
    description: 'When its last attempt ended; null before, and while it is PROCESSING.',
  })
  @Property({ type: 'Date', nullable: true })
  finishedAt: Date | null = null;

  /** The attempts before the last one, oldest first; null for an item that was started once at most. */
  @Property({ type: 'json', nullable: true })
  earlierAttempts: readonly StoredAttempt[] | null = null;

  /** Not a column: made from the columns above when an item is shown. */
  @Field(() => [AttemptType], { description: 'Its attempts, oldest first; at most the last 51.' })
  attemptSpans!: AttemptType[];

  /** The job's `seq` at its end; null until then. */
  @Property({ type: 'integer', nullable: true })
  endedSeq: number | null = null;
}
