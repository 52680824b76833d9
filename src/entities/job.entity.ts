import { OptionalProps, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { WorkerPool } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { Operation } from '../imaging/operation.js';
import { User } from './accounts/user.entity.js';
import { ImageEngineEnum, JobStatusEnum, WorkerPoolEnum } from './enums.js';
import type { JobStatus } from './job-status.js';
import { OperationType } from './operation.type.js';

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
// Covers the sum of a user's items.
@Index({ properties: ['owner', 'totalCount'] })
@Index({ properties: ['owner', 'status', 'createdAt', 'id'] })
@Index({ properties: ['status'] })
@Unique({ properties: ['owner', 'idempotencyKey'] })
@ObjectType({
  description:
    'A batch job: the same operations on many images, run in the background. COMPLETED: every item ended, at least one with a result. FAILED: every item ended, none with a result.',
})
export class Job {
  [OptionalProps]?:
    | 'status'
    | 'completedCount'
    | 'failedCount'
    | 'cancelledCount'
    | 'endedBefore'
    | 'seq'
    | 'round'
    | 'progress'
    | 'durationMs';

  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Property({ type: 'string', length: 255, nullable: true })
  idempotencyKey: string | null = null;

  /** SHA-256 of the input; a second use of the idempotency key is compared with it. */
  @Property({ type: 'string', length: 64 })
  fingerprint!: string;

  @Field(() => JobStatusEnum, { description: 'Status of the job, derived from its items.' })
  @Property({ type: 'string', length: 10 })
  status: JobStatus = 'QUEUED';

  @Field(() => WorkerPoolEnum, { description: 'The pool that computes its images.' })
  @Property({ type: 'string', length: 9 })
  pool!: WorkerPool;

  @Field(() => Int, {
    description:
      'Maximum number of images that one machine computes at the same time. A machine with at most as many workers is used completely.',
  })
  @Property({ type: 'integer' })
  workers!: number;

  @Field(() => ImageEngineEnum, { description: 'The engine that computes its images.' })
  @Property({ type: 'string', length: 8 })
  engine!: ImageEngineName;

  @Field(() => [OperationType], { description: 'The operations applied to each image, in order.' })
  @Property({ type: 'json' })
  operations!: readonly Operation[];

  @Field(() => Int, { description: 'Number of items.' })
  @Property({ type: 'integer' })
  totalCount!: number;

  @Field(() => Int, { description: 'Number of items with a result.' })
  @Property({ type: 'integer' })
  completedCount: number = 0;

  @Field(() => Int, { description: 'Number of items that failed.' })
  @Property({ type: 'integer' })
  failedCount: number = 0;

  @Field(() => Int, { description: 'Number of items that were cancelled.' })
  @Property({ type: 'integer' })
  cancelledCount: number = 0;

  /** Number of items that had ended before the job was last queued; they took no time since `startedAt`. */
  @Property({ type: 'integer' })
  endedBefore: number = 0;

  /** Grows with every change of the job or of an item. */
  @Property({ type: 'integer' })
  seq: number = 0;

  /** Number of retries. Queue entries of earlier rounds are void. */
  @Property({ type: 'integer' })
  round: number = 0;

  /** W3C `traceparent` of the request that last queued it; null without tracing. */
  @Property({ type: 'string', length: 55, nullable: true })
  traceparent: string | null = null;

  @Field(() => Date, { description: 'When it was accepted.' })
  @Property({ type: 'Date' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When its first item was started; null while it is QUEUED, also after a retry.',
  })
  @Property({ type: 'Date', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When its last item ended; null until then.' })
  @Property({ type: 'Date', nullable: true })
  finishedAt: Date | null = null;

  @Field(() => Float, { description: 'Share of the items that have ended, 0 to 1.' })
  get progress(): number {
    return (this.completedCount + this.failedCount + this.cancelledCount) / this.totalCount;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds from `startedAt` to `finishedAt`; null until then.',
  })
  get durationMs(): number | null {
    return this.startedAt && this.finishedAt && this.finishedAt.getTime() - this.startedAt.getTime();
  }
}
