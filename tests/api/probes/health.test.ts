import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { health } from '../../../src/api/probes/health.js';
import { listen } from '../../support/servers/listen.js';

describe('/ready', () => {
  it.each([
    [200, async () => undefined],
    [503, () => Promise.reject(new Error('the disk is full'))],
  ])('is %d, and checks the storage once for many requests', async (status, check) => {
    let checks = 0;
    const ready = () => {
      checks++;
      return check();
    };
    const server = await listen(
      express().use(health({ ready, draining: () => false, logger: pino({ level: 'silent' }) })),
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${server.url}/ready`)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
    expect(checks).toBe(1);
    await server.close();
  });
});
