import { BASE_PATH } from '../app/base-path.js';

/** Publishes sign-in and sign-out to the other tabs of this browser, and receives theirs; of this server alone. */
const channel = new BroadcastChannel(`nogil-bench-session${BASE_PATH}`);

export type TabMessage = 'SIGNED_IN' | 'SIGNED_OUT';

export function notifyOtherTabs(message: TabMessage): void {
  channel.postMessage(message);
}

export function onOtherTab(listener: (message: TabMessage) => void): void {
  channel.onmessage = ({ data }) => listener(data as TabMessage);
}
