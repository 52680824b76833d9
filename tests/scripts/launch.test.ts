import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';

const LAUNCH = new URL('../../../scripts/launch.mjs', import.meta.url).href;

/** Starts a launcher of a program that is given as source; `replace: false` is what Windows and older versions of Node do. */
function launcher(program: string, replace: boolean): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const source = `const { launch } = await import(${JSON.stringify(LAUNCH)});
    launch(process.execPath, ['--eval', ${JSON.stringify(program)}], process.env, { replace: ${replace} });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('the launcher of npm scripts', () => {
  it('becomes the program: no second process stays', async () => {
    const child = launcher('console.log(process.pid); process.exitCode = 7', true);
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(Number(output)).toBe(child.pid);
    expect(code).toBe(7);
  });

  it('passes a signal on once where it has to stay, and ends with the exit code of the program', async () => {
    const program = `let count = 0;
      const end = () => { console.log('signals: ' + count); process.exit(5); };
      process.on('SIGTERM', () => { if (++count === 1) setTimeout(end, 300); });
      setInterval(() => {}, 1000); console.log('ready');`;
    const child = launcher(program, false);
    const exit = once(child, 'exit');
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (String(chunk).includes('ready')) child.kill('SIGTERM');
    }
    expect(output).toContain('signals: 1');
    expect(await exit).toEqual([5, null]);
  });

  it('ends by the signal that ended the program', async () => {
    const child = launcher(`process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`, false);
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  });
});
