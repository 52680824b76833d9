/** What background work asks before it starts anything. */
export interface Release {
  /** Resolves to false once a newer release has changed the database: this process must start no more work. */
  isCurrent(): Promise<boolean>;
  /** Reports work that only a newer release can do. */
  foundNewer(reason: string): void;
}

/**
 * Stops the background work of a process that still runs when a newer release has migrated its database, or has stored
 * work that this release does not know: it does not know what the newer rows mean.
 */
export class ReleaseGuard implements Release {
  readonly #outdated = Promise.withResolvers<string>();
  #current = true;

  /** @param newerRelease returns what a newer release has done to the database; undefined: there is none */
  constructor(private readonly newerRelease: () => Promise<string | undefined>) {}

  /** Resolves with the reason when this process has become outdated. */
  get outdated(): Promise<string> {
    return this.#outdated.promise;
  }

  async isCurrent(): Promise<boolean> {
    const reason = this.#current ? await this.newerRelease() : undefined;
    if (reason !== undefined) this.foundNewer(reason);
    return this.#current;
  }

  foundNewer(reason: string): void {
    this.#current = false;
    this.#outdated.resolve(reason);
  }
}
