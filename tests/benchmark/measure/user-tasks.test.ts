import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';
import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../../../src/execution/model.js';
import { inParallel } from '../../support/in-parallel.js';

const FIXTURES = pathToFileURL(`${process.cwd()}/tests/fixtures/tasks/`);
/** Far longer than the tasks before it take on a machine that stalls. */
const SOON_MS = 8_000;
/** Filling memory takes seconds on a busy machine. */
const LATER_MS = 60_000;

/** Tasks that only their time limit ends. */
const NEVER_ENDING = ['hangs', 'never-ends', 'never-loads'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'user-tasks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const runner = (name: string, module = new URL(`${name}.mjs`, FIXTURES).href): HostSampleRunner =>
  new HostSampleRunner({
    workload: 'TASK',
    name,
    module,
    timeoutMs: NEVER_ENDING.includes(name) ? SOON_MS : LATER_MS,
    memoryBytes: 400 * 2 ** 20,
  });

const cell = (model: ConcurrencyModel, imageCount = 4) => ({ model, engine: null, imageCount, workers: 2 });

/** Creates a task module with this source. */
async function written(fileName: string, text: string, name = 'own'): Promise<HostSampleRunner> {
  await writeFile(join(folder, fileName), text);
  return runner(name, pathToFileURL(join(folder, fileName)).href);
}

describe('a task of the user', () => {
  it('gives the same results under every model', async () => {
    const measuring = runner('square');
    const digests = new Set<string>();
    for (const model of CONCURRENCY_MODELS) {
      const sample = await measuring.measure(cell(model, 7));
      expect(sample).not.toHaveProperty('otherResult');
      digests.add(sample.outputDigest);
    }
    expect(digests.size).toBe(1);
  });

  it('may be TypeScript with inputs from an asynchronous generator', async () => {
    const text = `interface Point { x: number }
      export async function* inputs(): AsyncGenerator<Point> { for (let x = 0; x < 3; x++) yield { x }; }
      export default ({ x }: Point): number => x + 1;`;
    await expect((await written('typed.ts', text)).measure(cell('THREADS'))).resolves.toHaveProperty(
      'wallMs',
    );
  });

  it('needs no inputs, and is prepared in each thread and process', async () => {
    const text = `let ready = false; export const prepare = async () => { ready = true; };
      export default () => { if (!ready) throw new Error('not prepared'); };`;
    const measuring = await written('prepared.mjs', text);
    for (const model of ['SYNC', 'PROCESSES', 'THREADS'] as const) await measuring.measure(cell(model));
  });

  it('runs without the environment of the server', async () => {
    process.env.A_SECRET_OF_THE_SERVER = 'secret';
    const measuring = await written(
      'environment.mjs',
      "export default () => { if (process.env.A_SECRET_OF_THE_SERVER) throw new Error('seen'); };",
    );
    for (const model of ['SYNC', 'PROCESSES'] as const) await measuring.measure(cell(model));
    delete process.env.A_SECRET_OF_THE_SERVER;
  });

  it('names the input whose result differs from that of an earlier sample', async () => {
    const measuring = runner('own-thread');
    await expect(measuring.measure(cell('PROCESSES'))).resolves.not.toHaveProperty('otherResult');
    const sample = await measuring.measure(cell('THREADS'));
    expect(sample.otherResult).toEqual({ input: 1, model: 'PROCESSES' });
  });

  it('holds the lock from start to end under THREADS_LOCKED, and no lock under THREADS', async () => {
    /** The task stays for so many times 10 ms while it is alone. */
    const text = (times: number) => `import { setTimeout as delay } from 'node:timers/promises';
      export const inputs = [new Int32Array(new SharedArrayBuffer(4))];
      export default async (inside) => {
        const alone = Atomics.add(inside, 0, 1) === 0;
        if (!alone) throw new Error('not alone');
        for (let i = 0; Atomics.load(inside, 0) === 1 && i < ${times}; i++) await delay(10);
        Atomics.sub(inside, 0, 1);
      };`;
    const waits = await written('waits.mjs', text(5));
    await expect(waits.measure(cell('THREADS_LOCKED'))).resolves.toHaveProperty('wallMs');
    const waitsForOther = await written('waits-for-other.mjs', text(5_000));
    await expect(waitsForOther.measure(cell('THREADS'))).rejects.toThrow('it threw Error: not alone');
  });
});

/** The errors of a sample of each model, measured at the same time. */
const failuresOf = (measuring: HostSampleRunner, models: readonly ConcurrencyModel[]) =>
  Promise.all(
    models.map((model) =>
      measuring.measure(cell(model)).then(
        () => undefined,
        (error) => error,
      ),
    ),
  );

describe('a task of the user that fails', () => {
  const FAILURES: [string, ConcurrencyModel[], RegExp][] = [
    ['throws', ['ASYNC', 'PROCESSES'], /it threw RangeError: no such thing \(_faulty\.mjs:8\)$/],
    ['exits', ['SYNC', 'THREADS'], /it ended its (process with exit code 3|thread or process)/],
    ['hangs', ['SYNC', 'THREADS'], /it took longer than 8 s$/],
    ['never-ends', ['ASYNC', 'THREADS_LOCKED'], /it took longer than 8 s$/],
    ['floods', ['SYNC', 'PROCESSES'], /it ran out of memory$/],
    [
      'uncloneable',
      ['SYNC', 'THREADS', 'PROCESSES'],
      /it returned a value that cannot be copied to another thread or process/,
    ],
  ];
  for (const [name, models, sentence] of FAILURES) {
    const measure = () => failuresOf(runner(name), models);
    const failures = NEVER_ENDING.includes(name) ? inParallel(measure) : measure;

    it(`says so in one sentence with model and input: ${name}`, async () => {
      for (const [i, failure] of (await failures()).entries()) {
        expect(failure).toMatchObject({
          code: 'PROCESSING_FAILED',
          message: expect.stringMatching(sentence),
        });
        expect(failure.message).toContain(`Task ${name} failed on inputs[2] under ${models[i]}: `);
        expect(failure.details).not.toHaveProperty('retryable');
      }
    });
  }

  it('is stopped where it floods the memory of a thread', async () => {
    await expect(runner('floods').measure(cell('THREADS'))).rejects.toThrow(
      /^Task floods failed.* under THREADS: it ran out of memory$/,
    );
  });

  it.each([
    [
      'syntax.mjs',
      'export default function (',
      /^Task own failed: it cannot be loaded: SyntaxError: [^():]+$/,
    ],
    [
      'imports.mjs',
      "import 'no-such-package'; export default () => 1;",
      /it cannot be loaded: Error: Cannot find package 'no-such-package' imported from imports\.mjs$/,
    ],
    ['nothing.mjs', 'export const inputs = [1];', /it has no default export that is a function/],
    ['empty.mjs', 'export const inputs = []; export default () => 1;', /its list of inputs is empty/],
    ['number.mjs', 'export const inputs = 3; export default () => 1;', /its export inputs is not an array/],
    [
      'endless.mjs',
      'export function* inputs() { for (;;) yield 1; } export default () => 1;',
      /more than 10000 inputs/,
    ],
    [
      'function.mjs',
      'export const inputs = [{ f() {} }]; export default () => 1;',
      /inputs\[0\]\.f is a function/,
    ],
    [
      'unprepared.mjs',
      "export const prepare = () => { throw new Error('no'); }; export default () => 1;",
      /its prepare\(\) threw Error: no/,
    ],
  ])('is explained where its module is wrong: %s', async (fileName, text, sentence) => {
    await expect((await written(fileName, text)).measure(cell('SYNC'))).rejects.toThrow(sentence);
  });

  it('is told from one whose file was removed', async () => {
    const gone = runner('gone', pathToFileURL(join(folder, 'gone.mjs')).href);
    await expect(gone.measure(cell('SYNC'))).rejects.toThrow('it cannot be loaded: its file does not exist');
  });

  const NEVER_LOADING = [
    ['in its first line', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
    ['in its inputs', 'export const inputs = () => new Promise(() => undefined); export default () => 1;'],
  ] as const;
  for (const [where, text] of NEVER_LOADING) {
    const failures = inParallel(async () =>
      failuresOf(await written(`${where}.mjs`, text, 'never-loads'), ['SYNC']),
    );

    it(`is stopped where its module never loads: ${where}`, async () => {
      const [failure] = await failures();
      expect(failure.message).toBe('Task never-loads failed under SYNC: it took longer than 8 s to load');
    });
  }

  it('may not change an input that later tasks get again', async () => {
    const failed = runner('sorts-its-input').measure(cell('SYNC'));
    await expect(failed).rejects.toThrow('failed on inputs[1] under SYNC: it changes its input');
    await expect(runner('sorts-its-input').measure(cell('THREADS'))).resolves.toHaveProperty('wallMs');
  });

  it('needs the same inputs in every process', async () => {
    const measuring = runner('random-inputs');
    await measuring.measure(cell('SYNC'));
    await expect(measuring.measure(cell('THREADS'))).rejects.toThrow(
      'its inputs differ from one process to the next',
    );
  });
});
