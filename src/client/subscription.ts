import { createClient } from 'graphql-ws/client';
import { AppError } from '../errors.js';
import { authorization, type GraphQLFailure, noAnswer, toAppError } from './graphql-request.js';
import type { SignIn } from './sign-in.js';
import type { TypedDocument } from './typed-document.js';

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
/** A connection on which nothing is received for this long is lost, in ms: longer than a busy server is silent. */
const SILENCE_MS = 45_000;
/** Pings within that time, whose answers show that the connection is there. */
const PINGS = 3;

/** Close codes after which the same subscription would be refused again: malformed, wrong protocol, duplicate. */
const FINAL_CLOSE_CODES: readonly unknown[] = [4400, 4406, 4409];
/** Close codes after which another token is needed. */
const TOKEN_CLOSE_CODES: readonly unknown[] = [4401, 4403];

export interface SubscriptionOptions {
  /** Ends the subscription. */
  signal?: AbortSignal;
  /** Called when the connection is established and when it is lost. */
  onConnection?(connected: boolean): void;
  /** Time without a connection after which it fails with SERVER_BUSY, in ms. Default: never. */
  giveUpAfterMs?: number;
  /** Default: 45,000. */
  silenceMs?: number;
  /** Called when a first connection fails. Why no further attempt can help, which ends the subscription; else undefined. */
  whyRefused?(url: string): Promise<string | undefined>;
}

/**
 * Returns the events of a subscription until it completes. A lost connection is opened again, after a delay that grows
 * from 250 ms to 10 s; one on which nothing is received counts as lost, because a network can drop it without a sign.
 * The server sends the stored state first, so nothing is missed.
 *
 * @throws AppError an error of the subscription; UNAUTHENTICATED where the sign-in has ended
 */
export async function* subscribeGraphql<Data, Variables extends Record<string, unknown>>(
  url: string,
  signIn: SignIn,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  options: SubscriptionOptions = {},
): AsyncGenerator<Data, void> {
  const { signal, onConnection, whyRefused } = options;
  const { giveUpAfterMs = Number.POSITIVE_INFINITY, silenceMs = SILENCE_MS } = options;
  let lostAt = Date.now();
  let attempts = 0;
  let everConnected = false;
  while (!signal?.aborted) {
    let token: string | undefined;
    let connected = false;
    const silence = silenceTimer(silenceMs, () => client.terminate());
    const client = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      retryAttempts: 0,
      keepAlive: silenceMs / PINGS,
      connectionParams: async () => {
        token = await signIn.token();
        return authorization(token);
      },
      on: {
        connecting: silence.restart,
        message: silence.restart,
        connected: () => {
          attempts = 0;
          connected = true;
          everConnected = true;
          onConnection?.(true);
        },
      },
    });
    const end = () => void client.dispose();
    signal?.addEventListener('abort', end);
    try {
      for await (const { data, errors } of client.iterate<Data>({ query: document.toString(), variables })) {
        if (errors?.[0]) throw toAppError(errors[0]);
        if (data) yield data;
      }
      return;
    } catch (error) {
      if (signal?.aborted) return;
      if (connected) lostAt = Date.now();
      onConnection?.(false);
      await recover(error, signIn, token);
      const refused = everConnected ? undefined : await whyRefused?.(`${url}/graphql`);
      if (refused !== undefined) throw noAnswer(url, refused);
      if (Date.now() - lostAt > giveUpAfterMs) throw noAnswer(url, lossText(error));
    } finally {
      silence.stop();
      signal?.removeEventListener('abort', end);
      await client.dispose();
    }
    await pause(Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts++), signal);
  }
}

/** Calls `onSilence` when it has not been restarted for a time. */
function silenceTimer(ms: number, onSilence: () => void): { restart(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(onSilence, ms);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Resolves if a new connection may succeed; throws the error that ends the subscription. */
async function recover(error: unknown, signIn: SignIn, token: string | undefined): Promise<void> {
  // The server's refusal of this subscription; while it is busy, a later attempt can succeed.
  const refusal = Array.isArray(error) ? toAppError(error[0] as GraphQLFailure) : error;
  if (refusal instanceof AppError && refusal.code !== 'SERVER_BUSY') throw refusal;
  const { code, reason } = error as { code?: unknown; reason?: string };
  if (FINAL_CLOSE_CODES.includes(code)) throw new AppError('BAD_USER_INPUT', reason || `closed with ${code}`);
  if (!TOKEN_CLOSE_CODES.includes(code)) return;
  const replaced = token === undefined ? undefined : await signIn.replace(token);
  if (replaced === undefined) throw new AppError('UNAUTHENTICATED', reason || 'Sign in first');
}

/** Why the last attempt failed, as far as it says. */
function lossText(error: unknown): string {
  const { code, reason } = error as { code?: number; reason?: string };
  const why = reason || (code === undefined ? '' : `WebSocket closed with ${code}`);
  return ['the connection was lost', why].filter(Boolean).join(': ');
}

/** Waits for a random time up to `ms`, at least half of it, so that clients do not return all at once. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms * (0.5 + Math.random() / 2));
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
