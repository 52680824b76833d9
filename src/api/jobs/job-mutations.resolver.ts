import { Arg, Authorized, Ctx, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import { Job } from '../../entities/job.entity.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { mayBeSelected } from '../graphql/selected-fields.js';
import { toPipelineChoice } from '../images/pipeline.input.js';
import { CreateBatchJobInput } from './create-batch-job.input.js';
import { followJob } from './job-progress.js';
import { JobProgress } from './job-progress.type.js';

const REFUSED = "NOT_FOUND for an unknown id, FORBIDDEN for another user's job.";

@Resolver()
export class JobMutationsResolver {
  @Authorized()
  @Mutation(() => Job, {
    description:
      'Accepts a batch job and returns at once; from then on it survives restarts of the server. ' +
      "Errors: BAD_USER_INPUT or LIMIT_EXCEEDED names the invalid field; NOT_FOUND or FORBIDDEN if an image is unknown or not the user's, and then no job is made; CONFLICT if the key was used with different input.",
  })
  createBatchJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('input', () => CreateBatchJobInput, { description: 'The images and the operations.' })
    input: CreateBatchJobInput,
  ): Promise<Job> {
    return services.jobs.create(userId, {
      ...toPipelineChoice(input),
      imageIds: input.imageIds,
      pool: input.pool,
      workers: input.workers ?? undefined,
      idempotencyKey: input.idempotencyKey ?? undefined,
    });
  }

  @Authorized()
  @Mutation(() => Job, {
    description: `Starts no more items and stops the running ones within two seconds; results stay. Idempotent; CONFLICT for a job that has ended otherwise. ${REFUSED}`,
  })
  cancelJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
  ): Promise<Job> {
    return services.jobs.cancel(userId, id);
  }

  @Authorized()
  @Mutation(() => Job, {
    description: `Runs failed and cancelled items again; results stay. Changes nothing if there are no such items, or if they are queued already. CONFLICT while the job runs, LIMIT_EXCEEDED if too many other jobs of the user have not ended. ${REFUSED}`,
  })
  retryJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
    @Arg('codes', () => [String], {
      nullable: true,
      description:
        'Retries only items that failed with one of these error codes, such as `PROCESSING_FAILED`; at least one code. Default: every failed or cancelled item.',
    })
    codes?: string[] | null,
  ): Promise<Job> {
    return services.jobs.retry(userId, id, codes ?? undefined);
  }

  @Authorized()
  @Mutation(() => ID, {
    description: `Deletes a job with its items and returns its id; its result images stay. CONFLICT for a job that has not ended: cancel it first. ${REFUSED}`,
  })
  deleteJob(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
  ): Promise<string> {
    return services.jobs.delete(userId, id);
  }

  @Authorized()
  @Subscription(() => JobProgress, {
    description: `Progress of a batch job: the stored state first, then at most ten events a second. A late or repeated subscription misses nothing. ${REFUSED}`,
    subscribe: ({ args, context, info }) =>
      followJob(context as Context, args.jobId as string, mayBeSelected('items', info)),
  })
  jobProgress(
    @Root() progress: JobProgress,
    @Arg('jobId', () => ID, { description: 'Id of the job.' }) _jobId: string,
  ): JobProgress {
    return progress;
  }
}
