import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { health } from '../../src/api/health.js';
import { eventually } from '../support/eventually.js';
import { type ListeningServer, listen } from '../support/listen.js';

describe('/ready', () => {
  let server: ListeningServer;
  let looks: PromiseWithResolvers<void>[];

  async function start(holdsMs: number): Promise<void> {
    looks = [];
    const ready = () => {
      const look = Promise.withResolvers<void>();
      looks.push(look);
      return look.promise;
    };
    server = await listen(express().use(health({ ready, logger: pino({ level: 'silent' }), holdsMs })));
  }
  afterEach(() => server.close());

  const ask = async () => (await fetch(`${server.url}/ready`)).status;

  it('looks once for all who ask meanwhile, and for a while after', async () => {
    await start(60_000);
    const asked = [ask(), ask(), ask()];
    await eventually(() => looks.length > 0);
    looks[0]?.resolve();
    expect(await Promise.all(asked)).toEqual([200, 200, 200]);
    expect(await ask()).toBe(200);
    expect(looks).toHaveLength(1);
  });

  it('says what it found, and looks again after that while', async () => {
    await start(0);
    const first = ask();
    await eventually(() => looks.length > 0);
    looks[0]?.reject(new Error('the disk is full'));
    expect(await first).toBe(503);
    // Asked within the millisecond that it holds, the answer is the old one.
    const again = [];
    while (looks.length < 2) {
      again.push(ask());
      await delay(5);
    }
    looks[1]?.resolve();
    expect((await Promise.all(again)).at(-1)).toBe(200);
  });
});
