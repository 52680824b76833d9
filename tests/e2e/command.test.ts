import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toJson } from '../../src/benchmark/export/json.js';
import { record, report } from '../benchmark/export/record.js';
import { programFile } from '../support/servers/programs.js';

const MAIN = programFile('cli/main');

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-test-'));
  const task = (name: string) => ({ workload: 'TASK' as const, task: name, operations: [], images: null });
  const samples = record().samples.filter(({ engine }) => engine === 'JIMP');
  const withoutEngine = samples.map((sample) => ({ ...sample, engine: null }));
  writeFileSync(file('images.json'), toJson(report()));
  const nextDay = { startedAt: '2026-01-03T03:04:05.000Z', finishedAt: '2026-01-03T03:14:05.000Z' };
  for (const [name, times] of [['sieve', {}] as const, ['other', nextDay] as const])
    writeFileSync(file(`${name}.json`), toJson(report({ ...task(name), ...times, samples: withoutEngine })));
  writeFileSync(file('empty.json'), '');
  writeFileSync(file('object.json'), '{}');
  writeFileSync(file('no-samples.json'), JSON.stringify({ ...JSON.parse(toJson(report())), samples: [] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

describe('nogil-bench refuses', () => {
  it.each<[string, string]>([
    ['benhc', "unknown command 'benhc'\n(Did you mean bench?)"],
    ['bench --model SYNC', "unknown option '--model'\n(Did you mean --models?)"],
    ['bench --workers 0', '--workers: must be a whole number from 1 to 16'],
    ['bench --workers', "option '--workers <list>' argument missing"],
    ['bench --task missing.mjs', '--task: there is no file missing.mjs'],
    ['bench --task .', '--task: . is not a file'],
    ['bench --url http://localhost:1', '--token: must be given where --url is'],
    ['bench --baseline missing.json', '--baseline: there is no file missing.json; --baseline-if-exists'],
    ['bench --baseline .', '--baseline: cannot be read: illegal operation on a directory'],
    [
      'report images.json --format htm',
      '--format: "htm" is none of html, md, csv, json, trace; did you mean html?',
    ],
    ['report missing.json', 'missing.json: cannot be read'],
    ['compare images.json', "missing required argument 'candidate'"],
    ['compare empty.json images.json', 'empty.json: is empty'],
    ['compare object.json images.json', 'object.json: is not a report of nogil-bench'],
    ['compare images.json no-samples.json', 'no-samples.json: is not a report of nogil-bench: samples'],
    ['compare . images.json', '.: cannot be read'],
    ['user', 'Usage: nogil-bench user'],
    ['', 'Usage: nogil-bench'],
  ])('%s', (args, message) => {
    const { status, out, err } = run(...args.split(' ').filter(Boolean));
    expect(err.slice(0, message.length)).toBe(message);
    expect([status, out]).toEqual([2, '']);
    expect(err).not.toMatch(/^ +at |error:/m);
  });
});

describe('nogil-bench compare', () => {
  it('informs with exit code 0, and is a gate with a limit', () => {
    const { status, out } = run('compare', 'images.json', 'images.json');
    expect([status, out]).toEqual([0, expect.stringContaining('Compared 60 of 60 cells')]);
    expect(run('compare', 'images.json', 'images.json', '--max-regression', '5%').status).toBe(0);
  });

  it('shows no ratios of different tasks and ends with exit code 3', () => {
    const { status, out } = run('compare', 'sieve.json', 'other.json');
    expect([status, out]).toEqual([3, expect.stringContaining('Not comparable: the work differs')]);
    expect(out).not.toContain('→');
  });
});

it('nogil-bench report ends without an error where its reader ends first', async () => {
  const child = spawn(process.execPath, [MAIN, 'report', file('images.json'), '--format', 'html'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect([code, err]).toEqual([0, '']);
});
