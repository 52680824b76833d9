import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import { FORMATS, REPORT_FORMATS } from '../../benchmark/report-format.js';
import { AppError } from '../../errors.js';
import { BenchmarkReportDocument, type ReportFormat } from '../generated/graphql.js';
import type { ApiClient } from '../run/api-client.js';

/** The trace is large, so only the API writes it. */
const FILES: readonly [ReportFormat, string][] = REPORT_FORMATS.filter((format) => format !== 'TRACE').map(
  (format) => [format, FORMATS[format].fileName],
);

/** The JSON report in a text. */
export async function parseReport(text: string, source: string): Promise<BenchmarkRecord> {
  // Most commands read none, and its schema takes a third of the time of their start.
  const { parseReportFile } = await import('../../benchmark/import/parse-report.js');
  return parseReportFile(text, source);
}

/** The JSON report in a file. */
export async function readReport(path: string, source = path): Promise<BenchmarkRecord> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw AppError.badInput(source, `cannot be read: ${reason(error)}`);
  }
  return parseReport(text, source);
}

/** Creates the folder for the reports and checks that it is writable. */
export async function prepareFolder(path: string): Promise<void> {
  try {
    await createFolder(path);
    await rmdir(await mkdtemp(join(path, '.nogil-bench-')));
  } catch (error) {
    throw AppError.badInput('--out', `cannot be written to: ${reason(error)}`);
  }
}

/** Creates a folder and its parents. Node's own `recursive` tries forever where the system refuses, as in /proc. */
async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    await createFolder(dirname(path));
    await mkdir(path);
  }
}

/**
 * Writes the report in every format; returns the paths.
 *
 * @throws AppError if a file cannot be written; the JSON report with every sample is then written to a temporary
 * folder.
 */
export async function writeReports(client: ApiClient, id: string, folder: string): Promise<string[]> {
  for (const [format, file] of FILES) {
    const { benchmark } = await client.request(BenchmarkReportDocument, { id, format });
    const path = join(folder, file);
    try {
      await writeFile(path, benchmark.report);
    } catch (error) {
      const kept = await keepJson(client, id);
      throw new AppError(
        'INTERNAL_SERVER_ERROR',
        `--out: ${path} cannot be written: ${reason(error)}; ${kept}`,
      );
    }
  }
  return FILES.map(([, file]) => join(folder, file));
}

/** Describes where the samples were written. */
async function keepJson(client: ApiClient, id: string): Promise<string> {
  try {
    const { benchmark } = await client.request(BenchmarkReportDocument, { id, format: 'JSON' });
    const path = join(await mkdtemp(join(tmpdir(), 'benchmark-report-')), 'benchmark.json');
    await writeFile(path, benchmark.report);
    return `the JSON report is ${path}`;
  } catch (error) {
    return `the samples could not be written elsewhere either: ${reason(error)}`;
  }
}

/** Such as "no such file or directory". */
function reason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return errno === undefined ? message : getSystemErrorMessage(errno);
}
