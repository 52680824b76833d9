import { execFile } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EngineInfo } from '../../imaging/engine-info.js';

const PROGRAM = fileURLToPath(new URL('../../imaging/engines/print-engines.js', import.meta.url));

/**
 * Returns the formats that each engine reads and writes in this build. Asked in a process that ends at once, so that
 * neither this one nor the compute host loads libvips. Rejects with the error of a native package that cannot be loaded.
 */
export async function readEngines(): Promise<EngineInfo[]> {
  try {
    const { stdout } = await promisify(execFile)(execPath, [PROGRAM], { env: {} });
    return JSON.parse(stdout);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error('The image engines cannot be loaded', { cause: new Error(stderr || String(error)) });
  }
}
