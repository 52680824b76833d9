import { Arg, Args, Authorized, Ctx, FieldResolver, Float, ID, Query, Resolver, Root } from 'type-graphql';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import { estimatedSecondsLeft } from '../../services/jobs/job-estimate.js';
import type { ItemView } from '../../services/jobs/job-items.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { ItemArgs, JobArgs } from './job.args.js';

const JobConnection = connectionOf('Job', Job);
type JobConnection = InstanceType<typeof JobConnection>;
const JobItemConnection = connectionOf<ItemView>('JobItem', JobItem);
type JobItemConnection = InstanceType<typeof JobItemConnection>;

@Resolver(() => Job)
export class JobResolver {
  @Authorized()
  @Query(() => Job, {
    description:
      "One of the user's batch jobs. NOT_FOUND for an unknown id, FORBIDDEN for another user's job.",
  })
  job(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
  ): Promise<Job> {
    return services.jobs.find(userId, id);
  }

  @Authorized()
  @Query(() => JobConnection, { description: "The user's batch jobs, newest first." })
  jobs(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Args(() => JobArgs) { status, hasFailures, ...page }: JobArgs,
  ): Promise<JobConnection> {
    return services.jobs.list(userId, page, { status, hasFailures });
  }

  @FieldResolver(() => JobItemConnection, { description: 'The items, in the order of `imageIds`.' })
  items(
    @Root() job: Job,
    @Ctx() { services }: Context,
    @Args(() => ItemArgs) { status, ...page }: ItemArgs,
  ): Promise<JobItemConnection> {
    return services.jobs.items(job, page, status ?? undefined);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Signed download address of a zip with the results so far and a manifest.json; null while there is no result.',
  })
  resultUrl(@Root() { id, completedCount }: Job, @Ctx() { link }: Context): string | null {
    return completedCount > 0 ? link(`/media/jobs/${id}.zip`) : null;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Estimated seconds until the last item ends, from the throughput since `startedAt`; null until an item has ended since then, and after the end.',
  })
  estimatedSecondsLeft(@Root() job: Job): number | null {
    return estimatedSecondsLeft(job, new Date());
  }
}
