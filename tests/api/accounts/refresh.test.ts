import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { campaignRuns } from '../../support/campaign.js';
import { codeOf } from '../../support/clients/graphql-client.js';
import { assertProperty } from '../../support/property.js';
import { eachDatabase, openTestDatabase, type TestDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';
import { letPass } from '../../support/servers/time-travel.js';

const REFRESH =
  'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken refreshToken user { id } } }';
const GRACE = 30;
const REFUSED = 'UNAUTHENTICATED';

/** Seconds; no sum of them is near the 30 s that decide, so that the time the test takes does not matter. */
const DELAYS = [0, 16, 45];

/** What happens next: time passes, or one of the tokens seen so far is sent, once or by several requests at once. */
const step = fc.oneof(
  fc.record({ wait: fc.constantFrom(...DELAYS) }),
  fc.record({ token: fc.nat(20), requests: fc.constantFrom(1, 1, 2, 3) }),
);

/** The rule, in seconds: see `src/services/accounts/refresh-tokens.ts`. */
class Family {
  now = 0;
  revoked = false;
  readonly #issued = new Map<string, number>();
  readonly #used = new Map<string, { at: number; successor?: string }>();

  constructor(first: string) {
    this.#issued.set(first, 0);
  }

  /** What a refresh must return: the token itself, its successor (undefined: not seen yet), or a refusal. */
  refresh(token: string): { same: true } | { successor: string | undefined } | { refused: true } {
    if (this.revoked) return { refused: true };
    const used = this.#used.get(token);
    if (used === undefined) {
      if (this.now - (this.#issued.get(token) ?? 0) < GRACE) return { same: true };
      this.#used.set(token, { at: this.now });
      return { successor: undefined };
    }
    if (this.now - used.at < GRACE) return { successor: used.successor };
    this.revoked = true;
    return { refused: true };
  }

  learn(token: string, successor: string): void {
    const used = this.#used.get(token);
    if (used === undefined) throw new Error('not used');
    used.successor = successor;
    this.#issued.set(successor, this.now);
  }
}

eachDatabase('refreshing over HTTP', (databases) => {
  let folder: string;
  let app: TestApp;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refresh-'));
    // Two connections: the server's, and the one that lets time pass.
    const url =
      databases.kind === 'SQLITE' ? `sqlite://${join(folder, 'rows.db')}` : await databases.create();
    app = await startTestApp({ databaseUrl: url });
    database = await openTestDatabase(url);
  });
  afterAll(async () => {
    await database.close();
    await app.close();
    await rm(folder, { recursive: true });
  });

  const refresh = async (token: string) => {
    const answer = await app.client().ask(REFRESH, { token });
    return answer.errors ? codeOf(answer) : String(answer.data.refreshToken.refreshToken);
  };

  it('follows the rules for any tokens, times and order', async () => {
    await assertProperty(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { refreshToken: first } = await app.client().register();
        const family = new Family(first);
        const seen = [first];
        for (const { wait, token: index, requests } of steps as Partial<Record<string, number>>[]) {
          if (wait !== undefined) {
            await letPass(database, wait * 1000);
            family.now += wait;
            continue;
          }
          const token = seen[(index ?? 0) % seen.length] ?? first;
          const answers = await Promise.all(Array.from({ length: requests ?? 1 }, () => refresh(token)));
          for (const answer of answers) {
            const expected = family.refresh(token);
            if ('refused' in expected) expect(answer).toBe(REFUSED);
            else if ('same' in expected) expect(answer).toBe(token);
            else if (expected.successor !== undefined) expect(answer).toBe(expected.successor);
            else {
              expect(answer).not.toBe(REFUSED);
              expect(seen).not.toContain(answer);
              family.learn(token, answer);
              seen.push(answer);
            }
          }
        }
      }),
      { numRuns: campaignRuns(25, 250) },
    );
  });

  it('keeps a client signed in with any of several simultaneous answers', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.array(fc.record({ wait: fc.constantFrom(...DELAYS), keep: fc.nat(2), lost: fc.nat(2) }), {
          minLength: 3,
          maxLength: 8,
        }),
        async (rounds) => {
          let { refreshToken: kept } = await app.client().register();
          for (const { wait, keep, lost } of rounds) {
            await letPass(database, wait * 1000);
            // Tabs that send the same token at once; some answers get lost, and any of the others is kept.
            const answers = await Promise.all([kept, kept, kept].map(refresh));
            for (let n = 0; n < lost; n++) await refresh(kept);
            kept = answers[keep] ?? '';
            expect(kept).not.toBe(REFUSED);
          }
          expect(await refresh(kept)).not.toBe(REFUSED);
        },
      ),
      { numRuns: campaignRuns(10, 100) },
    );
  });
});
