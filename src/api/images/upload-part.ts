import { Readable } from 'node:stream';
import { AppError } from '../../errors.js';
import type { IncomingFile } from '../../services/images/image-upload.js';
import type { BufferedFile } from './upload-buffers.js';

/** A file part of a multipart request, in the place that `map` gives to it in the variables. */
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
   * The file for one argument. BAD_USER_INPUT when another argument has it already: a `map` can put one part into a
   * thousand places, and each would be stored.
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
