import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import { Preset } from '../../entities/preset.entity.js';
import { AppError } from '../../errors.js';
import { checkEngine, checkOperations } from '../../imaging/check-operations.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { Operation } from '../../imaging/operation.js';
import { lockUser } from '../shared/lock-user.js';
import { unknownId } from '../shared/ownership.js';
import { inTransaction } from '../shared/transaction.js';

export interface PresetDependencies {
  limits: ImagingLimits;
  engines(): Promise<readonly EngineInfo[]>;
}

export interface SavePreset {
  name: string;
  operations: readonly Operation[];
  engine: ImageEngineName;
}

/** A pipeline as a request gives it: exactly one of `preset` and `operations`; null counts as absent. */
export interface PipelineChoice {
  preset?: string | null | undefined;
  operations?: readonly Operation[] | null | undefined;
  /** Default: the preset's, else SHARP. */
  engine?: ImageEngineName | null | undefined;
}

export interface Pipeline {
  operations: readonly Operation[];
  engine: ImageEngineName;
}

const NAME = /^[a-z0-9_-]{1,64}$/;
/** Presets of one user. */
const MAX_PRESETS = 100;

/** The named pipelines of users. */
export class PresetService {
  /** Presets read in this unit of work: the addresses of a page of images name the same one. */
  readonly #known = new Map<string, Promise<Preset | null>>();

  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: PresetDependencies,
  ) {}

  /** Returns the user's presets by name. */
  list(userId: string): Promise<Preset[]> {
    return this.em.find(Preset, { owner: userId }, { orderBy: { name: 'asc' } });
  }

  /** Stores a preset and replaces one of the same name. Throws BAD_USER_INPUT, or LIMIT_EXCEEDED above 100 presets. */
  async save(userId: string, { name, operations, engine }: SavePreset): Promise<Preset> {
    if (!NAME.test(name)) {
      throw AppError.badInput('input.name', 'must have 1 to 64 characters, each one of a-z, 0-9, - and _');
    }
    checkOperations(operations, this.deps.limits);
    const engines = await this.deps.engines();
    // Any source format that both engines read: what counts is the format that the pipeline writes.
    checkEngine(engine, 'JPEG', operations, engines);
    return inTransaction(this.em, async (em) => {
      await lockUser(em, userId);
      const others = await em.count(Preset, { owner: userId, name: { $ne: name } });
      if (others >= MAX_PRESETS) {
        const message = `You may have at most ${MAX_PRESETS} presets; delete one first`;
        throw AppError.limit('maxPresets', MAX_PRESETS, others + 1, message);
      }
      const data = { operations, engine, createdAt: new Date() };
      const saved = await em.findOne(Preset, { owner: userId, name });
      if (saved !== null) return em.assign(saved, data);
      return em.create(Preset, { owner: em.getReference(User, userId), name, ...data });
    });
  }

  /** Deletes a preset and returns its name; jobs and links made with it keep their operations. */
  async delete(userId: string, name: string): Promise<string> {
    const deleted = await this.em.nativeDelete(Preset, { owner: userId, name });
    if (deleted === 0) throw unknownId('preset', name);
    return name;
  }

  /**
   * Returns the operations and the engine of a request. Throws BAD_USER_INPUT unless exactly one of `preset` and
   * `operations` is given, NOT_FOUND for an unknown preset.
   */
  async pipeline(userId: string, { preset, operations, engine }: PipelineChoice): Promise<Pipeline> {
    if ((preset == null) === (operations == null)) {
      throw AppError.badInput('input', 'must have exactly one of preset and operations');
    }
    if (operations != null) return { operations, engine: engine ?? 'SHARP' };
    const saved = await this.#find(userId, preset ?? '');
    return { operations: saved.operations, engine: engine ?? saved.engine };
  }

  async #find(userId: string, name: string): Promise<Preset> {
    const key = `${userId} ${name}`;
    // No name with other characters is stored, and PostgreSQL refuses NUL.
    const find = () => (NAME.test(name) ? this.em.findOne(Preset, { owner: userId, name }) : null);
    const reading = this.#known.get(key) ?? Promise.resolve(find());
    this.#known.set(key, reading);
    const preset = await reading;
    if (preset === null) throw unknownId('preset', name, 'input.preset');
    return preset;
  }
}
