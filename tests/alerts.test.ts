import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import type { Pool } from 'pg';
import { parse } from 'yaml';
import { Metrics } from '../src/metrics/metrics.js';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

const read = (path: string) => readFileSync(path, 'utf8');
const rules: Rule[] = parse(read('deploy/alerts.yml')).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
);
const dashboard: string[] = [
  ...read('deploy/grafana-dashboard.json').matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g),
].map(([, text = '']) => JSON.parse(text).replaceAll('$__rate_interval', '5m').replaceAll('$job', '.*'));

/** Names of metrics in a PromQL expression; fails where Prometheus' own grammar refuses it. */
function metricsIn(expression: string): string[] {
  const names: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`Not PromQL at ${from}: ${expression}`);
      if (type.name === 'Identifier' && !/^\s*\(/.test(expression.slice(to)))
        names.push(expression.slice(from, to));
    },
  });
  return names;
}

/** Names of all series of a process: histograms have three. */
async function series(): Promise<Set<string>> {
  const metrics = new Metrics();
  metrics.observePool({
    stats: () => ({ running: 0, waiting: 0, workers: 1, imagesInFlight: 1 }),
    usage: () => ({ rssBytes: 1, cpuSeconds: 1 }),
  });
  metrics.observeQueue({ depth: async () => ({ waiting: 0, held: 0, oldestSeconds: 0 }) });
  metrics.observeDatabase({ totalCount: 0, idleCount: 0, waitingCount: 0 } as Pool);
  metrics.observeLog({ dropped: 0 });
  // Of the server and of the messaging, which add their own.
  const others = ['websocket_connections', 'notifications_arrive'];
  for (const name of others) metrics.gauge(name, name, [], (set) => set({}, 1));
  const types = [...(await metrics.render()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram'
        ? ['bucket', 'sum', 'count'].map((suffix) => `${name}_${suffix}`)
        : [name, `${name}_sum`],
    ),
  );
}

describe('the alert rules and the dashboard', () => {
  it('are PromQL over metrics that exist', async () => {
    const known = await series();
    const expressions = [...rules.map(({ expr }) => expr), ...dashboard];
    expect(expressions.length).toBeGreaterThan(20);
    const unknown = expressions.flatMap(metricsIn).filter((name) => name !== 'up' && !known.has(name));
    expect(unknown).toEqual([]);
  });

  it('notice an expression that is no PromQL', () => {
    expect(() => metricsIn('sum by (job) (rate(x[5m])')).toThrow(/Not PromQL/);
    expect(metricsIn('rate(nogil_bench_missing_total{code="OK"}[5m]) > 1')).toEqual([
      'nogil_bench_missing_total',
    ]);
  });

  it('say what happened, what to do, and how urgent it is', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations, for: duration } of rules) {
      expect([alert, ['critical', 'warning'].includes(labels.severity)]).toEqual([alert, true]);
      expect([alert, annotations.summary !== '' && annotations.description !== '']).toEqual([alert, true]);
      expect(duration ?? '1m').toMatch(/^\d+m$/);
    }
  });
});

describe('the metrics', () => {
  it('of this application have one prefix, and all have a number at the first scrape', async () => {
    const text = await new Metrics().render();
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names.filter((name) => !/^(?:nogil_bench|process|nodejs)_/.test(name ?? ''))).toEqual([]);
    expect(text).toMatch(/^nogil_bench_build_info\{version="[\d.]+",node="\d+\.\d+\.\d+"\} 1$/m);
    const values = [...text.matchAll(/^[a-z][^#\n]* (\S+)$/gm)].map(([, value]) => Number(value));
    expect(values.filter((value) => Number.isNaN(value) || value > 2 ** 50)).toEqual([]);
  });
});
