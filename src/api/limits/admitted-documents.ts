import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

const MAX_DOCUMENTS = 200;
const SHA256_DIGITS = 64;

/**
 * Cache of admitted documents, so that the next request with the same text is neither parsed nor validated. Apollo's
 * own store keeps every document that parses, and serialises each to determine its size.
 */
export class AdmittedDocuments implements DocumentStore {
  readonly #documents = new Map<string, DocumentNode>();
  readonly #admitted = new WeakSet<DocumentNode>();
  /** Operations without variables, whose measures are always the same. */
  readonly #constant = new WeakSet<OperationDefinitionNode>();
  /** Resolves when the next unknown document may be parsed. */
  #nextTurn: Promise<unknown> = Promise.resolve();

  has(document: DocumentNode): boolean {
    return this.#admitted.has(document);
  }

  /** Whether the operation needs no further check: it has been measured, and has no variables. */
  isMeasured(operation: OperationDefinitionNode): boolean {
    return this.#constant.has(operation);
  }

  measured(operation: OperationDefinitionNode): void {
    if (!operation.variableDefinitions?.length) this.#constant.add(operation);
  }

  /** @param queryHash SHA-256 of the text, in hexadecimal */
  add(queryHash: string, document: DocumentNode): void {
    this.#admitted.add(document);
    this.#documents.set(queryHash, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > MAX_DOCUMENTS && oldest !== undefined) this.#documents.delete(oldest);
  }

  /**
   * Waits if the document is unknown and has to be parsed: one document per turn of the event loop, so that many at
   * once do not delay other requests.
   */
  async get(key: string): Promise<DocumentNode | undefined> {
    const known = this.#documents.get(key.slice(-SHA256_DIGITS));
    if (known) return known;
    const turn = this.#nextTurn;
    this.#nextTurn = turn.then(() => nextTurn());
    await turn;
    return undefined;
  }

  /** Apollo calls this for every document that parses; only {@link add} stores admitted ones. */
  async set(): Promise<void> {}

  async delete(): Promise<void> {}
}
