import { Field, ObjectType } from 'type-graphql';
import type { BenchmarkWarning, Doubt } from '../../benchmark/warning.js';
import { BenchmarkWarningEnum } from '../../entities/benchmarks/benchmark-enums.js';

@ObjectType('Doubt', { description: 'A warning in words.' })
export class DoubtType implements Doubt {
  @Field(() => BenchmarkWarningEnum, { description: 'The warning.' })
  warning!: BenchmarkWarning;

  @Field(() => String, { description: 'What was found.' })
  meaning!: string;

  @Field(() => String, { description: 'What to do about it.' })
  advice!: string;
}
