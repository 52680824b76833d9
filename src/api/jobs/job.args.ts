import { ArgsType, Field } from 'type-graphql';
import { JobStatusEnum } from '../../entities/enums.js';
import type { JobStatus } from '../../entities/job-status.js';
import { PageArgs, pageArgs } from '../graphql/page-args.js';

/** The arguments of `jobs`. */
@ArgsType()
export class JobArgs extends PageArgs {
  @Field(() => JobStatusEnum, { nullable: true, description: 'Filter by status.' })
  status?: JobStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only jobs with at least one failed item; false: only jobs without any.',
  })
  hasFailures?: boolean | null;
}

/** The arguments of `Job.items`. */
@ArgsType()
export class ItemArgs extends pageArgs(50) {
  @Field(() => JobStatusEnum, { nullable: true, description: 'Filter by status; `totalCount` counts these.' })
  status?: JobStatus | null;
}
