import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { health } from '../../../src/api/http/health.js';
import { listen } from '../../support/servers/listen.js';

describe('/ready', () => {
  it.each([
    [200, async () => undefined],
    [503, () => Promise.reject(new Error('the disk is full'))],
  ])('is %d, and however many ask, the storage is written to once', async (status, look) => {
    let looks = 0;
    const ready = () => {
      looks++;
      return look();
    };
    const server = await listen(
      express().use(health({ ready, draining: () => false, logger: pino({ level: 'silent' }) })),
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${server.url}/ready`)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
    expect(looks).toBe(1);
    await server.close();
  });
});
