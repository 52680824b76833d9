/** Publishes sign-in and sign-out to the other tabs of this browser, and receives theirs. */
const channel = new BroadcastChannel('nogil-bench-session');

export type TabMessage = 'SIGNED_IN' | 'SIGNED_OUT';

export function notifyOtherTabs(message: TabMessage): void {
  channel.postMessage(message);
}

export function onOtherTab(listener: (message: TabMessage) => void): void {
  channel.onmessage = ({ data }) => listener(data as TabMessage);
}
