import { Field, Int, ObjectType } from 'type-graphql';
import type { Cell } from '../../benchmark/cell.js';
import type { SweepPoint } from '../../benchmark/sweep.js';
import { ConcurrencyModelEnum } from '../../entities/benchmarks/benchmark-enums.js';
import { SweepPointType } from '../../entities/benchmarks/sweep.type.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';

@ObjectType('CellKey', { description: 'Identifies a cell of a benchmark.' })
export class CellKeyType implements Cell {
  @Field(() => ConcurrencyModelEnum, { description: 'Concurrency model.' })
  model!: ConcurrencyModel;

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: 'Image engine; null for work without images.',
  })
  engine!: ImageEngineName | null;

  @Field(() => Int, { description: 'Tasks of one batch.' })
  imageCount!: number;

  @Field(() => Int, { description: 'Workers.' })
  workers!: number;

  @Field(() => SweepPointType, { nullable: true, description: 'Value of the sweep; null without one.' })
  sweep!: SweepPoint | null;
}
