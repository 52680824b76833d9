import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { TaskSpan, TimeBreakdown } from '../../benchmark/sample.js';

@ObjectType('TimeBreakdown', {
  description:
    'Wall time of the median sample by phase, in milliseconds, averaged over the tasks that could run at the same time. Compute, lock wait and overhead add up to the wall time; start-up comes before it.',
})
export class TimeBreakdownType implements TimeBreakdown {
  @Field(() => Float, {
    description: 'Time until the workers were ready: spawn, fork, module load, warm-up. Paid once.',
  })
  startupMs!: number;

  @Field(() => Float, {
    description: 'From the start of a task to its end, including waiting for a processor.',
  })
  computeMs!: number;

  @Field(() => Float, { description: 'Waiting for the global lock.' })
  lockWaitMs!: number;

  @Field(() => Float, {
    description:
      'The rest: queueing, messages and copies. Meaningless for ASYNC, whose tasks take turns on one loop and count each other’s time.',
  })
  overheadMs!: number;
}

@ObjectType('TaskSpan', { description: 'One task of a sample, in milliseconds since the sample began.' })
export class TaskSpanType implements TaskSpan {
  @Field(() => Int, { description: 'Index in the batch, from 0.' })
  task!: number;

  @Field(() => Int, { description: 'Worker that ran it, from 0.' })
  worker!: number;

  @Field(() => Float, { description: 'When it was submitted.' })
  queuedMs!: number;

  @Field(() => Float, { description: 'When a worker started it.' })
  startMs!: number;

  @Field(() => Float, { description: 'Total wait for the global lock.' })
  lockWaitMs!: number;

  @Field(() => Float, { description: 'Total compute time, including waiting for a processor.' })
  computeMs!: number;

  @Field(() => Float, { description: 'When it ended.' })
  endMs!: number;
}
