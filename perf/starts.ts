/**
 * What a start of the server takes: seconds until it serves, and processor seconds of all its processes until they are
 * idle. With the modules that an earlier start has compiled, and without.
 * The starts of both kinds alternate. Prints a Markdown table of medians.
 *
 *   npm run perf starts [rounds]
 */
import { setTimeout as delay } from 'node:timers/promises';
import { median } from 'simple-statistics';
import { cpuTicksOf, descendantsOf } from '../tests/support/servers/processes.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';

const ROUNDS = Number(process.argv[2] ?? 7);
/** Time without use of the processor after which a start is over. */
const IDLE_MS = 600;
const TICKS_A_SECOND = 100;

const KINDS = {
  'compiled before': {},
  'compiled anew': { NODE_DISABLE_COMPILE_CACHE: '1' },
} as const;

interface Start {
  untilServing: number;
  total: number;
  host: number;
}

async function measure(env: Record<string, string>): Promise<Start> {
  const begin = performance.now();
  const server = await ServerProcess.start(env);
  const untilServing = (performance.now() - begin) / 1_000;
  const hostTicks = async () => cpuTicksOf(await descendantsOf(server.pid));
  const apiTicks = () => cpuTicksOf([server.pid]);
  let [api, host] = [0, 0];
  for (let last = -1; last < api + host; ) {
    last = api + host;
    await delay(IDLE_MS);
    [api, host] = [await apiTicks(), await hostTicks()];
  }
  // In order, so that it stores what it has compiled.
  await server.end();
  await server.dispose();
  return { untilServing, total: (api + host) / TICKS_A_SECOND, host: host / TICKS_A_SECOND };
}

const starts = Object.values(KINDS).map(() => [] as Start[]);
// The first round stores what the others read.
for (let round = 0; round <= ROUNDS; round++) {
  for (const [kind, env] of Object.values(KINDS).entries()) {
    const start = await measure(env);
    if (round > 0) starts[kind]?.push(start);
  }
}
console.log('| modules | until it serves s | processor s | of it compute host s |\n|---|---:|---:|---:|');
for (const [kind, name] of Object.keys(KINDS).entries()) {
  const of = (figure: keyof Start) => median(starts[kind]?.map((start) => start[figure]) ?? []).toFixed(2);
  console.log(`| ${name} | ${of('untilServing')} | ${of('total')} | ${of('host')} |`);
}
