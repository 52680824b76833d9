import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Claim, Queue } from '../../../../src/queue/queue.js';
import { ChunkClaims } from '../../../../src/services/jobs/run/chunk-claims.js';

describe('claiming chunks', () => {
  /** Owners of the waiting entries. */
  let waiting: string[];
  /** Owners that each call of the queue had to skip. */
  let asked: string[][];
  let supplied: string[];
  let room: boolean;
  let taken: string[];
  let errors: unknown[];
  /** Called during each call of the queue. */
  let meanwhile: () => void;
  let claims: ChunkClaims;

  const claim = async (passedOver: readonly string[] = []): Promise<Claim | undefined> => {
    asked.push([...passedOver]);
    meanwhile();
    const place = waiting.findIndex((owner) => !passedOver.includes(owner));
    const [ownerId] = place < 0 ? [] : waiting.splice(place, 1);
    const entry = { jobId: '', ownerId: ownerId ?? '', round: 0, turn: 0, positions: [] };
    return ownerId === undefined ? undefined : { id: '', entry, givenUp: false };
  };

  beforeEach(() => {
    [waiting, asked, supplied, taken, errors] = [[], [], [], [], []];
    room = true;
    meanwhile = () => undefined;
    claims = new ChunkClaims({ claim } as Queue, {
      hasRoom: () => room,
      mayClaim: async () => true,
      suppliedOwners: () => [...supplied],
      take: ({ entry }) => {
        taken.push(entry.ownerId);
        supplied.push(entry.ownerId);
      },
      onError: (error) => errors.push(error),
    });
  });

  const hear = () => {
    claims.signalWork();
    return claims.settled();
  };
  const look = () => {
    claims.claim();
    return claims.settled();
  };

  it('claims one chunk of each owner until the queue is empty', async () => {
    waiting = ['ada', 'ada', 'eve'];
    await hear();
    expect(taken).toEqual(['ada', 'eve']);
    expect(asked).toEqual([[], ['ada'], ['ada', 'eve']]);
  });

  it('claims once for each chunk of an owner that was passed over', async () => {
    waiting = ['ada', 'ada', 'ada'];
    await hear();
    asked = [];
    for (let chunk = 1; chunk < 3; chunk++) {
      await look();
      expect(asked).toHaveLength(chunk - 1);
      supplied = [];
      await look();
    }
    expect([taken, asked]).toEqual([
      ['ada', 'ada', 'ada'],
      [[], []],
    ]);
  });

  it('does not ask an empty queue again without a signal', async () => {
    await hear();
    waiting = ['ada'];
    await look();
    expect([taken, asked]).toEqual([[], [[]]]);
    await hear();
    expect(taken).toEqual(['ada']);
  });

  it('asks again after a signal during a claim', async () => {
    meanwhile = () => {
      meanwhile = () => undefined;
      queueMicrotask(() => {
        waiting = ['ada'];
        claims.signalWork();
      });
    };
    await hear();
    expect(taken).toEqual(['ada']);
  });

  it('claims nothing while all slots are taken, and everything later', async () => {
    room = false;
    waiting = ['ada'];
    await hear();
    expect(asked).toEqual([]);
    room = true;
    await look();
    expect(taken).toEqual(['ada']);
  });

  it('reports a failed claim and asks again at the next signal', async () => {
    waiting = ['ada'];
    meanwhile = () => {
      throw new Error('No connection');
    };
    await hear();
    expect([errors, asked, taken]).toEqual([[new Error('No connection')], [[]], []]);
    meanwhile = () => undefined;
    await look();
    expect(taken).toEqual(['ada']);
  });

  it('asks at once after a signal during a failed claim', async () => {
    meanwhile = () => {
      meanwhile = () => undefined;
      waiting = ['ada'];
      claims.signalWork();
      throw new Error('No connection');
    };
    await hear();
    expect([errors, taken]).toEqual([[new Error('No connection')], ['ada']]);
  });
});
