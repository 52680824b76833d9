import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ComputeRequest } from '../../../src/execution/compute.js';
import { ComputeHostClient } from '../../../src/execution/host/compute-host.client.js';
import type { ComputeHostOptions } from '../../../src/execution/host/compute-host-options.js';
import { openStorage } from '../../../src/storage/open-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { type Fault, faultyOperation } from '../../execution/workers/faulty-task.js';
import { eventually } from '../eventually.js';
import { TEST_SETTINGS } from './compute-host-settings.js';

/** A fault that holds its task until the test has seen what it waits for. */
export interface Gate {
  fault: Fault;
  open(): Promise<void>;
}

/** A fault whose native code no cancelled call stops; `begun` resolves when it runs. */
export interface NativeFault {
  fault: Fault;
  begun(): Promise<void>;
}

/** A compute host over a folder of its own, whose workers can be made to misbehave. */
export interface TestHost {
  client: ComputeHostClient;
  storage: Storage;
  /** Process ids of the hosts that got ready, the newest last. */
  hosts: number[];
  /** A request whose task misbehaves; its source is there. */
  request(fault: Fault | 'THROW', changes?: Partial<ComputeRequest>): ComputeRequest;
  gate(): Gate;
  native(): NativeFault;
  close(): Promise<void>;
}

export async function startTestHost(changes: Partial<ComputeHostOptions> = {}): Promise<TestHost> {
  const folder = await mkdtemp(join(tmpdir(), 'compute-host-'));
  const storageUrl = pathToFileURL(folder).href;
  const storage = openStorage(storageUrl);
  await storage.write('source.bin', Buffer.from('source'));
  const hosts: number[] = [];
  const info = (facts: object, message: string) => {
    if (message === 'compute host ready' && 'hostPid' in facts) hosts.push(Number(facts.hostPid));
  };
  const logger = { info, warn: () => undefined };
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const { workers = TEST_SETTINGS.workers } = changes;
  const settings = { ...TEST_SETTINGS, imagesInFlight: workers, storageUrl, logger, ...changes };
  const client = await ComputeHostClient.start(settings).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  let results = 0;
  let gates = 0;
  return {
    client,
    storage,
    hosts,
    request: (fault, more) => ({
      sourceKey: 'source.bin',
      source: { format: 'PNG', width: 1, height: 1, frames: 1 },
      resultKey: `results/${++results}.bin`,
      engine: 'SHARP',
      operations: [faultyOperation(fault)],
      owner: 'user',
      ...more,
    }),
    gate: () => {
      const path = join(folder, `gate-${++gates}`);
      return { fault: `UNTIL ${path}`, open: () => writeFile(path, '') };
    },
    native: () => {
      const path = join(folder, 'native');
      return { fault: `NATIVE ${path}`, begun: () => eventually(() => existsSync(path)) };
    },
    close: async () => {
      await client.close(0);
      await removeFolder();
    },
  };
}
