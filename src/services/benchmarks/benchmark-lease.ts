import { randomUUID } from 'node:crypto';
import { type FilterQuery, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';

/** Lifetime of a lease in ms; if it is not renewed, another process can claim the benchmark. */
const LEASE_MS = 30_000;
/** Time in ms after which another machine may claim the benchmarks of a machine, and restarts them. */
const OTHER_MACHINE_MS = 10 * 60_000;

/** When a lease granted now expires. */
export const leaseEnd = (): Date => new Date(Date.now() + LEASE_MS);

/**
 * Claims the next benchmark for this machine: first a running one whose lease has expired, then the one that has
 * waited longest. Returns undefined if there is none, or if this machine already runs one.
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

/** Whether there is a benchmark that this machine could claim. None while another process of this machine runs one. */
export async function hasClaimable(em: SqlEntityManager, machine: string): Promise<boolean> {
  const running = { status: 'RUNNING', machine, leaseUntil: { $gt: new Date() } } as const;
  return (await em.count(Benchmark, running)) === 0 && (await em.count(Benchmark, claimable(machine))) > 0;
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
 * Ends every lease; for a process that is alone on its database. Includes leases of other machine names: these are
 * earlier names of this machine, because each new container has a new name.
 */
export async function forgetLeases(em: SqlEntityManager): Promise<void> {
  await em.nativeUpdate(Benchmark, { status: 'RUNNING' }, { leaseUntil: new Date(0) });
}

const runningFirst = (a: { status: string }, b: { status: string }): number =>
  Number(b.status === 'RUNNING') - Number(a.status === 'RUNNING');
