import { computed } from '@preact/signals';
import { BASE_PATH } from '../app/base-path.js';
import { session } from './session.js';

/** Id of the signed-in user; undefined without one. */
export const userId = computed(() => {
  const { value } = session;
  return value.status === 'SIGNED_IN' ? value.user.id : undefined;
});

const keyOf = (name: string): string => `${BASE_PATH}/${userId.value}/${name}`;

/** Text that this browser keeps for the signed-in user; undefined where there is none, or where storage is off. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text for the signed-in user of this browser. Where storage is off, the page forgets it. */
export function keep(name: string, text: string): void {
  try {
    localStorage.setItem(keyOf(name), text);
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
