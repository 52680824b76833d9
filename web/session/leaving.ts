/** Requests that wait for an undo are sent when the user closes the page or signs out. */
const senders = new Set<() => Promise<void>>();

/** Registers what sends the requests that still wait. It must send them before it first waits for anything. */
export function onLeaving(send: () => Promise<void>): void {
  senders.add(send);
}

/** Sends what still waits; resolves when it has been answered. */
export async function sendWaiting(): Promise<void> {
  await Promise.allSettled(Array.from(senders, (send) => send()));
}

window.addEventListener('pagehide', () => void sendWaiting());
