import type { SqlEntityManager } from '@mikro-orm/sql';

/** Makes each service of a set from the EntityManager and the other services of a unit of work. */
export type ServiceMakers<Services> = {
  readonly [Name in keyof Services]: (em: SqlEntityManager, services: Services) => Services[Name];
};

/**
 * Returns a function that opens units of work: one EntityManager and one set of services on it. Both are made when they
 * are first used, because a request uses one or two services, or none.
 */
export function unitsOfWorkOf<Services extends object>(
  fork: () => SqlEntityManager,
  makers: ServiceMakers<Services>,
): () => Services {
  class UnitOfWork {
    #em: SqlEntityManager | undefined;
    readonly made: Partial<Services> = {};

    get em(): SqlEntityManager {
      this.#em ??= fork();
      return this.#em;
    }
  }
  for (const name of Object.keys(makers) as (keyof Services)[]) {
    Object.defineProperty(UnitOfWork.prototype, name, {
      get(this: UnitOfWork & Services) {
        this.made[name] ??= makers[name](this.em, this);
        return this.made[name];
      },
    });
  }
  return () => new UnitOfWork() as UnitOfWork & Services;
}
