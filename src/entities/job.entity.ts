import { OptionalProps, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { WorkerPool } from '../execution/model.js';
import type { ImageEngineName, Operation } from '../imaging/operation.js';
import { ImageEngineEnum, JobStatusEnum, WorkerPoolEnum } from './enums.js';
import type { JobStatus } from './job-status.js';
import { OperationType } from './operation.type.js';
import { User } from './user.entity.js';

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
// The items that a user keeps are their sum.
@Index({ properties: ['owner', 'totalCount'] })
@Index({ properties: ['owner', 'status', 'createdAt', 'id'] })
@Index({ properties: ['status'] })
@Unique({ properties: ['owner', 'idempotencyKey'] })
@ObjectType({
  description:
    'The same operations on many images, run behind its id. COMPLETED: every item ended, at least one with a result. FAILED: none has a result.',
})
export class Job {
  [OptionalProps]?:
    | 'status'
    | 'completedCount'
    | 'failedCount'
    | 'cancelledCount'
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

  /** SHA-256 of what was asked for, to know a second use of the key by. */
  @Property({ type: 'string', length: 64 })
  fingerprint!: string;

  @Field(() => JobStatusEnum, { description: 'Follows from its items.' })
  @Property({ type: 'string', length: 10 })
  status: JobStatus = 'QUEUED';

  @Field(() => WorkerPoolEnum, { description: 'What its images are computed on.' })
  @Property({ type: 'string', length: 9 })
  pool!: WorkerPool;

  @Field(() => Int, {
    description: 'Images that a machine computes at the same time, as far as it has workers.',
  })
  @Property({ type: 'integer' })
  workers!: number;

  @Field(() => ImageEngineEnum, { description: 'What computes the pixels.' })
  @Property({ type: 'string', length: 8 })
  engine!: ImageEngineName;

  @Field(() => [OperationType], { description: 'What is done to each image, in order.' })
  @Property({ type: 'json' })
  operations!: readonly Operation[];

  @Field(() => Int, { description: 'Items in all.' })
  @Property({ type: 'integer' })
  totalCount!: number;

  @Field(() => Int, { description: 'Items with a result.' })
  @Property({ type: 'integer' })
  completedCount: number = 0;

  @Field(() => Int, { description: 'Items that failed.' })
  @Property({ type: 'integer' })
  failedCount: number = 0;

  @Field(() => Int, { description: 'Items that were cancelled.' })
  @Property({ type: 'integer' })
  cancelledCount: number = 0;

  /** Grows with every change of the job or of an item. */
  @Property({ type: 'integer' })
  seq: number = 0;

  /** How often it was retried. Entries in the queue from before are void. */
  @Property({ type: 'integer' })
  round: number = 0;

  /** The span of the request that last asked for it to be run (W3C Trace Context); null where nobody traced that. */
  @Property({ type: 'string', length: 55, nullable: true })
  traceparent: string | null = null;

  @Field(() => Date, { description: 'When it was accepted.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When its first item was started; null while it waits, also for a retry.',
  })
  @Property({ type: 'datetime', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When its last item ended; null until then.' })
  @Property({ type: 'datetime', nullable: true })
  finishedAt: Date | null = null;

  @Field(() => Float, { description: '0 to 1: items that have ended, over all.' })
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
