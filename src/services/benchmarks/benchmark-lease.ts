import { randomUUID } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmark.entity.js';

/** How long a process may be silent before another takes its benchmark up. */
const LEASE_MS = 30_000;
/** A machine goes on with its own benchmark; only when it stays away so long, another one begins it anew. */
const OTHER_MACHINE_MS = 10 * 60_000;

/** How long a lease given now is good for. */
export const leaseEnd = (): Date => new Date(Date.now() + LEASE_MS);

/**
 * Takes up the next benchmark for this machine: first one that was running and that nobody holds any more, then the
 * one that waits longest. Undefined where there is none, or where this machine runs one already.
 */
export async function claimBenchmark(
  fork: () => SqlEntityManager,
  machine: string,
): Promise<{ id: string; lease: string } | undefined> {
  const now = Date.now();
  const candidates = await fork().find(
    Benchmark,
    {
      $or: [
        { status: 'RUNNING', machine, leaseUntil: { $lte: new Date(now) } },
        { status: 'RUNNING', leaseUntil: { $lte: new Date(now - OTHER_MACHINE_MS) } },
        { status: 'QUEUED' },
      ],
    },
    { fields: ['id', 'status', 'lease'], orderBy: { createdAt: 'asc' } },
  );
  const lease = randomUUID();
  for (const { id, status, lease: before } of candidates.sort(runningFirst)) {
    try {
      const taken = await fork().nativeUpdate(
        Benchmark,
        { id, status, lease: before },
        { status: 'RUNNING', machine, lease, leaseUntil: leaseEnd() },
      );
      if (taken > 0) return { id, lease };
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) return undefined;
      throw error;
    }
  }
  return undefined;
}

/**
 * Ends every lease, for a process that no other shares the database with. Also one of another machine: that is what this
 * one was called before, as a container is called anew each time.
 */
export async function forgetLeases(em: SqlEntityManager): Promise<void> {
  await em.nativeUpdate(Benchmark, { status: 'RUNNING' }, { leaseUntil: new Date(0) });
}

const runningFirst = (a: { status: string }, b: { status: string }): number =>
  Number(b.status === 'RUNNING') - Number(a.status === 'RUNNING');
