import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { z } from 'zod';
import type { BenchmarkReport } from '../benchmark/export/report.js';
import { AppError } from '../errors.js';
import type { ApiClient } from './api-client.js';
import { BenchmarkReportDocument, type ReportFormat } from './generated/graphql.js';

const FILES: readonly [ReportFormat, string][] = [
  ['MARKDOWN', 'benchmark.md'],
  ['CSV', 'benchmark.csv'],
  ['JSON', 'benchmark.json'],
  ['HTML', 'benchmark.html'],
];

/** What a comparison needs of a JSON report; whatever else is in it stays unread. */
const reportSchema = z.object({
  format: z.literal('nogil-bench'),
  formatVersion: z.literal(1),
  name: z.string(),
  workload: z.string(),
  operations: z.array(z.object({ kind: z.string(), params: z.looseObject({}) })),
  images: z.object({ count: z.number(), generated: z.boolean() }).nullable(),
  environment: z.looseObject({ totalMemoryBytes: z.number() }).nullable(),
  samples: z.array(
    z.looseObject({
      model: z.string(),
      engine: z.string().nullable(),
      imageCount: z.number(),
      workers: z.number(),
      wallMs: z.number().positive(),
      outputDigest: z.string(),
    }),
  ),
});

/** BAD_USER_INPUT where the text is not a JSON report of this program. */
export function parseReport(text: string, source: string): BenchmarkReport {
  try {
    reportSchema.parse(JSON.parse(text));
    return JSON.parse(text);
  } catch {
    throw AppError.badInput(source, 'is not a JSON report of nogil-bench; one is written by --out');
  }
}

/** The JSON report in a file. */
export async function readReport(path: string): Promise<BenchmarkReport> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw AppError.badInput(
      '--baseline',
      `cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  return parseReport(text, '--baseline');
}

/** Makes the folder for the reports. */
export async function prepareFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw AppError.badInput('--out', `cannot be made: ${error instanceof Error ? error.message : error}`);
  }
}

/** Writes the report in every format. */
export async function writeReports(client: ApiClient, id: string, folder: string): Promise<void> {
  for (const [format, file] of FILES) {
    const { benchmark } = await client.request(BenchmarkReportDocument, { id, format });
    await writeFile(join(folder, file), benchmark.report);
  }
  stdout.write(`Reports: ${FILES.map(([, file]) => join(folder, file)).join(', ')}\n`);
}
