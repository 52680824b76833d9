import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { EXIT } from '../src/cli/exit-codes.js';

interface Step {
  id?: string;
  uses?: string;
  shell?: string;
  env?: Record<string, string>;
  run?: string;
}

const ACTION = parse(readFileSync('action.yml', 'utf8'));
const STEPS: Step[] = ACTION.runs.steps;
const step = (id: string): Step => STEPS.find((one) => one.id === id) ?? {};

/** Replaces the command: writes its arguments to a file and a report, prints a line and exits with the code. */
const STUB = `
import { mkdirSync, writeFileSync } from 'node:fs';
import { env, argv, exit } from 'node:process';
writeFileSync(env.STUB_ARGUMENTS, JSON.stringify(argv.slice(2)));
const out = argv[argv.indexOf('--out') + 1];
if (env.STUB_CODE !== '2') { mkdirSync(out, { recursive: true }); writeFileSync(out + '/benchmark.json', '{}'); }
console.log('Take THREADS with 2 workers.');
exit(Number(env.STUB_CODE));
`;

describe('the GitHub action', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'action-test-'));
    await mkdir(join(folder, 'action', 'bin'), { recursive: true });
    await mkdir(join(folder, 'work'));
    await writeFile(join(folder, 'action', 'bin', 'nogil-bench.mjs'), STUB);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs a step as GitHub runs one with `shell: bash`. */
  function run(
    { env = {}, run: script = '' }: Step,
    inputs: Record<string, string> = {},
    code: number = EXIT.DONE,
    path = process.env.PATH,
  ) {
    const defaults = Object.entries(ACTION.inputs as Record<string, { default?: string }>);
    const given = {
      ...Object.fromEntries(defaults.map(([name, one]) => [name, one.default ?? ''])),
      ...inputs,
    };
    const values = Object.entries(env).map(([name, value]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      return [name, given[input as keyof typeof given]];
    });
    const files = {
      summary: join(folder, 'summary'),
      output: join(folder, 'output'),
      args: join(folder, 'args'),
    };
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      {
        cwd: join(folder, 'work'),
        encoding: 'utf8',
        env: {
          PATH: path,
          GITHUB_ACTION_PATH: join(folder, 'action'),
          GITHUB_STEP_SUMMARY: files.summary,
          GITHUB_OUTPUT: files.output,
          STUB_ARGUMENTS: files.args,
          STUB_CODE: String(code),
          ...Object.fromEntries(values),
        },
      },
    );
    const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return {
      status,
      stdout,
      stderr,
      summary: read(files.summary),
      output: read(files.output),
      args: read(files.args),
    };
  }

  it('has no expression in the text of a script, and bash in every step that has one', () => {
    for (const { run: script, shell, uses } of STEPS) {
      if (uses) continue;
      expect(shell).toBe('bash');
      expect(script).not.toContain('${{');
      execFileSync('bash', ['-n', '-c', script ?? '']);
    }
  });

  it('uses only inputs that it declares, and outputs of its steps', () => {
    const used = JSON.stringify(ACTION).matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g);
    expect([...new Set([...used].map(([, name]) => name))].sort()).toEqual(Object.keys(ACTION.inputs).sort());
    for (const { value } of Object.values(ACTION.outputs as Record<string, { value: string }>)) {
      const [, id = '', name = ''] = /^\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}$/.exec(value) ?? [];
      expect(step(id).run).toContain(`${name}=`);
    }
  });

  it('passes its inputs to the command, the further options as words', () => {
    const { args } = run(step('measure'), {
      task: 'tasks/my task.mjs',
      out: 'my reports',
      'max-regression': '5',
      options: '--workers  1,2,4 --name *',
    });
    expect(JSON.parse(args)).toEqual([
      ...['bench', '--task', 'tasks/my task.mjs', '--out', 'my reports'],
      ...['--baseline-if-exists', 'nogil-bench-baseline/benchmark.json', '--max-regression', '5'],
      ...['--allow-other-machine', '--workers', '1,2,4', '--name', '*'],
    ]);
  });

  it.each(['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '$HOME'])(
    'does not run an input as a command: %s',
    async (hostile) => {
      const inputs = { task: hostile, baseline: hostile, 'max-regression': hostile, options: hostile };
      const { args, status } = run(step('measure'), inputs);
      expect([status, await readdir(join(folder, 'work'))]).toEqual([0, ['nogil-bench-reports']]);
      expect(JSON.parse(args).slice(2, 3)).toEqual([hostile]);
    },
  );

  it.each(Object.entries(EXIT))(
    'ends with the exit code of the command and states it: %s',
    (outcome, code) => {
      const { status, summary, output, stdout } = run(step('measure'), { task: 'a.mjs' }, code);
      expect(status).toBe(code);
      expect(output).toContain(`outcome=${outcome}\n`);
      expect(output.includes('report=nogil-bench-reports/benchmark.json\n')).toBe(outcome !== 'USAGE');
      expect(stdout).toBe('Take THREADS with 2 workers.\n');
      expect(summary).toMatch(
        /^## nogil-bench\n\n\*\*[A-Z].*\.\*\*\n\n``````text\nTake THREADS with 2 workers\.\n``````\n$/,
      );
    },
  );

  it('has one output for a folder whose name has a line break', () => {
    const { output } = run(step('measure'), { task: 'a.mjs', out: 'a\noutcome=DONE' }, EXIT.FAILED);
    expect(output).toBe('outcome=FAILED\nreport=aoutcome=DONE/benchmark.json\n');
  });

  it('builds the version of the action itself', async () => {
    const npm = join(folder, 'npm');
    await writeFile(npm, '#!/bin/sh\necho "$PWD: $*"\n');
    await chmod(npm, 0o755);
    const [install] = STEPS.filter(({ run: script, id }) => script !== undefined && id === undefined);
    const { stdout, status } = run(install ?? {}, {}, 0, `${folder}:${process.env.PATH}`);
    const action = join(folder, 'action');
    expect([status, stdout]).toEqual([0, `${action}: ci --no-audit --no-fund\n${action}: run build\n`]);
  });
});
