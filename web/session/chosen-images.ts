import { effect, signal } from '@preact/signals';
import { session } from './session.js';

/** Ids of the images that the user has selected on the images page; the editor applies its pipeline to them. */
export const chosenImages = signal<ReadonlySet<string>>(new Set());

effect(() => {
  if (session.value.status === 'SIGNED_OUT') chosenImages.value = new Set();
});
