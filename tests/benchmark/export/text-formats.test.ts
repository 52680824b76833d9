import { describe, expect, it } from '@jest/globals';
import { toCsv } from '../../../src/benchmark/export/csv.js';
import { toJson } from '../../../src/benchmark/export/json.js';
import { escapeMarkdown, toMarkdown } from '../../../src/benchmark/export/markdown.js';
import { workSentence } from '../../../src/benchmark/export/summary.js';
import { toTrace } from '../../../src/benchmark/export/trace.js';
import { around, sample, samplesOf } from '../samples.js';
import { EVIL_NAME, report } from './record.js';

describe('the Markdown report', () => {
  const text = toMarkdown(report());

  it('has every section', () => {
    expect(text.match(/^#+ .*/gm)).toEqual([
      '# Two engines',
      '## Recommendation',
      '## Results',
      '## Scaling by workers',
      '## Wall time by phase',
      '## Break-even',
      '## Event loop',
      '## Cells',
      '## Race experiment',
      '## Warnings',
      '## Environment',
      '## Run it again',
      '## How to read this',
    ]);
  });

  it('has the table of models by image count, with memory and CPU', () => {
    expect(text).toContain('| Model | 10 images | 50 images | Peak memory | CPU |');
    expect(text).toContain('| THREADS | 150 ms (2.00x, 2 w) | 750 ms (2.00x, 2 w) | 100 MiB | 200 % |');
    expect(text).toContain('| SYNC | 300 ms (1.00x) | 1.5 s (1.00x) | 100 MiB | 200 % |');
  });

  it('is complete without SYNC', () => {
    const samples = report().samples.filter(({ model }) => model !== 'SYNC');
    const without = toMarkdown(report({ samples }));
    expect(without).toContain('| THREADS | 150 ms (2 w) | 750 ms (2 w) | 100 MiB | 200 % |');
  });

  it('shows no overhead for ASYNC, whose tasks overlap on one loop', () => {
    expect(text).toMatch(/^\| THREADS \| 2 \| [\d.]+ s \| 0 ms \| 0 ms \| 50 ms \|$/m);
    expect(text).toMatch(/^\| ASYNC \| 2 \| [\d.]+ s \| 0 ms \| – \| 50 ms \|$/m);
  });

  it('never marks a void cell as the best', () => {
    const { samples } = report();
    const fast = samplesOf({ engine: 'JIMP', workers: 8, outputDigest: 'wrong' }, around(1));
    const voided = toMarkdown(report({ samples: [...samples, ...fast] }));
    expect(voided).toContain('| THREADS | 1.5 s (2.00x, 2 w) | 7.5 s (2.00x, 2 w) |');
    expect(voided).toMatch(/^\| THREADS \| JIMP \| 10 \| 8 \| [^|]*OUTPUT\\_MISMATCH \| 1 ms \|/m);
  });

  it('has as many columns in every line of a table as in its head', () => {
    const columns = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(8);
    for (const table of tables) {
      expect(new Set(table.trimEnd().split('\n').map(columns)).size).toBe(1);
    }
  });

  it('shows the race only where one was run, and no empty section', () => {
    const plain = toMarkdown(report({ race: null, samples: samplesOf({}, [100, 100, 100, 100, 100]) }));
    expect(plain).not.toContain('Race');
    expect(plain).not.toContain('## Sweep');
    expect(toMarkdown(report({ samples: [] }))).toContain('too little was measured');
  });

  it('contains a name as text, without markup', () => {
    const [heading] = toMarkdown(report({ name: `${EVIL_NAME}\n\n# Two` })).split('\n\n');
    expect(heading).toBe(
      '# =1+1 \\<script\\>alert(1)\\</script\\> \\| \\`x\\` \\[a\\](javascript:b) "quoted" \\& \\*\\*bold\\*\\* \\# Two',
    );
    expect(escapeMarkdown('a\\|b')).toBe('a\\\\\\|b');
  });
});

describe('text on GitHub', () => {
  it.each([
    ['@octocat', /(^|[^\w`&;])@[a-z]/i],
    ['see https://evil.example', /https?:\/\/[a-z0-9]/i],
    ['www.evil.example', /(^|[\s(*_~])www\.[a-z0-9]/i],
    ['a@evil.example', /[a-z0-9._+-]+@[a-z0-9-]+\.[a-z]/i],
    ['GH-1 #1 octo/cat#2', /(^|\s)(GH-\d|[\w-]+\/[\w-]+\\?#\d|\\?#\d)/],
    ['xmpp:a@evil.example', /xmpp:[a-z]/],
    [':tada:', /:tada:/],
    ['$x$', /\$/],
    ['6880753abc', /\b[0-9a-f]{7,40}\b/],
  ])('%s stays text', (text, alive) => {
    expect(escapeMarkdown(text)).not.toMatch(alive);
    expect(
      escapeMarkdown(text)
        .replace(/[\\\u2060]/g, '')
        .replaceAll('&#36;', '$'),
    ).toBe(text);
  });
});

describe('the command of a report', () => {
  const command = (...given: Parameters<typeof report>) =>
    /```sh\n([^`]+)\n```/.exec(toMarkdown(report(...given)))?.[1];

  it('measures the same cells again', () => {
    expect(command({ seed: 7 })).toBe(
      'npx nogil-bench bench --models SYNC,ASYNC,THREADS_LOCKED,PROCESSES,THREADS --engines JIMP,SHARP --images 10,50 --workers 1,2,4 --repetitions 5 --seed 7',
    );
    const sweep = { axis: 'LOCK_SHARE', values: [0, 1] } as const;
    const samples = [0, 1].flatMap((value) =>
      samplesOf({ engine: null, sweep: { axis: 'LOCK_SHARE', value } }, around(100)),
    );
    expect(
      command({ workload: 'FIBONACCI', operations: [], images: null, sweep, samples, untilPercent: 3 }),
    ).toBe(
      'npx nogil-bench bench --models THREADS --images 10 --workers 2 --workload FIBONACCI --repetitions 5 --until 3% --sweep lockShare=0,1',
    );
  });

  it('names the parts that a command cannot repeat', () => {
    expect(command({ images: { count: 2, generated: false }, operations: [] })).toMatch(
      /^# measured with uploaded images.*\n# measured with other operations/,
    );
  });
});

it('names the rule that ended adaptive repetitions, and the cells that did not reach it', () => {
  const rule = 'repeated 5 to 50 times, until the 95 % interval of its median was at most 3 % wide.';
  const narrow = samplesOf({}, around(100));
  expect(workSentence(report({ samples: narrow, untilPercent: 3 }))).toMatch(new RegExp(`${rule}$`));
  const wide = samplesOf({ workers: 4 }, [80, 90, 100, 110, 120]);
  expect(workSentence(report({ samples: [...narrow, ...wide], untilPercent: 3 }))).toContain(
    `${rule} The interval of 1 cell is still wider.`,
  );
  expect(workSentence(report({ samples: narrow }))).not.toContain('repeated');
});

describe('the trace', () => {
  it('has an event for each task and lock wait, one process for each cell', () => {
    const timeline = [0, 1].map((task) => ({
      task,
      worker: task,
      queuedMs: 0,
      startMs: 1,
      lockWaitMs: task,
      computeMs: 5,
      endMs: 6 + task,
    }));
    const samples = samplesOf({}, around(100)).map((one) => ({
      ...one,
      trace: { timeline, eventLoopDelaysMs: [] },
    }));
    const { traceEvents } = JSON.parse(toTrace(report({ samples })));
    expect(traceEvents.filter(({ ph }: { ph: string }) => ph === 'X')).toMatchObject([
      { name: 'task 0', pid: 1, tid: 1, ts: 1000, dur: 5000 },
      { name: 'task 1', pid: 1, tid: 2, ts: 1000, dur: 6000 },
      { name: 'lock wait', pid: 1, tid: 2, ts: 1000, dur: 1000 },
    ]);
    expect(traceEvents[0]).toMatchObject({
      ph: 'M',
      args: { name: 'THREADS with 2 workers: 10 images, SHARP' },
    });
  });
});

describe('the CSV report', () => {
  const lines = (text: string) => text.trimEnd().split('\r\n');

  it('has a line for every sample, in the order of the cells', () => {
    const [head, first, ...others] = lines(toCsv(report()));
    expect(head?.split(',').slice(0, 7)).toEqual([
      'benchmark',
      'model',
      'engine',
      'image_count',
      'workers',
      'repetition',
      'wall_ms',
    ]);
    expect(first).toMatch(/^Two engines,SYNC,JIMP,10,1,0,2970,/);
    expect(others).toHaveLength(299);
    expect(new Set(lines(toCsv(report())).map((line) => line.split(',').length))).toEqual(new Set([22]));
  });

  it('leaves unknown figures empty', () => {
    const [, line] = lines(toCsv(report({ samples: [sample({ engine: null, otherCpuShare: null })] })));
    expect(line).toContain(',THREADS,,10,');
    expect(line).toMatch(/,,,same,,$/);
  });

  it('writes no text that a spreadsheet reads as a formula', () => {
    const [, line] = lines(toCsv(report({ name: EVIL_NAME })));
    expect(line).toMatch(/^"'=1\+1 <script>.*""quoted"" & \*\*bold\*\*",SYNC,/);
  });
});

describe('the JSON report', () => {
  it('has everything that was measured and what follows from it', () => {
    const given = report({ name: EVIL_NAME });
    const parsed = JSON.parse(toJson(given));
    expect(parsed).toEqual({ format: 'nogil-bench', formatVersion: 1, ...structuredClone(given) });
    expect(parsed.samples).toHaveLength(300);
    expect(parsed.recommendation).toMatchObject({ engine: 'SHARP', workers: 2 });
  });
});
