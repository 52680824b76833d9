/** One kind of data that users own, as the removal of an account sees it. */
export interface OwnedData {
  /**
   * Stops what runs for a deleted user and removes its rows and files of this kind. Can be called again, and while
   * another process does the same.
   */
  readonly removeAll: (userId: string) => Promise<void>;
}
