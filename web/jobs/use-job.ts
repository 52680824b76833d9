import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ApiError } from '../api/api-error.js';
import { JobProgressDocument } from '../api/generated/graphql.js';
import { subscribe } from '../api/subscribe.js';
import { accessToken } from '../session/session.js';
import { type JobState, reduceJob, UNKNOWN_JOB } from './job.model.js';

export interface LiveJob {
  state: Signal<JobState>;
  connected: Signal<boolean>;
  error: Signal<ApiError | undefined>;
  /** Subscribes again, such as after a retry of an ended job. */
  restart(): void;
}

/** Follows the progress of a job while the page is shown. */
export function useJob(jobId: string): LiveJob {
  const state = useSignal(UNKNOWN_JOB);
  const connected = useSignal(true);
  const error = useSignal<ApiError | undefined>(undefined);
  const round = useSignal(0);
  useEffect(() => {
    state.value = UNKNOWN_JOB;
    error.value = undefined;
    return subscribe(JobProgressDocument, { jobId }, accessToken, {
      onEvent: ({ jobProgress }) => {
        state.value = reduceJob(state.value, jobProgress);
      },
      onError: (problem) => {
        error.value = problem;
      },
      onComplete: () => undefined,
      onConnection: (isConnected) => {
        connected.value = isConnected;
      },
    });
  }, [jobId, round.value]);
  const restart = () => {
    round.value++;
  };
  return { state, connected, error, restart };
}
