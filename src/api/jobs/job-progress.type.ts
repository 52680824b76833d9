import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { JobStatusEnum } from '../../entities/enums.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import type { ItemView } from '../../services/jobs/job-items.js';

/**
 * Items that an event counts as: half of those of the largest job by default (`MAX_BATCH_IMAGES`), all of which the first
 * event may tell of. Counted in full, whoever asks for both pictures of each item would ask for more than an operation may.
 */
const COUNTED_ITEMS = 500;

@ObjectType({
  description:
    'The first event is the state as stored; the last has a final status, and the stream then ends.',
})
export class JobProgress {
  @Field(() => ID, { description: 'Which job.' })
  jobId!: string;

  @Field(() => Int, { description: 'Grows with every change of the job, across restarts.' })
  seq!: number;

  @Field(() => JobStatusEnum, { description: 'How far it is.' })
  status!: JobStatus;

  @Field(() => Int, { description: 'Items in all.' })
  totalCount!: number;

  @Field(() => Int, { description: 'Items with a result.' })
  completedCount!: number;

  @Field(() => Int, { description: 'Items that failed.' })
  failedCount!: number;

  @Field(() => Float, { description: '0 to 1: items that have ended, over all.' })
  progress!: number;

  @Extensions({ listLength: COUNTED_ITEMS })
  @Field(() => [JobItem], {
    description:
      'Items that ended since the event before; in the first event, all that have ended so far. Each is told once.',
  })
  items!: ItemView[];
}
