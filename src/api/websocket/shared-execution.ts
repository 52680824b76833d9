import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
} from 'graphql';

/** What executions are shared by. */
export interface Sharing<C> {
  /**
   * Everything besides the operation that the response depends on, such as the rights of the caller; undefined if it is
   * not known, so that nothing is shared.
   */
  rightsOf(context: C): string | undefined;
  /** Called before the context is used for another event. */
  renew(context: C): void;
}

type Stream = AsyncIterableIterator<ExecutionResult, undefined>;

/**
 * Runs subscriptions like graphql-js, except that those with the same operation, variables and rights share the execution
 * of an event that they all received as the same object.
 */
export class SharedExecutions<C extends object> {
  readonly #results = new WeakMap<object, Map<string, Promise<ExecutionResult>>>();

  constructor(private readonly sharing: Sharing<C>) {}

  /** Returns the errors of a subscription that cannot start, in place of its results. */
  async subscribe(args: ExecutionArgs): Promise<Stream | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    const key = this.#keyOf(args);
    return new MappedStream(source[Symbol.asyncIterator](), (event) => this.#resultOf(args, key, event));
  }

  #keyOf({ document, operationName, variableValues, contextValue }: ExecutionArgs): string | undefined {
    const rights = this.sharing.rightsOf(contextValue as C);
    const text = document.loc?.source.body;
    if (rights === undefined || text === undefined) return undefined;
    return JSON.stringify([text, operationName, variableValues, rights]);
  }

  #resultOf(args: ExecutionArgs, key: string | undefined, event: unknown): Promise<ExecutionResult> {
    if (key === undefined || typeof event !== 'object' || event === null) return this.#execute(args, event);
    const results = this.#results.get(event) ?? new Map<string, Promise<ExecutionResult>>();
    this.#results.set(event, results);
    const result = results.get(key) ?? this.#execute(args, event);
    results.set(key, result);
    return result;
  }

  async #execute(args: ExecutionArgs, event: unknown): Promise<ExecutionResult> {
    this.sharing.renew(args.contextValue as C);
    return execute({ ...args, rootValue: event });
  }
}

/** The results of a stream of events. Not an async generator, because that cannot be ended while it waits. */
class MappedStream implements Stream {
  constructor(
    private readonly source: AsyncIterator<unknown>,
    private readonly resultOf: (event: unknown) => Promise<ExecutionResult>,
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    const { done, value } = await this.source.next();
    if (done) return { done: true, value: undefined };
    try {
      return { done: false, value: await this.resultOf(value) };
    } catch (error) {
      await this.source.return?.();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }

  async throw(error: GraphQLError): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.source.return?.();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
