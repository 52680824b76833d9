import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BenchmarkEnvironment } from '../../benchmark/machine-facts.js';

@ObjectType('BenchmarkEnvironment', { description: 'Machine and versions of a benchmark.' })
export class BenchmarkEnvironmentType implements BenchmarkEnvironment {
  @Field(() => String, { description: 'Version of Node; empty for another runtime.' })
  nodeVersion!: string;

  @Field(() => String, { description: 'Version of V8, the JavaScript engine of Node.' })
  v8Version!: string;

  @Field(() => String, { description: 'Operating system, its version and architecture.' })
  os!: string;

  @Field(() => String, { description: 'Name of the processor; `unknown` where the system has none.' })
  cpuModel!: string;

  @Field(() => Int, {
    description: 'Processors that this process may use: affinity and container quota included.',
  })
  availableParallelism!: number;

  @Field(() => Float, { description: 'Memory of the machine, or of its container.' })
  totalMemoryBytes!: number;

  @Field(() => Float, {
    description: 'Load average over the minute before the start; 0 where the system has no such figure.',
  })
  loadAverage!: number;

  @Field(() => String, { description: 'Version of nogil-bench.' })
  appVersion!: string;

  @Field(() => String, { description: 'Runtime and its version, such as `Node 24.21.0`.' })
  runtime!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Processors that a CPU quota allows, such as 1.5; null without a quota.',
  })
  cpuQuota!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Frequency governor of the processors; null where the system has no such figure.',
  })
  governor!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Kinds of cores, such as `8 x 3200 MHz, 4 x 2400 MHz`; null where the system has no such figure.',
  })
  cores!: string | null;
}
