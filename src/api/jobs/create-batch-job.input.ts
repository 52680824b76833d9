import { Field, ID, InputType, Int } from 'type-graphql';
import { WorkerPoolEnum } from '../../entities/enums.js';
import type { WorkerPool } from '../../execution/model.js';
import { PipelineInput } from '../images/pipeline.input.js';

@InputType({
  description:
    'The images of a batch job, what to apply to them, and how. Exactly one of `preset` and `operations`; the job keeps the operations of a preset as they were.',
})
export class CreateBatchJobInput extends PipelineInput {
  @Field(() => [ID], {
    description:
      "Ids of 1 to `serverInfo.limits.maxBatchImages` of the user's images; each becomes one item.",
  })
  imageIds!: string[];

  @Field(() => WorkerPoolEnum, { defaultValue: 'THREADS', description: 'The kind of workers.' })
  pool!: WorkerPool;

  @Field(() => Int, {
    nullable: true,
    description:
      'Images that one machine computes at the same time, 1 to `serverInfo.limits.maxWorkers`. A machine with at most as many workers is used completely, with several images in flight for each worker on SHARP. Default: every machine is used completely.',
  })
  workers?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 255 characters. A second request of the same user with the same key returns the job of the first, so that a request can be repeated safely.',
  })
  idempotencyKey?: string | null;
}
