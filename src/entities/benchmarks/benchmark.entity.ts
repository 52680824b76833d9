import { OptionalProps, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BenchmarkStatus } from '../../benchmark/benchmark-status.js';
import type { Cell } from '../../benchmark/cell.js';
import type { BenchmarkEnvironment } from '../../benchmark/machine-facts.js';
import type { CellLists } from '../../benchmark/preset.js';
import type { Sweep } from '../../benchmark/sweep.js';
import type { ErrorCode } from '../../errors.js';
import type { Workload } from '../../execution/model.js';
import type { Operation } from '../../imaging/operation.js';
import { User } from '../accounts/user.entity.js';
import { OperationType } from '../operation.type.js';
import { OperationErrorType } from '../operation-error.type.js';
import { BenchmarkStatusEnum, WorkloadEnum } from './benchmark-enums.js';
import { BenchmarkEnvironmentType } from './benchmark-environment.type.js';
import { SweepType } from './sweep.type.js';

/** Properties of an imported benchmark; those of other benchmarks are computed from columns. */
export interface ImportedFacts {
  /** Number of different images, and whether they were generated; null for work without images. */
  images: { count: number; generated: boolean } | null;
}

@Entity()
@Index({ properties: ['owner', 'createdAt', 'id'] })
@Index({ properties: ['status', 'createdAt'] })
@ObjectType({ description: 'The same work, measured under several concurrency models in the background.' })
export class Benchmark {
  [OptionalProps]?:
    | 'status'
    | 'completedCells'
    | 'sampleCount'
    | 'seq'
    | 'progress'
    | 'waitedMs'
    | 'sweep'
    | 'imported';

  @Field(() => ID, { description: 'Stable and opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @ManyToOne(() => User, { deleteRule: 'cascade' })
  owner!: Rel<User>;

  @Field(() => String, { description: 'Display name.' })
  @Property({ type: 'string', length: 255 })
  name!: string;

  @Field(() => BenchmarkStatusEnum, { description: 'Current state.' })
  @Property({ type: 'string', length: 16 })
  status: BenchmarkStatus = 'QUEUED';

  @Field(() => WorkloadEnum, { description: 'Kind of its tasks.' })
  @Property({ type: 'string', length: 16 })
  workload!: Workload;

  /** Cells and the order of the samples follow from these and the seed, so that it can continue after a restart. */
  @Property({ type: 'json' })
  lists!: CellLists;

  @Field(() => Int, { description: 'Decides the order of the samples.' })
  @Property({ type: 'integer' })
  seed!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the task module; null unless the workload is TASK.',
  })
  @Property({ type: 'string', length: 255, nullable: true })
  task: string | null = null;

  /** Further properties from the file of an imported benchmark; null for one measured here. */
  @Property({ type: 'json', nullable: true })
  importedFacts: ImportedFacts | null = null;

  @Extensions({ listLength: 1 })
  @Field(() => [ID], {
    nullable: true,
    description:
      "The user's own images, used in turn; null for generated images, for other work and for imported benchmarks.",
  })
  @Property({ type: 'json', nullable: true })
  imageIds: readonly string[] | null = null;

  @Field(() => [OperationType], {
    description: 'Operations on each image, in order; empty for work without images.',
  })
  @Property({ type: 'json' })
  operations!: readonly Operation[];

  @Field(() => Int, {
    description:
      'Measured samples of every cell; with `untilPercent`, the minimum. Fewer than requested where `maxSeconds` has ended the benchmark.',
  })
  @Property({ type: 'integer' })
  repetitions!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Each cell is sampled, at most 50 times, until the 95 % interval of its median is at most this wide, in percent of the median; null: every cell gets `repetitions` samples.',
  })
  @Property({ type: 'double', nullable: true })
  untilPercent: number | null = null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Time limit in seconds from the start, without the time in which other programs measured; null without one. No repetition is begun that would probably end later.',
  })
  @Property({ type: 'integer', nullable: true })
  maxSeconds: number | null = null;

  @Field(() => Int, {
    description: 'Combinations of model, engine, image count, workers and value of the sweep.',
  })
  @Property({ type: 'integer' })
  totalCells!: number;

  @Field(() => Int, { description: 'Cells with all their samples.' })
  @Property({ type: 'integer' })
  completedCells: number = 0;

  @Property({ type: 'integer' })
  sampleCount: number = 0;

  @Field(() => Float, { description: '0 to 1: measured samples over all samples.' })
  @Property({ type: 'double', default: 0 })
  progress: number = 0;

  /** The cell of the sample that is being measured; null while none is. */
  @Property({ type: 'json', nullable: true })
  measuring: Cell | null = null;

  /** Estimate at the last sample; null before the first and after the end. */
  @Property({ type: 'double', nullable: true })
  secondsLeft: number | null = null;

  /** Time in ms between its start and its end in which other programs had their turn on the machine. */
  @Property({ type: 'double', default: 0 })
  waitedMs: number = 0;

  /** Increases with every change. */
  @Property({ type: 'integer' })
  seq: number = 0;

  @Field(() => BenchmarkEnvironmentType, {
    nullable: true,
    description: 'Machine and versions; null before the start.',
  })
  @Property({ type: 'json', nullable: true })
  environment: BenchmarkEnvironment | null = null;

  @Field(() => OperationErrorType, { nullable: true, description: 'Why it failed; null unless FAILED.' })
  @Property({ type: 'json', nullable: true })
  error: { code: ErrorCode; message: string } | null = null;

  /** The machine that runs it; null while it does not run. Unique, because a machine runs one benchmark at a time. */
  @Unique()
  @Property({ type: 'string', length: 255, nullable: true })
  machine: string | null = null;

  /** Held by the process that runs it; another may claim it when the lease has expired. */
  @Property({ type: 'uuid', nullable: true })
  lease: string | null = null;

  @Property({ type: 'Date', nullable: true })
  leaseUntil: Date | null = null;

  @Field(() => Date, { description: 'When it was accepted.' })
  @Property({ type: 'Date' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it started; null while it is queued.' })
  @Property({ type: 'Date', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When it ended; null before.' })
  @Property({ type: 'Date', nullable: true })
  finishedAt: Date | null = null;

  @Field(() => SweepType, { nullable: true, description: 'The axis that is varied; null without one.' })
  get sweep(): Sweep | null {
    return this.lists.sweep ?? null;
  }

  @Field(() => Boolean, {
    description: 'Whether it was made by `importBenchmark`, from another machine or another program.',
  })
  get imported(): boolean {
    return this.importedFacts !== null;
  }
}
