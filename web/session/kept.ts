import { computed } from '@preact/signals';
import { BASE_PATH } from '../app/base-path.js';
import { session } from './session.js';

/** Id of the signed-in user; undefined without one. */
export const userId = computed(() => {
  const { value } = session;
  return value.status === 'SIGNED_IN' ? value.user.id : undefined;
});

/** How long a text is kept: in this browser, or as long as this tab is open. */
export type Keeper = 'BROWSER' | 'TAB';

const keyOf = (name: string): string => `${BASE_PATH}/${userId.value}/${name}`;

function storageOf(keeper: Keeper): Storage {
  switch (keeper) {
    case 'BROWSER':
      return localStorage;
    case 'TAB':
      return sessionStorage;
    default:
      return keeper satisfies never;
  }
}

/** Text that is kept for the signed-in user; undefined where there is none, or where storage is off. */
export function kept(name: string, keeper: Keeper = 'BROWSER'): string | undefined {
  try {
    return storageOf(keeper).getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text for the signed-in user. Where storage is off, the page forgets it. */
export function keep(name: string, text: string, keeper: Keeper = 'BROWSER'): void {
  try {
    storageOf(keeper).setItem(keyOf(name), text);
  } catch {
    // Nothing that is kept is needed.
  }
}

/** Calls a listener when another tab of the signed-in user has kept a text under this name. */
export function onKept(name: string, listener: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === keyOf(name)) listener();
  });
}
