import { signal } from '@preact/signals';
import { onSignedOut } from './on-signed-out.js';

/** Ids of the images that the user has selected on the images page; the editor applies its pipeline to them. */
export const chosenImages = signal<ReadonlySet<string>>(new Set());

onSignedOut(() => {
  chosenImages.value = new Set();
});
