import { availableParallelism } from 'node:os';
import type { EngineInfo } from '../imaging/engine-info.js';

/** Public facts about the server: versions, engines and limits. */
export interface ServerFacts {
  version: string;
  nodeVersion: string;
  database: 'SQLITE' | 'POSTGRESQL';
  availableParallelism: number;
  limits: ServerLimits;
}

/** Facts that are looked up at each request. */
interface ServerInfoSources {
  engines(): Promise<readonly EngineInfo[]>;
  tasks(): Promise<string[]>;
}

export interface ServerLimits {
  maxUploadBytes: number;
  maxPixels: number;
  maxAnimationPixels: number;
  maxOperations: number;
  maxBatchImages: number;
  maxWorkers: number;
}

export class ServerInfoService {
  constructor(
    private readonly settings: Pick<ServerFacts, 'version' | 'database' | 'limits'>,
    private readonly sources: ServerInfoSources,
  ) {}

  facts(): ServerFacts {
    return {
      ...this.settings,
      nodeVersion: process.versions.node,
      availableParallelism: availableParallelism(),
    };
  }

  /** The engines as the compute host reports them; waits until it has loaded them once. */
  engines(): Promise<readonly EngineInfo[]> {
    return this.sources.engines();
  }

  /** Names of the task modules that this server offers. */
  tasks(): Promise<string[]> {
    return this.sources.tasks();
  }
}
