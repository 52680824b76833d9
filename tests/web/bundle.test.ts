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
    for (const [name] of pages) {
      expect(kilobytes(new Set([...first, ...filesOf(name)]))).toBeLessThanOrEqual(90);
    }
  });
});
