import { randomUUID } from 'node:crypto';
import { type FilterQuery, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';

/** A process that has not renewed its lease for this time loses its benchmark to another. */
const LEASE_MS = 30_000;
/** A machine resumes its own benchmarks; after this time without it, another machine restarts them. */
const OTHER_MACHINE_MS = 10 * 60_000;

/** When a lease granted now expires. */
export const leaseEnd = (): Date => new Date(Date.now() + LEASE_MS);

/**
 * Claims the next benchmark for this machine: first a running one whose lease has expired, then the one that has waited
 * longest. Undefined where there is none, or where this machine runs one already.
 */
export async function claimBenchmark(
  fork: () => SqlEntityManager,
  machine: string,
): Promise<{ id: string; lease: string } | undefined> {
  const candidates = await fork().find(Benchmark, claimable(machine), {
    fields: ['id', 'status', 'lease'],
    orderBy: { createdAt: 'asc' },
  });
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

/** Whether there is a benchmark that this machine could claim. */
export async function hasClaimable(em: SqlEntityManager, machine: string): Promise<boolean> {
  return (await em.count(Benchmark, claimable(machine))) > 0;
}

function claimable(machine: string): FilterQuery<Benchmark> {
  const now = Date.now();
  return {
    $or: [
      { status: 'RUNNING', machine, leaseUntil: { $lte: new Date(now) } },
      { status: 'RUNNING', leaseUntil: { $lte: new Date(now - OTHER_MACHINE_MS) } },
      { status: 'QUEUED' },
    ],
  };
}

/**
 * Ends every lease, for a process that shares its database with no other. A lease of another machine too: that is an
 * earlier name of this one, as each container has a new name.
 */
export async function forgetLeases(em: SqlEntityManager): Promise<void> {
  await em.nativeUpdate(Benchmark, { status: 'RUNNING' }, { leaseUntil: new Date(0) });
}

const runningFirst = (a: { status: string }, b: { status: string }): number =>
  Number(b.status === 'RUNNING') - Number(a.status === 'RUNNING');
