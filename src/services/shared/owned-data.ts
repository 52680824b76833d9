/** One kind of data that users own; the interface for the removal of accounts. */
export interface OwnedData {
  /**
   * Stops the work of a deleted user and removes its rows and files of this kind. Idempotent; safe to run
   * concurrently in several processes.
   */
  readonly removeAll: (userId: string) => Promise<void>;
}
