import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const folder = new URL('../../../build/web-app/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder));

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
  isDynamicEntry?: boolean;
}
const manifest: Record<string, Chunk> = JSON.parse(read('.vite/manifest.json').toString());

/** Every file that a chunk loads before it runs, with those of its static imports. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const other of chunk.imports ?? []) filesOf(other, seen);
  return seen;
}

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0) / 1_000;

/** The chunk that draws charts; pages load it when a chart comes into view. */
const CHARTS = 'charts/drawing.ts';

describe('the bundle of the web app', () => {
  const entries = Object.entries(manifest);
  const first = entries.filter(([, chunk]) => chunk.isEntry).flatMap(([name]) => [...filesOf(name)]);

  it('has a first view of at most 60 KB gzipped', () => {
    expect(first.length).toBeGreaterThan(0);
    expect(kilobytes(new Set(first))).toBeLessThanOrEqual(60);
  });

  it('has pages of at most 90 KB gzipped, the first view included', () => {
    const pages = entries.filter(([, chunk]) => chunk.isDynamicEntry);
    expect(pages.length).toBeGreaterThan(0);
    for (const [name] of pages.filter(([name]) => name !== CHARTS)) {
      const size = kilobytes(new Set([...first, ...filesOf(name)]));
      expect({ name, size: Math.max(90, size) }).toEqual({ name, size: 90 });
    }
  });

  it('has charts of at most 330 KB gzipped, loaded by no page before it needs them', () => {
    expect(kilobytes(filesOf(CHARTS))).toBeLessThanOrEqual(330);
    const drawing = manifest[CHARTS]?.file ?? '';
    expect(drawing).not.toBe('');
    for (const [name] of entries.filter(([name]) => name !== CHARTS)) {
      expect(filesOf(name)).not.toContain(drawing);
    }
  });

  it('needs no module of Node', () => {
    for (const { file } of Object.values(manifest).filter(({ file }) => file.endsWith('.js'))) {
      expect(read(file).toString()).not.toMatch(/browser-external|from["']node:/);
    }
  });
});
