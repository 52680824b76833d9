import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { isBenchmarkEnded } from '../../benchmark/benchmark-status.js';
import { toCell } from '../../benchmark/cell.js';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import { importReport } from '../../benchmark/import/import-report.js';
import type { CellLists } from '../../benchmark/preset.js';
import { MAX_REPORT_BYTES, REPORT_TOO_LARGE } from '../../benchmark/report-format.js';
import { User } from '../../entities/accounts/user.entity.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { StoredSample } from '../../entities/benchmarks/stored-sample.entity.js';
import { AppError } from '../../errors.js';
import { displayTitle } from '../shared/display-name.js';
import { lockUser } from '../shared/lock-user.js';
import { inTransaction } from '../shared/transaction.js';

/** Imported benchmarks of one user. */
const MAX_IMPORTED = 100;

/**
 * Stores the benchmark of a file. Only its samples count: every figure is computed from them.
 *
 * @throws AppError BAD_USER_INPUT that names the field, PAYLOAD_TOO_LARGE, LIMIT_EXCEEDED
 */
export async function importBenchmark(
  em: SqlEntityManager,
  userId: string,
  file: { open(): Readable; field: string },
): Promise<Benchmark> {
  const text = await textOf(file.open(), file.field);
  const record = await importReport(userId, text, file.field);
  return inTransaction(em, async (tx) => {
    await lockUser(tx, userId);
    const owned = await tx.count(Benchmark, { owner: userId, importedFacts: { $ne: null } });
    if (owned >= MAX_IMPORTED) {
      const message = `At most ${MAX_IMPORTED} imported benchmarks can be stored; delete one`;
      throw AppError.limit('maxImportedBenchmarks', MAX_IMPORTED, owned + 1, message);
    }
    const benchmark = tx.create(Benchmark, rowOf(tx, userId, record));
    await tx.flush();
    await tx.insertMany(
      StoredSample,
      record.samples.map((sample, index) => sampleRow(benchmark.id, sample, index + 1)),
    );
    return benchmark;
  });
}

async function textOf(stream: Readable, field: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_REPORT_BYTES) {
      const limit = { field, limit: 'maxImportBytes', value: MAX_REPORT_BYTES };
      throw new AppError('PAYLOAD_TOO_LARGE', `${field}: ${REPORT_TOO_LARGE}`, limit);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function rowOf(em: SqlEntityManager, userId: string, record: BenchmarkRecord) {
  const { samples, totalCells } = record;
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    id: randomUUID(),
    owner: em.getReference(User, userId),
    name: displayTitle(record.name) || 'imported',
    // A file may have been written while its benchmark ran.
    status: isBenchmarkEnded(record.status) ? record.status : ('CANCELLED' as const),
    workload: record.workload,
    task: record.task ?? null,
    lists: listsOf(record),
    operations: record.operations,
    repetitions: record.repetitions,
    untilPercent: record.untilPercent ?? null,
    seed: record.seed ?? 0,
    totalCells,
    completedCells: totalCells,
    sampleCount: samples.length,
    progress: 1,
    seq: samples.length,
    environment: record.environment,
    importedFacts: { images: record.images },
    createdAt: new Date(),
    startedAt: date(record.startedAt),
    finishedAt: date(record.finishedAt),
  };
}

function listsOf({ samples, sweep }: BenchmarkRecord): CellLists {
  const distinct = <Value>(of: (sample: BenchmarkRecord['samples'][number]) => Value) => [
    ...new Set(samples.map(of)),
  ];
  return {
    models: distinct(({ model }) => model),
    engines: distinct(({ engine }) => engine).filter((engine) => engine !== null),
    imageCounts: distinct(({ imageCount }) => imageCount),
    workerCounts: distinct(({ workers }) => workers),
    ...(sweep && { sweep }),
  };
}

function sampleRow(benchmark: string, sample: BenchmarkRecord['samples'][number], seq: number) {
  const { model, engine, imageCount, workers, sweep, repetition, trace = null, ...measurement } = sample;
  return {
    ...toCell({ model, engine, imageCount, workers, sweep: sweep ?? null }),
    repetition,
    measurement,
    trace,
    benchmark,
    seq,
  };
}
