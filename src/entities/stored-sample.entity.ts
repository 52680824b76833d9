import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Measurement } from '../benchmark/sample.js';
import type { ConcurrencyModel } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/operation.js';
import { Benchmark } from './benchmark.entity.js';

/** One measured sample of a benchmark, stored as it landed. */
@Entity()
@Index({ properties: ['benchmark', 'engine', 'imageCount'] })
export class StoredSample {
  [PrimaryKeyProp]?: ['benchmark', 'seq'];

  @ManyToOne(() => Benchmark, { primary: true, deleteRule: 'cascade' })
  benchmark!: Rel<Benchmark>;

  /** The benchmark's `seq` with which it was stored. */
  @PrimaryKey({ type: 'integer' })
  seq!: number;

  @Property({ type: 'string', length: 14 })
  model!: ConcurrencyModel;

  @Property({ type: 'string', length: 8, nullable: true })
  engine!: ImageEngineName | null;

  @Property({ type: 'integer' })
  imageCount!: number;

  @Property({ type: 'integer' })
  workers!: number;

  @Property({ type: 'integer' })
  repetition!: number;

  @Property({ type: 'json' })
  measurement!: Measurement;
}
