import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy, { type Busboy, type FieldInfo } from 'busboy';
import type { Request } from 'express';
import { AppError } from '../../errors.js';
import { objectOf, placeParts } from './multipart-map.js';
import type { UploadBuffers } from './upload-buffers.js';
import type { UploadPart } from './upload-part.js';

export interface MultipartLimits {
  maxFileBytes: number;
  maxFiles: number;
}

/** Limit of `operations` and of `map`, the same as of a JSON body. */
const MAX_FIELD_BYTES = 100_000;
/** Maximum number of fields; those other than `operations` and `map` are ignored. */
const MAX_FIELDS = 10;

/** Whether the body is a form with files. */
export function isMultipart(request: Request): boolean {
  // Most requests are JSON and need no parser of media types.
  const mayBe = /^\s*multipart\//i.test(request.headers['content-type'] ?? '');
  return mayBe && Boolean(request.is('multipart/form-data'));
}

/**
 * Parses one GraphQL multipart request (fields `operations` and `map`, then the files) to its end. Nothing runs
 * before the whole request is received and valid, so an error in its last part has no effects.
 */
export class MultipartRequest {
  readonly #names = new Set<string>();
  readonly #receiving: Promise<void>[] = [];
  readonly #outcome = Promise.withResolvers<object>();
  readonly #parser: Busboy;
  #operations: Record<string, unknown> | undefined;
  #parts: Map<string, UploadPart> | undefined;
  #settled = false;

  /** BAD_USER_INPUT unless the content type is multipart/form-data with a boundary. */
  constructor(
    private readonly request: IncomingMessage,
    private readonly limits: MultipartLimits,
    private readonly buffers: UploadBuffers,
  ) {
    this.#parser = openParser(request, limits);
    this.#parser.on('field', (name, value, info) => this.#attempt(() => this.#field(name, value, info)));
    this.#parser.on('file', (name, stream, { filename }) => this.#file(name, stream, filename));
    this.#parser.on('fieldsLimit', () => this.#fail(tooLarge(`At most ${MAX_FIELDS} fields are allowed`)));
    this.#parser.on('filesLimit', () =>
      this.#fail(tooLarge(`At most ${limits.maxFiles} files are allowed in one request`)),
    );
    // Several errors can be emitted, and each needs a listener.
    this.#parser.on('error', (error) => this.#fail(malformed(error)));
    this.#parser.once('close', () => void this.#finish().catch((error) => this.#fail(error)));
    request.once('close', () => {
      if (!request.complete) this.#fail(new AppError('CANCELLED', 'The client disconnected'));
    });
  }

  /** Resolves with the operation, including its parts, when the whole request has arrived. */
  parse(): Promise<object> {
    this.request.pipe(this.#parser);
    return this.#outcome.promise;
  }

  /** Removes every temporary file of this request. Call it when the response closes. */
  async release(): Promise<void> {
    this.#fail(new AppError('CANCELLED', 'The response has closed'));
    await Promise.allSettled(this.#receiving);
    for (const part of this.#parts?.values() ?? []) await part.release();
  }

  #attempt<T>(handle: () => T): T | undefined {
    if (this.#settled) return undefined;
    try {
      return handle();
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #field(name: string, value: string, { valueTruncated }: FieldInfo): void {
    if (name !== 'operations' && name !== 'map') return;
    this.#note(name);
    if (valueTruncated) throw tooLarge(`${name}: at most ${MAX_FIELD_BYTES} bytes are allowed`, name);
    if (name === 'operations') {
      this.#operations = objectOf(name, value);
      return;
    }
    if (!this.#operations) throw AppError.badInput('map', 'must follow the field `operations`');
    const map = objectOf(name, value);
    const { maxFiles } = this.limits;
    if (Object.keys(map).length > maxFiles)
      throw tooLarge(`map: at most ${maxFiles} files are allowed`, name);
    this.#parts = placeParts(this.#operations, map);
  }

  #file(name: string, stream: Readable, filename: string | undefined): void {
    // The parser emits its own errors.
    stream.on('error', () => undefined);
    const part = this.#attempt(() => this.#partNamed(name));
    if (!part) return void stream.resume();
    stream.once('limit', () => this.#fail(this.#fileTooLarge(part)));
    this.#receiving.push(this.#receive(part, stream, unescapeFilename(filename ?? '')));
  }

  /** Part that `map` refers to; undefined for a file without a reference. */
  #partNamed(name: string): UploadPart | undefined {
    this.#note(name);
    if (!this.#parts) throw AppError.badInput(name, 'files must follow the fields `operations` and `map`');
    return this.#parts.get(name);
  }

  async #receive(part: UploadPart, stream: Readable, filename: string): Promise<void> {
    try {
      part.receive(await this.buffers.receive(stream), filename);
    } catch (error) {
      this.#fail(error);
    }
  }

  #note(name: string): void {
    if (this.#names.has(name)) throw AppError.badInput(name, 'only one part may have this name');
    this.#names.add(name);
  }

  #fileTooLarge({ field }: UploadPart): AppError {
    return tooLarge(`${field}: at most ${this.limits.maxFileBytes} bytes are allowed`, field);
  }

  async #finish(): Promise<void> {
    await Promise.all(this.#receiving);
    if (!this.#operations)
      throw AppError.badInput('operations', 'this field of the multipart request is missing');
    if (!this.#parts) throw AppError.badInput('map', 'this field of the multipart request is missing');
    for (const [name, part] of this.#parts) {
      if (!part.received) throw AppError.badInput(part.field, `the file part ${name} is missing`);
    }
    this.#settled = true;
    this.#outcome.resolve(this.#operations);
  }

  /** Discards received and further data. Only the first error is kept. */
  #fail(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#outcome.reject(error);
    this.request.unpipe(this.#parser);
    this.#parser.destroy();
    // Destroying the parser pauses the request again in this turn of the event loop.
    setImmediate(() => this.request.resume());
  }
}

function openParser(request: IncomingMessage, { maxFileBytes, maxFiles }: MultipartLimits): Busboy {
  const limits = {
    fieldSize: MAX_FIELD_BYTES,
    fields: MAX_FIELDS,
    fileSize: maxFileBytes,
    files: maxFiles,
  };
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits });
  } catch (cause) {
    const message = 'Content-Type: must be multipart/form-data with a boundary';
    throw new AppError('BAD_USER_INPUT', message, { field: 'Content-Type' }, { cause });
  }
}

function tooLarge(message: string, field?: string): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', message, field === undefined ? {} : { field });
}

function malformed(cause: unknown): AppError {
  const ended = cause instanceof Error && /^Unexpected end/.test(cause.message);
  const message = ended
    ? 'The multipart request ends before its last boundary'
    : 'The multipart request is malformed';
  return new AppError('BAD_USER_INPUT', message, {}, { cause });
}

/** Undoes what forms escape in a file name (HTML, section 4.10.21.8): quotes and line breaks, and nothing else. */
function unescapeFilename(name: string): string {
  return name.replaceAll(/%(22|0D|0A)/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
