import { FieldResolver, Resolver, Root } from 'type-graphql';
import { runtimeOf } from '../../benchmark/machine-facts.js';
import { BenchmarkEnvironmentType } from '../../entities/benchmarks/benchmark-environment.type.js';

/** Facts of a machine that imported files, and benchmarks of version 0.1, may lack. */
@Resolver(() => BenchmarkEnvironmentType)
export class BenchmarkEnvironmentResolver {
  @FieldResolver(() => String, { description: 'Runtime and its version, such as `Node 24.21.0`.' })
  runtime(@Root() environment: BenchmarkEnvironmentType): string {
    return runtimeOf(environment);
  }
}
