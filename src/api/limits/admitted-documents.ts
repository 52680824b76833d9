import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

const MAX_DOCUMENTS = 200;
const SHA256_DIGITS = 64;

/**
 * Documents that have been admitted, so that the next request with the same text parses and validates nothing. Apollo's
 * own store keeps whatever parses, and writes each as JSON to know its size.
 */
export class AdmittedDocuments implements DocumentStore {
  readonly #documents = new Map<string, DocumentNode>();
  readonly #admitted = new WeakSet<DocumentNode>();
  #mayBeRead: Promise<unknown> = Promise.resolve();

  has(document: DocumentNode): boolean {
    return this.#admitted.has(document);
  }

  /** @param queryHash SHA-256 of its text, in hexadecimal. */
  add(queryHash: string, document: DocumentNode): void {
    this.#admitted.add(document);
    this.#documents.set(queryHash, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MAX_DOCUMENTS && oldest !== undefined) this.#documents.delete(oldest);
  }

  /**
   * What is not known is going to be parsed and measured: one document in a turn of the event loop, so that whoever
   * sends many at once makes nobody wait for all of them.
   */
  async get(key: string): Promise<DocumentNode | undefined> {
    const known = this.#documents.get(key.slice(-SHA256_DIGITS));
    if (known) return known;
    const mayBeRead = this.#mayBeRead;
    this.#mayBeRead = mayBeRead.then(() => nextTurn());
    await mayBeRead;
    return undefined;
  }

  /** Apollo's word that it parses is not enough. */
  async set(): Promise<void> {}

  async delete(): Promise<void> {}
}
