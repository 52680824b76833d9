import type { SqlEntityManager } from '@mikro-orm/sql';

/** Makes each service of a set from the EntityManager and the other services of a unit of work. */
export type ServiceMakers<Services> = {
  readonly [Name in keyof Services]: (em: SqlEntityManager, services: Services) => Services[Name];
};

/**
 * Returns a function that opens units of work: one EntityManager and one set of services on it. A service is made when it
 * is first used, because a request uses one or two of them.
 */
export function unitsOfWorkOf<Services extends object>(
  fork: () => SqlEntityManager,
  makers: ServiceMakers<Services>,
): () => Services {
  class UnitOfWork {
    readonly em = fork();
    readonly made: Partial<Services> = {};
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
