import { randomBytes } from 'node:crypto';
import { ApiClient as SharedClient } from '../../client/api-client.js';
import { RefreshSignIn } from '../../client/refresh-sign-in.js';
import { apiTokenSignIn, type SignIn } from '../../client/sign-in.js';
import type { SubscriptionOptions } from '../../client/subscription.js';
import type { TypedDocument } from '../../client/typed-document.js';
import { AppError } from '../../errors.js';
import { SignedInDocument } from '../generated/graphql.js';
import type { Remote } from '../options/remote-options.js';
import type { OwnServer } from './own-server.js';
import { upgradeRefusal } from './upgrade-refusal.js';

/** Time without a connection after which a subscription fails. */
const GIVE_UP_AFTER_MS = 30_000;
/** The command's own server may lack processor time on a full machine, but it is there. */
const GIVE_UP_ON_OWN_AFTER_MS = 10 * 60_000;

/** The API as the command uses it. */
export class ApiClient extends SharedClient {
  constructor(
    url: string,
    signIn: SignIn,
    private readonly giveUpAfterMs = GIVE_UP_AFTER_MS,
    /** Aborts when the server has ended, with the error of its subscriptions. */
    private readonly ended?: AbortSignal,
  ) {
    super(url, signIn);
  }

  override async *subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
    options: SubscriptionOptions = {
      giveUpAfterMs: this.giveUpAfterMs,
      whyRefused: upgradeRefusal,
      ...(this.ended && { signal: this.ended }),
    },
  ): AsyncGenerator<Data, void> {
    yield* super.subscribe(document, variables, options);
    this.ended?.throwIfAborted();
  }
}

/** A client with the account that the options name. @throws AppError where there is no server, or it refuses the account */
async function remoteClient(remote: Remote): Promise<ApiClient> {
  if ('token' in remote) {
    const client = new ApiClient(remote.url, apiTokenSignIn(remote.token));
    await client.request(SignedInDocument, {}).catch((error) => {
      throw inTokenWords(error);
    });
    return client;
  }
  const session = new RefreshSignIn(remote.url);
  await session.login(remote.email, remote.password);
  return new ApiClient(remote.url, session);
}

function inTokenWords(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'UNAUTHENTICATED') return error;
  return new AppError(error.code, `--token: the server refuses it: ${error.message}`);
}

/** A client of the command's own server, with a new account. */
export async function ownClient({ url, ended }: Pick<OwnServer, 'url' | 'ended'>): Promise<ApiClient> {
  const session = new RefreshSignIn(url);
  await session.register('bench@localhost.invalid', randomBytes(32).toString('hex'));
  return new ApiClient(url, session, GIVE_UP_ON_OWN_AFTER_MS, ended);
}

/** A client of the server of `--url`, else of the command's own. */
export function clientOf(remote: Remote | null, own: OwnServer | null): Promise<ApiClient> {
  if (remote) return remoteClient(remote);
  if (own) return ownClient(own);
  throw new TypeError('Without --url, the command has a server');
}
