import type { Release } from '../../../src/services/shared/release-guard.js';

/** No newer release has touched the database. */
export const CURRENT_RELEASE: Release = {
  isCurrent: async () => true,
  foundNewer: (reason) => {
    throw new Error(reason);
  },
};
