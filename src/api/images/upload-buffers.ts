import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As fs-capacitor names the files in which graphql-upload buffers what comes in. */
const BUFFER = /^capacitor-[0-9a-f]{32}\.tmp$/;
/** No upload takes so long: Node ends a request that is not there after five minutes. */
const LEFT_OVER_MS = 3_600_000;

/** Removes the buffers that uploads left when their process was killed. */
export async function removeLeftOverBuffers(): Promise<void> {
  const folder = tmpdir();
  const latest = Date.now() - LEFT_OVER_MS;
  for (const name of (await readdir(folder)).filter((entry) => BUFFER.test(entry))) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < latest) await rm(path, { force: true });
  }
}
