import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { JobStatusEnum } from '../../entities/enums.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import type { ItemView } from '../../services/jobs/job-items.js';

/**
 * List length of `items` for the operation's cost: half of the largest job by default (`MAX_BATCH_IMAGES`). With the
 * full length, a subscription that selects both images of each item would exceed the cost limit.
 */
const COUNTED_ITEMS = 500;

@ObjectType({
  description:
    'The first event is the state as stored; the last has a final status, and the stream then ends.',
})
export class JobProgress {
  @Field(() => ID, { description: 'Id of the job.' })
  jobId!: string;

  @Field(() => Int, { description: 'Grows with every change of the job, across restarts.' })
  seq!: number;

  @Field(() => JobStatusEnum, { description: 'Status of the job.' })
  status!: JobStatus;

  @Field(() => Int, { description: 'Number of items.' })
  totalCount!: number;

  @Field(() => Int, { description: 'Number of items with a result.' })
  completedCount!: number;

  @Field(() => Int, { description: 'Number of items that failed.' })
  failedCount!: number;

  @Field(() => Float, { description: 'Share of the items that have ended, 0 to 1.' })
  progress!: number;

  @Extensions({ listLength: COUNTED_ITEMS })
  @Field(() => [JobItem], {
    description:
      'Items that ended since the previous event; in the first event, every item that has ended. Each item appears once.',
  })
  items!: ItemView[];
}
