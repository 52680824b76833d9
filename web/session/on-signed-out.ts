import { effect, untracked } from '@preact/signals';
import { session } from './session.js';

/** Calls a listener whenever no user is signed in: the next user of this page has other data. */
export function onSignedOut(listener: () => void): void {
  effect(() => {
    if (session.value.status === 'SIGNED_OUT') untracked(listener);
  });
}
