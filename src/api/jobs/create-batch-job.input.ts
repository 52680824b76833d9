import { Field, ID, InputType, Int } from 'type-graphql';
import { ImageEngineEnum, WorkerPoolEnum } from '../../entities/enums.js';
import type { WorkerPool } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { OperationInput } from '../images/operation.input.js';

@InputType({ description: 'What to do to which images, and on what.' })
export class CreateBatchJobInput {
  @Field(() => [ID], {
    description: "1 to `serverInfo.limits.maxBatchImages` of the user's own images; each is one item.",
  })
  imageIds!: string[];

  @Field(() => [OperationInput], {
    description:
      "1 to `serverInfo.limits.maxOperations`, applied in order. Each one's result keeps to the pixel limit.",
  })
  operations!: OperationInput[];

  @Field(() => ImageEngineEnum, { defaultValue: 'SHARP', description: 'What computes the pixels.' })
  engine!: ImageEngineName;

  @Field(() => WorkerPoolEnum, { defaultValue: 'THREADS', description: 'What it is computed on.' })
  pool!: WorkerPool;

  @Field(() => Int, {
    nullable: true,
    description:
      "Threads or processes, 1 to `serverInfo.limits.maxWorkers`; of more than the machine's pool has, those that it has. Left out: one a core.",
  })
  workers?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 255 characters. The same key from the same user returns the job that it made before, so that a request can be sent again.',
  })
  idempotencyKey?: string | null;
}
