import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

/** Files of a zip by name, in order, read with another library than the one that wrote it. */
export async function unzip(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const open = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);
  const file = await open(Buffer.from(zip), { lazyEntries: true });
  const read = promisify(file.openReadStream.bind(file) as typeof file.openReadStream);
  const files = new Map<string, Buffer>();
  const ended = new Promise<void>((resolve, reject) => {
    file.once('end', resolve);
    file.once('error', reject);
    file.on('entry', async (entry: yauzl.Entry) => {
      try {
        files.set(entry.fileName, await buffer(await read(entry)));
        file.readEntry();
      } catch (error) {
        reject(error);
      }
    });
  });
  file.readEntry();
  await ended;
  return files;
}
