/** Where an image's bytes lie in the storage. */
export const imageKey = (id: string): string => `images/${id}`;
