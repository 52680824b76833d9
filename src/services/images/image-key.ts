/** Returns the storage key of an image. */
export const imageKey = (id: string): string => `images/${id}`;
