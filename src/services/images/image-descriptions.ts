import type { SqlEntityManager } from '@mikro-orm/sql';
import pLimit from 'p-limit';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import type { Compute } from '../../execution/compute.js';
import type { ImageDescription } from '../../imaging/describe-image.js';

/** Descriptions that one request computes at the same time. */
const COMPUTED_AT_ONCE = 2;

/** The columns of an image that hold its description. */
type DescriptionColumns = Pick<Image, 'info' | 'thumbHash'>;

/**
 * Returns the description of a new file as columns of its row. Both are null if the compute host cannot answer now:
 * the description is then computed at the first request.
 */
export async function describeUpload(
  compute: Compute,
  storageKey: string,
  owner: string,
): Promise<DescriptionColumns> {
  try {
    return columnsOf(await compute.describe(storageKey, owner));
  } catch (error) {
    if (error instanceof AppError) return { info: null, thumbHash: null };
    throw error;
  }
}

/** Descriptions of stored images for one request: computed by the compute host at the first request, then stored. */
export class ImageDescriptions {
  readonly #limit = pLimit(COMPUTED_AT_ONCE);
  readonly #computing = new Map<string, Promise<DescriptionColumns>>();

  constructor(
    private readonly em: SqlEntityManager,
    private readonly compute: Compute,
  ) {}

  /** Throws the errors of {@link Compute}, such as SERVER_BUSY. */
  async info(image: Image): Promise<NonNullable<Image['info']>> {
    const info = image.info ?? (await this.#describe(image)).info;
    if (info === null) throw new Error('a description without info');
    return info;
  }

  /** Returns null if the pixels cannot be decoded, or the compute host cannot answer now. */
  async thumbHash(image: Image): Promise<string | null> {
    if (image.info !== null) return image.thumbHash;
    try {
      return (await this.#describe(image)).thumbHash;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  /** Fields of one request share the computation. */
  #describe(image: Image): Promise<DescriptionColumns> {
    const known = this.#computing.get(image.id);
    if (known) return known;
    const computing = this.#limit(() => this.#compute(image)).finally(() => this.#computing.delete(image.id));
    this.#computing.set(image.id, computing);
    return computing;
  }

  async #compute(image: Image): Promise<DescriptionColumns> {
    const columns = columnsOf(await this.compute.describe(image.storageKey, image.owner.id));
    await this.em.nativeUpdate(Image, { id: image.id }, columns);
    return columns;
  }
}

function columnsOf({ thumbHash, ...info }: ImageDescription): DescriptionColumns {
  return { info, thumbHash };
}
