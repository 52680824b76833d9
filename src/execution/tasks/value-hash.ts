import { createHash, type Hash } from 'node:crypto';
import { types } from 'node:util';
import { notCloneable } from '../workers/uncloneable.js';

const CHUNK_BYTES = 65_536;

/**
 * SHA-256, hexadecimal, of a value that structured clone can copy: equal for a value and its clone. `v8.serialize` is not
 * canonical: it writes whole numbers, the order of keys and narrow strings in more than one way.
 *
 * @throws AppError PROCESSING_FAILED that names the part that cannot be cloned, such as `result.callback`
 */
export function valueHash(value: unknown): string {
  const writer = new ValueWriter();
  writer.write(value);
  return writer.digest();
}

/**
 * Writes values as tagged bytes: numbers as float64, strings as UTF-8 with their length, keys sorted, typed arrays by kind
 * and bytes. An object that occurs again is written as the number of its first occurrence, so that circles end.
 */
class ValueWriter {
  readonly #hash: Hash = createHash('sha256');
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #used = 0;
  readonly #seen = new Map<object, number>();
  /** Keys from the whole value to the part that is written, for errors. */
  readonly #path: (string | number)[] = [];

  digest(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }

  write(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        return this.#tag('u');
      case 'boolean':
        return this.#tag(value ? 't' : 'f');
      case 'number':
        return this.#number(value);
      case 'bigint':
        return this.#text('i', String(value));
      case 'string':
        return this.#text('s', value);
      case 'object':
        return value === null ? this.#tag('n') : this.#reference(value);
      case 'function':
      case 'symbol':
        throw notCloneable(`${this.#where()} is a ${typeof value}`);
    }
  }

  #member(key: string | number, value: unknown): void {
    this.#path.push(key);
    this.write(value);
    this.#path.pop();
  }

  /** Such as `result.pages[3].render`. */
  #where(): string {
    const parts = this.#path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`));
    return `result${parts.join('')}`;
  }

  #reference(value: object): void {
    const first = this.#seen.get(value);
    if (first !== undefined) return this.#text('r', String(first));
    this.#seen.set(value, this.#seen.size);
    this.#object(value);
  }

  #object(value: object): void {
    if (Array.isArray(value)) return this.#array(value);
    if (ArrayBuffer.isView(value)) return this.#view(value);
    if (types.isAnyArrayBuffer(value)) return this.#bytes('ArrayBuffer', new Uint8Array(value));
    if (types.isDate(value)) {
      this.#tag('d');
      return this.#number(value.getTime());
    }
    if (types.isRegExp(value)) return this.#text('x', `/${value.source}/${value.flags}`);
    if (types.isMap(value)) return this.#list('m', [...value].flat());
    if (types.isSet(value)) return this.#list('e', [...value]);
    if (types.isBoxedPrimitive(value)) {
      this.#tag('b');
      return this.write(value.valueOf());
    }
    if (types.isNativeError(value)) return this.#error(value);
    if (isBound(value))
      throw notCloneable(`${this.#where()} is a ${value.constructor?.name ?? 'special object'}`);
    this.#tag('o');
    this.#properties(value, Object.keys(value).sort());
  }

  /** Holes and further properties are kept by a clone, and so they count. */
  #array(value: readonly unknown[]): void {
    this.#tag('a');
    this.#number(value.length);
    const keys = Object.keys(value);
    if (keys.length === value.length && (value.length === 0 || keys.at(-1) === String(value.length - 1))) {
      for (let index = 0; index < value.length; index++) this.#member(index, value[index]);
      return;
    }
    this.#tag('p');
    this.#properties(value, keys.sort());
  }

  #properties(value: object, keys: readonly string[]): void {
    this.#number(keys.length);
    for (const key of keys) {
      this.#text('k', key);
      this.#member(key, (value as Record<string, unknown>)[key]);
    }
  }

  #list(tag: string, values: readonly unknown[]): void {
    this.#tag(tag);
    this.#number(values.length);
    for (const [index, value] of values.entries()) this.#member(index, value);
  }

  /** A clone keeps the name of the language's own errors alone; the stack differs between threads. */
  #error(value: Error): void {
    this.#text('E', ERROR_NAMES.has(value.name) ? value.name : 'Error');
    this.#text('s', value.message);
    this.#member('cause', value.cause);
  }

  #view(view: ArrayBufferView): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    // A Buffer is cloned as the Uint8Array that it is.
    const kind = types.isTypedArray(view) ? view[Symbol.toStringTag] : 'DataView';
    this.#bytes(kind, bytes);
  }

  #bytes(kind: string, bytes: Uint8Array): void {
    this.#text('y', kind);
    this.#number(bytes.byteLength);
    this.#flush();
    this.#hash.update(bytes);
  }

  #text(tag: string, text: string): void {
    this.#tag(tag);
    const bytes = Buffer.from(text);
    this.#number(bytes.length);
    if (bytes.length > CHUNK_BYTES - this.#used) this.#flush();
    if (bytes.length > CHUNK_BYTES) {
      this.#hash.update(bytes);
    } else {
      bytes.copy(this.#chunk, this.#used);
      this.#used += bytes.length;
    }
  }

  /** Every NaN is the same one; 0 and -0 are two numbers. */
  #number(value: number): void {
    if (this.#used + 9 > CHUNK_BYTES) this.#flush();
    this.#chunk.write('#', this.#used, 'latin1');
    this.#chunk.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value, this.#used + 1);
    this.#used += 9;
  }

  #tag(tag: string): void {
    if (this.#used === CHUNK_BYTES) this.#flush();
    this.#chunk.write(tag, this.#used, 'latin1');
    this.#used++;
  }

  #flush(): void {
    this.#hash.update(this.#chunk.subarray(0, this.#used));
    this.#used = 0;
  }
}

const ERROR_NAMES = new Set([
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
]);

/** Objects that belong to their thread. */
const isBound = (value: object): boolean =>
  types.isPromise(value) ||
  types.isWeakMap(value) ||
  types.isWeakSet(value) ||
  types.isGeneratorObject(value) ||
  types.isProxy(value) ||
  types.isExternal(value) ||
  value instanceof WeakRef;
