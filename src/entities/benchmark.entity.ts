import { OptionalProps, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BenchmarkStatus } from '../benchmark/benchmark-status.js';
import type { BenchmarkEnvironment } from '../benchmark/environment.js';
import type { CellLists } from '../benchmark/preset.js';
import type { ErrorCode } from '../errors.js';
import type { Workload } from '../execution/model.js';
import type { Operation } from '../imaging/operation.js';
import { BenchmarkStatusEnum, WorkloadEnum } from './benchmark-enums.js';
import { BenchmarkEnvironmentType } from './benchmark-environment.type.js';
import { OperationType } from './operation.type.js';
import { OperationErrorType } from './operation-error.type.js';
import { User } from './user.entity.js';

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
@Index({ properties: ['status', 'createdAt'] })
@ObjectType({ description: 'The same work measured under several concurrency models, run behind its id.' })
export class Benchmark {
  [OptionalProps]?: 'status' | 'completedCells' | 'sampleCount' | 'seq' | 'progress';

  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Field(() => String, { description: 'For people.' })
  @Property({ type: 'string', length: 255 })
  name!: string;

  @Field(() => BenchmarkStatusEnum, { description: 'How far it is.' })
  @Property({ type: 'string', length: 9 })
  status: BenchmarkStatus = 'QUEUED';

  @Field(() => WorkloadEnum, { description: 'What its tasks do.' })
  @Property({ type: 'string', length: 9 })
  workload!: Workload;

  /** Cells and order of the samples follow from these and the seed, so that it can go on after a restart. */
  @Property({ type: 'json' })
  lists!: CellLists;

  @Property({ type: 'integer' })
  seed!: number;

  /** The user's own images, taken in turn; null: generated ones. */
  @Property({ type: 'json', nullable: true })
  imageIds: readonly string[] | null = null;

  @Field(() => [OperationType], {
    description: 'What is done to each image, in order; empty without images.',
  })
  @Property({ type: 'json' })
  operations!: readonly Operation[];

  @Field(() => Int, { description: 'Measured samples of every cell.' })
  @Property({ type: 'integer' })
  repetitions!: number;

  @Field(() => Int, { description: 'Combinations of model, engine, image count and workers.' })
  @Property({ type: 'integer' })
  totalCells!: number;

  @Field(() => Int, { description: 'Cells that have all their samples.' })
  @Property({ type: 'integer' })
  completedCells: number = 0;

  @Property({ type: 'integer' })
  sampleCount: number = 0;

  /** Grows with every change. */
  @Property({ type: 'integer' })
  seq: number = 0;

  @Field(() => BenchmarkEnvironmentType, {
    nullable: true,
    description: 'Where it runs or ran; null until it does.',
  })
  @Property({ type: 'json', nullable: true })
  environment: BenchmarkEnvironment | null = null;

  @Field(() => OperationErrorType, { nullable: true, description: 'Why it failed; null where it did not.' })
  @Property({ type: 'json', nullable: true })
  error: { code: ErrorCode; message: string } | null = null;

  /** The machine that runs it; null while none does. Unique: a machine runs one at a time. */
  @Unique()
  @Property({ type: 'string', length: 255, nullable: true })
  machine: string | null = null;

  /** Of the process that runs it; another may take it up when that has not renewed its lease. */
  @Property({ type: 'uuid', nullable: true })
  lease: string | null = null;

  @Property({ type: 'datetime', nullable: true })
  leaseUntil: Date | null = null;

  @Field(() => Date, { description: 'When it was accepted.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it began to run; null while it waits.' })
  @Property({ type: 'datetime', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When it ended; null until then.' })
  @Property({ type: 'datetime', nullable: true })
  finishedAt: Date | null = null;

  @Field(() => Float, { description: '0 to 1: samples measured, over all.' })
  get progress(): number {
    return this.sampleCount / (this.totalCells * this.repetitions);
  }
}
