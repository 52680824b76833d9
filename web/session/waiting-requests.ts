import { signal } from '@preact/signals';

/** Requests that are sent again after a pause, because the server was busy. */
export const waitingRequests = signal(0);

/** Counts a request as waiting until its pause has ended. */
export function countPause(pause: Promise<void>): void {
  waitingRequests.value++;
  void pause.finally(() => {
    waitingRequests.value--;
  });
}
