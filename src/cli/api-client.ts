import { ApiClient as SharedClient } from '../client/api-client.js';
import { RefreshSignIn } from '../client/refresh-sign-in.js';
import type { TypedDocument } from '../client/typed-document.js';

/** Time without a connection after which a subscription fails. */
const GIVE_UP_AFTER_MS = 30_000;

/** Client of the API for the command, with a session in memory. */
export class ApiClient extends SharedClient {
  readonly #session: RefreshSignIn;

  /** @param url without a trailing slash, such as `http://localhost:4000` */
  constructor(url: string) {
    const session = new RefreshSignIn(url);
    super(url, session);
    this.#session = session;
  }

  register(email: string, password: string): Promise<void> {
    return this.#session.register(email, password);
  }

  login(email: string, password: string): Promise<void> {
    return this.#session.login(email, password);
  }

  override subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    options = { giveUpAfterMs: GIVE_UP_AFTER_MS },
  ): AsyncGenerator<Data, void> {
    return super.subscribe(document, variables, options);
  }
}
