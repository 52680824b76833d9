import { describe, expect, it } from '@jest/globals';
import { SessionChecks } from '../../../src/api/graphql/session-checks.js';
import type { Viewer } from '../../../src/services/accounts/viewer.js';

const viewer = (sessionId: string, lifetimeMs = 60_000): Viewer => ({
  kind: 'SESSION',
  userId: 'ada',
  sessionId,
  expiresAt: new Date(Date.now() + lifetimeMs),
});

describe('checks of sessions', () => {
  it('share one statement in a turn, each with its own outcome, and are made anew in the next', async () => {
    const asked: number[] = [];
    let ended = 'b';
    const checks = new SessionChecks(async (viewers) => {
      asked.push(viewers.length);
      return viewers.map((each) => each.kind === 'SESSION' && each.sessionId !== ended);
    });
    const outcomes = () =>
      Promise.allSettled(['a', 'b', 'a', 'c'].map((id) => checks.requireLive(viewer(id)))).then((all) =>
        all.map(({ status }) => status === 'fulfilled'),
      );
    expect(await outcomes()).toEqual([true, false, true, true]);
    ended = 'a';
    expect(await outcomes()).toEqual([false, true, false, true]);
    expect(asked).toEqual([4, 4]);
    await expect(checks.requireLive(viewer('a'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuse an expired token without asking', async () => {
    const checks = new SessionChecks(async () => {
      throw new Error('asked');
    });
    await expect(checks.requireLive(viewer('a', -1))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
