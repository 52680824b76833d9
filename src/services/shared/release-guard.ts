/** Permission for background work to start. */
export interface Release {
  /** Resolves to false once a newer release has changed the database: this process must start no more work. */
  isCurrent(): Promise<boolean>;
  /** Reports work that only a newer release can do. */
  foundNewer(reason: string): void;
}

/**
 * Stops the background work of this process when a newer release has migrated the database or stored work of an
 * unknown kind, because this release cannot interpret the newer rows.
 */
export class ReleaseGuard implements Release {
  readonly #outdated = Promise.withResolvers<string>();
  #current = true;

  /** @param newerRelease describes the change of a newer release; undefined: none */
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
