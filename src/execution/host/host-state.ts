import type { AppError } from '../../errors.js';
import type { HostUsage } from '../compute.js';
import { workerLost } from '../workers/worker-lost.js';
import type { FromHost } from './compute-protocol.js';

/** Facts about the current host; start anew with each host. */
export interface HostState {
  /** A call that had been started failed. */
  failedCall: boolean;
  /** The host was killed because a cancelled call did not end; that call has been answered. */
  killedForCancel: boolean;
  /** Last heartbeat; undefined before the first one. */
  usage: HostUsage | undefined;
  /** Reason that the host gave for ending itself. */
  leaving: Extract<FromHost, { type: 'LEAVING' }>['reason'] | undefined;
}

export const newHostState = (): HostState => ({
  failedCall: false,
  killedForCancel: false,
  usage: undefined,
  leaving: undefined,
});

/**
 * Judges the loss of a host: the error for its calls, and whether the calls that it still had are blameless, because
 * the one at fault has been answered.
 *
 * @param why exit code or signal of the host
 */
export function judgeLoss(
  { leaving, killedForCancel, failedCall }: HostState,
  why: string,
): { error: AppError; blameless: boolean } {
  const error =
    leaving === 'OUT_OF_MEMORY'
      ? workerLost('OUT_OF_MEMORY', 'The compute host ran out of memory')
      : workerLost('HOST_EXITED', `The compute host ended: ${why}`);
  // STUCK without a failed call means a worker that does not start, which would not start in the next host either.
  return { error, blameless: killedForCancel || (leaving === 'STUCK' && failedCall) };
}
