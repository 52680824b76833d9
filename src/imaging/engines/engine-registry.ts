import type { Engine } from '../engine.js';
import type { EngineInfo } from '../engine-info.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../engine-name.js';

const loaders: Record<ImageEngineName, () => Promise<Engine>> = {
  JIMP: async () => (await import('./jimp/jimp.engine.js')).jimpEngine,
  SHARP: async () => (await import('./sharp/sharp.engine.js')).sharpEngine,
};

/** Returns the engine; loaded at its first use, so that a worker loads only the engines that it needs. */
export function loadEngine(name: ImageEngineName): Promise<Engine> {
  return loaders[name]();
}

const infos: Record<ImageEngineName, () => Promise<EngineInfo>> = {
  JIMP: async () => (await import('./jimp/jimp-info.js')).jimpInfo(),
  SHARP: async () => (await import('./sharp/sharp-info.js')).sharpInfo(),
};

/** Returns the formats that each engine reads and writes in this build. Loads libvips: not for the API. */
export async function engineInfo(): Promise<EngineInfo[]> {
  return Promise.all(IMAGE_ENGINES.map((name) => infos[name]()));
}
