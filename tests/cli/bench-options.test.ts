import { describe, expect, it } from '@jest/globals';
import { parseBenchOptions } from './bench-command.js';

describe('the options of nogil-bench bench', () => {
  it('become the input of runBenchmark', () => {
    const { input, remote, out, baseline, maxRegression } = parseBenchOptions(
      '--preset matrix --models sync,THREADS --images 10,50 --workers 1,2 --engines jimp --repetitions 7 --max-seconds 90 --name x --max-regression 5%'.split(
        ' ',
      ),
    );
    expect(input).toMatchObject({
      preset: 'MATRIX',
      models: ['SYNC', 'THREADS'],
      imageCounts: [10, 50],
      workerCounts: [1, 2],
      engines: ['JIMP'],
      repetitions: 7,
      maxSeconds: 90,
      name: 'x',
    });
    expect({ remote, out, baseline, maxRegression }).toEqual({
      remote: null,
      out: null,
      baseline: null,
      maxRegression: 0.05,
    });
  });

  it('are not sent if absent, so that the server uses its defaults', () => {
    const { input, maxRegression } = parseBenchOptions([]);
    expect(Object.values(input).every((value) => value === undefined)).toBe(true);
    expect(maxRegression).toBe(0.1);
  });

  it('name a running server and the user', () => {
    const args = ['--url', 'http://localhost:4000/graphql', '--email', 'a@b.c', '--password', 'p'];
    expect(parseBenchOptions(args).remote).toEqual({
      url: 'http://localhost:4000',
      email: 'a@b.c',
      password: 'p',
    });
  });

  it('name an API token in place of e-mail and password', () => {
    const remote = { url: 'http://localhost:4000', token: 'nb_x' };
    expect(parseBenchOptions(['--url', remote.url, '--token', 'nb_x']).remote).toEqual(remote);
  });

  it.each(['', '/', '/graphql', '/graphql/'])('take the address of a server with %j at its end', (end) => {
    const { remote } = parseBenchOptions(['--url', `http://localhost:4000/base${end}`, '--token', 'nb_x']);
    expect(remote?.url).toBe('http://localhost:4000/base');
  });

  it('leave an account of the environment for calls with --url', () => {
    process.env.NOGIL_BENCH_EMAIL = 'a@b.c';
    try {
      expect(parseBenchOptions(['--models', 'SYNC']).remote).toBeNull();
    } finally {
      delete process.env.NOGIL_BENCH_EMAIL;
    }
  });

  it('take names of models in any case and spelling', () => {
    expect(parseBenchOptions(['--models', 'threads-locked,threadsLocked,Sync']).input.models).toEqual([
      'THREADS_LOCKED',
      'THREADS_LOCKED',
      'SYNC',
    ]);
  });

  it.each([
    ['--images ten', '--images: must be whole numbers such as 1,2,4, not "ten"'],
    ['--repetitions many', '--repetitions: must be a whole number, not "many"'],
    ['--max-seconds 1.5', '--max-seconds: must be a whole number, not "1.5"'],
    ['--sweep speed=1', '--sweep: must be AXIS=VALUES with one of these axes: lockShare'],
    ['--models FOO', '--models: "FOO" is none of SYNC, ASYNC, THREADS_LOCKED, PROCESSES, THREADS'],
    ['--models SYNC,thread', 'did you mean THREADS?'],
    ['--task a.mjs --workload IMAGE', '--task: must not be given with --workload IMAGE'],
    ['--workload TASK', '--workload: TASK needs --task FILE'],
    ['--against a.mjs', '--against: needs --task FILE'],
    ['--task a.mjs --against b.mjs --baseline c.json', '--against: must not be given with --baseline'],
    ['--task a --against b --url http://localhost:4000', '--against: must not be given with --url'],
    ['--table --json', '--table, --json, --quiet: only one may be given'],
    ['--model SYNC', 'Did you mean --models?'],
    ['--workers 1,,2', '--workers: must be whole numbers'],
    ['--max-regression fast', '--max-regression: must be a percentage'],
    ['--url localhost:4000', '--url: must be the address'],
    ['--url http://localhost:4000', '--token: must be given where --url is; or --email with --password'],
    ['--email a@b.c', '--url: must be given where --email is'],
    ['--token nb_x', '--url: must be given where --token is'],
    ['--bogus', "unknown option '--bogus'"],
    ['stray', 'too many arguments'],
  ])('are refused: %s', (args, message) => {
    expect(() => parseBenchOptions(args.split(' '))).toThrow(message);
  });
});
