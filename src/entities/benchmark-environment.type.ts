import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BenchmarkEnvironment } from '../benchmark/environment.js';

@ObjectType('BenchmarkEnvironment', { description: 'The machine and the versions that a benchmark ran on.' })
export class BenchmarkEnvironmentType implements BenchmarkEnvironment {
  @Field(() => String, { description: 'Version of Node.' })
  nodeVersion!: string;

  @Field(() => String, { description: 'Version of V8, which runs the JavaScript.' })
  v8Version!: string;

  @Field(() => String, { description: 'Operating system, its version and architecture.' })
  os!: string;

  @Field(() => String, { description: 'What the processor calls itself.' })
  cpuModel!: string;

  @Field(() => Int, {
    description: 'Processors that this process may use: affinity and container quota counted.',
  })
  availableParallelism!: number;

  @Field(() => Float, { description: 'Memory of the machine or of its container.' })
  totalMemoryBytes!: number;

  @Field(() => Float, {
    description: 'Load average over the minute before; 0 where the system does not tell.',
  })
  loadAverage!: number;

  @Field(() => String, { description: 'Version of nogil-bench.' })
  appVersion!: string;
}
