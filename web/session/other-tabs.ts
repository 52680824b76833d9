/** Tells the other tabs of this browser about sign-in and sign-out, and reacts to theirs. */
const channel = new BroadcastChannel('nogil-bench-session');

export type TabMessage = 'SIGNED_IN' | 'SIGNED_OUT';

export function tellOtherTabs(message: TabMessage): void {
  channel.postMessage(message);
}

export function onOtherTab(listener: (message: TabMessage) => void): void {
  channel.onmessage = ({ data }) => listener(data as TabMessage);
}
