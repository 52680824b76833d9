import { signal } from '@preact/signals';
import { waitingRequests } from '../session/waiting-requests.js';
import styles from './connection-notice.module.css';

const isOffline = signal(!navigator.onLine);
/** A part of the page could not be loaded: the server has a newer version, or does not answer. */
const isOutdated = signal(false);

window.addEventListener('online', () => {
  isOffline.value = false;
});
window.addEventListener('offline', () => {
  isOffline.value = true;
});
window.addEventListener('vite:preloadError', () => {
  isOutdated.value = true;
});

/** Says what keeps the page from working, and what to do. */
export function ConnectionNotice() {
  return (
    <div role="status">
      {isOffline.value && (
        <p class={styles.notice}>
          You are offline. What you see may be out of date, and changes are not sent until you are online
          again.
        </p>
      )}
      {waitingRequests.value > 0 && !isOffline.value && (
        <p class={styles.notice}>The server is busy or does not answer. This page asks again by itself …</p>
      )}
      {isOutdated.value && !isOffline.value && (
        <p class={styles.notice}>
          This page could not be loaded completely: the server may have been updated.{' '}
          <button type="button" class="link" onClick={() => location.reload()}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
