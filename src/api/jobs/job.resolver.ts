import {
  Arg,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { JobStatusEnum } from '../../entities/enums.js';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import type { ItemView } from '../../services/jobs/job-items.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { mayAskFor } from '../graphql/selected-fields.js';
import { toOperations } from '../images/operation.input.js';
import { CreateBatchJobInput } from './create-batch-job.input.js';
import { followJob } from './job-progress.js';
import { JobProgress } from './job-progress.type.js';

const JobConnection = connectionOf('Job', Job);
type JobConnection = InstanceType<typeof JobConnection>;
const JobItemConnection = connectionOf<ItemView>('JobItem', JobItem);
type JobItemConnection = InstanceType<typeof JobItemConnection>;

const REFUSED = "NOT_FOUND, or FORBIDDEN when it is somebody else's.";

@Resolver(() => Job)
export class JobResolver {
  @Authorized()
  @Query(() => Job, { description: `One of the user's batch jobs. ${REFUSED}` })
  job(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Job> {
    return services.jobs.find(userId, id);
  }

  @Authorized()
  @Query(() => JobConnection, { description: "The user's batch jobs, newest first." })
  jobs(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Rows of a page, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: the page starts behind it.' })
    after?: string | null,
    @Arg('status', () => JobStatusEnum, { nullable: true, description: 'Only jobs that are so far.' })
    status?: JobStatus | null,
  ): Promise<JobConnection> {
    return services.jobs.list(userId, { first, after: after ?? undefined }, status ?? undefined);
  }

  @Authorized()
  @Mutation(() => Job, {
    description:
      'Accepts a batch job and answers at once: from then on it is run, whatever happens to the server. BAD_USER_INPUT or LIMIT_EXCEEDED ' +
      "name what is at fault; NOT_FOUND or FORBIDDEN for an image that is not there or not the user's: then there is no job at all. " +
      'CONFLICT: the key was used with other input.',
  })
  createBatchJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => CreateBatchJobInput, { description: 'What to do to which images.' })
    input: CreateBatchJobInput,
  ): Promise<Job> {
    return services.jobs.create(userId, {
      ...input,
      operations: toOperations(input.operations, 'input.operations'),
      workers: input.workers ?? undefined,
      idempotencyKey: input.idempotencyKey ?? undefined,
    });
  }

  @Authorized()
  @Mutation(() => Job, {
    description: `Starts no more items and stops the running ones within two seconds; results stay. Cancelling again changes nothing; CONFLICT for a job that has ended. ${REFUSED}`,
  })
  cancelJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: "One of the user's batch jobs." }) id: string,
  ): Promise<Job> {
    return services.jobs.cancel(userId, id);
  }

  @Authorized()
  @Mutation(() => Job, {
    description: `Runs the failed and cancelled items again; the finished ones are kept. Where there are none, or they wait already, nothing changes; CONFLICT while the job runs, LIMIT_EXCEEDED where too many others of the user do. ${REFUSED}`,
  })
  retryJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: "One of the user's batch jobs." }) id: string,
  ): Promise<Job> {
    return services.jobs.retry(userId, id);
  }

  @Authorized()
  @Mutation(() => ID, {
    description: `Deletes it with its items, and returns the id; the images that it made stay. CONFLICT while it waits or runs: cancel it first. ${REFUSED}`,
  })
  deleteJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: "One of the user's batch jobs." }) id: string,
  ): Promise<string> {
    return services.jobs.delete(userId, id);
  }

  @Authorized()
  @Subscription(() => JobProgress, {
    description: `How a batch job goes on: its stored state first, then at most ten events a second. Whoever comes late or again misses nothing. ${REFUSED}`,
    subscribe: ({ args, context, info }) =>
      followJob(context as Context, args.jobId as string, mayAskFor('items', info)),
  })
  jobProgress(
    @Root() progress: JobProgress,
    @Arg('jobId', () => ID, { description: "One of the user's batch jobs." }) _jobId: string,
  ): JobProgress {
    return progress;
  }

  @FieldResolver(() => JobItemConnection, { description: 'Its items, in the order of `imageIds`.' })
  items(
    @Root() job: Job,
    @Ctx() { services }: Context,
    @Arg('first', () => Int, { defaultValue: 50, description: 'Rows of a page, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: the page starts behind it.' })
    after?: string | null,
  ): Promise<JobItemConnection> {
    return services.jobs.items(job, { first, after: after ?? undefined });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'A signed and expiring link to a zip of the results so far and a manifest.json; null while there is none.',
  })
  resultUrl(@Root() { id, completedCount }: Job, @Ctx() { link }: Context): string | null {
    return completedCount > 0 ? link(`/media/jobs/${id}.zip`) : null;
  }
}
