import { closeSync, openSync } from 'node:fs';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FileOutput, LogDestination, StreamOutput } from '../../src/process/log-destination.js';

describe('the log', () => {
  it('drops and counts the lines that a full disk refuses', () => {
    const fd = openSync('/dev/full', 'w');
    try {
      const log = new LogDestination(new FileOutput(fd));
      for (let i = 0; i < 3; i++) log.write('a line\n');
      expect(log.dropped).toBe(3);
    } finally {
      closeSync(fd);
    }
  });

  it('says how many lines were dropped with the next line that can be written', () => {
    const written: string[] = [];
    let full = true;
    const write = (bytes: Buffer) => !full && written.push(String(bytes)) > 0;
    const log = new LogDestination({ write, backlog: () => 0 });
    log.write('lost\n');
    log.write('lost\n');
    full = false;
    log.write('kept\n');
    log.write('kept\n');
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ level: 40, dropped: 2 });
    expect(written.slice(1)).toEqual(['kept\n', 'kept\n']);
    expect(log.dropped).toBe(2);
  });

  it('bounds the buffer for a reader that has stopped, and the flush at the end', async () => {
    const stuck = new Writable({ write: () => undefined });
    const log = new LogDestination(new StreamOutput(stuck));
    for (let i = 0; i < 2_000; i++) log.write(`${'x'.repeat(1_023)}\n`);
    expect(stuck.writableLength).toBeLessThanOrEqual(2 ** 20);
    expect(log.dropped).toBeGreaterThan(900);
    await log.flush(50);
  });

  it('flushes the lines that a slow reader still accepts', async () => {
    const read: string[] = [];
    const slow = new Writable({
      write: (chunk, _encoding, done) => {
        read.push(String(chunk));
        void delay(5).then(() => done());
      },
    });
    const log = new LogDestination(new StreamOutput(slow));
    for (const line of ['1\n', '2\n', '3\n']) log.write(line);
    await log.flush(10_000);
    expect(read).toEqual(['1\n', '2\n', '3\n']);
  });

  it('survives a reader that has closed the pipe', async () => {
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
    const log = new LogDestination(new StreamOutput(closed));
    log.write('a line\n');
    await delay(1);
    log.write('a line\n');
    expect(log.dropped).toBe(1);
    await log.flush(10_000);
  });
});
