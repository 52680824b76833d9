import { Readable } from 'node:stream';
import { AppError } from '../../errors.js';
import type { IncomingFile } from '../../services/images/image-upload.js';
import type { BufferedFile } from './upload-buffers.js';

/** File part of a multipart request, as a value of the variables that `map` refers to. */
export class UploadPart {
  #file: BufferedFile | undefined;
  #filename = '';
  #taken = false;
  #released = false;

  /** @param field path of its first place in the request, such as `file` or `files[2]` */
  constructor(readonly field: string) {}

  get received(): boolean {
    return this.#file !== undefined;
  }

  receive(file: BufferedFile, filename: string): void {
    this.#file = file;
    this.#filename = filename;
  }

  /**
   * Returns the file for one argument. BAD_USER_INPUT if another argument already uses it: a `map` can refer to one
   * part a thousand times, and each would be stored.
   */
  take(field: string): IncomingFile {
    const file = this.#file;
    if (this.#taken || !file) throw AppError.badInput(field, 'must be a file part of its own, used once');
    this.#taken = true;
    return {
      filename: this.#filename,
      field,
      open: () => Readable.from(this.#bytes(file), { objectMode: false }),
    };
  }

  /** Removes its temporary file. */
  async release(): Promise<void> {
    this.#released = true;
    await this.#file?.remove();
  }

  async *#bytes(file: BufferedFile): AsyncGenerator<Uint8Array> {
    try {
      yield* file.open();
    } catch (error) {
      if (!this.#released) throw error;
      throw new AppError('CANCELLED', `${this.field}: the client disconnected`, {}, { cause: error });
    }
  }
}
