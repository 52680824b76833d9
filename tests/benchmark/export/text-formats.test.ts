import { describe, expect, it } from '@jest/globals';
import { toCsv } from '../../../src/benchmark/export/csv.js';
import { toJson } from '../../../src/benchmark/export/json.js';
import { escapeMarkdown, toMarkdown } from '../../../src/benchmark/export/markdown.js';
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
      '## Where the time went',
      '## Event loop',
      '## Cells',
      '## Race experiment',
      '## Warnings',
      '## Environment',
      '## How to read this',
    ]);
  });

  it('has the table of models by image count, with memory and CPU', () => {
    expect(text).toContain('| Model | 10 images | 50 images | Peak memory | CPU |');
    expect(text).toContain('| THREADS | 150 ms (2.00x, 2 w) | 750 ms (2.00x, 2 w) | 100 MiB | 200 % |');
    expect(text).toContain('| SYNC | 300 ms (1.00x) | 1.5 s (1.00x) | 100 MiB | 200 % |');
  });

  it('is whole without SYNC', () => {
    const samples = report().samples.filter(({ model }) => model !== 'SYNC');
    const without = toMarkdown(report({ samples }));
    expect(without).toContain('| THREADS | 150 ms (2 w) | 750 ms (2 w) | 100 MiB | 200 % |');
  });

  it('tells no overhead of ASYNC, whose tasks overlap on one loop', () => {
    expect(text).toMatch(/^\| THREADS \| 2 \| [\d.]+ s \| 0 ms \| 0 ms \| 50 ms \|$/m);
    expect(text).toMatch(/^\| ASYNC \| 2 \| [\d.]+ s \| 0 ms \| – \| 50 ms \|$/m);
  });

  it('calls no cell the best that gave other bytes', () => {
    const { samples } = report();
    const fast = samplesOf({ engine: 'JIMP', workers: 8, outputDigest: 'wrong' }, around(1));
    const voided = toMarkdown(report({ samples: [...samples, ...fast] }));
    expect(voided).toContain('| THREADS | 1.5 s (2.00x, 2 w) | 7.5 s (2.00x, 2 w) |');
    expect(voided).toMatch(/^\| THREADS \| JIMP \| 10 \| 8 \| 1 ms \|.*OUTPUT\\_MISMATCH \|$/m);
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
    expect(plain).not.toContain('## Warnings');
    expect(toMarkdown(report({ samples: [] }))).toContain('nothing valid was measured yet');
  });

  it('makes no markup of a name', () => {
    const [heading] = toMarkdown(report({ name: `${EVIL_NAME}\n\n# Two` })).split('\n\n');
    expect(heading).toBe(
      '# =1+1 \\<script\\>alert(1)\\</script\\> \\| \\`x\\` \\[a\\](javascript:b) "quoted" \\& \\*\\*bold\\*\\* \\# Two',
    );
    expect(escapeMarkdown('a\\|b')).toBe('a\\\\\\|b');
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
    expect(new Set(lines(toCsv(report())).map((line) => line.split(',').length))).toEqual(new Set([19]));
  });

  it('leaves empty what is not known', () => {
    const [, line] = lines(toCsv(report({ samples: [sample({ engine: null, otherCpuShare: null })] })));
    expect(line).toContain(',THREADS,,10,');
    expect(line).toMatch(/,,same$/);
  });

  it('gives a spreadsheet no formula', () => {
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
