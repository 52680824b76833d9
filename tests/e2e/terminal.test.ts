import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { descendantsOf, isAlive } from '../support/servers/processes.js';
import { programFile } from '../support/servers/programs.js';

const BENCH = programFile('cli/bench');
const BRIDGE = `${process.cwd()}/tests/support/clients/pty_bridge.py`;
const CTRL_C = '\u0003';
/** Long enough that it does not end by itself. */
const LONG = '--workload FIBONACCI --models SYNC --images 10 --repetitions 50';

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const hasPython = process.platform !== 'win32' && runs('python3', '-c', 'import pty');
const SHELLS = ['bash', 'dash'].filter((shell) => runs(shell, '-c', 'true'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terminal-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command on a pseudo-terminal. */
function onTerminal(command: readonly string[], env: Record<string, string> = {}) {
  const child = spawn('python3', [BRIDGE, ...command], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = { text: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen.text += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number);
  return { pid: child.pid ?? 0, screen, ended, type: (keys: string) => child.stdin.write(keys) };
}

const times = (text: string, part: string) => text.split(part).length - 1;
/** Folders of servers that the command started; the lock of the machine stays. */
const leftOver = async () =>
  (await readdir(folder)).filter((name) => /^nogil-bench-(?!measuring)/.test(name));

(hasPython ? describe : describe.skip)('Ctrl-C on a terminal', () => {
  it.each(SHELLS)('under %s cancels once, prints what was measured and writes the reports', async (shell) => {
    const out = join(folder, shell);
    const { pid, screen, ended, type } = onTerminal([
      shell,
      '-c',
      `'${process.execPath}' '${BENCH}' ${LONG} --out '${out}'; exit $?`,
    ]);
    await eventually(() => /SYNC +█/.test(screen.text));
    const family = await descendantsOf(pid);
    type(CTRL_C);
    expect(await ended).toBe(130);
    expect(times(screen.text, 'Cancelling')).toBe(1);
    expect(screen.text.split('Cancelling')[1]).toMatch(/SYNC +.*█+ .* ms|SYNC +.*█+ .* s/);
    expect((await readdir(out)).sort()).toEqual(
      ['csv', 'html', 'json', 'md'].map((ending) => `benchmark.${ending}`),
    );
    expect(screen.text).not.toMatch(/Node\.js v|uv_cwd|^ +at /m);
    expect(await leftOver()).toEqual([]);
    for (const id of family) await eventually(() => !isAlive(id));
  });

  it.each(SHELLS)(
    'is delivered once or twice by npm with %s as its shell, and counts once',
    async (shell) => {
      const out = join(folder, `npm-${shell}`);
      const scripts = { bench: `'${process.execPath}' '${BENCH}' ${LONG} --out '${out}'` };
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, scripts }));
      const { screen, ended, type } = onTerminal(['npm', 'run', 'bench'], {
        npm_config_script_shell: shell,
        npm_config_update_notifier: 'false',
      });
      await eventually(() => /SYNC +█/.test(screen.text));
      type(CTRL_C);
      await ended;
      // npm may end before the command does, which removes the folder of its server last.
      await eventually(async () => (await leftOver()).length === 0);
      expect(await readdir(out)).toHaveLength(4);
      expect(times(screen.text, 'Cancelling')).toBe(1);
      expect(JSON.parse(await readFile(join(out, 'benchmark.json'), 'utf8')).status).toBe('CANCELLED');
    },
  );

  it('ends the command at once when it is typed again after more than a second', async () => {
    const { pid, screen, ended, type } = onTerminal([process.execPath, BENCH, ...LONG.split(' ')]);
    await eventually(() => /SYNC +█/.test(screen.text));
    const family = await descendantsOf(pid);
    // A server that does not answer, so that the first Ctrl-C cannot succeed.
    const server = await serverAmong(family);
    process.kill(server, 'SIGSTOP');
    type(CTRL_C);
    await eventually(() => screen.text.includes('Cancelling'));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    type(CTRL_C);
    expect(await ended).toBe(130);
    expect(await leftOver()).toEqual([]);
    for (const id of family) await eventually(() => !isAlive(id));
  });

  it('shows a ranking that fits a terminal of 80 columns', async () => {
    const small = '--workload FIBONACCI --models SYNC,THREADS --images 3 --workers 2 --repetitions 2';
    const { screen, ended } = onTerminal([process.execPath, BENCH, ...small.split(' ')], {
      PTY_COLUMNS: '80',
      NO_COLOR: '1',
    });
    expect(await ended).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of a terminal
    const lines = screen.text.replaceAll(/\u001b\[\d*[A-Za-z]/g, '').split(/\r?\n|\r/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(screen.text).toMatch(/THREADS +×2 +█/);
  });
});

async function serverAmong(pids: readonly number[]): Promise<number> {
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('own-server-entry')) return pid;
  }
  throw new Error('The command has no server');
}
