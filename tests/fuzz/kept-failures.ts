/** Inputs that once failed, which the tests repeat: images as files, generated values as JSON. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageInput } from './image-inputs.js';

const KEPT = fileURLToPath(new URL('../../../tests/fixtures/fuzz', import.meta.url));

/** Properties whose counterexamples are kept. */
export type PropertyName = 'documents' | 'operations';

/** Stores an image; returns the name of its file. */
export function keepImage(bytes: Uint8Array, folder = KEPT): Promise<string> {
  return keep(folder, `${digest(bytes)}.bin`, bytes);
}

/** Stores a counterexample of a property; returns the name of its file. */
export function keepExample(property: PropertyName, example: unknown, folder = KEPT): Promise<string> {
  const text = `${JSON.stringify(example, writable, 2)}\n`;
  return keep(folder, `${property}-${digest(text)}.json`, text);
}

export async function keptImages(folder = KEPT): Promise<ImageInput[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bin'));
  const images = names.map(async (name) => ({
    ...{ kind: 'KEPT' as const, name },
    bytes: await readFile(join(folder, name)),
  }));
  return await Promise.all(images);
}

/** Reads the counterexamples of one property; `Example` is the type of its values, which the file does not contain. */
export async function keptExamples<Example>(property: PropertyName, folder = KEPT): Promise<Example[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${property}-`));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text, readable));
}

async function keep(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), content);
  return name;
}

const digest = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

/** Numbers that JSON cannot represent. */
const NUMBER = '$number';

function writable(_key: string, value: unknown): unknown {
  const told = typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0));
  return told ? value : { [NUMBER]: Object.is(value, -0) ? '-0' : String(value) };
}

function readable(_key: string, value: unknown): unknown {
  const isNumber = typeof value === 'object' && value !== null && NUMBER in value;
  return isNumber ? Number(value[NUMBER]) : value;
}
