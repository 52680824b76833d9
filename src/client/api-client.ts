import { AppError } from '../errors.js';
import { type RequestOptions, requestGraphql } from './graphql-request.js';
import type { SignIn } from './sign-in.js';
import { type SubscriptionOptions, subscribeGraphql } from './subscription.js';
import type { TypedDocument } from './typed-document.js';

/** A client of the API, by typed documents, that stays signed in. Runs in Node and in browsers. */
export class ApiClient {
  /** @param url of the server, without a slash at the end, such as `http://localhost:4000` */
  constructor(
    protected readonly url: string,
    private readonly signIn: SignIn,
  ) {}

  /**
   * The data of a query or mutation. Where the server refuses the access token, before anything was done, it is renewed
   * and the operation sent once more.
   *
   * @throws AppError the first error of the answer; SERVER_BUSY without an answer
   */
  async request<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    options: RequestOptions = {},
  ): Promise<Data> {
    const token = await this.signIn.token();
    try {
      return await requestGraphql(this.url, document, variables, token, options);
    } catch (error) {
      if (token === undefined || !(error instanceof AppError) || error.code !== 'UNAUTHENTICATED')
        throw error;
      const replaced = await this.signIn.replace(token);
      if (replaced === undefined) throw error;
      return requestGraphql(this.url, document, variables, replaced, options);
    }
  }

  /** The events of a subscription, over lost connections: see {@link subscribeGraphql}. */
  subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    options: SubscriptionOptions = {},
  ): AsyncGenerator<Data, void> {
    return subscribeGraphql(this.url, this.signIn, document, variables, options);
  }
}
