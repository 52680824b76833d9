import packageJson from 'jimp/package.json' with { type: 'json' };
import { JIMP_FORMAT_NAMES } from '../../codecs/jimp-format-names.js';
import type { EngineInfo } from '../../engine-info.js';

/** Version and formats of JIMP. Does not load the package `jimp`, which takes a worker 0.2 s. */
export async function jimpInfo(): Promise<EngineInfo> {
  return {
    engine: 'JIMP',
    version: packageJson.version,
    reads: JIMP_FORMAT_NAMES,
    writes: JIMP_FORMAT_NAMES,
  };
}
