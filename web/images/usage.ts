import { signal } from '@preact/signals';
import { UsageDocument, type UsageQuery } from '../api/generated/graphql.js';
import { onSignedOut } from '../session/on-signed-out.js';
import { ask } from '../session/session.js';

/** What the user stores, and the limit; undefined until it is known. */
export const usage = signal<UsageQuery['me']['usage'] | undefined>(undefined);

/** Requests less than this apart are one. */
const PAUSE_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

onSignedOut(() => {
  clearTimeout(timer);
  usage.value = undefined;
});

/** Asks for the usage again, soon. */
export function refreshUsage(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void load(), PAUSE_MS);
}

async function load(): Promise<void> {
  try {
    usage.value = (await ask(UsageDocument, {})).me.usage;
  } catch {
    // The bar keeps the figures it has; the next change asks again.
  }
}
