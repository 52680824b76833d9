import { OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Measurement, SampleTrace } from '../../benchmark/sample.js';
import type { SweepPoint } from '../../benchmark/sweep.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import { Benchmark } from './benchmark.entity.js';

/** One measured sample of a benchmark. */
@Entity()
@Index({ properties: ['benchmark', 'engine', 'imageCount'] })
export class StoredSample {
  [PrimaryKeyProp]?: ['benchmark', 'seq'];
  [OptionalProps]?: 'sweep' | 'trace';

  @ManyToOne(() => Benchmark, { primary: true, deleteRule: 'cascade' })
  benchmark!: Rel<Benchmark>;

  /** The `seq` of the benchmark when it was stored. */
  @PrimaryKey({ type: 'integer' })
  seq!: number;

  @Property({ type: 'string', length: 16 })
  model!: ConcurrencyModel;

  @Property({ type: 'string', length: 8, nullable: true })
  engine!: ImageEngineName | null;

  @Property({ type: 'integer' })
  imageCount!: number;

  @Property({ type: 'integer' })
  workers!: number;

  @Property({ type: 'integer' })
  repetition!: number;

  /** Null where the benchmark has no sweep. */
  @Property({ type: 'json', nullable: true })
  sweep: SweepPoint | null = null;

  @Property({ type: 'json' })
  measurement!: Measurement;

  /** Large, so it is read on request only. Null for a sample that is not, and cannot become, the median of its cell. */
  @Property({ type: 'json', nullable: true, lazy: true })
  trace: SampleTrace | null = null;
}
